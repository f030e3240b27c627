"""What waits for an opérateur: the money it is asked for, its engagements; and its silences."""

import datetime

from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from config.a_faire.attente import DELEGATION, OPERATEUR, Attente, Ligne
from programme.ecritures import euros
from programme.fiches.models import FicheAction, Financement, MouvementFinancier, Passage
from programme.partenaires.models import Engagement
from programme.partenaires.models.conventions import PREAVIS
from territoires.champs import minuit

SANS_REPONSE = "sans réponse"  # no field of a line of money says it
DELAI = datetime.timedelta(days=30)  # before the délégation is told of a silence


def _demandees(lignes):
    """Lines that ask, with `depuis`: their last move, else the day when the fiche was decided."""
    decidees = Passage.objects.validations().filter(fiche=OuterRef("fiche"))
    decidees = decidees.annotate(jour=TruncDate("le")).order_by("le").values("jour")[:1]
    bouge = _mouvements().order_by("-le").values("le")[:1]
    depuis = Coalesce(Subquery(bouge), Subquery(decidees, output_field=DateField()))
    lignes = lignes.sans_reponse().annotate(depuis=depuis)
    return lignes.select_related("fiche__territoire", "partenaire").order_by("depuis", "pk")


def _mouvements():
    """What moved on a line, but for what was undone."""
    return MouvementFinancier.objects.valables().filter(financement=OuterRef("pk"))


def _a_l_operateur(user):
    return _demandees(Financement.objects.filter(partenaire=user.opere_pour))


def _silences(user):
    """Those of which `depuis` is further than the delay, told without computing it for each."""
    limite = timezone.localdate() - DELAI
    validees = Passage.objects.filter(apres=FicheAction.Etat.VALIDEE).order_by()
    recentes = validees.filter(le__gte=minuit(limite))
    decidees = Q(fiche__in=validees.values("fiche")) & ~Q(fiche__in=recentes.values("fiche"))
    lignes = Financement.objects.filter(~Exists(_mouvements().filter(le__gte=limite)))
    return _demandees(lignes.filter(Exists(_mouvements()) | decidees))


def _dire(geste, page):
    def dire(lignes, user):
        return [
            Ligne(
                ligne.fiche.titre,
                page(ligne),
                geste,
                f"{ligne.partenaire} : {euros(ligne.demande)} demandés, "
                f"{ligne.fiche.territoire.nom}.",
                ligne.depuis,
                reverse("admin:programme_ficheaction_suivi", args=[ligne.fiche_id]),
            )
            for ligne in lignes
        ]

    return dire


def _mouvement(ligne):
    return reverse("admin:programme_ficheaction_mouvement", args=[ligne.fiche_id, ligne.pk])


def _conversation(ligne):
    return f"{reverse('instruction', args=[ligne.fiche.reference])}#conversation"


def _engagements(user):
    suivis = Engagement.objects.a_suivre(timezone.localdate())
    suivis = suivis.filter(convention__partenaire=user.opere_pour).select_related("convention")
    return suivis.order_by(F("echeance").asc(nulls_last=True), "convention", "numero")


def _dire_engagements(engagements, user):
    aujourdhui, lignes = timezone.localdate(), []
    for un in engagements:
        genre, date, _ = un.raisons(aujourdhui)[0]
        cles = [un.convention_id, un.pk]
        lignes.append(
            Ligne(
                un.intitule,
                reverse("admin:programme_convention_engagement", args=cles),
                "Dire où il en est",
                " ".join(un.alertes(aujourdhui)),
                date - PREAVIS if genre == "echeance" else date,
            )
        )
    return lignes


ATTENTES = [
    Attente(
        "demandes-sans-reponse",
        "Financements qui vous sont demandés",
        (OPERATEUR,),
        Financement,
        (SANS_REPONSE,),
        _a_l_operateur,
        _dire("Dire ce que l’on accorde", _mouvement),
    ),
    Attente(
        "nos-engagements",
        "Vos engagements à suivre",
        (OPERATEUR,),
        Engagement,
        (Engagement.Etat.ANNONCE, Engagement.Etat.EN_COURS),
        _engagements,
        _dire_engagements,
    ),
    Attente(
        "silences-des-operateurs",
        "Demandes auxquelles un opérateur n’a pas répondu depuis un mois",
        (DELEGATION,),
        Financement,
        (SANS_REPONSE,),
        _silences,
        _dire("Relancer", _conversation),
    ),
]
