"""Grants and a vote as the norm of the collectivités wants them, with the SIRET it asks for.

No organisation that exists has a number here: those of the invented ones begin with zeros, that
were never given to anybody, and their keys are right.
"""

from programme.contrats.models import SignataireContrat
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.fiches import financement
from programme.fiches.models import FicheAction
from programme.partenaires.models import Partenaire
from territoires.champs import siret_valide

# Days ago and euros of what was paid: in two times, at once, not yet.
VERSEMENTS = [[(200, 30_000), (90, 15_000)], [(120, 45_000)], []]
ACCORDE = 45_000


def siret_invente(rang):
    """The SIRET of the organisation of this rank, that exists nowhere."""
    sirens = (f"{rang:08d}{cle}" for cle in range(10))
    sirets = (f"{siren}0001{cle}" for siren in sirens for cle in range(10))
    return next(siret for siret in sirets if siret_valide(siret))


def raconter_les_subventions(agents):
    fonds = Partenaire.objects.create(
        identifiant="fonds-des-bassins-exemple",
        nom=f"Fonds des bassins industriels {MARQUE}",
        nature=Partenaire.Nature.AUTRE,
        siret=siret_invente(1),
        presentation="Il montre à quoi ressemblent les subventions au format des collectivités.",
    )
    engagees = FicheAction.objects.filter(etat=FicheAction.Etat.ENGAGEE).order_by("pk")
    for fiche, versements in zip(engagees, VERSEMENTS, strict=False):
        _accorder(fiche, fonds, versements, agents["delegation"])


def _accorder(fiche, fonds, versements, agent):
    with il_y_a(210):
        ligne = financement.ajouter_un_financeur(
            fiche,
            agent=agent,
            financeur=fonds.nom,
            montant=ACCORDE,
            statut="acquis",
            partenaire=fonds,
            le=jour(210),
        )
    for jours, montant in versements:
        with il_y_a(jours):
            financement.noter(
                ligne,
                nature="verse",
                montant=montant,
                le=jour(jours),
                reference=f"Mandat {MARQUE}",
                agent=agent,
            )


def faire_deliberer(contrat, rang):
    """One signatory more, that does not exist, and its vote."""
    SignataireContrat.objects.create(
        contrat=contrat,
        groupe="intercommunalites",
        organisation=f"Syndicat mixte – {contrat.territoire.nom} {MARQUE}",
        personne=f"Dominique Exemple {MARQUE}",
        siret=siret_invente(rang),
        deliberation_assemblee="Comité syndical",
        deliberation_numero=f"{rang:03d} {MARQUE}",
        deliberation_date=jour(680),
    )
