import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from echanges.models import Import
from territoires.geographie.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(tmp_path):
    (tmp_path / "regions.csv").write_text("code,nom\n84,Auvergne\n")
    (tmp_path / "departements.csv").write_text("code,nom,region\n01,Ain,84\n")
    return tmp_path


def test_fixtures_load_in_order_and_again(dossier, capsys):
    call_command("charger_fixtures", dossier=dossier)
    call_command("charger_fixtures", dossier=dossier)
    assert "departements.csv : 0 créées, 0 modifiées, 1 inchangées" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("nom", "contenu", "phrase"),
    [
        ("departements.csv", "code,nom,region\n01,Ain,99\n", "ligne 2, colonne « region »"),
        ("departements.csv", "code,nmo\n", "« nmo » est inconnue"),
        ("usines.csv", "code\n", "usines.csv ne correspond à aucun objet"),
    ],
)
def test_a_bad_fixture_names_file_row_and_column_and_writes_nothing(dossier, nom, contenu, phrase):
    (dossier / nom).write_text(contenu)
    with pytest.raises(CommandError, match=phrase) as erreur:
        call_command("charger_fixtures", dossier=dossier, verbosity=0)
    assert nom in str(erreur.value)
    assert not Region.objects.exists()


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("charger_fixtures", dossier=tmp_path / "rien")
    with pytest.raises(CommandError, match="aucun fichier"):
        call_command("charger_fixtures", dossier=tmp_path)


def test_the_terminal_previews_then_writes(dossier, capsys):
    fichier = str(dossier / "regions.csv")
    call_command("importer", fichier, modele="regions", verbosity=0)
    assert "1 créée, 0 modifiée" in capsys.readouterr().out
    assert not Region.objects.exists()
    call_command("importer", fichier, modele="regions", confirmer=True, verbosity=0)
    assert Region.objects.get().nom == "Auvergne"
    assert (Import.objects.get().etat, Import.objects.get().creees) == ("confirme", 1)


def test_refused_rows_end_in_an_error(dossier, capsys):
    (dossier / "regions.csv").write_text("code,nom\nXX,Nulle part\n")
    with pytest.raises(CommandError, match="Rien n’est écrit"):
        call_command(
            "importer", str(dossier / "regions.csv"), modele="regions", confirmer=True, verbosity=0
        )
    assert "ligne 2, colonne « code »" in capsys.readouterr().out
    assert not Import.objects.exists()


def test_an_export_is_written_whole_under_its_name(dossier):
    factories.RegionFactory(code="84", nom="Auvergne")
    sortie = dossier / "export.csv"
    call_command("exporter", "regions", sortie=sortie, dialecte="excel")
    assert sortie.read_bytes() == "\ufeffcode;nom\r\n84;Auvergne\r\n".encode()
    assert not list(dossier.glob(".*"))


# --- What the terminal answers -----------------------------------------------------------------


def code(*arguments, **options):
    """The exit code of `importer`."""
    try:
        call_command("importer", *map(str, arguments), modele="regions", verbosity=0, **options)
    except CommandError as erreur:
        return erreur.returncode
    return 0


def test_the_exit_code_tells_what_happened(dossier):
    bon, mauvais, vide = (dossier / f"{nom}.csv" for nom in ("regions", "mauvais", "vide"))
    mauvais.write_text("code,nom\nXX,A\n")
    vide.write_text("")
    codes = [code(bon), code(bon, confirmer=True), code(mauvais), code(vide)]
    codes += [code(dossier / "absent.csv"), code(bon, rapport=dossier / "x.txt")]
    codes.append(code(bon, agent="personne"))
    assert codes == [0, 0, 3, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("nom", "phrase"), [("absent.csv", "absent.csv n’existe pas"), (".", "est un dossier")]
)
def test_a_file_that_cannot_be_opened_is_said_in_french(dossier, nom, phrase):
    with pytest.raises(CommandError, match=phrase):
        call_command("importer", str(dossier / nom), modele="regions", verbosity=0)


def test_a_huge_file_is_refused_before_it_is_read(dossier, monkeypatch):
    monkeypatch.setattr("echanges.management.commands.importer.TAILLE_MAXIMALE", 10)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert code(dossier / "regions.csv") == 1


def test_the_tab_has_a_name_in_the_terminal(dossier):
    (dossier / "regions.csv").write_text("code\tnom\n84\tA; B\n")
    assert code(dossier / "regions.csv", "--separateur=tab") == 0
    assert code(dossier / "regions.csv", "--separateur=;") == 1


def test_the_rights_of_the_named_agent_hold_and_the_record_names_it(dossier):
    factories.agent_region(username="region")
    delegation = factories.agent_delegation(username="delegation")
    assert code(dossier / "regions.csv", agent="region", confirmer=True) == 4
    assert not Region.objects.filter(pk="84", nom="Auvergne").exists()
    assert code(dossier / "regions.csv", agent="delegation", confirmer=True) == 0
    assert Import.objects.get().auteur == delegation


def test_the_report_tells_every_cell_as_json_or_csv(dossier):
    factories.RegionFactory(code="84", nom="Avant")
    (dossier / "regions.csv").write_text("code;nom\n84;Après\n11;Île\nXX;A\n")
    for suffixe in ("json", "csv"):
        assert code(dossier / "regions.csv", rapport=dossier / f"lu.{suffixe}") == 3
    rapport = json.loads((dossier / "lu.json").read_text())
    assert (rapport["creees"], rapport["modifiees"], rapport["refusees"]) == (1, 1, 1)
    assert {"ligne": 2, "genre": "modification", "objet": "Après", "colonne": "nom"} | {
        "avant": "Avant",
        "apres": "Après",
    } in rapport["lignes"]
    lignes = list(csv.DictReader((dossier / "lu.csv").read_text().splitlines()))
    assert [ligne["genre"] for ligne in lignes] == ["refus", "modification", "création", "création"]
    assert not list(dossier.glob("*.partiel"))


def test_previews_are_swept_after_a_week_and_not_before(dossier):
    for jours, etat in ((6, "apercu"), (8, "abandonne")):
        depot = Import(resource="regions", nom_du_fichier="a.csv")
        depot.fichier = b"code,nom\n84,A\n"
        depot.save()
        Import.objects.filter(pk=depot.pk).update(
            cree_le=timezone.now() - datetime.timedelta(days=jours)
        )
        call_command("appliquer_les_durees", "apercus", pour_de_vrai=True, verbosity=0)
        depot.refresh_from_db()
        assert depot.etat == etat
        assert bool(depot.fichier) is (etat == "apercu")


def test_a_dash_reads_what_the_command_receives(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"code,nom\n84,Auvergne\n")))
    assert code("-", confirmer=True) == 0
    assert Region.objects.get().nom == "Auvergne"
    assert Import.objects.get().nom_du_fichier == "-"


def annulation(numero, **options):
    """The exit code of `annuler`, and what it says."""
    sortie = io.StringIO()
    try:
        call_command("annuler", numero, stdout=sortie, **options)
    except CommandError as erreur:
        return erreur.returncode, sortie.getvalue() + str(erreur)
    return 0, sortie.getvalue()


def test_an_import_is_taken_back_from_the_terminal_once(dossier):
    factories.RegionFactory(code="84", nom="Avant")
    (dossier / "regions.csv").write_text("code,nom\n84,Après\n11,Île\n")
    code(dossier / "regions.csv", confirmer=True)
    numero = Import.objects.get().pk
    attendu = "créés, à supprimer\u202f: 1. Objets modifiés, à rétablir\u202f: 1."
    sortie, phrase = annulation(numero)
    assert sortie == 0 and attendu in phrase
    assert Region.objects.count() == 2  # only told
    factories.agent_region("84", username="region")
    assert annulation(numero, agent="region", confirmer=True)[0] == 4
    Region.objects.filter(pk="84").update(nom="Autre")
    sortie, phrase = annulation(numero, confirmer=True)
    assert sortie == 3 and "Après\u202f: a été modifié depuis" in phrase
    Region.objects.filter(pk="84").update(nom="Après")
    assert annulation(numero, confirmer=True)[0] == 0
    assert list(Region.objects.values_list("nom", flat=True)) == ["Avant"]
    sortie, phrase = annulation(numero, confirmer=True)
    assert sortie == 1 and "déjà annulé" in phrase
    assert annulation(999)[0] == 1
