"""Find communes by name, postcode or Insee code, however the name is typed."""

from django.db.models import (
    Prefetch,
    prefetch_related_objects,
)

from territoires.editions.models import EditionCarte, MembrePerimetre
from territoires.geographie.models import Intercommunalite


def joindre_perimetres(communes):
    """Fetch in few queries the memberships of these communes and of what holds them."""
    membres = Prefetch(
        "membres",
        MembrePerimetre.objects.filter(edition__in=EditionCarte.objects.composees())
        .select_related("perimetre__edition", "perimetre__territoire")
        .order_by("-edition__date"),
    )
    tenants = Intercommunalite.objects.prefetch_related(membres)
    prefetch_related_objects(
        communes,
        membres,
        Prefetch("intercommunalite", tenants.prefetch_related(Prefetch("predecesseurs", tenants))),
        Prefetch("ept", tenants),
    )


def perimetres_de(commune):
    """The published périmètres that hold this commune, latest first, from what was prefetched.

    A commune whose intercommunalité succeeded a dissolved one was in the territoire of that one.
    """
    tenants = [commune, commune.ept, commune.intercommunalite]
    if commune.intercommunalite:
        tenants += commune.intercommunalite.predecesseurs.all()
    perimetres = {
        membre.perimetre for tenant in tenants if tenant for membre in tenant.membres.all()
    }
    return sorted(perimetres, key=lambda p: (p.edition.date, p.nom), reverse=True)
