"""Triggers that note of which territoire something was written that the dashboard counts."""

from programme.comites.models import Avis, ComiteDePilotage, Seance
from programme.fiches.models import FicheAction, Financement, Passage
from programme.pilotage.models import ReleveGarde, TerritoireARelever
from territoires.declencheurs import Veille

NOTES, GARDES = TerritoireARelever._meta.db_table, ReleveGarde._meta.db_table
FICHES, AVIS, SEANCES = (m._meta.db_table for m in (FicheAction, Avis, Seance))
DE_LA_FICHE = (
    f"SELECT f.territoire_id FROM {FICHES} f WHERE f.id IN (SELECT fiche_id FROM {{lignes}})"
)
DE_L_AVIS = (
    f"SELECT f.territoire_id FROM {FICHES} f JOIN {AVIS} a ON a.fiche_id = f.id "
    f"JOIN {SEANCES} s ON s.id = a.seance_id WHERE s.{{}} IN (SELECT id FROM {{{{lignes}}}})"
)
# {table: (its column that tells, the territoires that the rows written concern)}
SUIVIES = {
    FICHES: ("territoire_id", "SELECT territoire_id FROM {lignes}"),
    Financement._meta.db_table: ("fiche_id", DE_LA_FICHE),
    Passage._meta.db_table: ("fiche_id", DE_LA_FICHE),
    AVIS: ("fiche_id", DE_LA_FICHE),
    SEANCES: ("id", DE_L_AVIS.format("id")),
    ComiteDePilotage._meta.db_table: ("id", DE_L_AVIS.format("comite_id")),
}
ETATS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _declencheurs(vendor):
    ecrire = {"sqlite": _pour_sqlite, "postgresql": _pour_postgresql}[vendor]
    return {table: ecrire(table, *suivie) for table, suivie in SUIVIES.items()}


def _a_recompter(curseur):
    """What a migration writes is noted by nobody: all is counted anew."""
    curseur.execute(f"DELETE FROM {GARDES}")


def _pour_sqlite(table, colonne, requete):
    """Row by row: what was written stands as a query of that column."""
    faits = {}
    for verbe, etats in ETATS.items():
        lignes = " UNION ".join(f"SELECT {etat}.{colonne} AS {colonne}" for etat in etats)
        corps = (
            f"INSERT INTO {NOTES} (territoire) SELECT territoire_id FROM "
            f"({requete.format(lignes=f'({lignes})')}) "
            f"WHERE territoire_id NOT IN (SELECT territoire FROM {NOTES})"
        )
        nom = VEILLE.nommer(verbe[:1].lower(), table, corps)
        faits[nom] = [f'CREATE TRIGGER "{nom}" AFTER {verbe} ON "{table}" BEGIN {corps}; END']
    return faits


def _pour_postgresql(table, colonne, requete):
    """Once a statement, however many rows it writes."""
    faits = {}
    for verbe, etats in ETATS.items():
        tables = {"OLD": "anciennes", "NEW": "nouvelles"}
        lues = " UNION ".join(requete.format(lignes=tables[etat]) for etat in etats)
        corps = (
            f"BEGIN INSERT INTO {NOTES} (territoire) SELECT DISTINCT territoire_id "
            f"FROM ({lues}) AS lues; RETURN NULL; END"
        )
        nom = VEILLE.nommer(verbe[:1].lower(), table, corps)
        vues = " ".join(f"{etat} TABLE AS {tables[etat]}" for etat in etats)
        faits[nom] = [
            f'CREATE OR REPLACE FUNCTION "{nom}"() RETURNS trigger LANGUAGE plpgsql '
            f"AS $corps${corps}$corps$",
            f'CREATE TRIGGER "{nom}" AFTER {verbe} ON "{table}" REFERENCING {vues} '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{nom}"()',
        ]
    return faits


VEILLE = Veille("releves_", frozenset({NOTES, GARDES}), _declencheurs, _a_recompter)
