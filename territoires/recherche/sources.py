"""What can be found: each room declares its own, and the search knows no model by its name.

An entry is made of the values of declared paths and of nothing else. That is what makes it follow
every change: `dependances` reads from the paths which tables it stands on. A path through rows that
may be private reads the public ones alone (their `du_public`).
"""

from collections.abc import Callable
from dataclasses import dataclass

# What two objects share brings them near, the more the closer it holds them together.
POIDS_DES_SUJETS = {"theme": 2, "territoire": 3}
POIDS_D_UN_OBJET = 5

_sources = {}  # {genre: Source}
_precisions = {}  # {genre: Precision}


@dataclass(frozen=True)
class Entree:
    """What is found of an object. `texte` has a line a paragraph; `noms` and `codes` lead to it
    when they are typed whole; among equals the greatest `poids` comes first; `sujets` is what it is
    about, as the function of that name gives it."""

    titre: str
    adresse: str
    sous_titre: str = ""
    texte: str = ""
    noms: tuple = ()
    codes: tuple = ()
    poids: int = 0
    sujets: tuple = ()


@dataclass(frozen=True)
class Source:
    """`entree` takes {path: value}, a list for a path through several rows."""

    genre: str
    modele: type
    nom: tuple  # singular, plural
    rang: int
    chemins: tuple
    entree: Callable

    def publics(self):
        return self.modele._default_manager.du_public().order_by()


@dataclass(frozen=True)
class Precision:
    """A sentence more on each result of a kind: `contextes` maps the keys to what it shows."""

    gabarit: str
    contextes: Callable


def trouvable(genre, modele, nom, *, rang, chemins):
    """Make the public rows of this model findable, by the entry that the function returns.

    `chemins` are separated by spaces.
    """

    def inscrire(entree):
        _sources[genre] = Source(genre, modele, nom, rang, tuple(chemins.split()), entree)
        return entree

    return inscrire


def precision(genre, gabarit):
    def inscrire(contextes):
        _precisions[genre] = Precision(gabarit, contextes)
        return contextes

    return inscrire


def declarees():
    return tuple(sorted(_sources.values(), key=lambda source: source.rang))


def source(genre):
    """The source of this name; None when no room declared it."""
    return _sources.get(genre)


def precision_de(genre):
    return _precisions.get(genre)


def phrase(*morceaux, entre=" · "):
    """The pieces that say something, one after the other."""
    return entre.join(str(morceau) for morceau in morceaux if morceau)


def paragraphes(*morceaux):
    """One line a paragraph; a list gives one for each."""
    lignes = []
    for morceau in morceaux:
        lignes += morceau if isinstance(morceau, list) else [morceau]
    return "\n".join(" ".join(str(ligne).split()) for ligne in lignes if ligne)


def sujets(**par_nature):
    """(subject, weight) of each: `sujets(theme=["energie"], fiche="FA-…")`."""
    dits = {}
    for nature, cles in par_nature.items():
        for cle in cles if isinstance(cles, list) else [cles]:
            if cle:
                dits[f"{nature}:{cle}"] = POIDS_DES_SUJETS.get(nature, POIDS_D_UN_OBJET)
    return tuple(sorted(dits.items()))
