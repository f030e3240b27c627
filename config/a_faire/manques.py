"""What the reference data does not say yet: counts, each of which leads to as many rows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from programme.partenaires.models import Convention
from territoires.editions.models import EditionCarte, Territoire
from territoires.mandats.models import Mandat
from territoires.mandats.portage import sans_porteur


@dataclass(frozen=True)
class Manque:
    texte: str
    nombre: int
    adresse: str


def manques(user):
    """Those that are not nil, for who may fill them; nothing is due on a day."""
    if not user.est_delegation:
        return []
    lignes = [
        Manque(
            "Territoires en vigueur dont le binôme n’est pas complet",
            sans_porteur(Territoire.objects.en_vigueur(), *Mandat.BINOME).count(),
            _liste("territoires_territoire", "carte=vigueur&binome=incomplet"),
        ),
        Manque(
            "Mandats terminés que personne n’a repris",
            Mandat.objects.a_pourvoir(timezone.localdate()).count(),
            _liste("territoires_mandat", "cours=a_pourvoir"),
        ),
        Manque(
            "Éditions dont la composition n’est pas connue",
            EditionCarte.objects.filter(composition_connue=False).count(),
            _liste("territoires_editioncarte", "composition_connue__exact=0"),
        ),
        Manque(
            "Conventions sans engagement saisi",
            Convention.objects.filter(engagements=None).count(),
            _liste("programme_convention", "engagements=sans"),
        ),
    ]
    return [ligne for ligne in lignes if ligne.nombre]


def _liste(nom, recherche):
    return f"{reverse(f'admin:{nom}_changelist')}?{recherche}"
