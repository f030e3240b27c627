"""An edition of the map prepared on the screens of the admin, then closed for good."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories as f

COMPOSEE = ["Déplacer ou retirer des membres", "Aperçu", "Filiations", "Publier"]


@pytest.fixture
def brouillon(pays):
    return f.EditionCarteFactory(
        code="2027-01", date=datetime.date(2027, 1, 1), source="Liste de test", publiee_le=None
    )


def adresse(edition, page):
    return reverse(f"admin:territoires_editioncarte_{page}", args=[edition.pk])


def boutons(client, edition):
    return [bouton for bouton, _ in client.get(adresse(edition, "change")).context.get("pas", [])]


def membres(edition):
    return {
        perimetre.nom: sorted(str(membre) for membre in perimetre.membres.all())
        for perimetre in edition.perimetres.all()
    }


def test_an_edition_is_copied_moved_looked_at_and_published(pays, brouillon, entrer):
    client = entrer(pays["agents"]["délégation"])
    assert boutons(client, brouillon) == ["Copier l’édition 2023-11", "Publier"]
    assert client.get(adresse(brouillon, "copier")).status_code == 200
    assert membres(brouillon) == {}
    client.post(adresse(brouillon, "copier"))
    assert boutons(client, brouillon) == COMPOSEE
    avant = membres(brouillon)
    ici = brouillon.perimetres.get(nom="Territoire ici")
    membre = brouillon.membres.get(perimetre__nom="Territoire la")
    siren = membre.intercommunalite_id
    envoi = {"perimetre": ici.pk, "codes": f"{siren}\n999999999"}
    page = client.post(adresse(brouillon, "deplacer"), envoi)
    assert page.context["formulaire"].non_field_errors() == [
        "Ces codes ne sont ni un SIREN ni un code INSEE connu : 999999999. Rien n’a été déplacé."
    ]
    assert membres(brouillon) == avant
    fichier = SimpleUploadedFile("codes.txt", siren.encode())
    client.post(adresse(brouillon, "deplacer"), {"perimetre": ici.pk, "fichier": fichier})
    assert membres(brouillon) == {
        "Territoire ici": sorted(avant["Territoire ici"] + avant["Territoire la"]),
        "Territoire la": [],
    }
    page = client.get(adresse(brouillon, "publier"))
    assert page.context["apercu"].conflits == ["«\u202fTerritoire la\u202f» n’a aucun membre."]
    client.post(adresse(brouillon, "publier"))
    client.post(adresse(brouillon, "publier"), {"assume": "on"})
    brouillon.refresh_from_db()
    assert brouillon.publiee_le is None
    brouillon.perimetres.get(nom="Territoire la").delete()
    page = client.get(adresse(brouillon, "publier"))
    assert page.context["apercu"].comptes == [("fusionné", 1)]
    client.post(adresse(brouillon, "publier"))
    brouillon.refresh_from_db()
    assert brouillon.publiee_par == pays["agents"]["délégation"]


def test_a_published_edition_is_read_only(pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    perimetre = pays["ici"]["territoire"].perimetre_courant
    edition, avant = perimetre.edition, membres(perimetre.edition)
    assert boutons(client, edition) == []
    for page in ("copier", "deplacer", "voir", "publier"):
        for methode in (client.get, client.post):
            assert methode(adresse(edition, page)).status_code == 403, page
    page = reverse("admin:territoires_perimetre_change", args=[perimetre.pk])
    assert client.post(page, {"nom": "Autre"}).status_code == 403
    assert membres(edition) == avant


def test_only_the_delegation_prepares_an_edition(pays, brouillon, entrer):
    for genre in ("intercommunalité", "région"):
        client = entrer(pays["agents"][genre])
        assert boutons(client, brouillon) == []
        for page in ("copier", "deplacer", "voir", "publier"):
            for methode in (client.get, client.post):
                assert methode(adresse(brouillon, page)).status_code == 403, page
    assert membres(brouillon) == {}


def test_a_new_territoire_is_made_from_the_form_of_a_perimetre(pays, brouillon, entrer):
    page = entrer(pays["agents"]["délégation"]).get(reverse("admin:territoires_perimetre_add"))
    assert 'id="add_id_territoire"' in page.content.decode()
