"""The screens behind « Exporter »: columns, selection, order, perimeter, templates."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programme.fiches.models import FicheAction
from territoires.geographie.models import Contour
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.echanges.urls")]
FICHES = "/admin/programme/ficheaction/"
REGIONS = "/admin/territoires/region/"


def lignes(client, adresse, **parametres):
    reponse = client.get(adresse, parametres)
    assert reponse.status_code == 200
    texte = b"".join(reponse.streaming_content).decode()
    return list(csv.reader(io.StringIO(texte, newline="")))


def test_the_columns_asked_for_leave_with_the_key_and_are_remembered(client, delegation):
    fiche = factories.FicheActionFactory(titre="Usine", contact_nom="Dupont")
    adresse = f"{FICHES}exporter/fiches/machine/"
    assert lignes(client, adresse, _colonnes=["titre", "inconnue"]) == [
        ["reference", "titre"],
        [fiche.reference, "Usine"],
    ]
    page = BeautifulSoup(client.get(f"{FICHES}exporter/").content, "html.parser")
    formulaire = page.find(id="titre-fiches").find_parent("form")
    cochees = [c["value"] for c in formulaire.select("input[type=checkbox][checked]")]
    assert cochees == ["reference", "titre"]
    assert [c["value"] for c in formulaire.select("input[type=checkbox][disabled]")] == [
        "reference"
    ]
    assert [c["value"] for c in formulaire.select("input[type=hidden]")] == ["reference"]


def test_the_order_that_the_person_chose_is_kept(client, delegation):
    for code, nom in (("11", "Bretagne"), ("84", "Alsace"), ("53", "Corse")):
        factories.RegionFactory(code=code, nom=nom)
    adresse = f"{REGIONS}exporter/regions/machine/"
    assert [ligne[0] for ligne in lignes(client, adresse)] == ["code", "11", "53", "84"]
    assert [ligne[0] for ligne in lignes(client, adresse, o="-1")][1:] == ["84", "53", "11"]


def test_ticked_rows_leave_alone_and_never_beyond_the_perimeter(client):
    a_moi, autre = (
        factories.FicheActionFactory(territoire=factories.territoire_publie(region))
        for region in ("84", "11")
    )
    factories.FicheActionFactory(territoire=a_moi.territoire)  # not ticked
    client.force_login(factories.agents_de(a_moi.territoire)[0])
    tickees = {"action": "exporter_selection", "_selected_action": [a_moi.pk]}
    reponse = client.post(f"{FICHES}?q=", tickees)
    assert urlsplit(reponse.url).path == f"{FICHES}exporter/"
    assert parse_qs(urlsplit(reponse.url).query)["_cles"] == [str(a_moi.pk)]
    assert "1 ligne choisie" in client.get(reponse.url).content.decode()
    lues = lignes(client, f"{FICHES}exporter/fiches/machine/", _cles=f"{a_moi.pk} {autre.pk} x'")
    assert [ligne[0] for ligne in lues[1:]] == [a_moi.reference]


def test_all_the_rows_of_the_filters_may_be_ticked_at_once(client, delegation):
    factories.RegionFactory(code="84", nom="Alsace")
    factories.RegionFactory(code="11", nom="Bretagne")
    tickees = {"action": "exporter_selection", "_selected_action": ["84"], "select_across": "1"}
    reponse = client.post(f"{REGIONS}?q=Alsace", tickees)
    assert reponse.url == f"{REGIONS}exporter/?q=Alsace"


@pytest.mark.parametrize("dialecte", ["excel", "xlsx", "ods"])
def test_a_file_has_the_name_of_what_it_holds_and_its_day(client, delegation, dialecte):
    reponse = client.get(f"{FICHES}exporter/fiches/{dialecte}/")
    extension = {"excel": "csv"}.get(dialecte, dialecte)
    nom = reponse["Content-Disposition"].removeprefix('attachment; filename="')
    assert nom.startswith("fiches-actions-20")
    assert nom.endswith(f'.{extension}"')
    assert b"".join(reponse.streaming_content)


def test_without_a_mark_at_the_end_of_the_stream_its_length_is_announced(client, delegation):
    factories.RegionFactory(code="84", nom="Alsace")
    adresse = f"{REGIONS}exporter/regions/machine/"
    reponse = client.get(adresse, SERVER_PROTOCOL="HTTP/1.0")
    contenu = b"".join(reponse.streaming_content)
    assert int(reponse["Content-Length"]) == len(contenu) > 0
    assert "Content-Length" not in client.get(adresse, SERVER_PROTOCOL="HTTP/1.1")


def test_a_failure_on_the_way_breaks_the_stream(client, delegation, monkeypatch):
    factories.RegionFactory()
    monkeypatch.setattr("echanges.exports.extraction.Extraction._colonne", lambda *a: 1 / 0)
    for dialecte in ("excel", "xlsx", "ods"):
        morceaux = client.get(f"{REGIONS}exporter/regions/{dialecte}/").streaming_content
        with pytest.raises(ZeroDivisionError):
            list(morceaux)


def test_the_number_of_queries_does_not_follow_the_number_of_rows(client, delegation):
    adresse, comptes = f"{FICHES}exporter/fiches/machine/", []
    for nombre in (1, 3):
        FicheAction.objects.all().delete()
        for _ in range(nombre):
            fiche = factories.FicheActionFactory()
            fiche.intercommunalites.set([factories.IntercommunaliteFactory()])
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert len(lignes(client, adresse)) == nombre + 1
        comptes.append(len(requetes))
    assert comptes == [10, 10]  # counted, and told in the journal


def test_what_excel_would_cut_is_refused_in_words(client, delegation, settings):
    fiche = factories.FicheActionFactory(contexte="é" * 32_767)
    adresse = f"{FICHES}exporter/fiches"
    reponse = client.get(f"{adresse}/xlsx/?q=", follow=True)
    assert "« contexte » a une cellule plus longue" in reponse.content.decode()
    assert reponse.redirect_chain == [(f"{FICHES}exporter/?q=", 302)]
    assert client.get(f"{adresse}/ods/").streaming
    assert client.get(f"{adresse}/xlsx/?_colonnes=titre").streaming
    assert fiche.reference


@pytest.mark.parametrize(("emoji", "tient"), [(16_383, True), (16_384, False)])
def test_excel_counts_an_emoji_as_two_characters(client, delegation, emoji, tient):
    factories.FicheActionFactory(contexte="🏭" * emoji)
    factories.FicheActionFactory(contexte="é" * 20_000)
    reponse = client.get(f"{FICHES}exporter/fiches/xlsx/", follow=True)
    assert reponse.streaming == tient
    if tient:
        livre = load_workbook(io.BytesIO(b"".join(reponse)))
        textes = {cellule.value for rangee in livre.active for cellule in rangee}
        assert "🏭" * emoji in textes
    else:
        assert "« contexte » a une cellule plus longue" in reponse.content.decode()


@pytest.mark.parametrize("page", ["exporter/", "colonnes/fiches/", "modele/fiches/xlsx/"])
def test_who_has_no_perimeter_opens_nothing(client, page):
    client.force_login(factories.AgentFactory())
    assert client.get(FICHES + page).status_code == 403


def test_the_page_of_the_columns_explains_each(client, delegation):
    page = BeautifulSoup(client.get(f"{FICHES}colonnes/fiches/").content, "html.parser")
    noms = [th.text for th in page.select("tbody th")]
    assert noms[:4] == ["reference", "titre", "territoire", "axe"]
    schema = client.get(f"{FICHES}colonnes/fiches/?format=json").json()
    assert [champ["name"] for champ in schema["fields"]] == noms
    assert client.get(f"{FICHES}colonnes/regions/").status_code == 404
    assert not Contour.objects.exists()


@pytest.mark.urls("config.urls")
def test_what_hangs_on_a_seance_leaves_with_the_seances_of_the_list(client, delegation):
    gardee, autre = (factories.SeanceFactory(lieu=lieu) for lieu in ("Lyon", "Lille"))
    for seance in (autre, gardee):
        factories.PointOrdreDuJourFactory(seance=seance)
        factories.PresenceFactory(seance=seance)
        factories.AvisFactory(seance=seance)
        factories.ReleveFactory(seance=seance)
    for nom in ("ordres_du_jour", "presences", "avis", "releves"):
        adresse = f"/admin/programme/seance/exporter/{nom}/machine/"
        reponse = client.get(adresse, {"comite__region__code__exact": gardee.comite.region_id})
        lignes = reponse.getvalue().decode().splitlines()
        assert [ligne.split(",")[0] for ligne in lignes[1:]] == [gardee.comite.region_id], nom
