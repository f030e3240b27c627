"""Finding: one statement a search, by the full text of PostgreSQL or by FTS5.

Best first: the very name or code, then a title with those whole words (at its head, then inside),
then one that begins so, then all the words in the title in any order or form, then in the text;
among equals by weight. A territoire of the map in force comes before those of older maps. Each
of the last two reads at most `PLAFOND` objects.
"""

from dataclasses import dataclass, field

from django.db import connection

from territoires.recherche import demande as demandes
from territoires.recherche.declencheurs import FTS
from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import NomTrouvable, Trouvable
from territoires.recherche.sources import declarees

PLAFOND = 1000
PAR_GENRE, PAR_PAGE, PROPOSITIONS = 5, 20, 8
PAR_LE_TITRE = 2  # the last rank of what is found by its name

INDEX, NOMS = Trouvable._meta.db_table, NomTrouvable._meta.db_table
# What differs: how words are matched, and how much a text speaks of them.
PLEIN_TEXTE = {
    "postgresql": (
        f"SELECT id, 2 AS rang, 0.0 AS force FROM {INDEX} WHERE vecteur_nom @@ %(mots)s::tsquery "
        "{genre} ORDER BY poids DESC LIMIT %(plafond)s",
        f"SELECT id, 3, ts_rank(vecteur, %(mots)s::tsquery) FROM {INDEX} "
        "WHERE vecteur @@ %(mots)s::tsquery {genre} LIMIT %(plafond)s",
    ),
    "sqlite": (
        f"SELECT id, 2 AS rang, 0.0 AS force FROM {INDEX} WHERE id IN "
        f"(SELECT rowid FROM {FTS} WHERE {FTS} MATCH %(mots_du_nom)s) "
        "{genre} ORDER BY poids DESC LIMIT %(plafond)s",
        f"SELECT t.id, 3, -bm25({FTS}) FROM {FTS} JOIN {INDEX} t ON t.id = {FTS}.rowid "
        f"WHERE {FTS} MATCH %(mots)s {{genre}} LIMIT %(plafond)s",
    ),
}
REQUETE = f"""
WITH titres AS ({{titres}}), textes AS ({{textes}}),
tous AS (
    SELECT id, MIN(rang) AS rang, MAX(force) AS force FROM (
        SELECT trouvable_id AS id, 0 AS rang, 0.0 AS force FROM {NOMS} WHERE nom IN ({{cles}})
        UNION ALL SELECT * FROM titres UNION ALL SELECT * FROM textes
    ) AS trouves GROUP BY id
),
rangees AS (
    SELECT t.id, t.genre, r.rang, r.force, COUNT(*) OVER (PARTITION BY t.genre) AS nombre,
        ROW_NUMBER() OVER (PARTITION BY t.genre ORDER BY
            CASE WHEN r.rang = 0 THEN -1000000000
                WHEN t.genre = 'territoire' THEN -t.poids ELSE 0 END,
            CASE WHEN r.rang <> 2 THEN r.rang
                WHEN t.nom LIKE %(mot_en_tete)s THEN 1.0
                WHEN ' ' || t.nom || ' ' LIKE %(mot_dedans)s THEN 1.3
                WHEN t.nom LIKE %(en_tete)s THEN 1.6 ELSE 2 END,
            CASE WHEN r.rang = 3 THEN r.force ELSE 0 END DESC, t.poids DESC, t.nom, t.id) AS n
    FROM tous r JOIN {INDEX} t ON t.id = r.id {{ou}}
)
SELECT t.genre, t.cle, t.titre, t.sous_titre, t.adresse, t.texte, t.poids, r.rang, r.nombre
FROM rangees r JOIN {INDEX} t ON t.id = r.id WHERE r.n > %(saut)s AND r.n <= %(fin)s ORDER BY r.n
"""
PROPOSER = f"""
SELECT t.genre, t.titre, t.sous_titre, t.adresse FROM (
    SELECT id, MAX(exact) AS exact, MAX(poids) AS poids FROM (
        SELECT trouvable_id AS id, CASE WHEN nom = %(cle)s THEN 1 ELSE 0 END AS exact, poids
        FROM {NOMS} WHERE {{debut}}
        ORDER BY exact DESC, poids DESC LIMIT 40
    ) AS noms GROUP BY id
) AS n JOIN {INDEX} t ON t.id = n.id
ORDER BY n.exact DESC, n.poids DESC, t.nom, t.id LIMIT %(limite)s
"""


@dataclass
class Resultat:
    genre: str
    cle: str
    titre: str
    sous_titre: str
    adresse: str
    texte: str
    poids: int
    rang: int
    nombre: int


@dataclass
class Trouves:
    """`demande` is what was looked for in the end; `groupes` are {kind: results}, best first."""

    demande: demandes.Demande
    resultats: list = field(default_factory=list)
    corrigee: str = ""

    @property
    def nombres(self):
        return {r.genre: r.nombre for r in self.resultats}

    @property
    def groupes(self):
        groupes = {}
        for resultat in sorted(self.resultats, key=lambda r: r.rang):
            groupes.setdefault(resultat.genre, [])
        for resultat in self.resultats:
            groupes[resultat.genre].append(resultat)
        return groupes

    @property
    def par_le_nom(self):
        return any(resultat.rang <= PAR_LE_TITRE for resultat in self.resultats)


def chercher(texte, *, genre=None, page=1):
    """What answers, the first of each kind or a page of one; look-alikes where no name is hit."""
    mots = mettre_a_jour().mots
    demande = demandes.lire(texte)
    if not demande.termes:
        return Trouves(demande)
    trouves = _trouver(demande, genre, page)
    if trouves.par_le_nom:
        return trouves
    if not trouves.resultats and demande.par_code:
        return _trouver(demande.par_code, genre, page)
    sans_codes = demande.sans_codes()
    if not trouves.resultats and sans_codes:
        trouves = _trouver(sans_codes, genre, page)
    if not trouves.par_le_nom and (rapprochee := (sans_codes or demande).avec_proches(mots)):
        autres = _trouver(rapprochee, genre, page)
        if autres.resultats:
            autres.corrigee = rapprochee.corrigee
            return autres
    return trouves if trouves.resultats else _trouver(demande.en_debuts(), genre, page)


def proposer(texte):
    """(kind, title, second line, address) of what begins as typed, the best first."""
    mots = mettre_a_jour().mots
    demande = demandes.lire(texte)
    if len(demande.cle) < 2:
        return []
    trouvees = _proposer(demande)
    if not trouvees and (autre := demande.par_code or demande.avec_proches(mots)):
        trouvees = _proposer(autre)
    return trouvees


def _proposer(demande):
    cle = demande.voulue
    postgresql = connection.vendor == "postgresql"
    debut = "nom LIKE %(motif)s" if postgresql else "nom >= %(cle)s AND nom < %(apres)s"
    if cle.isdigit():
        debut = "nom = %(cle)s"
    parametres = {"cle": cle, "limite": PROPOSITIONS}
    parametres |= {"motif": f"{cle}%"} if postgresql else {"apres": cle + chr(0x10FFFF)}
    trouvees = _executer(PROPOSER.format(debut=debut), parametres)
    if len(trouvees) == PROPOSITIONS:
        return trouvees
    autres = _trouver(demande, None, 1, par_genre=3, textes=False).resultats
    autres = sorted(autres, key=lambda r: (r.rang, -r.poids))
    connues = {adresse for *_, adresse in trouvees}
    trouvees += [
        (r.genre, r.titre, r.sous_titre, r.adresse) for r in autres if r.adresse not in connues
    ]
    return trouvees[:PROPOSITIONS]


def _trouver(demande, genre, page, *, par_genre=PAR_GENRE, textes=True):
    titres, plein_texte = PLEIN_TEXTE[connection.vendor]
    filtre = "AND genre = %(genre)s" if genre else ""
    cles, cle = demande.cles, demande.voulue
    sql = REQUETE.format(
        titres=titres.format(genre=filtre),
        textes=plein_texte.format(genre=filtre) if textes else "SELECT * FROM titres",
        ou="WHERE t.genre = %(genre)s" if genre else "",
        cles=", ".join(f"%(cle{rang})s" for rang in range(len(cles))),
    )
    ecrire = _en_tsquery if connection.vendor == "postgresql" else _en_fts5
    mots = ecrire(demande.utiles)
    taille = PAR_PAGE if genre else par_genre
    parametres = {
        "mots": mots,
        "mots_du_nom": f"lexemes_nom : ({mots})",
        "mot_en_tete": f"{cle} %",
        "mot_dedans": f"% {cle} %",
        "en_tete": f"{cle}%",
        "genre": genre,
        "plafond": PLAFOND,
        "saut": (page - 1) * taille if genre else 0,
        "fin": page * taille if genre else taille,
    }
    parametres |= {f"cle{rang}": cle for rang, cle in enumerate(cles)}
    rangees = [Resultat(*rangee) for rangee in _executer(sql, parametres)]
    ordre = {source.genre: source.rang for source in declarees()}
    return Trouves(demande, sorted(rangees, key=lambda r: (ordre[r.genre],)))


def _executer(sql, parametres):
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return curseur.fetchall()


def _en_tsquery(termes):
    return " & ".join(
        "(" + " | ".join(f"'{mot}'{':*' if debut else ''}" for mot, debut in _formes(t)) + ")"
        for t in termes
    )


def _en_fts5(termes):
    return " AND ".join(
        "(" + " OR ".join(f'"{mot}"{" *" if debut else ""}' for mot, debut in _formes(t)) + ")"
        for t in termes
    )


def _formes(terme):
    """(word, whether as a beginning) of each way in which a term is found."""
    yield terme.cle, terme.debut
    for mot in (*terme.racines, *terme.proches):
        yield mot, False
