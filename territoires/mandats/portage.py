"""Who carries a territoire on a day, as pages and papers say it."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from territoires.ecrites import ecrite
from territoires.mandats.models import Mandat

TITRES = {
    Mandat.Role.ELU: "L’élu du binôme",
    Mandat.Role.INDUSTRIEL: "L’industriel du binôme",
    Mandat.Role.CHEF_DE_PROJET: "Le chef de projet",
}


def porteurs(territoire, le=None):
    """[(title, its public mandat of that day or None)], today by default."""
    aujourdhui = timezone.localdate()
    lire = _connus if le and le < aujourdhui else _en_cours
    tenus = {mandat.role: mandat for mandat in lire(territoire.pk, le or aujourdhui)}
    return [(titre, tenus.get(role)) for role, titre in TITRES.items()]


@ecrite
def _en_cours(territoire, le):
    return Mandat.objects.du_public().filter(territoire=territoire).en_cours(le)


@ecrite
def _connus(territoire, le):
    return Mandat.objects.du_public().filter(territoire=territoire).connus(le)


def sans_debut(territoire, le):
    """Public mandats of which nobody knows whether they had begun on that day."""
    publics = Mandat.objects.du_public().filter(territoire=territoire, debut=None)
    return publics.exclude(fin__lt=le)


def sans_porteur(territoires, *roles):
    """Those of these territoires where nobody holds one at least of these functions today."""
    vacants = Q()
    for role in roles:
        vacants |= ~Q(Exists(_du_jour(role)))
    return territoires.filter(vacants)


def avec_binome(territoires):
    """With `elu` and `industriel`: the names of those of today, or nothing."""
    noms = {role.value: Subquery(_du_jour(role).values("nom")[:1]) for role in Mandat.BINOME}
    return territoires.annotate(**noms)


def _du_jour(role):
    mandats = Mandat.objects.filter(territoire=OuterRef("pk"), role=role)
    return mandats.du_jour(timezone.localdate()).order_by()
