"""« À lire aussi »: the pages that the délégation chose for a page, then those that are near it.

Near are those that share a theme, a territoire or an object (`Entree.sujets`), which the search
keeps up to date: what is no more public is in neither.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connections

from evenements.editorial.models import LienChoisi
from evenements.editorial.pages import D_UN_OBJET
from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import SujetTrouvable, Trouvable
from territoires.recherche.sources import POIDS_D_UN_OBJET, source
from territoires.replique import base_lue

MONTRES, D_UN_GENRE = 4, 2  # in all where any is proposed, of one kind among these
LUS = 8  # of a kind: some of them may not be shown
PROPOSES = ("actualite", "pratique", "fiche", "contrat", "convention", "assemblee", "page")
# What a page shows already in another way, or would repeat.
SANS = {"contrat": ("contrat",), "fiche": ("fiche",), "theme": PROPOSES}
REQUETE = f"""
WITH choisis AS (
  SELECT cible, rang, retire FROM {LienChoisi._meta.db_table} WHERE page = %s
), notes AS (
  SELECT autre.trouvable_id AS id, SUM(autre.poids) AS note,
    MAX(autre.poids) AS lien
  FROM {Trouvable._meta.db_table} ici
  JOIN {SujetTrouvable._meta.db_table} sien ON sien.trouvable_id = ici.id
  JOIN {SujetTrouvable._meta.db_table} autre ON autre.sujet = sien.sujet
  WHERE ici.genre = %s AND ici.cle = %s AND autre.trouvable_id <> ici.id
  GROUP BY autre.trouvable_id
), proches AS (
  SELECT t.genre, t.titre, t.adresse, note, lien, ROW_NUMBER() OVER (
    PARTITION BY t.genre ORDER BY note DESC, LENGTH(t.cle) DESC, t.cle DESC
  ) AS rang
  FROM notes JOIN {Trouvable._meta.db_table} t ON t.id = notes.id
  WHERE t.adresse NOT IN (SELECT cible FROM choisis)
)
SELECT 1 AS choisi, c.rang AS rang, 0 AS note, 0 AS lien, t.genre, t.titre, t.adresse
FROM choisis c JOIN {Trouvable._meta.db_table} t ON t.adresse = c.cible WHERE NOT c.retire
UNION ALL
SELECT 0, rang, note, lien, genre, titre, adresse FROM proches WHERE rang <= {LUS}
ORDER BY choisi DESC, rang, note DESC, adresse
"""


@dataclass(frozen=True)
class Lien:
    genre: str
    titre: str
    adresse: str
    choisi: bool

    @property
    def nature(self):
        """What kind of page it is, in words."""
        return source(self.genre).nom[0]


def a_lire_aussi(genre, objet):
    """The links of the page of this object: all that were chosen, with proposals up to four.

    Two queries.
    """
    mettre_a_jour()
    with connections[base_lue()].cursor() as curseur:
        curseur.execute(REQUETE, [objet.get_absolute_url(), genre, str(objet.pk)])
        lignes = curseur.fetchall()
    choisis = [
        Lien(un_genre, titre, adresse, True)
        for choisi, *_, un_genre, titre, adresse in lignes
        if choisi and un_genre in D_UN_OBJET.values()
    ]
    proposes = [
        Lien(un_genre, titre, adresse, False)
        for choisi, _, _, lien, un_genre, titre, adresse in lignes
        if not choisi and _se_propose(un_genre, sur=genre, nomme=lien >= POIDS_D_UN_OBJET)
    ]
    return choisis + _varies(proposes)[: max(MONTRES - len(choisis), 0)]


def _se_propose(genre, *, sur, nomme):
    """Not what the page shows already: what one of the two names is there, but for the news."""
    if genre not in PROPOSES or genre in SANS.get(sur, ()):
        return False
    return genre == "actualite" or not nomme


def _varies(liens):
    """The first of each kind, then the second of each, as they come."""
    rangs, comptes = [], Counter()
    for lien in liens:
        rangs.append((comptes[lien.genre], lien))
        comptes[lien.genre] += 1
    gardes = [paire for paire in rangs if paire[0] < D_UN_GENRE]
    return [lien for _, lien in sorted(gardes, key=lambda paire: paire[0])]
