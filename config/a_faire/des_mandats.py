"""Mandats that ended and that nobody took up: the handover, after elections above all."""

from django.urls import reverse
from django.utils import timezone

from config.a_faire.attente import REGION, TERRITOIRE, Attente, Ligne
from territoires.mandats.models import Mandat

SANS_SUCCESSEUR = "sans successeur"  # what no field says in one word


def _a_pourvoir(user):
    finis = Mandat.objects.for_user(user).a_pourvoir(timezone.localdate())
    return finis.select_related("territoire").order_by("fin", "pk")


def _dire(mandats, user):
    """Each leads to the page of its territoire, where a message is ready."""
    return [
        Ligne(
            f"{mandat.nom}, {mandat.get_role_display()}",
            mandat.page,
            "Préparer la relève",
            f"{mandat.territoire.nom}, {mandat.periode}.",
            mandat.fin,
            reverse("admin:territoires_mandat_change", args=[mandat.pk]),
        )
        for mandat in mandats
    ]


ATTENTES = [
    Attente(
        "mandats-a-pourvoir",
        "Mandats terminés, sans successeur",
        (TERRITOIRE, REGION),
        Mandat,
        (SANS_SUCCESSEUR,),
        _a_pourvoir,
        _dire,
    ),
]
