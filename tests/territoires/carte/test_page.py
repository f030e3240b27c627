"""The page of the map: its colours, its filters, and what it answers to bad input."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from programme.fiches import parcours
from tests import factories as f
from tests.monde import une_fois

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


def soupe(reponse, statut=200):
    assert reponse.status_code == statut
    return BeautifulSoup(reponse.content.decode().replace("\u202f", " "), "html.parser")


def noms_dessines(page):
    return [titre.text for titre in page.select("svg.carte > a > title")]


def noms_du_tableau(page):
    return [cellule.text for cellule in page.select("#tableau-carte tbody th")]


def _carte():
    """2020: Jadis, Val. 2023: Val (agrandi), Neuf (entré), Double (two régions, one fiche)."""
    jadis = f.EditionCarteFactory(code="2020-10", date=date(2020, 10, 1))
    edition = f.EditionCarteFactory(code="2023-11")
    region = f.RegionFactory(code="27", nom="Bourgogne-Franche-Comté")
    f.ContourFactory(region=region, intercommunalite=None, geometrie=f.carre(0, 44, 10))
    communes = []
    for x in range(4):
        commune = f.CommuneFactory(intercommunalite__departement__region=region)
        f.ContourFactory(commune=commune, intercommunalite=None, geometrie=f.carre(x, 45))
        communes.append(commune)
    f.PerimetreFactory(edition=jadis, nom="Jadis", membres=[communes[3]])
    f.PerimetreFactory(edition=jadis, nom="Val", membres=[communes[0]])
    f.PerimetreFactory(edition=edition, nom="Val", membres=communes[:2])
    f.PerimetreFactory(edition=edition, nom="Neuf", membres=[communes[2]])
    double = f.territoire_publie(region, "75", nom="Double", edition=edition)
    delegation = f.agent_delegation()
    fiche = f.fiche_complete(double)
    parcours.transmettre(fiche, agent=delegation)
    for touchee in fiche.regions_concernees():
        seance = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=touchee))
        f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=delegation)
    return edition


carte = une_fois(_carte)


def test_fiches_are_told_by_tint_pattern_and_words(client, carte):
    page = soupe(client.get("/carte/?couleur=fiches"))
    assert noms_dessines(page) == [
        "Double – 1 fiche publique",
        "Neuf – 0 fiche publique",
        "Val – 0 fiche publique",
    ]
    legende = [" ".join(ligne.text.split()) for ligne in page.select(".nuances li")]
    assert legende[:2] == ["aucune fiche (2)", "une fiche (1)"]
    remplis = [chemin["fill"] for chemin in page.select("svg.carte > a > path")]
    assert remplis == ["url(#motif-f1)", "url(#motif-f0)", "url(#motif-f0)"]


@pytest.mark.parametrize("adresse", ["/carte/", "/carte/carte.svg", "/integrer/carte/"])
@pytest.mark.parametrize("couleur", ["fiches", "changement"])
def test_every_pattern_that_is_used_is_defined(client, carte, adresse, couleur):
    page = client.get(f"{adresse}?couleur={couleur}&texte=val").content.decode()
    utilises = set(re.findall(r'fill="url\(#([\w-]+)\)"', page))
    assert utilises
    assert utilises <= set(re.findall(r'<pattern id="([\w-]+)"', page))


def test_changes_are_told_with_those_that_left(client, carte):
    page = soupe(client.get("/carte/?couleur=changement&depuis=2020-10"))
    assert noms_dessines(page) == [
        "Jadis – sorti",
        "Double – entré",
        "Neuf – entré",
        "Val – agrandi",
    ]
    assert page.select("svg.carte > a")[0]["class"] == ["sorti"]
    assert noms_du_tableau(page) == ["Double", "Jadis", "Neuf", "Val"]
    changements = [ligne.select("td")[-1].text for ligne in page.select("#tableau-carte tbody tr")]
    assert changements == ["entré", "sorti", "entré", "agrandi"]
    assert len({ligne.text.strip() for ligne in page.select(".nuances li")}) == 3


def test_the_first_known_edition_offers_no_changes(client, carte):
    page = soupe(client.get("/carte/2020-10/?couleur=changement"))
    assert noms_dessines(page) == ["Jadis", "Val"]
    assert "Changements" not in page.select_one("#id_couleur").text


@pytest.mark.parametrize(
    ("filtres", "retenus"),
    [
        ("interregional=oui", ["Double"]),
        ("interregional=non", ["Neuf", "Val"]),
        ("fiches=oui", ["Double"]),
        ("fiches=non", ["Neuf", "Val"]),
        ("texte=val", ["Val"]),
        ("texte=VÀL", ["Val"]),
        ("region=27&interregional=non", ["Neuf", "Val"]),
        ("region=75", ["Double"]),
    ],
)
def test_the_map_and_the_table_take_the_same_filters(client, carte, filtres, retenus):
    page = soupe(client.get(f"/carte/?{filtres}"))
    assert noms_du_tableau(page) == retenus
    if filtres != "region=75":  # this région has no outline of its own to draw upon
        assert noms_dessines(page) == retenus


def test_what_the_filters_leave_out_is_grey_and_silent(client, carte):
    page = soupe(client.get("/carte/?texte=val"))
    (gris,) = page.select("svg.carte .estompes")
    assert gris["aria-hidden"] == "true"
    assert gris.select_one("path")["d"].count("M") == 2  # Neuf, Double
    assert "Aucun territoire" in soupe(client.get("/carte/?texte=zzz")).select_one("main").text


@pytest.mark.parametrize(
    ("tri", "noms", "sens"),
    [
        ("nom", ["Double", "Neuf", "Val"], "ascending"),
        ("-nom", ["Val", "Neuf", "Double"], "descending"),
        ("-fiches", ["Double", "Neuf", "Val"], "descending"),
        ("habitants", ["Neuf", "Double", "Val"], "ascending"),
        ("inconnu", ["Double", "Neuf", "Val"], "ascending"),
    ],
)
def test_the_table_sorts_and_says_how(client, carte, tri, noms, sens):
    page = soupe(client.get(f"/carte/?tri={tri}"))
    assert noms_du_tableau(page) == noms
    assert page.select_one("#tableau-carte th[aria-sort]")["aria-sort"] == sens


@pytest.mark.parametrize(
    ("parametres", "dit"),
    [
        ("region=zz", "Aucune région ne porte le code « zz »."),
        ("depuis=1999-01", "« 1999-01 » n’est pas une édition antérieure"),
        ("couleur=rose", "rose"),
        ("texte=" + "x" * 10_000, "100 caractères"),
        ("texte=%00", "caractère nul"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_left_out(client, carte, parametres, dit):
    page = soupe(client.get(f"/carte/?{parametres}"))
    assert dit in page.select_one("form.commandes .fr-error-text").text
    assert page.select_one("details.choix").has_attr("open")
    assert len(noms_dessines(page)) == 3


def test_one_control_leads_to_an_edition_with_what_else_was_asked(client, carte):
    choix = soupe(client.get("/carte/")).select("#id_edition option")
    assert [option["value"] for option in choix] == ["2023-11", "2020-10"]
    reponse = client.get("/carte/?edition=2020-10&couleur=fiches&texte=&depuis=")
    assert reponse.url == "/carte/2020-10/?couleur=fiches"
    assert client.get("/carte/?edition=2020-10&couleur=region").url == "/carte/2020-10/"
    assert client.get("/carte/?edition=../admin").status_code == 404


def test_the_region_that_leads_several_is_said_in_words(client, carte):
    (double,) = [
        ligne
        for ligne in soupe(client.get("/carte/")).select("#tableau-carte tbody tr")
        if "Double" in ligne.th.text
    ]
    assert "(pilote), " in double.text


def test_the_links_of_the_map_are_passed_in_one(client, carte):
    page = soupe(client.get("/carte/"))
    lien = page.select_one(".cadre-carte > a")
    assert "3 territoires" in " ".join(lien.text.split())
    assert page.find(id=lien["href"][1:])


def test_an_edition_is_not_compared_with_itself(client, carte):
    page = soupe(client.get("/carte/2023-11...2023-11/"), 404)
    assert "Rien à comparer" in page.h1.text
    assert page.select_one(".editions a")


def test_a_comparison_asked_backwards_is_set_right(client, carte):
    reponse = client.get("/carte/2023-11...2020-10/")
    assert reponse.status_code == 302
    assert reponse.url == "/carte/2020-10...2023-11/"


@pytest.mark.parametrize(
    "adresse", ["/integrer/carte/", "/integrer/carte/2020-10/", "/integrer/territoires/val/"]
)
def test_a_frame_is_light_silent_and_leads_back(client, carte, adresse):
    territoire = carte.perimetres.get(nom="Val").territoire
    type(territoire).objects.filter(pk=territoire.pk).update(identifiant="val")
    reponse = client.get(adresse)
    page = soupe(reponse)
    assert "X-Frame-Options" not in reponse
    assert not reponse.cookies
    assert page.title.text
    assert page.select("header, script, form") == []
    assert page.select_one(".mentions a")["href"].startswith(("/carte/", "/territoires/"))
    assert client.get("/carte/")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("adresse", ["carte/1999-01/", "territoires/absent/", "carte/?region=zz"])
def test_a_frame_of_what_does_not_exist_says_so(client, carte, adresse):
    page = soupe(client.get(f"/integrer/{adresse}"), 404)
    assert "Introuvable" in page.h1.text


def test_the_code_to_copy_stands_on_the_pages(client, carte):
    extrait = soupe(client.get("/carte/?region=27")).select_one(".extrait").text
    assert 'src="http://testserver/integrer/carte/2023-11/?region=27"' in extrait
    assert "title=" in extrait
    territoire = carte.perimetres.get(nom="Val").territoire
    extrait = soupe(client.get(territoire.get_absolute_url())).select_one(".extrait").text
    assert f"http://testserver/integrer/territoires/{territoire.identifiant}/" in extrait
