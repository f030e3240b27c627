"""A request that the comités accepted goes into an edition in preparation, once, in words."""

import datetime

import pytest
from django.urls import reverse

from programme.comites.models import DemandePerimetre
from tests import factories as f


@pytest.fixture
def brouillon(pays):
    edition = f.EditionCarteFactory(code="2027-01", date=datetime.date(2027, 1, 1), publiee_le=None)
    for lieu in ("ici", "la"):
        territoire = pays[lieu]["territoire"]
        membres = [m.intercommunalite for m in territoire.perimetre_courant.membres.all()]
        f.PerimetreFactory(edition=edition, territoire=territoire, membres=membres, nom=lieu)
    return edition


@pytest.fixture
def demande(pays, brouillon):
    """« ici » gives up what it has and takes what « la » has."""
    demande = pays["ici"]["demandeperimetre"]
    demande.mouvements.all().delete()
    for sens, lieu in (("retrait", "ici"), ("ajout", "la")):
        membre = pays[lieu]["territoire"].perimetre_courant.membres.get().intercommunalite
        f.MouvementDemandeFactory(demande=demande, sens=sens, intercommunalite=membre)
    DemandePerimetre.objects.filter(pk=demande.pk).update(etat="acceptee")
    demande.refresh_from_db()
    return demande


def adresse(demande, page="appliquer"):
    return reverse(f"admin:programme_demandeperimetre_{page}", args=[demande.pk])


def composition(edition):
    return {p.nom: [str(m) for m in p.membres.all()] for p in edition.perimetres.all()}


def test_an_accepted_request_moves_members_and_says_what_it_moved(pays, brouillon, demande, entrer):
    ajoute, retire = (demande.mouvements.get(sens=s).intercommunalite for s in ("ajout", "retrait"))
    client = entrer(pays["agents"]["délégation"])
    assert client.get(adresse(demande, "change")).context["suites"]
    client.post(adresse(demande), {"edition": brouillon.pk})
    demande.refresh_from_db()
    assert composition(brouillon) == {"ici": [str(ajoute)], "la": []}
    assert demande.application == (f"{ajoute} : ajouté, venu de « la ».\n{retire} : retiré.")
    assert demande.appliquee_par == pays["agents"]["délégation"]
    ici = brouillon.perimetres.get(nom="ici")
    assert list(ici.regions.all()) == pays["la"]["territoire"].regions
    page = client.get(reverse("admin:territoires_editioncarte_change", args=[brouillon.pk]))
    assert demande.reference in page.content.decode()
    assert "ajouté, venu de" in client.get(adresse(demande, "change")).content.decode()


def test_it_is_applied_once_and_only_when_accepted(pays, brouillon, demande, entrer):
    client = entrer(pays["agents"]["délégation"])
    DemandePerimetre.objects.filter(pk=demande.pk).update(etat="deposee")
    avant = composition(brouillon)
    page = client.post(adresse(demande), {"edition": brouillon.pk})
    assert page.context["formulaire"].non_field_errors() == [
        "Seule une demande acceptée s’applique à une édition."
    ]
    assert composition(brouillon) == avant
    DemandePerimetre.objects.filter(pk=demande.pk).update(etat="acceptee")
    client.post(adresse(demande), {"edition": brouillon.pk})
    apres = composition(brouillon)
    page = client.post(adresse(demande), {"edition": brouillon.pk})
    assert page.context["formulaire"].non_field_errors() == [
        "Cette demande est déjà appliquée à l’édition du 1er janvier 2027."
    ]
    assert composition(brouillon) == apres


def test_a_published_edition_takes_no_request(pays, brouillon, demande, entrer):
    publiee = pays["ici"]["territoire"].perimetre_courant.edition
    avant = composition(publiee)
    client = entrer(pays["agents"]["délégation"])
    page = client.post(adresse(demande), {"edition": publiee.pk})
    assert "edition" in page.context["formulaire"].errors
    assert composition(publiee) == avant


def test_only_the_delegation_applies(pays, brouillon, demande, entrer):
    avant = composition(brouillon)
    for genre in ("intercommunalité", "région", "région voisine", "sans périmètre", "anonyme"):
        client = entrer(pays["agents"][genre])
        for methode in (client.get, client.post):
            assert methode(adresse(demande), {"edition": brouillon.pk}).status_code in (302, 403)
    assert composition(brouillon) == avant
