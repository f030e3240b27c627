"""What speaks of the same things as a text: the entries of a kind that share its telling words.

The database gives the nearest by its full text, in one statement; they are then compared in one
way for both: a shared word counts the more the fewer of them hold it, twice in a title.
"""

from collections import Counter
from functools import lru_cache
from math import log

from django.db import connection, connections

from territoires.recherche.declencheurs import FTS
from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import Trouvable
from territoires.recherche.mots import MOT, VIDES, formes
from territoires.replique import base_lue

INDEX = Trouvable._meta.db_table
MOTS, CANDIDATS = 24, 120  # asked for, and compared
PARTAGES = 2  # words in common, at the least
PROCHES = {
    "postgresql": f"SELECT cle, lexemes_nom, lexemes FROM {INDEX} "
    "WHERE vecteur @@ %(mots)s::tsquery AND genre = %(genre)s AND cle <> %(sauf)s "
    "ORDER BY ts_rank(vecteur, %(mots)s::tsquery) "
    "+ 4 * ts_rank(vecteur_nom, %(mots)s::tsquery) DESC, id LIMIT %(limite)s",
    "sqlite": f"SELECT t.cle, t.lexemes_nom, t.lexemes FROM {FTS} JOIN {INDEX} t "
    f"ON t.id = {FTS}.rowid WHERE {FTS} MATCH %(mots)s AND t.genre = %(genre)s "
    f"AND t.cle <> %(sauf)s ORDER BY bm25({FTS}, 4.0, 1.0), t.id LIMIT %(limite)s",
}


def racines_de(*textes):
    """{stem: how often it stands} in these texts, without the words that say nothing."""
    comptes = Counter()
    for texte in textes:
        for mot in MOT.findall(texte or ""):
            cle, racines = formes(mot)
            if len(cle) > 2 and cle not in VIDES and not cle.isdigit():
                comptes[racines[-1] if racines else cle] += 1  # its family, if it has one
    return comptes


def proches(genre, *, titre, textes=(), sauf="", a_jour=True):
    """{key of an object of this kind: how near it is, about 1 for the same text}, nearest first.

    `sauf` is the key of the object that the text is of; without `a_jour`, the index answers as
    the last search left it, and nobody waits for it.
    """
    du_titre = racines_de(titre)
    frequents = racines_de(titre, *textes).most_common()
    cherches = list(dict.fromkeys([*du_titre, *(mot for mot, _ in frequents)]))[:MOTS]
    if not cherches:
        return {}
    question = genre, tuple(cherches), frozenset(du_titre), str(sauf)
    if not a_jour:
        return dict(_comparer(*question))
    return dict(_compares(mettre_a_jour().contenu, *question))


@lru_cache(maxsize=500)
def _compares(contenu, *question):
    """As long as the index holds the same, it is asked once: `contenu` is its stamp."""
    return _comparer(*question)


def _comparer(genre, cherches, du_titre, sauf):
    """((key, how near it is), …), nearest first."""
    candidats = [
        (cle, set(nom.split()), set(texte.split()))
        for cle, nom, texte in _candidats(genre, cherches, sauf)
    ]
    connus = Counter(mot for mot in cherches for *_, texte in candidats if mot in texte)
    poids = {mot: log(1 + len(candidats) / connus[mot]) * (1 + (mot in du_titre)) for mot in connus}
    entier = sum(poids[mot] * (1 + (mot in du_titre)) for mot in connus)
    notes = {}
    for cle, nom, texte in candidats:
        communs = [mot for mot in cherches if mot in texte]
        if len(communs) >= PARTAGES:
            notes[cle] = sum(poids[mot] * (1 + (mot in nom)) for mot in communs) / entier
    return tuple(sorted(notes.items(), key=lambda note: -note[1]))


def _candidats(genre, mots, sauf):
    entre, gardes = {"postgresql": (" | ", "'{}'"), "sqlite": (" OR ", '"{}"')}[connection.vendor]
    with connections[base_lue()].cursor() as curseur:
        curseur.execute(
            PROCHES[connection.vendor],
            {
                "mots": entre.join(gardes.format(mot) for mot in mots),
                "genre": genre,
                "sauf": sauf,
                "limite": CANDIDATS,
            },
        )
        return curseur.fetchall()
