"""The archive of the month: all that is public and nothing else, at a dated address."""

import datetime
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from config.donnees import archives
from config.jeux_de_donnees import JEUX
from tests import factories as f
from tests.config.test_rien_de_plus import CHAMP, MOT, champ_de_plus, tout_ce_qui_est_public

pytestmark = pytest.mark.django_db
__all__ = ["champ_de_plus"]


def lire(client, mois):
    reponse = client.get(reverse("donnees-archive", args=[mois]))
    assert reponse.status_code == 200
    return zipfile.ZipFile(io.BytesIO(reponse.getvalue()))


@pytest.fixture
def le(monkeypatch):
    """Says which day it is."""

    def dire(jour):
        moment = datetime.datetime.combine(
            datetime.date.fromisoformat(jour), datetime.time(9), tzinfo=datetime.UTC
        )
        monkeypatch.setattr(archives.timezone, "now", lambda: moment)

    return dire


def test_it_holds_every_table_with_its_schema_and_every_edition(client):
    edition = f.territoire_publie().perimetre_courant.edition
    call_command("archiver_donnees")
    (gardee,) = archives.gardees()
    archive = lire(client, gardee.mois)
    assert archive.testzip() is None
    noms = set(archive.namelist())
    for nom in JEUX:
        assert {f"donnees/{nom}.{fin}" for fin in ("csv", "jsonl", "schema.json")} <= noms
        schema = json.loads(archive.read(f"donnees/{nom}.schema.json"))
        entetes = archive.read(f"donnees/{nom}.csv").decode().splitlines()[0].split(",")
        assert [champ["name"] for champ in schema["fields"]] == entetes == list(JEUX[nom].colonnes)
    assert {"scdl/scdl-subventions.csv", "scdl/scdl-deliberations.csv", "LISEZ-MOI.txt"} <= noms
    assert f"carte/{edition.code}/territoires.gpkg" in noms
    page = client.get(reverse("donnees")).content.decode()
    assert reverse("donnees-archive", args=[gardee.mois]) in page


def test_one_a_month_is_kept_and_the_last_one_of_each(client, le):
    for jour in ("2026-10-03", "2026-10-30", "2026-11-02"):
        le(jour)
        archives.archiver("https://exemple.fr")
    assert [(une.mois, f"{une.le}") for une in archives.gardees()] == [
        ("2026-11", "2026-11-02"),
        ("2026-10", "2026-10-30"),
    ]
    assert client.get(reverse("donnees-archive", args=["2026-09"])).status_code == 404
    assert "30/10/2026" in lire(client, "2026-10").read("LISEZ-MOI.txt").decode()


def test_a_failure_leaves_the_former_one(client, le, monkeypatch):
    le("2026-11-02")
    archives.archiver("https://exemple.fr")
    monkeypatch.setattr(archives.scdl, "ecrire", lambda fichier: 1 / 0)
    le("2026-11-09")
    with pytest.raises(ZeroDivisionError):
        archives.archiver("https://exemple.fr")
    assert [f"{une.le}" for une in archives.gardees()] == ["2026-11-02"]


def test_a_field_that_nobody_listed_is_not_in_it(champ_de_plus, client):
    tout_ce_qui_est_public()
    archives.archiver("https://exemple.fr")
    archive = lire(client, archives.gardees()[0].mois)
    lues = {nom: archive.read(nom).decode("utf-8", "replace") for nom in archive.namelist()}
    assert [nom for nom, texte in lues.items() if MOT.search(texte) or CHAMP in texte] == []
    assert [nom for nom, t in lues.items() if nom.startswith("donnees/") and not t.strip()] == []
