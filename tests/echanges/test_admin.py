import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from echanges.models import Import
from territoires.geographie.models import Intercommunalite, Region
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.echanges.urls")]
REGIONS = "/admin/territoires/region/"
FICHES = "/admin/programme/ficheaction/"


def deposer(client, contenu, nom="regions.csv", resource="regions", adresse=REGIONS):
    fichier = SimpleUploadedFile(nom, contenu)
    return client.post(f"{adresse}importer/", {"resource": resource, "fichier": fichier})


def empreinte(client, adresse):
    page = BeautifulSoup(client.get(adresse).content, "html.parser")
    return page.find("input", {"name": "empreinte"})["value"]


def test_upload_preview_confirm(client, delegation):
    factories.RegionFactory(code="84", nom="Rhône-Alpes")
    reponse = deposer(client, "code;nom\n84;Auvergne\n11;Île\n".encode("cp1252"))
    page = client.get(reponse.url).content.decode()
    assert "Windows-1252, séparateur : point-virgule" in page
    assert "Rhône-Alpes" in page and "Auvergne" in page
    assert Region.objects.get().nom == "Rhône-Alpes"  # nothing is written yet
    client.post(reponse.url, {"confirmer": "", "empreinte": empreinte(client, reponse.url)})
    assert dict(Region.objects.values_list("code", "nom")) == {"84": "Auvergne", "11": "Île"}
    trace = Import.objects.get()
    assert (trace.auteur, trace.etat, trace.creees, trace.modifiees) == (
        delegation,
        "confirme",
        1,
        1,
    )
    assert len(trace.empreinte) == 64
    assert bytes(trace.contenu) == b""  # it may have held contacts


def test_given_up_nothing_is_written(client, delegation):
    reponse = deposer(client, b"code,nom\n84,Auvergne\n")
    client.post(reponse.url, {"abandonner": ""})
    assert not Region.objects.exists()
    assert Import.objects.get().etat == "abandonne"
    suite = client.get(reponse.url, follow=True)
    assert suite.request["PATH_INFO"] == f"{REGIONS}importer/"
    assert "Envoyez le fichier à nouveau" in suite.content.decode()


def test_data_changed_between_the_two_steps_is_shown_again(client, delegation):
    region = factories.RegionFactory(code="84", nom="A")
    reponse = deposer(client, b"code,nom\n84,B\n")
    marque = empreinte(client, reponse.url)
    Region.objects.filter(pk=region.pk).update(nom="C")
    reponse = client.post(reponse.url, {"confirmer": "", "empreinte": marque}, follow=True)
    assert "Les données ont changé" in reponse.content.decode()
    region.refresh_from_db()
    assert region.nom == "C"


def test_refused_rows_are_shown_downloaded_and_block_the_confirmation(client, delegation):
    reponse = deposer(client, b"code,nom\n84,Auvergne\nXX,Ailleurs\n")
    page = client.get(reponse.url).content.decode()
    assert "code de région" in page
    assert 'name="confirmer"' not in page
    client.post(reponse.url, {"confirmer": "", "empreinte": empreinte(client, reponse.url)})
    assert not Region.objects.exists()
    fichier = client.get(f"{reponse.url}refusees/")
    assert fichier["Content-Disposition"] == 'attachment; filename="regions-lignes-refusees.csv"'
    assert "XX,Ailleurs," in fichier.content.decode()


@pytest.mark.parametrize("contenu", [b"", b"\x89PNG\r\n\x1a\n", b"code,nom\n"])
def test_a_file_that_cannot_be_read_says_why_on_the_form(client, delegation, contenu):
    reponse = deposer(client, contenu)
    assert reponse.status_code == 200
    assert BeautifulSoup(reponse.content, "html.parser").select_one(".errorlist").text.strip()
    assert not Import.objects.exists()


def test_an_announced_two_gigabytes_is_refused_before_it_is_read(client, delegation):
    reponse = client.post(f"{REGIONS}importer/", CONTENT_LENGTH=str(2 * 1024**3))
    assert reponse.status_code == 413


def test_the_form_keeps_its_csrf_protection(delegation):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(delegation)
    assert deposer(client, b"code,nom\n84,A\n").status_code == 403


def test_a_preview_belongs_to_its_author(client, delegation):
    adresse = deposer(client, b"code,nom\n84,A\n").url
    client.force_login(factories.agent_delegation())
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, {"confirmer": ""}).status_code == 404


@pytest.mark.parametrize("fabrique", ["agent_region", "agent_intercommunalite", "AgentFactory"])
def test_nobody_else_reaches_the_import_even_by_its_address(client, delegation, fabrique):
    apercu = deposer(client, b"code,nom\n84,A\n").url
    client.force_login(getattr(factories, fabrique)())
    for adresse in (f"{REGIONS}importer/", f"{FICHES}importer/", apercu, f"{apercu}refusees/"):
        assert client.get(adresse).status_code == 403
        assert client.post(adresse).status_code == 403
    liste = client.get(FICHES)
    assert liste.status_code == 403 or "importer/" not in liste.content.decode()


def test_a_visitor_is_sent_to_the_login_page(client):
    for page in ("importer/", "exporter/", "exporter/regions/excel/"):
        assert client.get(REGIONS + page).status_code in (302, 403)


def test_an_agent_without_perimeter_exports_nothing(client):
    client.force_login(factories.AgentFactory())
    assert client.get(f"{FICHES}exporter/fiches/excel/").status_code == 403


def test_an_export_holds_the_filtered_list_and_no_more_than_the_agent_sees(client):
    fiches = [
        factories.FicheActionFactory(titre=titre, territoire=territoire)
        for territoire in (factories.territoire_publie(), factories.territoire_publie())
        for titre in ("École", "Usine")
    ]
    for fiche in fiches:
        factories.EtapeFactory(fiche=fiche)
    sirens = Intercommunalite.objects.filter(membres__perimetre__territoire=fiches[0].territoire)
    client.force_login(factories.agent_intercommunalite(*sirens))
    for nom in ("fiches", "etapes"):
        reponse = client.get(f"{FICHES}exporter/{nom}/machine/?q=Usine")
        lignes = b"".join(reponse.streaming_content).decode().splitlines()
        assert [ligne.split(",")[0] for ligne in lignes[1:]] == [fiches[1].reference]


def test_the_export_page_offers_every_file_in_every_dialect(client, delegation):
    page = BeautifulSoup(client.get(f"{FICHES}exporter/?q=a").content, "html.parser")
    a_lire = [f"{FICHES}classeur/{dialecte}/" for dialecte in ("xlsx", "ods")]
    assert [bouton["formaction"] for bouton in page.select("#content-main button")] == a_lire + [
        f"{FICHES}exporter/{nom}/{dialecte}/"
        for nom in ("fiches", "etapes")
        for dialecte in ("excel", "machine", "xlsx", "ods")
    ]
    filtres = [c["value"] for c in page.select("form input[name=q]")]
    assert filtres == ["a", "a", "a"]


def test_the_list_has_both_buttons(client, delegation):
    page = BeautifulSoup(client.get(f"{REGIONS}?q=a").content, "html.parser")
    outils = [a["href"] for a in page.select(".object-tools a")]
    assert f"{REGIONS}exporter/?q=a" in outils
    assert f"{REGIONS}importer/" in outils


def test_the_record_of_imports_is_read_only(client, delegation):
    deposer(client, b"code,nom\n84,A\n")
    fiche = f"/admin/echanges/import/{Import.objects.get().pk}/"
    assert client.get("/admin/echanges/import/").status_code == 200
    assert client.get(f"{fiche}change/").status_code == 200
    assert client.get(f"{fiche}delete/").status_code == 403
    assert client.get("/admin/echanges/import/add/").status_code == 403


def test_a_long_preview_is_paged(client, delegation, django_assert_max_num_queries):
    lignes = "\n".join(f"{n},R{n}" for n in range(10, 80))
    adresse = deposer(client, f"code,nom\n{lignes}\n".encode()).url
    with django_assert_max_num_queries(12):
        page = client.get(f"{adresse}?vue=creees&page=2").content.decode()
    assert "Page 2 sur 2" in page
    assert "R79" in page and "R10" not in page
