"""Put an archive back in an empty base: all of it, verified, or nothing."""

import hashlib

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from config.sauvegardes.archive import MORCEAU
from config.sauvegardes.sauvegarde import FICHIERS, membre_de, migrations
from config.sauvegardes.tables import FAITES_PAR_LES_MIGRATIONS, Somme, tables
from territoires.declencheurs import VEILLES

PAS_VIDE = (
    "Cette base n’est pas vide ({}) : une archive ne se restaure que dans une base neuve. Rien n’a "
    "été touché."
)
AUTRE_VERSION = (
    "Cette archive vient d’une autre version de l’application ({}). Installez cette version-là, "
    "restaurez, puis mettez à jour. Rien n’a été restauré."
)
DIFFERENT = "« {} » ne se relit pas comme dans l’archive : rien n’a été restauré."
DEJA_LA = "Le stockage a déjà un autre fichier « {} » : rien n’a été restauré."


def restaurer(lecture, dire=lambda phrase: None):
    """Raises CommandError; then the base is as it was, but for empty tables."""
    verifier_que_rien_n_y_est()
    call_command("migrate", interactive=False, verbosity=0)
    verifier_la_version(lecture.manifeste)
    a_poser = _fichiers_a_poser(lecture)
    poses = []
    try:
        with transaction.atomic():
            for veille in VEILLES:
                veille.enlever(connection.alias, plan=[None])  # no row is noted: all is made anew
            _ecrire_les_lignes(lecture, dire)
            connection.check_constraints()
            _relire_les_lignes(lecture)
            _poser(lecture, a_poser, poses)
            for veille in VEILLES:
                veille.installer(connection.alias)
    except BaseException:
        for nom in poses:
            default_storage.delete(nom)
        raise


def verifier_que_rien_n_y_est():
    presentes = set(connection.introspection.table_names())
    for table in tables():
        if table.nom in FAITES_PAR_LES_MIGRATIONS or table.modele._meta.db_table not in presentes:
            continue
        if table.modele._base_manager.exists():
            raise CommandError(PAS_VIDE.format(table.modele._meta.verbose_name_plural))


def verifier_la_version(manifeste):
    ici = {tuple(migration) for migration in migrations()}
    la = {tuple(migration) for migration in manifeste["migrations"]}
    if ecarts := sorted(" ".join(migration) for migration in ici ^ la):
        raise CommandError(AUTRE_VERSION.format(", ".join(ecarts[:5])))


def _ecrire_les_lignes(lecture, dire):
    toutes = tables()
    for table in reversed(toutes):
        if table.nom in FAITES_PAR_LES_MIGRATIONS:
            table.modele._base_manager.all()._raw_delete(connection.alias)
    for table in toutes:
        dits = lecture.manifeste["tables"][table.nom]
        table.inserer(lecture.lignes(membre_de(table)))
        table.poser_le_compteur(dits["compteur"])
        if dits["lignes"]:
            dire(f"{table.nom} : {dits['lignes']} lignes.")


def _relire_les_lignes(lecture):
    """Row by row: the base says of each table what the archive says."""
    for table in tables():
        somme = Somme()
        for ligne, _ in table.lignes():
            somme.ajouter(ligne)
        dits = lecture.manifeste["tables"][table.nom]
        if (somme.nombre, str(somme)) != (dits["lignes"], dits["somme"]):
            raise CommandError(DIFFERENT.format(table.nom))


def _fichiers_a_poser(lecture):
    """Those that the storage has not yet; one that is there under that name must be the same."""
    a_poser = []
    for membre, somme in lecture.manifeste["sommes"].items():
        if not membre.startswith(FICHIERS):
            continue
        nom = membre.removeprefix(FICHIERS)
        if not default_storage.exists(nom):
            a_poser.append(nom)
        elif _somme(nom) != somme:
            raise CommandError(DEJA_LA.format(nom))
    return a_poser


def _poser(lecture, noms, poses):
    for nom in noms:
        with lecture.zip.open(f"{FICHIERS}{nom}") as membre:
            pose = default_storage.save(nom, File(membre, nom))
        poses.append(pose)
        if pose != nom or _somme(nom) != lecture.manifeste["sommes"][f"{FICHIERS}{nom}"]:
            raise CommandError(DIFFERENT.format(nom))


def _somme(nom):
    somme = hashlib.sha256()
    with default_storage.open(nom) as fichier:
        while morceau := fichier.read(MORCEAU):
            somme.update(morceau)
    return somme.hexdigest()
