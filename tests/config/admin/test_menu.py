"""The menu of the agents' space: short, and with a way to all that the person may write."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.mixins import AccessMixin
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.views.generic.base import TemplateResponseMixin

from config.menu import MENUS, menu

GENRES = ["intercommunalité", "région", "État", "opérateur", "délégation"]


def demande(agent):
    requete = RequestFactory().get("/")
    requete.user = agent
    return requete


def liens(entrees):
    for entree in entrees:
        yield from liens(entree.suite) if entree.suite else [entree.adresse]


@pytest.mark.usefixtures("rien_de_dessine")
@pytest.mark.parametrize("genre", GENRES)
def test_it_has_at_most_seven_entries_and_each_page_opens(genre, pays, entrer):
    agent = pays["agents"][genre]
    entrees, client = menu(demande(agent)), entrer(agent)
    assert len(entrees) <= 7
    for adresse in liens(entrees):
        assert client.get(adresse).status_code == 200, adresse


def test_what_is_published_stands_under_an_entry_that_names_it(pays):
    """« Actualités » was looked for everywhere but under the map."""
    entrees = menu(demande(pays["agents"]["délégation"]))
    sous = {un.libelle: entree.libelle.lower() for entree in entrees for un in entree.suite}
    for nom in ("Actualités", "Assemblées", "Partenaires", "Territoires"):
        assert nom.lower() in sous[nom], sous[nom]


@pytest.mark.parametrize("genre", GENRES)
def test_what_one_may_write_is_in_it(genre, pays):
    agent = pays["agents"][genre]
    offertes = set(liens(menu(demande(agent))))
    for application in admin.site.get_app_list(demande(agent)):
        for modele in application["models"]:
            droits = modele["perms"]
            if droits["add"] or droits["change"] or droits["delete"]:
                assert modele["admin_url"] in offertes, modele["object_name"]


def test_the_page_of_an_application_has_its_tables_and_says_nothing_of_what_waits(pays, entrer):
    page = entrer(pays["agents"]["délégation"]).get("/admin/evenements/")
    html = BeautifulSoup(page.content, "html.parser")
    tables = {a["href"] for a in html.select("#content-main th a")}
    assert reverse("admin:evenements_assemblee_changelist") in tables
    assert not any(un.startswith("/admin/programme/") for un in tables)
    assert "Rien ne vous attend" not in html.text


def test_every_role_has_one(pays):
    assert {a.niveau for a in pays["agents"].values() if a and a.niveau} == set(MENUS)


def test_the_page_one_is_on_is_told(pays, entrer):
    page = entrer(pays["agents"]["région"]).get(reverse("admin:programme_seance_changelist"))
    html = BeautifulSoup(page.content, "html.parser")
    (ici,) = html.select("#navigation a[aria-current]")
    assert ici.text == "Séances"
    assert "(rubrique en cours)" in ici.find_parent("details").summary.text


@pytest.mark.parametrize(
    "nom, dite",
    [
        ("pilotage", ["Tableau de bord"]),
        ("pilotage-fiches", ["Tableau de bord"]),
        ("obstacles", ["Obstacles et simplifications"]),
        ("admin:index", ["À faire"]),
        ("mes-courriels", []),
    ],
)
def test_one_entry_at_most_is_that_of_the_page(nom, dite, pays, entrer):
    page = entrer(pays["agents"]["région"]).get(reverse(nom))
    html = BeautifulSoup(page.content, "html.parser")
    assert [lien.text for lien in html.select("#navigation a[aria-current]")] == dite


def test_nobody_without_a_session_sees_one(client, db):
    porte = client.get(reverse("admin:login"), follow=True)
    page = BeautifulSoup(porte.content, "html.parser")
    assert not page.select(".habillage-menu")


def motifs(resolveur):
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLPattern):
            yield motif
        elif motif.app_name != "admin":
            yield from motifs(motif)


def pages_des_agents(fiche):
    """The pages beside the admin that ask who one is: all together, and those of a fiche."""
    for motif in motifs(get_resolver()):
        vue = getattr(motif.callback, "view_class", object)
        if issubclass(vue, AccessMixin) and issubclass(vue, TemplateResponseMixin):
            demandes = motif.pattern.regex.groupindex.keys()
            if demandes <= {"reference"}:
                yield reverse(motif.name, args=[fiche.reference] * len(demandes))


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("genre", GENRES)
def test_the_pages_beside_the_admin_have_the_same_header(genre, pays, entrer):
    client = entrer(pays["agents"][genre])
    accueil = BeautifulSoup(client.get(reverse("admin:index")).content, "lxml")
    attendus = {partie: dits(accueil, partie) for partie in ("#navigation", "#user-tools")}
    pages = set(pages_des_agents(pays["ici"]["ficheaction"]))
    assert {reverse("pilotage"), reverse("mes-courriels")} < pages
    for adresse in pages:
        page = client.get(adresse)
        assert page.status_code in (200, 403, 404), adresse
        if page.status_code == 200:
            html = BeautifulSoup(page.content, "lxml")
            for partie, siens in attendus.items():
                assert dits(html, partie) == siens, adresse
            assert html.select_one(".breadcrumbs a")["href"] == reverse("admin:index"), adresse
            aide = html.select_one(".aide-de-l-ecran a")
            assert aide and aide.text.startswith("Aide"), adresse


def dits(html, partie):
    return [lien["href"] for lien in html.select(f"{partie} a")]
