"""Profiles of columns, once named: listed, renamed, shared and removed by who imports."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from echanges.models import Correspondance
from tests import factories as f
from tests.formulaires import en_clair, envoi, lu

pytestmark = pytest.mark.django_db
LISTE = reverse("admin:echanges_correspondance_changelist")


def fiche(profil, page="change"):
    return reverse(f"admin:echanges_correspondance_{page}", args=[profil.pk])


def html(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


def enregistrer(client, profil, **champs):
    """What a browser would send of its form, with these fields changed."""
    page = client.get(fiche(profil))
    return client.post(fiche(profil), en_clair(envoi(page, "correspondance_form", **champs)))


def test_the_list_tells_of_what_and_whose_and_leaves_out_what_has_no_name(client, delegation):
    f.ProfilFactory(nom="DGCL périmètre", auteur=delegation)
    f.ProfilFactory(nom="", partage=False, auteur=delegation)
    (rangee,) = html(client.get(LISTE)).select("#result_list tbody tr")
    assert "DGCL périmètre" in rangee.text and "Communes" in rangee.text
    assert delegation.get_full_name() in rangee.text


def test_its_page_tells_each_column(client, delegation):
    page = html(client.get(fiche(f.ProfilFactory()))).text
    assert "codgeo → code" in page and "libgeo → nom" in page and "Ignorées\u202f: src" in page


def test_it_is_renamed_and_shared_and_its_history_tells_who(client, delegation):
    profil = f.ProfilFactory(nom="Avant", partage=False)
    assert enregistrer(client, profil, nom="  DGCL   périmètre ", partage="on").status_code == 302
    profil.refresh_from_db()
    assert (profil.nom, profil.partage) == ("DGCL périmètre", True)
    etape = client.get(fiche(profil, "history")).context["etapes"][0]
    assert etape["qui"] == delegation
    assert ("nom du profil", "Avant", "DGCL périmètre") in etape["changements"]


@pytest.mark.parametrize("nom", ["Pris", " Pris ", "", "   "])
def test_a_name_that_is_taken_or_empty_is_refused(client, delegation, nom):
    f.ProfilFactory(nom="Pris")
    profil = f.ProfilFactory(nom="Avant")
    page = enregistrer(client, profil, nom=nom)
    assert page.status_code == 200 and page.context["adminform"].form.errors["nom"]
    profil.refresh_from_db()
    assert profil.nom == "Avant"


def test_the_same_name_may_serve_other_objects(client, delegation):
    f.ProfilFactory(nom="DGCL", resource="intercommunalites")
    profil = f.ProfilFactory(nom="Avant")
    assert enregistrer(client, profil, nom="DGCL").status_code == 302


def test_it_is_removed_and_brought_back(client, delegation):
    profil = f.ProfilFactory(nom="DGCL périmètre")
    adresse = fiche(profil, "delete")
    client.post(adresse, lu(client, adresse) | {"post": "yes"})
    assert not Correspondance.objects.exists()
    page = client.get(reverse("admin:supprimes"))
    assert "DGCL périmètre" in page.content.decode()
