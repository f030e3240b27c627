"""A second assemblée, from nothing: entered by hand, published, exported, wiped, imported back."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from echanges.dialectes import DIALECTES
from evenements.models import Assemblee, Intervenant
from tests import factories as f
from tests.echanges.outils import exporter, importer
from tests.evenements.test_saisie import lignes

pytestmark = pytest.mark.django_db
FICHIERS = [
    *("assemblees", "sequences", "intervenants", "autres_noms"),
    *("interventions", "documents", "corrections", "annonces"),
]
PROGRAMME = """Jeudi 9 novembre 2023
9h30 – 10h15 : Ouverture (auditorium)
- Camille Exemple, présidente, Association inventée
10h30 – 12h : Ateliers en parallèle
Atelier 1 : les compétences
- Dominique Essai, ingénieur
Atelier 2 : le foncier
Après-midi : Annonce de la nouvelle carte
"""


def page_publique(client, assemblee):
    """What the public reads, without the addresses of this very request."""
    client.logout()
    page = BeautifulSoup(client.get(assemblee.get_absolute_url()).content, "html.parser")
    return str(page.main)


def saisir(client, edition):
    envoi = {"titre": "Assemblée de Chalon-sur-Saône", "ville": "Chalon-sur-Saône"}
    envoi |= {"date_debut": "09/11/2023", "date_fin": "09/11/2023", "edition": edition.pk}
    envoi |= {"resume": "La phase 2 s’ouvre avec 183 territoires.", "source": "Essai (inventé)."}
    envoi |= lignes("sequences") | lignes(
        "documents", {"titre": "Liste des territoires", "lien": "https://exemple.fr/liste"}
    )
    assert client.post(reverse("admin:evenements_assemblee_add"), envoi).status_code == 302
    assemblee = Assemblee.objects.get()
    coller = reverse("admin:evenements_assemblee_coller", args=[assemblee.pk])
    assert client.post(coller, {"texte": PROGRAMME}).context["refus"] == []
    assert client.post(coller, {"texte": PROGRAMME, "confirmer": "oui"}).status_code == 302
    return assemblee


def raconter(client, assemblee, edition):
    """The account of the last séquence, its speaker made on the spot, and what it announced."""
    carte = assemblee.sequences.get(type="annonce")
    envoi = {"titre": carte.titre, "type": "annonce", "jour": "09/11/2023", "ordre": carte.ordre}
    envoi |= {"moment": "apres_midi", "debut": "", "fin": "", "salle": "", "compte_rendu": "Oui."}
    envoi |= lignes("interventions", {"nouveau": "Alex Exemple, délégué", "citation": "Enfin !"})
    envoi |= lignes(
        "annonces", {"texte": "183 territoires", "nature": "promesse", "edition": edition.pk}
    )
    adresse = reverse("admin:evenements_sequence_change", args=[carte.pk])
    assert client.post(adresse, envoi).status_code == 302


def test_chalon_is_entered_published_wiped_and_back_to_the_letter(client):
    delegation = f.agent_delegation()
    edition = f.EditionCarteFactory(
        code="2023-11", date=datetime.date(2023, 11, 9), nombre_annonce=183
    )
    client.force_login(delegation)
    assemblee = saisir(client, edition)
    raconter(client, assemblee, edition)
    publier = reverse("admin:evenements_assemblee_publier", args=[assemblee.pk])
    assert client.post(publier).status_code == 302

    page = page_publique(client, assemblee)
    for mots in ("183 territoires", "Atelier 2 : le foncier", "Alex Exemple", "Enfin !"):
        assert mots in page, mots
    fichiers = {
        dialecte: {nom: exporter(nom, dialecte=dialecte) for nom in FICHIERS}
        for dialecte in DIALECTES.values()
    }
    for contenus in fichiers.values():
        Assemblee.objects.all().delete()
        Intervenant.objects.all().delete()
        for nom, contenu in contenus.items():
            if contenu.count(b"\n") > 1:
                importer(nom, contenu)
        retrouvee = Assemblee.objects.get()
        assert page_publique(client, retrouvee) == page
        for dialecte, attendus in fichiers.items():
            assert {nom: exporter(nom, dialecte=dialecte) for nom in FICHIERS} == attendus


def test_the_edition_leads_back_to_the_assemblee_that_showed_it(client):
    edition = f.EditionCarteFactory(code="2023-11", date=datetime.date(2023, 11, 9))
    annonce = f.AnnonceFactory(contrat=None, edition=edition)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert annonce.sequence.assemblee.get_absolute_url() in page
