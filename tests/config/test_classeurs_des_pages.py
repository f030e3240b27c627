"""The workbook of every list outside the admin: of the public, and of agents in their perimeter."""

import datetime
import io
import re

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse

from programme.fiches import parcours
from programme.fiches.models import Passage
from tests import factories as f
from tests.config.admin.test_matrice import monter
from tests.config.test_adresses_publiques import adresses
from tests.config.test_rien_de_plus import tout_ce_qui_est_public

pytestmark = pytest.mark.django_db

UNE_LISTE = re.compile(r'<table[^>]*class="liste|aria-label="Pagination"')
# What shows rows and leaves otherwise, or not at all: why.
SANS_CLASSEUR = {
    "recherche": "results of every kind, each with the list where it is found",
    "mfa_list_webauthn": "one's own keys, from the library of accounts",
    "donnees": "the tables themselves, each with its files",
    "donnees-carte": "the files of the map, and their links",
    "carte-en-vigueur": "drawn from the files of its edition, that are offered there",
    "pilotage": "figures: each table has its CSV",
    "pilotage-matrice": "figures, with their CSV",
    "mobilisation": "figures, with their CSV; the lines behind are a list",
    "accessibilite": "tables of a text",
    "donnees-personnelles": "tables of a text",
    "mentions-legales": "tables of a text",
}
DES_AGENTS = ("pilotage-fiches", "pilotage-delais", "obstacles", "engagements-a-suivre")
GENRES = ("intercommunalité", "région", "délégation", "État", "opérateur")


def pages():
    """{name: page} of what stands at an address without a key, for the délégation."""
    for nom in sorted({nom for nom in adresses() if nom}):
        try:
            yield nom, reverse(nom)
        except NoReverseMatch:
            continue


def lues(reponse):
    """{title of the sheet: its rows as {header: value}, without totals}"""
    assert reponse.status_code == 200, reponse.status_code
    feuilles = {}
    for feuille in openpyxl.load_workbook(io.BytesIO(reponse.getvalue())):
        assert feuille.freeze_panes == "A2"
        entetes, *lignes = feuille.iter_rows(values_only=True)
        feuilles[feuille.title] = [
            dict(zip(entetes, ligne, strict=True)) for ligne in lignes if ligne[0] != "Total"
        ]
    return feuilles


def classeur(client, nom, **demande):
    return client.get(reverse(f"{nom}-classeur", args=["xlsx"]), demande)


def une_fiche_jugee(lieu):
    """The avis of the comité of this place on a fiche that was sent up twelve days before."""
    agent, fiche = f.agent_delegation(), f.fiche_complete(lieu["territoire"])
    parcours.transmettre(fiche, agent=agent)
    seance = f.SeanceFactory(comite=lieu["comitedepilotage"])
    avis = f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=agent)
    envoi = avis.effet_le - datetime.timedelta(days=12)
    Passage.objects.filter(pk=avis.passage_id).update(le=envoi)
    return avis


def test_every_page_of_rows_offers_its_workbook(client):
    tout_ce_qui_est_public()
    client.force_login(f.agent_delegation())
    vues = set()
    for nom, adresse in pages():
        reponse = client.get(adresse)
        if reponse.status_code != 200 or "html" not in reponse["Content-Type"]:
            continue
        page = reponse.content.decode()
        if "page_obj" not in (reponse.context or {}) and not UNE_LISTE.search(page):
            continue
        vues.add(nom)
        offerts = re.findall(r'href="([^"]*/classeur/(?:xlsx|ods)/[^"]*)"', page)
        assert (len(offerts) == 2) != (nom in SANS_CLASSEUR), nom
        for lien in offerts:
            assert client.get(lien).getvalue()[:2] == b"PK", lien
    assert vues > {"fiches", "actualites", "regions", "registre-obstacles", *DES_AGENTS}


@pytest.mark.parametrize("nom", DES_AGENTS)
def test_its_rows_are_those_of_the_page_for_everybody(nom, pays, entrer):
    for lieu in (pays["ici"], pays["la"]):
        monter(lieu)
        une_fiche_jugee(lieu)
        f.EngagementFactory(echeance=datetime.date(2020, 1, 1), etat="en_cours")
        f.EngagementFactory(convention__publiee=False, echeance=datetime.date(2020, 1, 1))
    lus = {}
    for genre, agent in pays["agents"].items():
        client = entrer(agent)
        page = client.get(reverse(nom))
        reponse = classeur(client, nom)
        if page.status_code != 200:
            assert reponse.status_code == page.status_code, genre
            continue
        lignes = page.context.get("engagements", page.context.get("object_list"))
        lus[genre] = len(lignes)
        assert len(next(iter(lues(reponse).values()))) == lus[genre], genre
    assert "anonyme" not in lus
    assert "sans périmètre" not in lus
    assert lus["délégation"] >= max(lus.values()) > 0
    assert lus["délégation"] > lus["opérateur"] or nom == "engagements-a-suivre"


def test_the_fiches_leave_as_they_are_filtered_with_their_money_and_steps(pays, entrer):
    ici, la = (pays[lieu]["ficheaction"] for lieu in ("ici", "la"))
    for fiche in (ici, la):
        f.EtapeFactory(fiche=fiche, intitule=f"Étape de {fiche.titre}")
    client = entrer(pays["agents"]["délégation"])
    demande = {"territoire": ici.territoire.identifiant, "tri": "titre"}
    page = client.get(reverse("pilotage-fiches"), demande).content.decode()
    lien = re.search(r'href="([^"]*/classeur/xlsx/[^"]*)"', page)[1].replace("&amp;", "&")
    feuilles = lues(client.get(lien))
    assert [x["Titre"] for x in feuilles["Fiches actions"]] == ["Fiche ici"]
    assert [x["Étape"] for x in feuilles["Étapes"]] == ["Étape de Fiche ici"]
    siennes = lues(classeur(entrer(pays["agents"]["intercommunalité voisine"]), "pilotage-fiches"))
    assert [x["Étape"] for x in siennes["Étapes"]] == ["Étape de Fiche la"]


def test_the_delays_leave_in_days_with_the_dates_they_are_counted_from(pays, entrer):
    avis = une_fiche_jugee(pays["ici"])
    client = entrer(pays["agents"]["délégation"])
    (ligne,) = lues(classeur(client, "pilotage-delais"))["Délais des avis"]
    assert ligne["Fiche action"] == avis.fiche.titre
    assert ligne["Comité"] == avis.seance.comite.region.nom
    assert ligne["Avis"] == avis.get_sens_display()
    envoi, rendu = ligne["Transmise le"], ligne["Avis du"]
    assert isinstance(envoi, datetime.datetime)
    assert ligne["Délai en jours"] == (rendu.date() - envoi.date()).days == 12
    for demande in ({"sens": "ajourne"}, {"comite": "76"}):
        assert lues(classeur(client, "pilotage-delais", **demande)) == {"Délais des avis": []}
    assert lues(classeur(client, "pilotage-delais", comite="75")) != {"Délais des avis": []}


def test_the_obstacles_leave_with_their_answers_as_filtered(pays, entrer):
    ici, la = pays["ici"]["obstacle"], pays["la"]["obstacle"]
    for obstacle in (ici, la):
        f.ReponseFactory(obstacle=obstacle, texte=f"Pour {obstacle.fiche.titre}")
    client = entrer(pays["agents"]["délégation"])
    feuilles = lues(classeur(client, "obstacles", territoire=ici.fiche.territoire.identifiant))
    obstacles, reponses = feuilles.values()
    assert len(obstacles) == 1
    assert "Pour Fiche ici" in str(reponses)
    assert "Pour Fiche la" not in str(reponses)


def test_an_engagement_says_why_it_is_followed(client):
    engagement = f.EngagementFactory(echeance=datetime.date(2020, 1, 1), etat="en_cours")
    client.force_login(f.agent_delegation())
    page = client.get(reverse("engagements-a-suivre"))
    (ligne,) = lues(classeur(client, "engagements-a-suivre"))["Engagements à suivre"]
    ((_, alertes, *_),) = page.context["engagements"]
    assert ligne["Engagement"] == engagement.intitule
    assert ligne["Échéance"] == datetime.datetime(2020, 1, 1)
    assert ligne["Pourquoi"] == " ".join(alertes) != ""


def test_the_regions_leave_with_what_their_page_counts(client):
    territoire = f.territoire_publie("27")
    f.RegionFactory(code="75")
    reponse = client.get(reverse("donnees-classeur", args=["regions", "xlsx"]))
    dites = {x["Code Insee"]: x for x in lues(reponse)["Régions"]}
    habitants = territoire.perimetre_courant.population
    assert dites["27"]["Territoires"] == 1
    assert dites["27"]["Habitants de ces territoires"] == habitants > 0
    assert [dites["75"][x] for x in ("Territoires", "Habitants de ces territoires")] == [0, 0]


@pytest.mark.parametrize("nom", DES_AGENTS)
@pytest.mark.parametrize("format_", ["csv", "pdf"])
def test_a_format_that_no_workbook_has_does_not_exist(nom, format_, client):
    client.force_login(f.agent_delegation())
    assert client.get(reverse(f"{nom}-classeur", args=[format_])).status_code == 404
