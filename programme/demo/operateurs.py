"""Opérateurs: one grants and pays, leaves a line unanswered; one tells of its engagement."""

from django.db.models import Q

from programme.demo import MARQUE
from programme.demo.agents import OPERATEURS
from programme.demo.horloge import il_y_a, jour
from programme.fiches import financement
from programme.fiches.models import FicheAction
from programme.partenaires import engagements
from programme.partenaires.models import Engagement, Partenaire

MONTANT = 120_000  # euros asked on each line


def raconter_les_operateurs(agents):
    banque = Partenaire.objects.get(identifiant=OPERATEURS[0])
    engagees = FicheAction.objects.filter(etat=FicheAction.Etat.ENGAGEE)
    # Those that have no line of its yet: the one that answers is where the agents are.
    libres = engagees.exclude(financements__financeur=banque.nom).order_by("pk")
    ici = Q(territoire__identifiant="lacq-pau-tarbes")
    for rang, fiche in enumerate([*libres.filter(ici)[:1], *libres.exclude(ici)[:1]]):
        _demander(fiche, banque, agents, repond=rang == 0)
    engagement = Engagement.objects.filter(
        convention__partenaire__identifiant=OPERATEURS[1], etat=Engagement.Etat.EN_COURS
    ).first()
    if engagement:
        with il_y_a(4):
            engagements.dire(
                engagement,
                etat=engagement.etat,
                nouvelle=f"Quatorze prêts garantis, trois dossiers à l’étude {MARQUE}.",
                agent=agents[OPERATEURS[1]],
            )


def _demander(fiche, partenaire, agents, *, repond):
    """A line asked for two months ago; the opérateur that answers grants, then pays a part."""
    with il_y_a(60):
        ligne = financement.ajouter_un_financeur(
            fiche,
            agent=agents["delegation"],
            financeur=partenaire.nom,
            montant=MONTANT,
            statut="demande",
            partenaire=partenaire,
            le=jour(60),
        )
    if not repond:
        return
    for jours, nature, montant in ((20, "accorde", 90_000), (5, "verse", 30_000)):
        with il_y_a(jours):
            financement.noter(
                ligne,
                nature=nature,
                montant=montant,
                le=jour(jours),
                reference=f"Décision {MARQUE}",
                agent=agents[OPERATEURS[0]],
            )
