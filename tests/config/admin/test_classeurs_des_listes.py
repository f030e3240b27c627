"""The workbook of every list of the admin: the rows and columns of the page, for every person."""

import io

import openpyxl
import pytest
from django.contrib import admin
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from echanges.admin import EchangesAdmin
from echanges.models import Import
from programme.courriels.models import Courriel
from tests import factories as f
from tests.config.admin.test_matrice import (
    GENRES,
    MODELES,
    PERIMETRE,
    REFERENCE,
    monter,
    pays,
    pays_de_tous,
)
from tests.pays import LIMITES

pytestmark = pytest.mark.django_db
__all__ = ["pays", "pays_de_tous"]

# Lists without a workbook, and why.
SANS_CLASSEUR = {"dsfrconfig": "a library registers it, and it is closed to everybody"}
AVEC_CLASSEUR = [nom for nom in MODELES if nom not in SANS_CLASSEUR]
FORMATS = ("xlsx", "ods")
FILTRE = {"q": "Lyon"}
# The neighbours are their image: what is here for ones is there for the others.
UN_DE_CHAQUE = [genre for genre in [*LIMITES, "délégation"] if "voisin" not in genre]
# Reference lists are read by everybody, the others by the délégation at least.
DOIVENT_ENTRER = {(nom, genre) for nom in REFERENCE for genre in GENRES}
DOIVENT_ENTRER |= {(nom, "délégation") for nom in PERIMETRE}


def adresse(nom, page, *args):
    return reverse(f"admin:{MODELES[nom]._meta.app_label}_{nom}_{page}", args=args)


def le_modele_admin(nom):
    return admin.site._registry[MODELES[nom]]


def offerts(client, nom, page):
    """The workbooks offered on the list, or on the page of files where it leads, as filtered."""
    texte = page.content.decode()
    exporte = isinstance(le_modele_admin(nom), EchangesAdmin)
    if exporte and f'href="{adresse(nom, "exporter")}?q=Lyon"' in texte:
        fichiers = client.get(adresse(nom, "exporter"), FILTRE).content.decode()
        assert 'name="q" value="Lyon"' in " ".join(fichiers.split())
        return [x for x in FORMATS if f'formaction="{adresse(nom, "classeur", x)}"' in fichiers]
    return [x for x in FORMATS if f'href="{adresse(nom, "classeur", x)}?q=Lyon"' in texte]


def toutes(nom, page):
    """The rows of this list before it was filtered, without drawing it anew."""
    demande = page.wsgi_request
    demande.GET = QueryDict()
    return le_modele_admin(nom).get_changelist_instance(demande).queryset


def lues(reponse):
    """[the rows of each sheet, without headers nor totals]"""
    assert reponse.status_code == 200, reponse.status_code
    classeur = openpyxl.load_workbook(io.BytesIO(reponse.getvalue()))
    return [
        [ligne for ligne in feuille.iter_rows(min_row=2, values_only=True) if ligne[0] != "Total"]
        for feuille in classeur
    ]


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("nom", AVEC_CLASSEUR)
def test_every_list_offers_it_with_its_filters_and_its_rows_to_everybody(nom, pays, entrer):
    """And it is closed to who does not enter the list."""
    if nom in REFERENCE:
        REFERENCE[nom]()
    elif nom in PERIMETRE:
        monter(pays["ici"])
        monter(pays["la"])
    for genre in UN_DE_CHAQUE:
        client = entrer(pays["agents"][genre])
        page = client.get(adresse(nom, "changelist"), FILTRE)
        reponse = client.get(adresse(nom, "classeur", "xlsx"))
        if page.status_code != 200:
            assert reponse.status_code in (302, 403), genre
            assert (nom, genre) not in DOIVENT_ENTRER
            continue
        assert genre not in ("anonyme", "sans périmètre")
        assert offerts(client, nom, page) == [*FORMATS], genre
        attendues = toutes(nom, page).count()
        assert len(lues(reponse)[0]) == attendues, (genre, attendues)
        assert attendues or (nom, genre) not in DOIVENT_ENTRER, genre


def test_a_list_without_files_leaves_in_the_columns_it_shows(client):
    envoye, retenu = f.CourrielFactory(objet="=1+1"), f.CourrielFactory()
    Courriel.objects.filter(pk=retenu.pk).update(retenu_parce_que="parti", retenu_le=timezone.now())
    client.force_login(f.agent_delegation())
    reponse = client.get(adresse("courriel", "classeur", "xlsx"), {"situation": "attente"})
    (feuille,) = openpyxl.load_workbook(io.BytesIO(reponse.getvalue())).worksheets
    entetes, ligne = feuille.iter_rows()
    assert [c.value for c in entetes] == ["Objet", "Destinataire", "Écrit le", "Situation"]
    assert [ligne[0].value, ligne[0].data_type] == ["=1+1", "s"]
    assert ligne[1].value == str(envoye.agent)
    assert ligne[2].is_date
    assert ligne[3].value == envoye.situation
    assert feuille.freeze_panes == "A2"
    assert envoye.corps not in str([c.value for c in ligne])


def test_what_a_list_shows_as_a_link_is_its_text(client):
    f.DemandeAccesFactory(prenom="Léa", nom="<b>Roux</b>")
    client.force_login(f.agent_delegation())
    reponse = client.get(adresse("demandeacces", "classeur", "xlsx"))
    (feuille,) = openpyxl.load_workbook(io.BytesIO(reponse.getvalue())).worksheets
    entetes, ligne = ([c.value for c in rangee] for rangee in feuille.iter_rows())
    assert "Réponse" not in entetes
    assert "<b>Roux</b>" in ligne[0]


def test_what_hangs_on_the_rows_has_its_sheets(client):
    obstacle, autre = f.ObstacleFactory(), f.ObstacleFactory()
    for lui in (obstacle, autre):
        f.ReponseFactory(obstacle=lui, texte=f"Réponse à {lui.fiche.reference}")
    client.force_login(f.agent_delegation())
    reponse = client.get(adresse("obstacle", "classeur", "xlsx"), {"q": obstacle.regle})
    obstacles, reponses = lues(reponse)
    assert len(obstacles) == len(
        client.get(adresse("obstacle", "changelist"), {"q": obstacle.regle}).context["cl"].queryset
    )
    assert f"Réponse à {obstacle.fiche.reference}" in str(reponses)


@pytest.mark.parametrize("nombre", [1, 4])
@pytest.mark.parametrize("nom", ["courriel", "demandeacces", "correspondance", "import"])
def test_the_number_of_queries_does_not_grow(nom, nombre, client, django_assert_num_queries):
    faire = {
        "courriel": f.CourrielFactory,
        "demandeacces": f.DemandeAccesFactory,
        "correspondance": f.ProfilFactory,
        "import": lambda: Import.objects.create(resource="communes", auteur=f.AgentFactory()),
    }[nom]
    for _ in range(nombre):
        faire()
    client.force_login(f.agent_delegation())
    client.get(adresse(nom, "classeur", "xlsx"))
    with django_assert_num_queries(7):
        client.get(adresse(nom, "classeur", "xlsx")).getvalue()
