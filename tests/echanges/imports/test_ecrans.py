"""The screens of an import: preview, corrections, what it did, taking it back."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from echanges.models import Feuillet, Import
from territoires.geographie.models import Region
from tests import factories
from tests.echanges.imports.outils import importer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.echanges.urls")]
REGIONS = "/admin/territoires/region/"


def deposer(client, contenu, **champs):
    fichier = SimpleUploadedFile("regions.csv", contenu)
    champs = {"resource": "regions", "fichier": fichier, **champs}
    return client.post(f"{REGIONS}importer/", champs)


def confirmer(client, adresse):
    page = lire(client, adresse)
    marque = page.find("input", {"name": "empreinte"})["value"]
    return client.post(adresse, {"confirmer": "", "empreinte": marque}, follow=True)


def lire(client, adresse):
    return BeautifulSoup(client.get(adresse).content, "html.parser")


def cellules(page):
    return [
        [" ".join(c.text.split()) for c in ligne.select("th, td")]
        for ligne in page.select("tbody tr")
    ]


def test_the_preview_is_read_from_the_base_whatever_the_web_process(client, delegation):
    """Nothing is computed again to show a page: the file itself may be gone."""
    adresse = deposer(client, "code,nom\n84,Auvergne\n11,Île\n".encode()).url
    Import.objects.update(contenu=b"")
    assert cellules(lire(client, f"{adresse}?vue=creees")) == [
        ["2", "Auvergne", "code", "84"],
        ["2", "Auvergne", "nom", "Auvergne"],
        ["3", "Île", "code", "11"],
        ["3", "Île", "nom", "Île"],
    ]


def test_the_lines_are_filtered_without_accents_and_paged(client, delegation):
    lignes = "\n".join(f"{n},Région {n}" for n in range(10, 80))
    adresse = deposer(client, f"code,nom\n{lignes}\n".encode()).url
    page = lire(client, f"{adresse}?vue=creees&q=region+42")
    assert [ligne[3] for ligne in cellules(page)] == ["42", "Région 42"]
    assert "1 ligne trouvée" in " ".join(
        page.select_one("form[role=search] [role=status]").text.split()
    )
    assert "Aucune ligne ici" in lire(client, f"{adresse}?vue=creees&q=zzz").text
    suite = lire(client, f"{adresse}?vue=creees&q=region&page=2")
    assert suite.select_one("nav[aria-label=Pages] a")["href"] == "?vue=creees&q=region&page=1"


def test_the_person_corrects_what_was_recognised(client, delegation):
    adresse = deposer(client, "code;nom\n84;Été\n".encode("cp1252")).url
    assert "Windows-1252" in lire(client, adresse).text
    reponse = client.post(adresse, {"relire": "", "encodage": "utf-8"}, follow=True)
    assert "paraît être en UTF-8" in reponse.content.decode()
    reponse = client.post(adresse, {"relire": "", "separateur": ","}, follow=True)
    assert "Il manque" in reponse.content.decode()
    client.post(adresse, {"relire": "", "encodage": "cp1252", "separateur": ";"})
    assert Import.objects.get().choix == {"encodage": "cp1252", "separateur": ";"}
    confirmer(client, adresse)
    assert Region.objects.get().nom == "Été"


def test_a_wrong_guess_can_be_corrected_at_the_upload_too(client, delegation):
    assert "colonnes" in deposer(client, b"code|nom,long\n84|A,b\n", separateur=",").url
    adresse = deposer(client, b"code|nom\n84|A\n", separateur="|").url
    assert cellules(lire(client, adresse))[1][3] == "A"


def test_the_page_of_an_import_tells_what_it_did_and_takes_it_back(client, delegation):
    factories.RegionFactory(code="84", nom="Avant")
    adresse = deposer(client, "code,nom\n84,Après\n11,Île\n".encode()).url
    page = BeautifulSoup(confirmer(client, adresse).content, "html.parser")
    assert cellules(page) == [["2", "Après", "nom", "Avant", "Après"]]
    assert page.select_one("tbody a")["href"] == f"{REGIONS}84/change/"
    fiche = f"/admin/echanges/import/{Import.objects.get().pk}/"
    demande = lire(client, f"{fiche}annuler/")
    dit = " ".join(demande.text.split())
    assert "supprimera 1 objet créé" in dit and "à 1 objet modifié" in dit
    assert Region.objects.count() == 2  # reading the question changes nothing
    reponse = client.post(f"{fiche}annuler/", follow=True).content.decode()
    assert "Import annulé" in reponse and "Annuler cet import" not in reponse
    assert list(Region.objects.values_list("code", "nom")) == [("84", "Avant")]
    assert client.post(f"{fiche}annuler/").status_code == 404


@pytest.mark.parametrize("vue", ["refusees", "modifiees", "creees", "remarques", "autre"])
def test_every_kind_of_line_shows_before_and_after_the_confirmation(client, delegation, vue):
    factories.RegionFactory(code="84", nom="Avant")
    adresse = deposer(client, "code,nom\n84,Après\n11,Île\n11,Île\n".encode()).url
    assert client.get(f"{adresse}?vue={vue}&q=%00&page=zzz").status_code == 200
    confirmer(client, adresse)
    fiche = f"/admin/echanges/import/{Import.objects.get().pk}/"
    for _ in range(2):
        assert client.get(f"{fiche}change/?vue={vue}").status_code == 200
        client.post(f"{fiche}annuler/")
    assert client.get("/admin/echanges/import/999999/change/").status_code == 302


def test_what_stands_in_the_way_is_listed_with_a_link_and_nothing_moves(client, delegation):
    depot = importer("regions", b"code,nom\n84,Auvergne\n11,Neuve\n")
    Region.objects.filter(pk="84").update(nom="Autre")
    adresse = f"/admin/echanges/import/{depot.pk}/annuler/"
    page = lire(client, adresse)
    assert page.select_one("#content-main li a")["href"] == f"{REGIONS}84/change/"
    assert "1 objet y fait obstacle" in " ".join(page.text.split()) and not page.select(
        "input[type=submit].default"
    )
    client.post(adresse)
    assert Region.objects.count() == 2


@pytest.mark.parametrize("fabrique", ["agent_region", "agent_intercommunalite", "AgentFactory"])
def test_nobody_else_reads_or_undoes_an_import(client, fabrique):
    depot = importer("regions", b"code,nom\n84,Auvergne\n")
    client.force_login(getattr(factories, fabrique)())
    for page in ("change", "annuler"):
        adresse = f"/admin/echanges/import/{depot.pk}/{page}/"
        assert client.get(adresse).status_code == 403
        assert client.post(adresse).status_code == 403
    assert Region.objects.exists()


def test_the_same_file_again_is_told(client, delegation):
    confirmer(client, deposer(client, b"code,nom\n84,A\n").url)
    page = lire(client, deposer(client, b"code,nom\n84,A\n").url)
    assert "déjà été importé le" in page.text


def test_an_upload_sweeps_the_previews_of_more_than_a_week(client, delegation):
    deposer(client, b"code,nom\n84,A\n")
    Import.objects.update(cree_le=timezone.now() - datetime.timedelta(days=8))
    deposer(client, b"code,nom\n84,B\n")
    assert sorted(Import.objects.values_list("etat", flat=True)) == ["abandonne", "apercu"]
    assert set(Feuillet.objects.values_list("depot__etat", flat=True)) == {"apercu"}


@pytest.mark.parametrize("lignes", [1, 3])
def test_the_pages_cost_the_same_whatever_the_number_of_lines(
    client, delegation, django_assert_num_queries, lignes
):
    contenu = "code,nom\n" + "".join(f"{84 + n},R{n}\n" for n in range(lignes))
    adresse = deposer(client, contenu.encode()).url
    with django_assert_num_queries(9):
        client.get(adresse)
    confirmer(client, adresse)
    with django_assert_num_queries(12):
        client.get(f"/admin/echanges/import/{Import.objects.get().pk}/change/")


# --- Refused rows set aside, second clicks, uploads without a size ------------------------------


DEUX_REFUS = "code;nom\r\n84;Auvergne\r\nXX;Ailleurs\r\nYY;Nulle part\r\n".encode("cp1252")


def test_refused_rows_are_set_aside_the_others_confirmed_then_the_corrected_ones(
    client, delegation
):
    adresse = deposer(client, DEUX_REFUS).url
    page = BeautifulSoup(client.post(adresse, {"ecarter": ""}, follow=True).content, "html.parser")
    assert "2 lignes refusées écartées" in page.select_one(".chiffres-import").text
    refusees = client.get(f"{adresse}refusees/").content  # with the reasons, until confirmed
    assert refusees.count(b"code de r") == 2
    confirmer(client, adresse)
    assert list(Region.objects.values_list("code", flat=True)) == ["84"]
    corrigees = refusees.decode("utf-8-sig").replace("XX;", "11;").replace("YY;", "94;")
    confirmer(client, deposer(client, corrigees.encode("utf-8-sig")).url)
    assert set(Region.objects.values_list("nom", flat=True)) == {
        "Auvergne",
        "Ailleurs",
        "Nulle part",
    }


def test_rows_are_not_set_aside_when_none_would_be_left(client, delegation):
    adresse = deposer(client, b"code,nom\nXX,A\n").url
    assert not lire(client, adresse).select("[name=ecarter]")
    assert "aucune ligne" in client.post(adresse, {"ecarter": ""}, follow=True).content.decode()
    assert Import.objects.get().refusees == 1


def test_members_of_a_perimetre_are_not_set_aside_one_by_one(client, delegation):
    depot = Import(resource="perimetres", nom_du_fichier="p.csv", auteur=delegation)
    depot.fichier = b"edition,code,nom,territoire,membre\nv1,A,B,c,d\n"
    depot.marque = "vue"
    depot.save()
    adresse = f"/admin/territoires/perimetre/importer/{depot.pk}/"
    with override_settings(ROOT_URLCONF="config.urls"):
        assert client.get(adresse).status_code == 200
        assert client.post(adresse, {"ecarter": ""}).status_code == 404


def test_a_second_click_leads_to_what_the_first_one_did(client, delegation):
    adresse = deposer(client, b"code,nom\n84,A\n").url
    confirmer(client, adresse)
    for reponse in (client.get(adresse, follow=True), client.post(adresse, {}, follow=True)):
        assert "a déjà été confirmé" in reponse.content.decode()
        assert (
            reponse.request["PATH_INFO"]
            == f"/admin/echanges/import/{Import.objects.get().pk}/change/"
        )
    client.force_login(factories.agent_delegation())
    assert client.get(adresse).status_code == 404  # somebody else's is not told of


def test_an_expired_preview_asks_for_the_file_again(client, delegation):
    adresse = deposer(client, b"code,nom\n84,A\n").url
    Import.objects.update(cree_le=timezone.now() - datetime.timedelta(days=8))
    Import.objects.oublier_les_anciens()
    reponse = client.post(adresse, {"confirmer": "", "empreinte": ""}, follow=True)
    assert "Envoyez le fichier à nouveau" in reponse.content.decode().replace("\n", " ")
    assert not Region.objects.exists()


@pytest.mark.parametrize(
    ("entetes", "statut", "phrase"),
    [
        ({"CONTENT_LENGTH": str(2 * 1024**3)}, 413, "dépasse 60 Mo"),
        ({"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}, 411, "n’est pas annoncée"),
    ],
)
def test_what_is_too_large_or_has_no_size_is_refused_on_a_page_of_the_site(
    client, delegation, entetes, statut, phrase
):
    reponse = client.post(f"{REGIONS}importer/", **entetes)
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == statut
    assert phrase in page.select_one("[role=alert]").text
    assert page.html["lang"] == "fr" and page.select_one("nav, .breadcrumbs")
    assert not Import.objects.exists()
