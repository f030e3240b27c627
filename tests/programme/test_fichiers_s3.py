"""Attachments in a bucket, on a real S3 server of this machine: the same promises as on a disk."""

import errno
import warnings

import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from programme.fiches.models import PieceJointe
from programme.fichiers_s3 import StockageS3
from territoires.supprimes import corbeille
from tests import factories as f
from tests.pays import construire

pytest.importorskip("flask_cors", reason="comes with moto[server]")
pytestmark = pytest.mark.django_db(transaction=True)
SEAU = "pieces"


@pytest.fixture(scope="module")
def serveur():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    serveur = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    serveur.start()
    yield "http://{}:{}".format(*serveur.get_host_and_port())
    serveur.stop()


@pytest.fixture(autouse=True)
def seau(serveur, settings):
    """An empty bucket, where attachments go."""
    options = {
        "bucket_name": SEAU,
        "endpoint_url": serveur,
        "region_name": "eu-west-3",
        "access_key": "cle",
        "secret_key": "secret",
    }
    stockage = {"BACKEND": "programme.fichiers_s3.StockageS3", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": stockage}
    seau = StockageS3(**options).connection.Bucket(SEAU)
    seau.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    yield seau
    seau.objects.all().delete()
    seau.delete()


def noms(seau):
    return {objet.key for objet in seau.objects.all()}


def test_a_file_goes_to_the_bucket_and_is_read_through_the_check_of_rights(seau, client):
    pays = construire()
    piece = f.PieceJointeFactory(fiche=pays["ici"]["ficheaction"])
    assert noms(seau) == {piece.fichier.name}
    adresse = reverse("piece-jointe", args=[piece.fiche.reference, piece.pk])
    assert client.get(adresse).status_code in (302, 403, 404)
    client.force_login(pays["agents"]["intercommunalité voisine"])
    assert client.get(adresse).status_code in (403, 404)
    client.force_login(pays["agents"]["intercommunalité"])
    reponse = client.get(adresse)
    assert b"".join(reponse.streaming_content) == b"%PDF-1.4 essai"
    assert reponse["Cache-Control"] == "private, no-store"
    reponse.close()


def test_nobody_is_given_an_address(seau):
    with pytest.raises(NotImplementedError):
        f.PieceJointeFactory().fichier.url  # noqa: B018


def test_two_files_of_one_name_are_two(seau):
    noms_ = [default_storage.save("a/note.pdf", ContentFile(c)) for c in (b"un", b"deux")]
    with default_storage.open(noms_[0]) as un, default_storage.open(noms_[1]) as deux:
        assert (un.read(), deux.read()) == (b"un", b"deux")


def test_a_name_taken_at_the_same_moment_is_left_to_the_other(seau, monkeypatch):
    default_storage.save("note.pdf", ContentFile(b"le premier"))
    libre = StockageS3.get_available_name
    monkeypatch.setattr(StockageS3, "get_available_name", lambda self, nom, **o: nom)
    nom = default_storage.save("note.pdf", ContentFile(b"le second"))
    monkeypatch.setattr(StockageS3, "get_available_name", libre)
    assert nom != "note.pdf"
    with default_storage.open("note.pdf") as fichier:
        assert fichier.read() == b"le premier"


def test_a_file_goes_when_its_row_goes_and_comes_back_with_it(seau):
    piece = f.PieceJointeFactory()
    nom = piece.fichier.name
    piece.delete()
    assert noms(seau) == {f"{corbeille.CORBEILLE}/{nom}"}
    assert corbeille.reprendre(nom)
    assert noms(seau) == {nom}


def test_a_full_bucket_is_told_as_a_full_disk(seau, monkeypatch):
    refus = ClientError({"Error": {"Code": "QuotaExceeded"}}, "PutObject")

    class Plein:
        def put(self, **champs):
            raise refus

    monkeypatch.setattr(StockageS3, "bucket", property(lambda self: self))
    monkeypatch.setattr(StockageS3, "Object", lambda self, nom: Plein(), raising=False)
    with pytest.raises(OSError) as erreur:
        default_storage.save("note.pdf", ContentFile(b"x"))
    assert erreur.value.errno == errno.ENOSPC


def test_a_watcher_is_told_of_it(seau, client):
    assert client.get("/sante/pret/").json()["stockage"] == "en ordre"


def test_a_backup_holds_it_and_gives_it_back(seau, tmp_path):
    piece = f.PieceJointeFactory()
    call_command("sauvegarder", str(tmp_path), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    seau.objects.all().delete()
    call_command("restaurer", next(tmp_path.glob("*.zip")), verbosity=0)
    with PieceJointe.objects.get().fichier.open() as fichier:
        assert fichier.read() == b"%PDF-1.4 essai"
    assert noms(seau) == {piece.fichier.name}
