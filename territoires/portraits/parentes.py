"""What a territoire was and became through the editions of the map."""

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from django.core.cache import caches

from territoires.carte.requetes import condense, repere_des_traces
from territoires.ecrites import ecrite
from territoires.editions.comparaison import Comparaison
from territoires.editions.models import EditionCarte, Filiation, Perimetre

HEURE = 3600  # seconds


@dataclass
class Etape:
    """One edition in the life of a territoire: its périmètre there, and those it is tied to.

    `parents` are (périmètre, whether a person confirmed each tie that leads to it).
    """

    edition: EditionCarte
    perimetre: Perimetre | None = None
    parents: list = field(default_factory=list)


@ecrite
def editions_composees():
    """Those whose composition is public, the oldest first."""
    return EditionCarte.objects.composees().order_by("date")


@ecrite
def _siens(territoire):
    return Perimetre.objects.du_public().filter(territoire=territoire)


def chronologie(territoire, editions=None):
    """The `Etape` of each published edition where it stands or where it comes from, in order.

    `editions` are the `editions_composees`, when they are read already.
    """
    editions = editions_composees() if editions is None else editions
    siens, etapes = _siens(territoire.pk), {edition.pk: Etape(edition) for edition in editions}
    for perimetre in siens:
        if etape := etapes.get(perimetre.edition_id):
            etape.perimetre = perimetre
    miens, liens = {perimetre.pk for perimetre in siens}, _liens(editions)
    lies = _suivre(miens, liens, vers_le_passe=True) | _suivre(miens, liens, vers_le_passe=False)
    for perimetre in _autres(list(lies)):
        if etape := etapes.get(perimetre.edition_id):
            etape.parents.append((perimetre, lies[perimetre.pk]))
    return [etape for etape in etapes.values() if etape.perimetre or etape.parents]


@ecrite
def _autres(cles):
    perimetres = Perimetre.objects.du_public().filter(pk__in=cles)
    return perimetres.select_related("territoire").order_by("recherche")


def a_confirmer(etapes):
    """Some tie of these is only proposed."""
    return any(not sur for etape in etapes for _, sur in etape.parents)


def _liens(editions):
    """{(ancien, nouveau): confirmed by a person?} between each edition and the next."""
    liens, repere = {}, cache(repere_des_traces)
    for avant, apres in pairwise(editions):
        decidees = _decidees(avant.pk, apres.pk)
        etat = condense(repere(avant), repere(apres), *decidees)
        cle = f"parentes-{avant.pk}-{apres.pk}-{etat}"
        liens |= caches["dessins"].get_or_set(
            cle, lambda a=avant, b=apres: _comparer(a, b), timeout=HEURE
        )
    return liens


@ecrite
def _decidees(avant, apres):
    decidees = Filiation.objects.filter(ancien__edition=avant, nouveau__edition=apres)
    return decidees.order_by("pk").values()


def _comparer(avant, apres):
    comparaison = Comparaison(avant, apres)
    return dict.fromkeys(comparaison.proposees, False) | dict.fromkeys(comparaison.confirmees, True)


def _suivre(departs, liens, *, vers_le_passe):
    """{périmètre: every tie on the way confirmed?} of what these lead to, in one direction."""
    suites = {}
    for (ancien, nouveau), confirme in liens.items():
        de, a = (nouveau, ancien) if vers_le_passe else (ancien, nouveau)
        suites.setdefault(de, []).append((a, confirme))
    trouves, pile = {}, [(depart, True) for depart in departs]
    while pile:
        ici, sur = pile.pop()
        for la, confirme in suites.get(ici, []):
            if la not in departs and not trouves.get(la, False):
                trouves[la] = sur and confirme
                pile.append((la, trouves[la]))
    return trouves
