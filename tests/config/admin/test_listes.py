"""The lists of the admin, each as each kind of person: filters, tags, order, search, bulk acts."""

from contextlib import suppress

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.config.admin import lignes_a_garder as lignes
from tests.config.admin.conftest import dessinees
from tests.config.admin.test_matrice import MODELES
from tests.factories import DemandeAccesFactory
from tests.monde import une_fois

pytestmark = pytest.mark.django_db
monde = une_fois(lignes.monde)
GENRES = ["intercommunalité", "région", "délégation"]
NOMS = sorted(MODELES)
RECHERCHES = [nom for nom in NOMS if admin.site._registry[MODELES[nom]].search_fields]


def adresse(modele):
    return reverse(f"admin:{modele._meta.app_label}_{modele._meta.model_name}_changelist")


def listes(client):
    """(name, page) of each list that this person may open."""
    for nom in NOMS:
        page = client.get(adresse(MODELES[nom]))
        if page.status_code == 200:
            yield nom, page


def html(page):
    return BeautifulSoup(page.content, "lxml")


@pytest.fixture(params=GENRES)
def quelqu_un(request, monde, db, client, refus_nus):
    client.force_login(monde[request.param])
    return client


def test_an_empty_list_offers_nothing_to_do_to_its_rows(delegation, client):
    client.force_login(delegation)
    liste = adresse(MODELES["demandeacces"])
    assert not html(client.get(liste)).select("#changelist .actions")
    DemandeAccesFactory()
    assert html(client.get(liste)).select("#changelist .actions")


def test_each_list_is_read_in_an_order_it_says_by_cells_with_headers_and_filters(quelqu_un):
    """Each list is drawn once, for all that is asked of it."""
    vues = montres = 0
    for nom, page in listes(quelqu_un):
        liste, lue = page.context["cl"], html(page)
        _dit_son_ordre(nom, liste, lue)
        _a_ses_entetes(nom, lue.select_one("#result_list"))
        montres += _divise(nom, liste, quelqu_un)
        vues += 1
    assert vues > 10
    assert montres


def _dit_son_ordre(nom, liste, lue):
    """And no two rows tie."""
    assert liste.model_admin.tri, nom
    assert (
        not liste.result_count or liste.model_admin.tri in lue.select_one(".habillage-compte").text
    ), nom
    cle, ordre = liste.opts.pk.attname, liste.queryset.query.order_by
    uniques = [{cle}, {"pk"}, *({c.name} for c in liste.opts.fields if c.unique)]
    uniques += [set(contrainte.fields) for contrainte in liste.opts.total_unique_constraints]
    dits = {str(champ).lstrip("-") for champ in ordre}
    assert any(champs <= dits for champs in uniques), (nom, ordre)


def _a_ses_entetes(nom, table):
    """Every cell has its header, every header its scope."""
    if table is None:
        return
    assert all(th["scope"] == "col" for th in table.select("thead th")), nom
    for rangee in table.select("tbody tr"):
        assert [th["scope"] for th in rangee.select("th")] == ["row"], nom
        for cellule in rangee.select("td:not(.action-checkbox)"):
            assert cellule["data-titre"], nom
    assert not [lien for lien in table.select("a") if not lien.text.strip()], nom
    assert not {i["alt"] for i in table.select("img")} & {"True", "False", "None"}, nom


def _divise(nom, liste, client):
    """Each filter that is shown divides the rows of the person; how many they are."""
    siennes = set(liste.root_queryset.values_list("pk", flat=True))
    for filtre in liste.filtres:
        parts = []
        for rang, option in enumerate(filtre.options[1:]):
            # One of them is drawn: the filter that is on.
            with dessinees(lambda reponse, rang=rang: rang == 0):
                rendue = client.get(f"{adresse(liste.model)}?{option.valeur}")
            parts.append(set(rendue.context_data["cl"].queryset.values_list("pk", flat=True)))
            assert parts[-1], (nom, filtre.titre, option.libelle)
        assert any(part != siennes for part in parts), (nom, filtre.titre)
    return len(liste.filtres)


def test_rows_without_a_value_come_last_in_both_orders(monde, db, client, rien_de_dessine):
    client.force_login(monde["délégation"])
    melanges = set()
    for nom, page in listes(client):
        liste = page.context_data["cl"]
        for rang, colonne in enumerate(liste.list_display):
            tri = liste.get_ordering_field(colonne)
            if not tri:
                continue
            if isinstance(tri, str):
                tri = F(tri.removeprefix("-"))
            elif isinstance(tri, OrderBy):
                tri = tri.expression
            for sens in ("", "-"):
                triee = client.get(f"{adresse(liste.model)}?o={sens}{rang}").context_data["cl"]
                rangees = triee.queryset
                vides = [
                    v is None for v in rangees.annotate(_tri=tri).values_list("_tri", flat=True)
                ]
                assert vides == sorted(vides), (nom, colonne, sens)
                melanges |= {(nom, colonne)} if len(set(vides)) == 2 else set()
    assert len(melanges) > 10


def test_an_order_says_where_what_has_no_value_stands():
    """SQLite puts it at the bottom of a scale, PostgreSQL at its top."""
    ordres = [(modele._meta.label, modele, modele._meta.ordering) for modele in apps.get_models()]
    ordres += [
        (str(site), modele, site.ordering or ()) for modele, site in admin.site._registry.items()
    ]
    vus = 0
    for nom, modele, ordre in ordres:
        for champ in ordre:
            if isinstance(champ, str):
                with suppress(FieldDoesNotExist):
                    champ = modele._meta.get_field(champ.lstrip("-"))
                    assert champ.is_relation or not champ.null, (nom, champ)
                    vus += 1
    assert vus > 50


@pytest.mark.parametrize("nom", RECHERCHES)
def test_each_list_finds_without_accents_and_reads_no_wildcard(
    nom, monde, db, client, rien_de_dessine
):
    client.force_login(monde["délégation"])
    for texte in ("é", "Saint-Étienne l’Œuvre", "_", "\\", "a%b", "p_u", "' OR 1=1 --", "%"):
        page = client.get(adresse(MODELES[nom]), {"q": texte})
        assert page.status_code == 200, texte
        list(page.context_data["cl"].result_list)
    assert page.context_data["cl"].result_count == 0


def ecritures(requetes):
    return [
        requete["sql"]
        for requete in requetes
        if requete["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and "django_session" not in requete["sql"]
    ]


@pytest.mark.parametrize("nom", NOMS)
def test_every_bulk_act_asks_first(nom, monde, db, client):
    """It shows a page that names the row, or leads to one; nothing is written before."""
    client.force_login(monde["délégation"])
    modele_admin = admin.site._registry[MODELES[nom]]
    with dessinees(lambda reponse: False):
        page = client.get(adresse(MODELES[nom]))
    if page.status_code != 200 or not page.context_data["cl"].result_list:
        return
    lignes_ = list(page.context_data["cl"].result_list[:2])
    deux = [ligne.pk for ligne in lignes_]
    for action in modele_admin.get_actions(page.wsgi_request):
        envoi = {"action": action, "_selected_action": deux}
        with CaptureQueriesContext(connection) as requetes:
            reponse = client.post(adresse(MODELES[nom]), envoi)
        assert ecritures(requetes) == [], (nom, action)
        if action == "exporter_selection":
            assert reponse.status_code == 302
            continue
        if action == "fusionner" and len(deux) < 2:
            continue
        assert reponse.status_code == 200, (nom, action)
        texte = html(reponse).select_one("main").text
        assert str(lignes_[0])[:40] in texte, (nom, action)
