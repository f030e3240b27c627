"""Who carries a territoire on a day, as pages and papers say it."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from territoires.mandats.models import Mandat

TITRES = {
    Mandat.Role.ELU: "L’élu du binôme",
    Mandat.Role.INDUSTRIEL: "L’industriel du binôme",
    Mandat.Role.CHEF_DE_PROJET: "Le chef de projet",
}


def porteurs(territoire, le=None):
    """[(title, its public mandat of that day or None)], today by default."""
    mandats = Mandat.objects.du_public().filter(territoire=territoire)
    tenus = {mandat.role: mandat for mandat in mandats.du_jour(le or timezone.localdate())}
    return [(titre, tenus.get(role)) for role, titre in TITRES.items()]


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
