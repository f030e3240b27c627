"""What an import would do, then what it did, line by line: written and read by leaves of 500."""

import datetime
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from itertools import islice

from echanges.dialectes import EXCEL
from echanges.erreurs import Refus, Remarque
from echanges.models import Feuillet
from echanges.textes import sans_accents

PAR_FEUILLET = 500
Genre = Feuillet.Genre


@dataclass
class Entree:
    """One line: `changements` are [header, text before, text after, value before or None].

    `souvenir` is what the resource keeps besides, to give it back.
    """

    ligne: int
    nom: str
    changements: list
    pk: object = None
    empreinte: str = ""
    souvenir: object = None

    def cellules(self):
        """[(header, text before, text after)]"""
        return [cellule[:3] for cellule in self.changements]


CLASSES = {
    Genre.REFUSEES: Refus,
    Genre.REMARQUES: Remarque,
    Genre.CREEES: Entree,
    Genre.MODIFIEES: Entree,
}


# --- Write ---------------------------------------------------------------------------------------


def ecrire_apercu(depot, rapport):
    """Replace what is kept of this import by what this report says it would do."""
    depot.feuillets.all().delete()
    _ecrire(depot, Genre.REFUSEES, ([*_refus(r)] for r in rapport.erreurs()))
    _ecrire(depot, Genre.REMARQUES, ([r.ligne, r.message] for r in rapport.remarques))
    for genre, creation in _genres(rapport):
        plans = (plan for plan in rapport.carnet if plan.creation is creation)
        _ecrire(
            depot,
            genre,
            ([p.lignes[0], str(p.nom or p.cle), p.en_clair(EXCEL)] for p in plans),
        )


def _genres(rapport):
    """[(kind of leaf, whether its rows are new)] of those that this report has."""
    genres = ((Genre.CREEES, True), (Genre.MODIFIEES, False))
    return [paire for paire in genres if rapport.carnet.contient(paire[1])]


def _refus(refus):
    valeur = refus.valeur[:1000]
    return (
        refus.ligne,
        refus.colonne,
        valeur,
        refus.message,
        refus.motif,
        refus.proposition,
        (refus.objet),
    )


def ecrire_fait(depot, resource, rapport, pks, souvenirs):
    """Replace the preview by what was written, with what it takes to undo it."""
    depot.feuillets.exclude(genre=Genre.REMARQUES).delete()
    for genre, creation in _genres(rapport):
        plans = zip(rapport.carnet, pks, strict=True)
        plans = ((plan, pk) for plan, pk in plans if plan.creation is creation)
        _ecrire(depot, genre, _faits(resource, plans, souvenirs))


def _faits(resource, plans, souvenirs):
    while lot := list(islice(plans, PAR_FEUILLET)):
        marques = empreintes(resource, [pk for _, pk in lot])
        for plan, pk in lot:
            changements = [] if plan.creation else _changements(plan)
            nom = str(plan.nom or plan.cle)
            ligne = plan.lignes[0]
            yield [ligne, nom, changements, pk, marques[pk], souvenirs.get(ligne)]


def _changements(plan):
    return [
        (*clair, brut(avant))
        for clair, (_, avant, _) in zip(plan.en_clair(EXCEL), plan.changements, strict=True)
    ]


def _ecrire(depot, genre, lignes):
    rang = 0
    while lot := list(islice(lignes, PAR_FEUILLET)):
        octets = json.dumps(lot, ensure_ascii=False, separators=(",", ":")).encode()
        Feuillet.objects.create(
            depot=depot, genre=genre, rang=rang, nombre=len(lot), contenu=zlib.compress(octets, 1)
        )
        rang += 1


def brut(valeur):
    """A value of a row as JSON holds it; the column's `relire` gives it back."""
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, (datetime.date, datetime.time)):
        return valeur.isoformat()
    return list(valeur) if isinstance(valeur, tuple) else valeur


def empreintes(resource, pks):
    """{primary key: fingerprint of all that a file can say of this row} as the base holds it."""
    simples = [c.attribut for c in resource.colonnes if not c.est_liste]
    listes = [c.courants(pks) for c in resource.colonnes if c.est_liste]
    rangees = resource.modele._default_manager.order_by().filter(pk__in=pks)
    return {
        pk: blake2b(
            repr((valeurs, [liste.get(pk, ()) for liste in listes])).encode(), digest_size=8
        ).hexdigest()
        for pk, *valeurs in rangees.values_list("pk", *simples)
    }


# --- Read ----------------------------------------------------------------------------------------


def nombre(depot, genre):
    return sum(depot.feuillets.filter(genre=genre).values_list("nombre", flat=True))


def lire(depot, genre):
    """Every line of this kind, in order."""
    feuillets = depot.feuillets.filter(genre=genre).order_by("rang")
    for contenu in feuillets.values_list("contenu", flat=True).iterator(chunk_size=10):
        yield from _deplier(genre, contenu)


def _deplier(genre, contenu):
    return [CLASSES[genre](*ligne) for ligne in json.loads(zlib.decompress(bytes(contenu)))]


def refus_par_ligne(depot):
    """{row number: every reason why it is refused}."""
    raisons = defaultdict(list)
    for refus in lire(depot, Genre.REFUSEES):
        raisons[refus.ligne].append(str(refus))
    return {ligne: " ".join(phrases) for ligne, phrases in raisons.items()}


class Lignes:
    """The lines of one kind as a paginator takes them; `cherche` keeps those that hold a text."""

    def __init__(self, depot, genre, cherche=""):
        self.depot, self.genre = depot, genre
        self.gardees = None
        if cherche := sans_accents(cherche.strip()):
            self.gardees = [e for e in lire(depot, genre) if cherche in _texte(e)]

    def __len__(self):
        return nombre(self.depot, self.genre) if self.gardees is None else len(self.gardees)

    def __getitem__(self, tranche):
        if self.gardees is not None:
            return self.gardees[tranche]
        premier, dernier = tranche.start // PAR_FEUILLET, (tranche.stop - 1) // PAR_FEUILLET
        feuillets = self.depot.feuillets.filter(
            genre=self.genre, rang__range=(premier, dernier)
        ).order_by("rang")
        lignes = [e for feuillet in feuillets for e in _deplier(self.genre, feuillet.contenu)]
        debut = premier * PAR_FEUILLET
        return lignes[tranche.start - debut : tranche.stop - debut]


def _texte(entree):
    """All that a line shows, as it is searched."""
    mots = [str(valeur) for valeur in vars(entree).values() if isinstance(valeur, (str, int))]
    for colonne, avant, apres, *_ in getattr(entree, "changements", ()):
        mots += [colonne, avant, apres]
    return sans_accents(" ".join(mots))
