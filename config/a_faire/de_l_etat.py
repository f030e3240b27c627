"""What waits for the services of the État: fiches on which they have said nothing yet."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from config.a_faire.attente import ETAT, Attente, Ligne, jour
from programme.comites.models import Avis
from programme.fiches.models import FicheAction
from programme.instruction.examen import regions_de_l_aire
from programme.instruction.models import AvisTechnique
from programme.instruction.nouvelles import service


def _sans_avis(user):
    donnes = AvisTechnique.objects.filter(envoi=OuterRef("dernier_envoi"), service=service(user))
    rendus = Avis.objects.filter(
        passage=OuterRef("dernier_envoi"), seance__comite__region__in=regions_de_l_aire(user)
    )
    fiches = FicheAction.objects.for_user(user).filter(etat=FicheAction.Etat.TRANSMISE)
    fiches = fiches.filter(~Exists(donnes), ~Exists(rendus))
    return fiches.select_related("territoire", "dernier_envoi").order_by("dernier_envoi__le", "pk")


def _dire(fiches, user):
    return [
        Ligne(
            fiche.titre,
            f"{reverse('instruction', args=[fiche.reference])}#avis-techniques",
            "Donner un avis technique",
            f"{fiche.territoire.nom}.",
            jour(fiche.dernier_envoi.le),
            reverse("admin:programme_ficheaction_change", args=[fiche.pk]),
        )
        for fiche in fiches
    ]


ATTENTES = [
    Attente(
        "fiches-sans-avis-technique",
        "Fiches transmises, sans votre avis technique",
        (ETAT,),
        FicheAction,
        (FicheAction.Etat.TRANSMISE,),
        _sans_avis,
        _dire,
    ),
]
