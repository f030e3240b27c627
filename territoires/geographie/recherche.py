"""Find communes by name, postcode or Insee code, however the name is typed."""

import re
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import (
    Case,
    CharField,
    Count,
    Max,
    Q,
    Value,
    When,
)
from django.db.models.functions import Concat
from rapidfuzz import fuzz, process

from territoires.champs import mots_cherches
from territoires.geographie.models import CodePostal, Commune

LIMITE = 20  # more than the homonyms of any name


RESSEMBLANCE = 80  # of 100: one or two letters astray in a name


PAR_TAILLE = ("-population", "pk")


CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")


A_ARRONDISSEMENTS = {"751": "75056", "6938": "69123", "132": "13055"}


ARRONDISSEMENT = re.compile(r" [0-9]{1,2}(er|e|eme)?( arrondissement)?$")


@dataclass
class Trouvees:
    """Communes that answer; `voisines` only begin alike, `approchees` tells look-alikes."""

    communes: list
    voisines: list = field(default_factory=list)
    approchees: bool = False


def chercher_communes(texte):
    """A code or an exact name, by indexed queries; else what holds each word, else look-alikes."""
    texte, communes = texte.strip().upper(), Commune.objects.select_related("departement")
    if CODE.fullmatch(texte):
        postal = CodePostal.objects.filter(code=texte).values_list("commune", flat=True)
        codes = [_commune_entiere(texte), *postal]
        return Trouvees(list(communes.filter(pk__in=codes).order_by(*PAR_TAILLE)[:LIMITE]))
    cle = ARRONDISSEMENT.sub("", " ".join(mots_cherches(texte)))
    if not cle:
        return Trouvees([])
    debuts = communes.filter(Q(recherche=cle) | Q(recherche__startswith=f"{cle} "))
    debuts = debuts.order_by(Case(When(recherche=cle, then=0), default=1), *PAR_TAILLE)
    exactes, longues = [], []
    for commune in debuts[: 2 * LIMITE]:
        (exactes if commune.recherche == cle else longues).append(commune)
    if exactes:
        return Trouvees(exactes, longues[:LIMITE])
    if contenues := list(_par_pertinence(communes.chercher(cle), cle)[:LIMITE]):
        return Trouvees(contenues)
    proches = communes.filter(recherche__in=_noms_proches(cle)).order_by(*PAR_TAILLE)
    return Trouvees(list(proches[:LIMITE]), approchees=True)


def _commune_entiere(code):
    """That of a municipal arrondissement of Paris, Lyon or Marseille (source: Insee, COG)."""
    return next((pk for debut, pk in A_ARRONDISSEMENTS.items() if code.startswith(debut)), code)


def _par_pertinence(communes, cle):
    """The whole words first, then their beginnings, then pieces; the most populated of each."""
    bornee = Concat(Value(" "), "recherche", Value(" "), output_field=CharField())
    rang = Case(
        When(bornee__contains=f" {cle} ", then=0),
        When(bornee__contains=f" {cle}", then=1),
        default=2,
    )
    return communes.alias(bornee=bornee).order_by(rang, *PAR_TAILLE)


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
