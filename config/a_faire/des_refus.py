"""What was refused to a territoire: told with why for a month, or until it asks for another.

Nothing can be done upon a refusal but to read it and to ask anew.
"""

import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from config.a_faire.attente import TERRITOIRE, Attente, Ligne, jour
from config.a_faire.du_territoire import (
    fiches_en,
    modifications_en,
    page,
    page_de_la_modification,
)
from programme.comites.models import Avis, DemandePerimetre
from programme.fiches.models import FicheAction, Modification

A_LIRE = datetime.timedelta(days=30)
GESTE = "Lire la décision"


def _recents(refus):
    return refus.filter(depuis__gte=timezone.now() - A_LIRE)


def _fiches(user):
    return _recents(fiches_en(user, FicheAction.Etat.REFUSEE))


def _modifications(user):
    """Of a fiche that can still change, and for which nothing else was proposed since."""
    suivantes = Modification.objects.filter(fiche=OuterRef("fiche"), numero__gt=OuterRef("numero"))
    refus = _recents(modifications_en(user, Modification.Etat.REFUSEE))
    return refus.filter(~Exists(suivantes), fiche__etat__in=FicheAction.ETATS_SUIVIS)


def _demandes(user):
    """Unless the same territoire filed another one since."""
    avis = Avis.objects.filter(demande=OuterRef("pk"), sens=Avis.Sens.DEFAVORABLE)
    avis = avis.exclude(effet_le=None).order_by("-effet_le")
    suivantes = DemandePerimetre.objects.filter(
        perimetre__territoire=OuterRef("perimetre__territoire"), deposee_le__gt=OuterRef("depuis")
    )
    refus = DemandePerimetre.objects.for_user(user).filter(etat=DemandePerimetre.Etat.REFUSEE)
    refus = refus.annotate(
        depuis=Coalesce(Subquery(avis.values("effet_le")[:1]), "deposee_le"),
        dernier_motif=Subquery(avis.values("motif")[:1]),
    )
    refus = _recents(refus).filter(~Exists(suivantes))
    return refus.select_related("perimetre").order_by("depuis", "pk")


def _dire(adresse):
    """One Ligne a row, named as the row is; `adresse(row)` is where the decision is read."""

    def dire(lignes, user):
        return [
            Ligne(str(un), adresse(un), GESTE, un.dernier_motif or "", jour(un.depuis), adresse(un))
            for un in lignes
        ]

    return dire


def _page_de_la_demande(demande):
    return reverse("admin:programme_demandeperimetre_change", args=[demande.pk])


ATTENTES = [
    Attente(
        "fiches-refusees",
        "Fiches refusées depuis moins d’un mois",
        (TERRITOIRE,),
        FicheAction,
        (FicheAction.Etat.REFUSEE,),
        _fiches,
        _dire(page),
    ),
    Attente(
        "modifications-refusees",
        "Modifications refusées depuis moins d’un mois",
        (TERRITOIRE,),
        Modification,
        (Modification.Etat.REFUSEE,),
        _modifications,
        _dire(page_de_la_modification),
    ),
    Attente(
        "demandes-refusees",
        "Demandes de périmètre refusées depuis moins d’un mois",
        (TERRITOIRE,),
        DemandePerimetre,
        (DemandePerimetre.Etat.REFUSEE,),
        _demandes,
        _dire(_page_de_la_demande),
    ),
]
