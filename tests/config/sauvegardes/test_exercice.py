"""The drill: all is saved, the base is lost, all is back, row by row and byte by byte."""

import json
import threading
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from config.sauvegardes import restauration
from config.sauvegardes import tables as tables_
from config.sauvegardes.tables import SANS, Table, tables
from programme.fiches.models import FicheAction, PieceJointe
from territoires.supprimes.corbeille import reprendre
from tests import factories as f
from tests.echanges.test_aller_retour import tout

pytestmark = pytest.mark.django_db(transaction=True)


# Two that point to each other; the database checks them once all is there.
EN_ROND = {
    "programme.FicheAction.dernier_envoi",
    "programme.Modification.dernier_envoi",
    "territoires.Perimetre.territoire",
}


def photographier():
    """{table: hash of its rows}, and {file: its bytes}"""
    lignes = {}
    for table in tables():
        somme = sha256()
        for ligne, _ in table.lignes():
            somme.update(f"{ligne}\n".encode())
        lignes[table.nom] = somme.hexdigest()
    fichiers = {
        str(chemin.relative_to(settings.MEDIA_ROOT)): chemin.read_bytes()
        for chemin in Path(settings.MEDIA_ROOT).rglob("*")
        if chemin.is_file()
    }
    return lignes, fichiers


def perdre(ailleurs):
    """The base and the disk are gone."""
    call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = ailleurs
    default_storage._wrapped.__dict__.pop("location", None)
    default_storage._wrapped.__dict__.pop("base_location", None)


def un_monde():
    tout()
    perdue = f.PieceJointeFactory()
    perdue.delete()  # its file waits in the bin, its history remembers it
    f.PieceJointeFactory(
        titre="Étude — “essai” 🏭\u202f!", fichier=ContentFile(b"%PDF-" + bytes(99), "a.pdf")
    )
    derniere = f.FicheActionFactory()
    cle = derniere.pk
    derniere.delete()
    return perdue, cle


def archiver(dossier, **options):
    call_command("sauvegarder", str(dossier), verbosity=0, **options)
    return sorted(dossier.glob("*.zip"))[-1]


@pytest.fixture
def archive(tmp_path, capsys):
    f.PieceJointeFactory()
    return archiver(tmp_path / "sauvegardes")


def test_all_that_was_is_back(tmp_path):
    perdue, derniere = un_monde()
    lignes, fichiers = photographier()
    chemin = archiver(tmp_path / "sauvegardes")
    perdre(tmp_path / "neuf")
    call_command("restaurer", chemin, verbosity=0)
    assert photographier() == (lignes, fichiers)
    with PieceJointe.objects.latest("pk").fichier.open() as fichier:
        assert fichier.read() == b"%PDF-" + bytes(99)
    assert reprendre(perdue.fichier.name)
    # A new row takes no key that a deleted one had, and whose history remains.
    assert f.FicheActionFactory().pk > derniere


def test_what_is_restored_is_searched_and_counted_on(tmp_path):
    territoire = f.territoire_publie(nom="Vallée de l’Arve")
    chemin = archiver(tmp_path / "sauvegardes")
    perdre(tmp_path / "neuf")
    call_command("restaurer", chemin, verbosity=0)
    from territoires.recherche.indexation import mettre_a_jour
    from territoires.recherche.models import Trouvable

    mettre_a_jour()
    assert Trouvable.objects.filter(titre__contains=territoire.nom).exists()


def test_a_base_that_holds_something_is_left_alone(archive):
    avant = photographier()
    with pytest.raises(CommandError, match="n’est pas vide"):
        call_command("restaurer", archive, verbosity=0)
    assert photographier() == avant


@pytest.mark.parametrize("abime", ["coupe", "octet", "sans_manifeste", "autre_chose"])
def test_a_damaged_archive_is_refused_before_anything_is_touched(archive, tmp_path, abime):
    octets = archive.read_bytes()
    if abime == "coupe":
        archive.write_bytes(octets[: len(octets) // 2])
    elif abime == "octet":
        milieu = len(octets) // 2
        archive.write_bytes(octets[:milieu] + bytes([octets[milieu] ^ 1]) + octets[milieu + 1 :])
    elif abime == "autre_chose":
        archive.write_text("rien de tel")
    else:
        with zipfile.ZipFile(archive, "w") as faux:
            faux.writestr("tables/x.jsonl", "")
    perdre(tmp_path / "neuf")
    with pytest.raises(CommandError, match="abîmée ou incomplète"):
        call_command("restaurer", archive, verbosity=0)
    assert not FicheAction.objects.exists()


def test_one_row_that_reads_otherwise_and_nothing_is_restored(archive, tmp_path, monkeypatch):
    perdre(tmp_path / "neuf")
    d_origine = Table._valeurs

    def mentir(self, lues):
        valeurs = d_origine(self, lues)
        if self.modele is PieceJointe:
            valeurs[self.attributs.index("titre")] += "!"
        return valeurs

    monkeypatch.setattr(Table, "_valeurs", mentir)
    with pytest.raises(CommandError, match="ne se relit pas"):
        call_command("restaurer", archive, verbosity=0)
    assert not FicheAction.objects.exists() and not PieceJointe.objects.exists()


def test_one_file_that_cannot_be_written_and_nothing_is_restored(archive, tmp_path, monkeypatch):
    f.PieceJointeFactory()
    archive = archiver(tmp_path / "encore")
    perdre(tmp_path / "neuf")
    d_origine, ecrits = default_storage.save, []

    def remplir(nom, contenu):
        if ecrits:
            raise OSError(28, "No space left on device")
        ecrits.append(nom)
        return d_origine(nom, contenu)

    monkeypatch.setattr(restauration.default_storage, "save", remplir, raising=False)
    with pytest.raises(OSError, match="No space"):
        call_command("restaurer", archive, verbosity=0)
    assert not PieceJointe.objects.exists()
    assert not [p for p in (tmp_path / "neuf").rglob("*") if p.is_file()]


def test_an_archive_of_another_version_is_refused(archive, tmp_path, monkeypatch):
    perdre(tmp_path / "neuf")
    monkeypatch.setattr(restauration, "migrations", lambda: [["programme", "0099_demain"]])
    with pytest.raises(CommandError, match="programme 0099_demain"):
        call_command("restaurer", archive, verbosity=0)


def test_a_file_that_the_disk_lost_is_told_and_stops_nothing(tmp_path, capsys):
    piece = f.PieceJointeFactory()
    default_storage.delete(piece.fichier.name)
    chemin = archiver(tmp_path / "sauvegardes")
    assert f"introuvable, absent de l’archive : {piece.fichier.name}" in capsys.readouterr().err
    assert json.loads(zipfile.ZipFile(chemin).read("manifeste.json"))["manquants"]


def test_the_last_ones_are_kept_and_a_failure_leaves_no_half(tmp_path, monkeypatch):
    dossier = tmp_path / "sauvegardes"
    dossier.mkdir()
    for jour in (1, 2, 3):
        (dossier / f"territoires-2020010{jour}-020000.zip").touch()
    (dossier / "autre-chose.zip").touch()
    archiver(dossier, garder=2)
    restent = sorted(chemin.name for chemin in dossier.glob("*.zip"))
    assert restent[:2] == ["autre-chose.zip", "territoires-20200103-020000.zip"]
    assert len(restent) == 3
    monkeypatch.setattr(Table, "lignes", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        archiver(dossier)
    assert not list(dossier.glob("*.partielle"))


def test_its_hash_stands_beside_it(archive):
    somme, nom = archive.with_suffix(".zip.sha256").read_text().split()
    assert (somme, nom) == (sha256(archive.read_bytes()).hexdigest(), archive.name)


def test_nobody_else_on_the_machine_reads_it(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


def test_every_model_is_kept_or_says_why_not():
    gardes = {table.nom for table in tables()}
    toutes = {m._meta.label for m in apps.get_models(include_auto_created=True)}
    assert toutes == gardes | SANS.keys()
    assert not gardes & SANS.keys()


def test_each_table_comes_after_those_it_points_to():
    rangs = {table.modele: rang for rang, table in enumerate(tables())}
    apres = {
        f"{table.nom}.{champ.name}"
        for table in tables()
        for champ in table.champs
        if champ.is_relation and rangs.get(champ.related_model, 0) > rangs[table.modele]
    }
    assert apres == EN_ROND


@pytest.mark.parametrize(
    ("ecrit", "rendu"),
    [
        (-0.0, "0.0"),
        (1e16, "10000000000000000"),
        (4e-05, "4e-05"),
        ("-0.0", '"-0.0"'),
        (2.0, "2.0"),
    ],
)
def test_numbers_are_written_as_both_databases_give_them(ecrit, rendu):
    assert tables_.ecrire([{"b": [ecrit], "a": 1}]) == f'[{{"a":1,"b":[{rendu}]}}]'


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the memory of a test has one writer")
def test_what_is_written_meanwhile_is_of_the_next_archive(tmp_path, monkeypatch):
    fiche = f.FicheActionFactory(titre="Avant")
    d_origine = Table.lignes

    def ecrire_ailleurs():
        FicheAction.objects.filter(pk=fiche.pk).update(titre="Après")
        connection.close()

    def pendant(self):
        if self.nom == "programme.FicheAction":
            fil = threading.Thread(target=ecrire_ailleurs)
            fil.start()
            fil.join()
        return d_origine(self)

    monkeypatch.setattr(Table, "lignes", pendant)
    chemin = archiver(tmp_path / "sauvegardes")
    assert "Avant" in zipfile.ZipFile(chemin).read("tables/programme.FicheAction.jsonl").decode()
    fiche.refresh_from_db()
    assert fiche.titre == "Après"
