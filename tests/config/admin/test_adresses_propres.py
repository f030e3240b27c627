"""Every button and screen of the admin that is not Django's own: who enters, by GET and by POST.

Written as a table: an address that is not in it fails the first test.
"""

import datetime

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests import factories as f
from tests.config.admin.test_adresses import PROPRES
from tests.config.admin.test_matrice import MODELES

DU_TERRITOIRE = {"intercommunalité", "délégation"}  # a draft that is not shared
DU_COMITE, DELEGATION = {"région", "délégation"}, {"délégation"}
# Who may ask each page about its own row; nobody else gets anything but a refusal.
PAGES = {
    ("ficheaction", "dupliquer"): DU_TERRITOIRE,
    ("ficheaction", "pdf"): DU_TERRITOIRE,
    ("convention", "avenant"): DELEGATION,
    ("convention", "publier"): DELEGATION,
    ("bonnepratique", "publier"): DELEGATION,
    ("pageeditoriale", "publier"): DELEGATION,
    ("pageeditoriale", "retirer"): DELEGATION,
    ("pageeditoriale", "voir"): DELEGATION,
    ("actualite", "publier"): DELEGATION,
    ("actualite", "retirer"): DELEGATION,
    ("actualite", "voir"): DELEGATION,
    ("obstaclenational", "publier"): DELEGATION,
    ("obstaclenational", "retirer"): DELEGATION,
    ("demandeperimetre", "appliquer"): DELEGATION,
    ("editioncarte", "coller"): DELEGATION,
    ("editioncarte", "copier"): DELEGATION,
    ("editioncarte", "deplacer"): DELEGATION,
    ("editioncarte", "filiations"): DELEGATION,
    ("editioncarte", "publier"): DELEGATION,
    ("editioncarte", "voir"): DELEGATION,
    ("seance", "avis"): DU_COMITE,
    ("seance", "clore"): DU_COMITE,
    ("seance", "dossier"): DU_COMITE,
    ("seance", "dossier_pdf"): DU_COMITE,
    ("seance", "ordre_du_jour"): DU_COMITE,
    ("seance", "presences"): DU_COMITE,
    ("seance", "releve"): DU_COMITE,
    ("seance", "releve_pdf"): DU_COMITE,
    ("assemblee", "coller"): DELEGATION,
    ("assemblee", "publier"): DELEGATION,
}
# Need more than one row's key; each has its own tests: steps, follow-up, modifications, avis…
AILLEURS = {
    *(("agent", page) for page in ("invitation", "inviter")),
    ("agent", "retirer_facteur"),
    ("ficheaction", "parcours"),
    ("ficheaction", "partage"),
    *(("ficheaction", page) for page in ("suivi", "mouvement", "annuler_mouvement", "financeur")),
    *(("ficheaction", page) for page in ("etape", "nouvelle_etape", "rattacher")),
    *(("ficheaction", page) for page in ("modifier", "modification", "modification_pas")),
    ("ficheaction", "bilan"),
    ("seance", "avis_point"),
    ("seance", "rectifier_avis"),
    ("assemblee", "document"),
    ("assemblee", "voir"),
    ("import", "annuler"),
    ("import", "miens"),
    ("mandat", "territoire"),
    ("contrat", "avenant"),
    ("convention", "engagement"),
}
GENRES = ["anonyme", "sans périmètre", "intercommunalité", "région", "délégation"]
REFUS = {302, 403, 404}


def propres():
    return {(modele, page) for modele, pages in PROPRES.items() for page in pages}


def test_every_screen_has_its_line():
    assert propres() == {*PAGES, *AILLEURS}


@pytest.fixture
def objets(pays):
    brouillon = f.EditionCarteFactory(
        code="2027-01", date=datetime.date(2027, 1, 1), publiee_le=None
    )
    f.PerimetreFactory(edition=brouillon)
    ici = pays["ici"]
    return {
        "ficheaction": ici["ficheaction"],
        "demandeperimetre": ici["demandeperimetre"],
        "seance": ici["seance"],
        "editioncarte": brouillon,
        "convention": f.ConventionFactory(publiee=False),
        "bonnepratique": f.BonnePratiqueFactory(),
        "pageeditoriale": f.PageEditorialeFactory(publiee_le=None),
        "actualite": f.ActualiteFactory(publiee_le=None),
        "obstaclenational": f.ObstacleNationalFactory(),
        "assemblee": f.AssembleeFactory(publiee_le=None),
        "agent": f.AgentFactory(),
    }


def adresse(nom, page, objet):
    base = f"admin:{MODELES[nom]._meta.app_label}_{nom}_{page}"
    try:
        return reverse(base, args=[objet.pk])
    except NoReverseMatch:
        return reverse(base)


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("genre", GENRES)
def test_each_screen_opens_to_whom_it_says_and_to_nobody_else(genre, pays, objets, entrer):
    client = entrer(pays["agents"][genre])
    for (nom, page), admis in PAGES.items():
        lue = client.get(adresse(nom, page, objets[nom]))
        if genre not in admis:
            assert lue.status_code in REFUS, (nom, page)
            envoyee = client.post(adresse(nom, page, objets[nom]))
            assert envoyee.status_code in {*REFUS, 405}, (nom, page)
        elif lue.status_code != 200:  # sent back with a reason: nothing to show about this row
            assert lue.status_code == 302, (nom, page)
            assert "/login/" not in lue["Location"], (nom, page)


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("genre", ["région voisine", "intercommunalité voisine"])
def test_the_screens_of_a_row_are_closed_to_the_neighbours(genre, pays, objets, entrer):
    client = entrer(pays["agents"][genre])
    for nom, page in PAGES:
        if nom in ("ficheaction", "seance", "demandeperimetre"):
            for methode in (client.get, client.post):
                reponse = methode(adresse(nom, page, objets[nom]))
                assert reponse.status_code in REFUS, (nom, page)


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("genre", GENRES[:-1])
def test_only_the_delegation_imports(genre, pays, entrer):
    client = entrer(pays["agents"][genre])
    for nom, modele in MODELES.items():
        noms = {route.name for route in admin.site._registry[modele].get_urls()}
        page = f"{modele._meta.app_label}_{nom}_importer"
        if page in noms:
            for methode in (client.get, client.post):
                assert methode(reverse(f"admin:{page}")).status_code in {302, 403}, nom
