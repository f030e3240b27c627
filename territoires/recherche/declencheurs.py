"""What the database itself keeps for the search: triggers that note each write, and its indexes."""

from territoires.declencheurs import Veille
from territoires.recherche.dependances import par_table
from territoires.recherche.models import AIndexer, Indexation, Trouvable

NOTEES, INDEX = AIndexer._meta.db_table, Trouvable._meta.db_table
FTS = f"{INDEX}_fts"
COLONNES = "lexemes_nom, lexemes"


def _declencheurs(vendor):
    """{table: {name: statements}}: the name changes with what the trigger does."""
    ecrire = {"sqlite": _pour_sqlite, "postgresql": _pour_postgresql}[vendor]
    return {table: ecrire(table, sorted(suivies)) for table, suivies in par_table().items()}


def _lignes(suivies, *etats):
    """A query of the rows to note, for these states (OLD, NEW) of the row written."""
    selects = [
        f"SELECT '{genre}' AS genre, '{chemin}' AS chemin, "
        + (f'CAST({etat}."{colonne}" AS varchar(40))' if colonne else "''")
        + " AS cle"
        for genre, chemin, colonne in suivies
        for etat in etats
    ]
    return (
        f'INSERT INTO "{NOTEES}" (genre, chemin, cle) SELECT genre, chemin, cle '
        f"FROM ({' UNION '.join(selects)}) AS lignes WHERE cle IS NOT NULL"
    )


def _pour_sqlite(table, suivies):
    faits = {}
    for verbe, *etats in (("INSERT", "NEW"), ("UPDATE", "OLD", "NEW"), ("DELETE", "OLD")):
        corps = _lignes(suivies, *etats)
        nom = VEILLE.nommer(verbe[:1].lower(), table, corps)
        sql = f'CREATE TRIGGER "{nom}" AFTER {verbe} ON "{table}" BEGIN {corps}; END'
        faits[nom] = [sql]
    return faits


def _pour_postgresql(table, suivies):
    corps = (
        f"BEGIN IF TG_OP = 'INSERT' THEN {_lignes(suivies, 'NEW')}; "
        f"ELSIF TG_OP = 'DELETE' THEN {_lignes(suivies, 'OLD')}; "
        f"ELSE {_lignes(suivies, 'OLD', 'NEW')}; END IF; RETURN NULL; END"
    )
    nom = VEILLE.nommer("", table, corps)
    return {
        nom: [
            f'CREATE OR REPLACE FUNCTION "{nom}"() RETURNS trigger LANGUAGE plpgsql '
            f"AS $corps${corps}$corps$",
            f'CREATE TRIGGER "{nom}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{nom}"()',
        ]
    }


def _indexes(curseur, vendor):
    """Full text on the words: those of PostgreSQL, or FTS5 that follows the table."""
    if vendor == "postgresql":
        curseur.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [INDEX]
        )
        presentes = {nom for (nom,) in curseur.fetchall()}
        for champ, vecteur in (("lexemes_nom", "vecteur_nom"), ("lexemes", "vecteur")):
            if vecteur in presentes:
                continue  # not even asked for: rows may wait in this transaction
            curseur.execute(
                f'ALTER TABLE "{INDEX}" ADD COLUMN {vecteur} tsvector '
                f"GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {champ})) STORED"
            )
            curseur.execute(f'CREATE INDEX "{INDEX}_{vecteur}" ON "{INDEX}" USING gin ({vecteur})')
        return
    curseur.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [FTS])
    if curseur.fetchone():
        return
    curseur.execute(
        f'CREATE VIRTUAL TABLE "{FTS}" USING fts5({COLONNES}, content="{INDEX}", '
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')"
    )
    curseur.execute(f'INSERT INTO "{FTS}" ("{FTS}") VALUES (\'rebuild\')')
    ajout = (
        f'INSERT INTO "{FTS}" (rowid, {COLONNES}) VALUES (NEW.id, NEW.lexemes_nom, NEW.lexemes);'
    )
    retrait = (
        f'INSERT INTO "{FTS}" ("{FTS}", rowid, {COLONNES}) '
        "VALUES ('delete', OLD.id, OLD.lexemes_nom, OLD.lexemes);"
    )
    for verbe, corps in (("INSERT", ajout), ("DELETE", retrait), ("UPDATE", retrait + ajout)):
        curseur.execute(
            f'CREATE TRIGGER IF NOT EXISTS "{FTS}_{verbe.lower()}" AFTER {verbe} ON "{INDEX}" '
            f"BEGIN {corps} END"
        )


def _a_refaire(curseur):
    """What a migration writes is noted by nobody: the index is to be made anew."""
    curseur.execute(f'UPDATE "{Indexation._meta.db_table}" SET signature = %s', [""])


VEILLE = Veille("recherche_", frozenset({NOTEES, INDEX}), _declencheurs, _a_refaire, _indexes)
