"""Make an archive: the rows of one instant, then the files that they name."""

from contextlib import closing, contextmanager

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.sauvegardes.archive import MORCEAU, Ecriture
from config.sauvegardes.tables import Somme, tables
from territoires.supprimes import corbeille

FICHIERS = "fichiers/"


@contextmanager
def instantane():
    """One transaction that reads the base as it was when it began, and stops nobody who writes."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM sqlite_master")
            # the instant is that of a read
            yield
    finally:
        connection.transaction_mode = mode


class Original:
    """What an archive holds: the rows and the files as they are, those of the bin too."""

    def lignes(self, table):
        return table.lignes()

    def jetes(self):
        return set(corbeille.fichiers())

    def garder(self, ecriture, nom):
        """Copy one file; where its row went meanwhile, it is in the bin. Whether it was there."""
        for ici in (nom, f"{corbeille.CORBEILLE}/{nom}"):
            try:
                with default_storage.open(ici) as fichier:
                    morceaux = iter(lambda f=fichier: f.read(MORCEAU), b"")
                    ecriture.membre(f"{FICHIERS}{nom}", morceaux, compresser=False)
            except FileNotFoundError:
                continue
            return True
        return False


def sauvegarder(sortie, source=None):
    """Write the archive to this binary file: its manifest's figures, and the hash of it all."""
    source = source or Original()
    with closing(Ecriture(sortie)) as ecriture:
        manifeste, fichiers = {"faite_le": timezone.now().isoformat(), "tables": {}}, set()
        with instantane():
            manifeste["migrations"] = migrations()
            for table in tables():
                lignes = source.lignes(table)
                manifeste["tables"][table.nom] = _ecrire_la_table(ecriture, table, lignes, fichiers)
        fichiers |= source.jetes()
        manifeste["manquants"] = [n for n in sorted(fichiers) if not source.garder(ecriture, n)]
        manifeste["fichiers"] = sum(nom.startswith(FICHIERS) for nom in ecriture.sommes)
        return manifeste, ecriture.finir(manifeste)


def migrations():
    """[[app, name]] of what this base has been through."""
    return sorted([app, nom] for app, nom in MigrationRecorder(connection).applied_migrations())


def _ecrire_la_table(ecriture, table, lignes, fichiers):
    somme = Somme()

    def morceaux():
        for ligne, noms in lignes:
            somme.ajouter(ligne)
            fichiers.update(noms)
            yield f"{ligne}\n".encode()

    ecriture.membre(membre_de(table), morceaux())
    return {
        "lignes": somme.nombre,
        "somme": str(somme),
        "compteur": table.compteur(),
        "colonnes": table.attributs,
    }


def membre_de(table):
    return f"tables/{table.nom}.jsonl"
