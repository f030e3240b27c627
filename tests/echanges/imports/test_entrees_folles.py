"""Whatever is sent, the answer is a table or a sentence: never a failure, never a long wait."""

import gc
import io
import random
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from echanges.erreurs import FichierRefuse
from echanges.lecture.decodage import ENCODAGES
from echanges.lecture.tableau import SEPARATEURS, Choix, lire
from echanges.models import Import
from echanges.registre import resources
from tests import factories

REGIONS = "/admin/territoires/region/importer/"
BON = 'code;nom\r\n84;Auvergne – Rhône-Alpes\r\n11;Île-de-France\r\n94;"Corse, l’île"\r\n'


def xlsx():
    livre = Workbook()
    livre.active.append(["code", "nom"])
    livre.active.append(["84", "Auvergne"])
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


SOUCHES = [
    BON.encode(),
    BON.encode("cp1252", "replace"),
    BON.encode("utf-8-sig"),
    BON.encode("utf-16"),
    BON.replace(";", "\t").encode("utf-16-le"),
    xlsx(),
]
BRUITS = [
    b"\x00",
    b"\xff",
    b"\xfe",
    b'"',
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
]
BRUITS += [
    b"\xc3",
    b"\xe9",
    b"=cmd()",
    b"\x1a",
    b"'",
    b"\xe2\x80\xae",
    b"0" * 300,
    b'""',
    b"84;" * 9,
]


def abimer(hasard, souches=SOUCHES, entete_gardee=False):
    """One of the good files, cut, doubled, mixed and sown with hostile bytes."""
    octets = bytearray(hasard.choice(souches))
    depart = octets.find(b"\n") + 1 if entete_gardee else 0
    for _ in range(hasard.randrange(1, 8)):
        place = hasard.randrange(min(depart, len(octets)), len(octets) + 1)
        geste = hasard.randrange(5)
        if geste == 0:
            octets[place:place] = hasard.choice(BRUITS) * hasard.randrange(1, 4)
        elif geste == 1:
            del octets[place : place + hasard.randrange(20)]
        elif geste == 2:
            octets[place:place] = hasard.randbytes(hasard.randrange(12))
        elif geste == 3:
            autre = hasard.choice(souches)
            octets[place:place] = autre[: hasard.randrange(len(autre))]
        elif octets:
            octets[place % len(octets)] = hasard.randrange(256)
    return bytes(octets)


def test_thousands_of_damaged_files_are_read_or_refused_in_words():
    hasard = random.Random(5)
    lus = 0
    for _ in range(2500):
        contenu = abimer(hasard)
        try:
            list(lire(contenu, connus=["code", "nom"]).lignes)
            lus += 1
        except FichierRefuse as erreur:
            assert str(erreur).endswith((".", ")."))
    assert 100 < lus < 2400  # neither all nor none


@pytest.mark.parametrize("encodage", ENCODAGES)
def test_a_person_who_imposes_a_wrong_encoding_is_answered_in_words(encodage):
    hasard = random.Random(encodage)
    for souche in [*SOUCHES, *(abimer(hasard) for _ in range(60))]:
        choix = Choix(encodage=encodage, separateur=hasard.choice(["", *SEPARATEURS]))
        try:
            list(lire(souche, connus=["code", "nom"], choix=choix).lignes)
        except FichierRefuse as erreur:
            assert str(erreur).endswith((".", ")."))


@pytest.mark.django_db
def test_hundreds_of_them_are_judged_against_the_base():
    hasard = random.Random(6)
    for _ in range(400):
        try:
            rapport = resources()["regions"]().analyser(abimer(hasard))
        except FichierRefuse:
            continue
        assert all(str(refus).endswith(".") for refus in rapport.erreurs())


@pytest.mark.django_db
@pytest.mark.urls("tests.echanges.urls")
def test_a_hundred_of_them_through_the_screen_never_fail(client):
    client.force_login(factories.agent_delegation())
    hasard = random.Random(7)
    for _ in range(100):
        fichier = SimpleUploadedFile("fichier.csv", abimer(hasard))
        reponse = client.post(REGIONS, {"resource": "regions", "fichier": fichier})
        if reponse.status_code == 302:
            assert client.get(reponse.url).status_code == 200
        else:
            page = BeautifulSoup(reponse.content, "html.parser")
            assert page.select_one(".errorlist").text.strip()


# --- Files made to hurt -----------------------------------------------------------------------


def archive(**fichiers):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in fichiers.items():
            zip_.writestr(nom.replace("__", "/").replace("_xml", ".xml"), contenu)
    return sortie.getvalue()


ENTITES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
)
ODS = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="A">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
CELLULE = "<table:table-cell {}><text:p>x</text:p></table:table-cell>"
RANGEES = (
    '<table:table-row table:number-rows-repeated="1000000000">'
    + CELLULE.format('table:number-columns-repeated="1000000000"')
    + "</table:table-row>"
)


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (archive(content_xml=b"0" * 40_000_000), "démesuré"),
        (archive(content_xml=ODS.format(RANGEES * 20)), "colonnes"),
        (archive(content_xml=ENTITES), "abîmé"),
        (archive(xl__workbook_xml=ENTITES), "abîmé"),
        (archive(word__document_xml=b"<a/>"), "document Word"),
        (b"PK\x03\x04" + b"\x00" * 2000, "abîmé"),
        (b"code,nom\n84," + b"a" * 10_000_000 + b"\n", "démesurée"),
        (b"code,nom\n84," + b",".join([b"a" * 100_000] * 100) + b"\n", "démesurée"),
        (b'code,nom\n84,"' + b"a\n" * 2_000_000, "démesurée|guillemet"),
        (b'"' * 5_000_001, "démesurée|guillemet|en-tête"),
        (b"," * 5_000_000, "démesurée"),
        (b"code," * 1300 + b"\n", "1300 colonnes"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "ne se lit pas"),
        (b"code\n" + b"1\n" * 300_001, "plus de 300"),
        (b"\x00" * 1_000_000, "vide"),
        (b"<html><table>", "page internet"),
    ],
    ids=range(16),
)
def test_what_is_made_to_hurt_is_refused_in_words(contenu, phrase):
    with pytest.raises(FichierRefuse, match=phrase):
        list(lire(contenu, connus=["code", "nom"]).lignes)
    gc.collect()


@pytest.mark.django_db
@pytest.mark.urls("tests.echanges.urls")
@pytest.mark.parametrize("annonce", [str(2 * 1024**3), "-1", "beaucoup"])
def test_a_huge_or_strange_announced_size_is_refused_unread(client, annonce):
    client.force_login(factories.agent_delegation())
    assert client.post(REGIONS, CONTENT_LENGTH=annonce).status_code == 413
    assert not Import.objects.exists()


def test_a_workbook_of_too_many_cells_is_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr("echanges.lecture.examens.CELLULES_MAXIMALES", 3)
    une = CELLULE.format("")
    rangee = f"<table:table-row>{une}{une}</table:table-row>"
    for contenu in (xlsx(), archive(content_xml=ODS.format(rangee * 2))):
        with pytest.raises(FichierRefuse, match="millions de cellules"):
            lire(contenu, connus=["code", "nom"])


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (
            archive(content_xml=b"x", **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"}),
            "mot de passe",
        ),
        (archive(**{"xl__workbook.bin": b"x"}), "xlsb"),
        (archive(**{"Index__Document.iwa": b"x"}), "Numbers"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "mot de passe"),
    ],
    ids=["ODS with a password", "XLSB", "Numbers", "XLS or password"],
)
def test_a_workbook_of_another_kind_is_named(contenu, phrase):
    with pytest.raises(FichierRefuse, match=phrase):
        lire(contenu)


def test_null_characters_hidden_in_a_workbook_do_not_reach_the_base():
    livre = Workbook()
    livre.active.append(["code", "nom"])
    livre.active.append(["84", "A_x0000_B"])
    sortie = io.BytesIO()
    livre.save(sortie)
    with pytest.raises(FichierRefuse, match="caractères nuls"):
        list(lire(sortie.getvalue()).lignes)


@pytest.mark.django_db
@pytest.mark.urls("tests.echanges.urls")
@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (b"--x\r\nContent-Disposition: form-data; name=fichier", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data; boundary=" + "é" * 300),
        (b"x" * 100, "multipart/form-data"),
        (b"resource=regions&fichier=x", "application/x-www-form-urlencoded"),
        (b'{"a": 1}', "application/json"),
        (
            b"--x\r\nContent-Disposition: form-data; name=resource\r\n\r\nautre\r\n--x\r\n"
            b'Content-Disposition: form-data; name=fichier; filename="\x00<b>.csv"\r\n\r\n'
            b"code,nom\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_an_upload_that_is_no_form_is_answered(client, corps, genre):
    client.force_login(factories.agent_delegation())
    reponse = client.generic("POST", REGIONS, corps, content_type=genre)
    assert reponse.status_code in (200, 400)
    assert '<html lang="fr"' in reponse.content.decode()
    assert not Import.objects.exists()
