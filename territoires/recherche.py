"""Find communes by name, postcode or Insee code, however the name is typed."""

import re

from django.core.cache import cache
from django.db.models import Count, Max, Prefetch, Q
from rapidfuzz import fuzz, process

from territoires.champs import cle_de_recherche
from territoires.models import Commune, EditionCarte, Intercommunalite, MembrePerimetre

LIMITE = 20  # more than the homonyms of any name
RESSEMBLANCE = 80  # of 100: one or two letters astray in a name
CODE = re.compile(r"[0-9][0-9ABab][0-9]{3}")


def communes_trouvees(texte):
    """(communes, approchees): an exact code or name first, then each word, then look-alikes."""
    texte = texte.strip()
    communes = _communes_et_perimetres()
    if CODE.fullmatch(texte):
        codes = communes.filter(Q(pk=texte.upper()) | Q(codes_postaux__code=texte))
        return list(codes.distinct().order_by("nom", "pk")[:LIMITE]), False
    cle = cle_de_recherche(texte)
    if not cle:
        return [], False
    exactes = list(communes.filter(recherche=cle).order_by("-population")[:LIMITE])
    if exactes:
        return exactes, False
    contenues = list(communes.chercher(cle).order_by("-population")[:LIMITE])
    if contenues:
        return contenues, False
    proches = _noms_proches(cle)
    return list(communes.filter(recherche__in=proches).order_by("-population")[:LIMITE]), True


def _communes_et_perimetres():
    """Communes with the memberships of themselves and of what holds them, in few queries."""
    membres = Prefetch(
        "membres",
        MembrePerimetre.objects.filter(edition__in=EditionCarte.objects.composees())
        .select_related("perimetre__edition", "perimetre__territoire")
        .order_by("-edition__date"),
    )
    tenants = Intercommunalite.objects.prefetch_related(membres)
    return Commune.objects.select_related("departement").prefetch_related(
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


def _noms_proches(cle):
    """Search keys of communes that look like this one, the nearest first."""
    etat = Commune.objects.aggregate(nombre=Count("pk"), dernier=Max("pk"))
    noms = cache.get_or_set(
        f"noms-de-communes-{etat['nombre']}-{etat['dernier']}",
        lambda: list(Commune.objects.values_list("recherche", flat=True).distinct()),
        timeout=3600,
    )
    proches = process.extract(cle, noms, scorer=fuzz.ratio, score_cutoff=RESSEMBLANCE, limit=5)
    return [nom for nom, _, _ in proches]
