"""The brouillons that a territoire gave its région to read, until the région said something."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from config.a_faire.attente import REGION, Attente, Ligne, jour
from config.a_faire.du_territoire import page
from programme.fiches.models import FicheAction
from programme.instruction.models import Message


def _partages(user):
    """Shared with this région, and of which nobody of it wrote since."""
    brouillons = FicheAction.objects.for_user(user).filter(
        etat=FicheAction.Etat.BROUILLON, partagee_le__isnull=False
    )
    dits = Message.objects.filter(
        fiche=OuterRef("pk"),
        le__gte=OuterRef("partagee_le"),
        auteur__regions__in=list(user.codes_regions),
    )
    brouillons = brouillons.filter(~Exists(dits)).annotate(depuis=F("partagee_le"))
    return brouillons.select_related("territoire").order_by("depuis", "pk")


def _dire(fiches, user):
    return [
        Ligne(
            f.titre,
            reverse("instruction", args=[f.reference]),
            "Lire et répondre",
            f"{f.territoire.nom}. Un message, même court, dit que vous l’avez lu.",
            jour(f.depuis),
            page(f),
        )
        for f in fiches
    ]


ATTENTES = [
    Attente(
        "brouillons-partages",
        "Brouillons partagés avec vous",
        (REGION,),
        FicheAction,
        (FicheAction.Etat.BROUILLON,),
        _partages,
        _dire,
    ),
]
