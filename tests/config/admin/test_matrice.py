"""Every page of every admin model, for every kind of person, on a row of theirs and another's."""

import copy

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils import timezone

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.monde import une_fois
from tests.pays import construire

# Bound to a perimeter: whose rows each kind of agent reaches, and what it may do with them.
# (changelist, add, change, delete, history) on its own row.
TOUT, LIRE, RIEN = (200,) * 5, (200, 403, 200, 403, 200), (403, 403, 403, 403, 302)
GENRES = ("intercommunalité", "région", "délégation", "État", "préfecture", "opérateur")
ETRANGERS = ("DREETS voisine", "préfecture voisine", "opérateur sans fiche", "opérateur voisin")
PERIMETRE = {
    "ficheaction": {
        "intercommunalité": TOUT,
        "région": (200, 200, *LIRE[2:]),  # what was shared with it; what it wrote has its own test
        "délégation": TOUT,
        "État": LIRE,
        "préfecture": LIRE,
        "opérateur": LIRE,
    },
    "demandeperimetre": {"intercommunalité": TOUT, "région": TOUT, "délégation": TOUT},
    "mandat": {
        "intercommunalité": (200, 200, 200, 403, 200),
        "région": (200, 200, 200, 403, 200),
        "délégation": TOUT,
    },
    "lienprogramme": {"intercommunalité": TOUT, "région": TOUT, "délégation": TOUT},
    # Signed, it stays: only the délégation removes it.
    "contrat": {
        "intercommunalité": LIRE,
        "région": (200, 200, 200, 403, 200),
        "délégation": TOUT,
        "État": LIRE,
        "préfecture": LIRE,
        "opérateur": LIRE,
    },
    "seance": {"région": TOUT, "délégation": TOUT},
    "courriel": {"délégation": LIRE},
    "demandeacces": {"délégation": (200, 403, 200, 200, 200)},
    "lignedujournal": {"délégation": LIRE},
    "correspondance": {"délégation": (200, 403, 200, 200, 200)},  # made on the way of an import
    "obstacle": dict.fromkeys(GENRES, LIRE),
    "avistechnique": dict.fromkeys(GENRES, LIRE),
    "demandecomplement": dict.fromkeys(GENRES, LIRE),
    "pointdecontrole": {"région": TOUT, "délégation": TOUT},
    # A région has one row, which stands here.
    "delaiderappel": {"région": (200, 403, 200, 200, 200), "délégation": TOUT},
    "comitedepilotage": {"région": LIRE, "délégation": TOUT},
}
# Read by every agent with a perimeter, written by the délégation alone.
REFERENCE = {
    "region": f.RegionFactory,
    "departement": f.DepartementFactory,
    "intercommunalite": f.IntercommunaliteFactory,
    "commune": f.CommuneFactory,
    "localite": f.LocaliteFactory,
    "contour": f.ContourFactory,
    "territoire": f.TerritoireFactory,
    "editioncarte": lambda: f.EditionCarteFactory(
        code="2030-01", date="2030-01-01", publiee_le=None
    ),
    "perimetre": lambda: f.PerimetreFactory(
        edition=f.EditionCarteFactory(code="2031-01", date="2031-01-01", publiee_le=None)
    ),
    "filiation": lambda: f.FiliationFactory(),
    "agent": f.AgentFactory,
    "phase": lambda: f.PhaseFactory(numero=9),
    "datecle": f.DateCleFactory,
    "axe": f.AxeFactory,
    "theme": f.ThemeFactory,
    "partenaire": f.PartenaireFactory,
    "offredeservice": f.OffreDeServiceFactory,
    "convention": f.ConventionFactory,
    "bonnepratique": f.BonnePratiqueFactory,
    "obstaclenational": f.obstacle_national_publie,
    "assemblee": f.AssembleeFactory,
    "sequence": f.SequenceFactory,
    "pageeditoriale": f.PageEditorialeFactory,
    "actualite": f.ActualiteFactory,
    "lienchoisi": f.LienChoisiFactory,
    "intervenant": lambda: f.InterventionFactory().intervenant,
}
# Tested with the imports; and what a library registers, of no use to agents.
AILLEURS = {"import", "dsfrconfig"}
# Read in the admin, written elsewhere.
LUS = {"courriel", "demandeacces", "lignedujournal", "obstacle"}
LUS |= {"avistechnique", "demandecomplement"}
MODELES = {modele._meta.model_name: modele for modele in admin.site._registry}


def _pays():
    """With what is said of its fiche in each place, and what its région sets."""
    pays = construire()
    for lieu in (pays["ici"], pays["la"]):
        region = lieu["comitedepilotage"].region
        lieu["correspondance"] = f.ProfilFactory()
        lieu["avistechnique"] = f.AvisTechniqueFactory(fiche=lieu["ficheaction"])
        lieu["demandecomplement"] = f.DemandeComplementFactory(fiche=lieu["ficheaction"])
        lieu["pointdecontrole"] = f.PointDeControleFactory(region=region)
        lieu["delaiderappel"] = f.DelaiDeRappelFactory(region=region)
    return pays


pays_de_tous = une_fois(_pays)


@pytest.fixture
def pays(pays_de_tous, db):
    """The rows are the same for all the tests of a module, the objects those of this test."""
    return copy.deepcopy(pays_de_tous)


# Of the pages of a row: those that open it, and those that read it.
SIENNES, LUES = slice(2, None), slice(2, None, 2)


def test_every_registered_model_is_in_the_matrix():
    assert set(MODELES) == {*PERIMETRE, *REFERENCE, *AILLEURS}


def test_what_a_library_registers_is_closed_to_agents(pays, entrer):
    adresse = reverse("admin:dsfr_dsfrconfig_changelist")
    assert entrer(pays["agents"]["délégation"]).get(adresse).status_code == 403


def pages(nom, objet):
    base = f"admin:{MODELES[nom]._meta.app_label}_{nom}"
    return [
        reverse(f"{base}_changelist"),
        reverse(f"{base}_add"),
        *(reverse(f"{base}_{page}", args=[objet.pk]) for page in ("change", "delete", "history")),
    ]


def statuts(client, nom, objet, parmi=slice(None)):
    return tuple(client.get(page).status_code for page in pages(nom, objet)[parmi])


def monter(lieu):
    """Its fiche is up, and in its contrat: who does not write it may read it."""
    models.QuerySet(FicheAction).filter(pk=lieu["ficheaction"].pk).update(etat="transmise")
    f.FicheContratFactory(contrat=lieu["contrat"], fiche=lieu["ficheaction"])


def partager(lieu):
    """Its fiche is a draft that its territoire shared with the région."""
    brouillon = models.QuerySet(FicheAction).filter(pk=lieu["ficheaction"].pk)
    brouillon.update(partagee_le=timezone.now())


@pytest.mark.parametrize("genre", ["région", "État", "opérateur"])
@pytest.mark.parametrize("nom", ["ficheaction", "obstacle"])
def test_a_draft_is_nothing_to_who_does_not_write_it(nom, genre, pays, entrer):
    monter(pays["la"])
    client = entrer(pays["agents"][genre])
    assert statuts(client, nom, pays["ici"][nom], LUES) == (302, 302)
    assert list(client.get(pages(nom, pays["la"][nom])[0]).context["cl"].queryset) == []


@pytest.mark.usefixtures("rien_de_dessine")
@pytest.mark.parametrize("nom", PERIMETRE)
def test_rows_of_a_perimeter_open_to_their_own_agents_only(nom, pays, entrer):
    agents = pays["agents"]
    for genre in GENRES:
        attendu, client = PERIMETRE[nom].get(genre, RIEN), entrer(agents[genre])
        if genre == "région":
            partager(pays["ici"])
            partager(pays["la"])
        if genre == "État":
            monter(pays["ici"])
            monter(pays["la"])
        siennes = [client.get(page) for page in pages(nom, pays["ici"][nom])]
        assert tuple(page.status_code for page in siennes) == attendu, (genre, "own")
        if genre != "délégation" and attendu != RIEN:
            # The admin sends back to its home page, as for a row that does not exist.
            assert statuts(client, nom, pays["la"][nom], LUES) == (302, 302), (genre, "other")
            liste = siennes[0].context_data["cl"].queryset
            assert list(liste) == [pays["ici"][nom]], genre


@pytest.mark.usefixtures("rien_de_dessine")
@pytest.mark.parametrize("nom", PERIMETRE)
def test_services_and_operateurs_of_elsewhere_reach_nothing_of_here(nom, pays, entrer):
    """Of what went up: another département, another région, a partenaire that nothing names."""
    monter(pays["ici"])
    ici = pays["ici"][nom]
    for genre in ETRANGERS:
        client = entrer(pays["agents"][genre])
        liste = client.get(pages(nom, ici)[0])
        assert set(statuts(client, nom, ici, SIENNES)) <= {302, 403}, genre
        if liste.status_code == 200:
            assert ici not in liste.context_data["cl"].queryset, genre


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("nom", [*PERIMETRE, *REFERENCE])
def test_nobody_else_enters(nom, pays, entrer):
    objet = pays["ici"][nom] if nom in PERIMETRE else REFERENCE[nom]()
    assert statuts(entrer(None), nom, objet) == (302,) * 5
    client = entrer(pays["agents"]["sans périmètre"])
    for page, statut in zip(pages(nom, objet), statuts(client, nom, objet), strict=True):
        assert statut in (302, 403), page


@pytest.mark.usefixtures("rien_de_dessine")
@pytest.mark.parametrize("nom", REFERENCE)
def test_reference_data_is_read_by_agents_and_written_by_the_delegation(nom, pays, entrer):
    objet = REFERENCE[nom]()
    for genre in (*GENRES[:2], *GENRES[3:]):
        # An opérateur adds offers, its own: this one is of another.
        ajoute = (nom, genre) == ("offredeservice", "opérateur")
        attendu = (200, 200, *LIRE[2:]) if ajoute else LIRE
        assert statuts(entrer(pays["agents"][genre]), nom, objet) == attendu, genre
    assert statuts(entrer(pays["agents"]["délégation"]), nom, objet) == TOUT


def test_a_foreign_territoire_posted_by_hand_is_refused(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    avant = set(MODELES["ficheaction"].objects.values_list("pk", flat=True))
    lignes = {}
    for prefixe in ("financements", "etapes", "indicateurs", "obstacles", "pieces"):
        lignes |= {f"{prefixe}-TOTAL_FORMS": 0, f"{prefixe}-INITIAL_FORMS": 0}
    envoi = lignes | {"titre": "Essai", "territoire": pays["la"]["territoire"].pk}
    page = client.post(reverse("admin:programme_ficheaction_add"), envoi)
    assert "territoire" in page.context["adminform"].form.errors
    envoi["territoire"] = pays["ici"]["territoire"].pk
    assert client.post(reverse("admin:programme_ficheaction_add"), envoi).status_code == 302
    nouvelle = MODELES["ficheaction"].objects.exclude(pk__in=avant).get()
    assert nouvelle.created_by == pays["agents"]["intercommunalité"]


def test_the_autocomplete_of_fiches_offers_the_perimeter_only(pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    demande = {"app_label": "programme", "model_name": "fichecontrat", "field_name": "fiche"}
    reponse = client.get(reverse("admin:autocomplete"), demande | {"term": "fiche"})
    assert {r["text"] for r in reponse.json()["results"]} == {"Fiche ici", "Fiche la"}
    client = entrer(pays["agents"]["région"])
    reponse = client.get(reverse("admin:autocomplete"), demande | {"term": "fiche"})
    assert reponse.json()["results"] == []
    partager(pays["ici"])
    reponse = client.get(reverse("admin:autocomplete"), demande | {"term": "fiche"})
    assert [r["text"] for r in reponse.json()["results"]] == ["Fiche ici"]
