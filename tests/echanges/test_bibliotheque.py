"""Who knows django-import-export finds it: its API, its commands and its admin, on our rules."""

import io
import sys

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from import_export.exceptions import ImportError as ImportRefuse
from import_export.results import Result, RowResult

from echanges.registre import resources
from programme.fiches.models import FicheAction
from territoires.geographie.models import Region
from tests import factories as f
from tests.echanges.outils import exporter
from tests.echanges.test_aller_retour import tout

pytestmark = pytest.mark.django_db


def jeu(*lignes, entetes=("code", "nom")):
    return tablib.Dataset(*lignes, headers=entetes)


def regions(**options):
    return resources()["regions"](**options)


def chemin(classe):
    return f"{classe.__module__}.{classe.__qualname__}"


def son_adresse(nom):
    return reverse(f"admin:{nom}", current_app="bibliotheque")


def test_every_resource_goes_out_and_comes_back_as_nothing_to_do():
    tout()
    for nom, classe in resources().items():
        dataset = classe().export()
        assert dataset.headers == classe.entetes(), nom
        assert dataset.export("csv", lineterminator="\n").encode() == exporter(nom), nom
        resultat = classe().import_data(dataset, dry_run=True)
        assert isinstance(resultat, Result)
        assert not resultat.has_errors(), (nom, resultat.base_errors, resultat.row_errors())
        assert resultat.totals[RowResult.IMPORT_TYPE_SKIP] == len(dataset) > 0, nom
        assert resultat.diff_headers == classe.entetes()
        assert all(len(ligne.diff) == len(dataset.headers) for ligne in resultat), nom


def test_the_fields_of_every_resource_are_those_of_the_library():
    for nom, classe in resources().items():
        resource = classe()
        entetes = classe.entetes()
        assert resource.get_export_headers() == entetes, nom
        assert [champ.column_name for champ in resource.get_user_visible_fields()] == entetes
        assert set(resource.fields) == set(entetes)
        assert resource.get_export_headers(selected_fields=entetes[:1]) == entetes[:1]


def test_import_data_creates_changes_and_tells_it():
    f.RegionFactory(code="84", nom="Avant")
    dataset = jeu(("84", "Après"), ("27", "Neuve"))
    essai = regions().import_data(dataset, dry_run=True)
    assert set(Region.objects.values_list("nom", flat=True)) == {"Avant"}
    ecrit = regions().import_data(dataset, retain_instance_in_row_result=True)
    assert [r.import_type for r in essai] == [r.import_type for r in ecrit] == ["update", "new"]
    assert set(Region.objects.values_list("nom", flat=True)) == {"Après", "Neuve"}
    assert "<del" in ecrit.rows[0].diff[1]
    assert [r.object_id for r in ecrit] == ["84", "27"]
    assert ecrit.rows[1].instance == Region.objects.get(pk="27")
    assert Region.history.filter(code="84").first().nom == "Après"
    assert regions().import_data(dataset).totals["skip"] == 2


def test_a_refused_row_is_told_by_column_and_nothing_is_written():
    dataset = jeu(("84", "Bonne"), ("zz", "Mauvaise"))
    resultat = regions().import_data(dataset, collect_failed_rows=True)
    assert resultat.has_errors()
    ((numero, (erreur,)),) = resultat.row_errors()
    assert numero == 2
    assert "code" in erreur.error.message_dict
    assert resultat.invalid_rows[0].field_specific_errors["code"]
    assert resultat.failed_dataset.dict[0]["nom"] == "Mauvaise"
    assert not Region.objects.exists()
    with pytest.raises(ImportRefuse):
        regions().import_data(dataset, raise_errors=True)


def test_the_rights_are_those_of_the_agent():
    territoire = f.territoire_publie("27")
    fiche = f.fiche_complete(territoire)
    f.fiche_complete(f.territoire_publie("75"))
    agent = f.agents_de(territoire)[0]
    assert resources()["fiches"](agent=agent).export()["reference"] == [fiche.reference]
    resultat = regions().import_data(jeu(("84", "A")), user=agent)
    assert "délégation" in str(resultat.base_errors[0].error)
    verrouillee = f.fiche_complete(territoire)
    entetes = ("reference", "etat")
    resultat = resources()["fiches"]().import_data(
        jeu((verrouillee.reference, "validee"), entetes=entetes)
    )
    assert "parcours" in str(resultat.row_errors()[0][1][0].error)
    assert FicheAction.objects.get(pk=verrouillee.pk).etat == "brouillon"


def test_cells_that_a_format_typed_are_read_as_texts():
    region = f.RegionFactory(code="84")
    dataset = jeu((1, "Ain", 84.0), entetes=("code", "nom", "region"))
    assert not resources()["departements"]().import_data(dataset).has_errors()
    assert region.departements.get().pk == "01"
    vide = tablib.Dataset()
    assert regions().import_data(vide).base_errors


def test_a_list_of_objects_and_some_columns_may_be_exported():
    siennes = [f.RegionFactory(code="84"), f.RegionFactory(code="27")]
    f.RegionFactory(code="75")
    assert regions().export(siennes)["code"] == ["27", "84"]
    assert regions().export(export_fields=["nom"]).headers == ["nom"]


class TestSesCommandes:
    @pytest.fixture
    def sortie(self, monkeypatch):
        octets = io.BytesIO()
        tuyau = io.TextIOWrapper(octets)
        monkeypatch.setattr(sys, "stdout", tuyau)
        return octets

    def test_every_resource_leaves_by_export(self, monkeypatch):
        tout()
        for nom, classe in resources().items():
            octets = io.BytesIO()
            sortie = io.TextIOWrapper(octets)
            call_command("export", "CSV", chemin(classe), stdout=sortie)
            assert octets.getvalue().replace(b"\r\n", b"\n") == exporter(nom).replace(
                b"\r\n", b"\n"
            ), nom

    def test_every_resource_comes_in_by_import(self, tmp_path):
        tout()
        for nom, classe in resources().items():
            fichier = tmp_path / f"{nom}.csv"
            fichier.write_bytes(exporter(nom))
            dit = io.StringIO()
            call_command("import", chemin(classe), str(fichier), interactive=False, stderr=dit)
            assert "0 new, 0 updated" in dit.getvalue(), nom

    def test_a_refused_row_makes_it_fail(self, tmp_path):
        fichier = tmp_path / "regions.csv"
        fichier.write_text("code,nom\nzz,A\n")
        with pytest.raises((SystemExit, CommandError)):
            call_command(
                "import",
                chemin(resources()["regions"]),
                str(fichier),
                interactive=False,
                stderr=io.StringIO(),
            )
        assert not Region.objects.exists()


@pytest.mark.urls("tests.echanges.urls_bibliotheque")
class TestSonAdmin:
    @pytest.fixture(autouse=True)
    def agent(self, client):
        agent = f.agent_delegation()
        client.force_login(agent)
        return agent

    def test_every_resource_is_previewed_and_taken_away(self, client):
        tout()
        for nom, classe in resources().items():
            meta = classe._meta.model._meta
            droit = f"{meta.app_label}.importer_{meta.model_name}"
            adresse = son_adresse(f"{meta.app_label}_{meta.model_name}_import")
            reponse = client.post(adresse, self.envoi(exporter(nom)))
            if not f.agent_delegation().has_perm(droit):
                assert reponse.status_code == 403, nom
                continue
            assert reponse.status_code == 200, nom
            assert not reponse.context["result"].has_errors(), nom
            assert reponse.context["result"].totals["skip"] > 0, nom

    def test_what_is_confirmed_is_written_by_our_engine(self, client, agent):
        adresse = son_adresse("territoires_region_import")
        apercu = client.post(adresse, self.envoi(b"code,nom\n84,Neuve\n"))
        confirmer = apercu.context["confirm_form"].initial
        reponse = client.post(son_adresse("territoires_region_process_import"), confirmer)
        assert reponse.status_code == 302
        assert Region.objects.get().nom == "Neuve"
        assert Region.history.get().history_user == agent

    def test_a_refused_row_stays_on_the_page(self, client):
        adresse = son_adresse("territoires_region_import")
        reponse = client.post(adresse, self.envoi(b"code,nom\nzz,A\n"))
        assert reponse.context["result"].has_errors()
        assert "confirm_form" not in reponse.context

    def test_a_list_is_taken_away(self, client):
        f.RegionFactory(code="84", nom="Une")
        adresse = son_adresse("territoires_region_export")
        champs = {"regionresource_code": "on", "regionresource_nom": "on"}
        reponse = client.post(adresse, {"resource": "0", "format": "0"} | champs)
        assert reponse.content.replace(b"\r\n", b"\n") == b"code,nom\n84,Une\n"

    def test_who_may_not_import_with_us_may_not_either(self, client):
        client.force_login(f.agent_region())
        assert client.get(son_adresse("territoires_region_import")).status_code == 403

    @staticmethod
    def envoi(contenu):
        fichier = SimpleUploadedFile("f.csv", contenu, content_type="text/csv")
        return {"import_file": fichier, "format": "0", "resource": "0"}
