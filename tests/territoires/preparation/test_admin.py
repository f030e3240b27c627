"""An edition of the map prepared on the screens of the admin, then closed for good."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from territoires.editions.models import EditionCarte
from territoires.preparation.brouillons import copier
from tests import factories as f

COMPOSEE = ["Territoires", "Ajouter un territoire", "Placer des membres par un collage"]
COMPOSEE += ["Déplacer ou retirer des membres", "Aperçu", "Filiations", "Publier"]


@pytest.fixture
def brouillon(pays):
    return f.EditionCarteFactory(
        code="2027-01",
        date=datetime.date(2027, 1, 1),
        source="Liste de test",
        nombre_annonce=None,
        publiee_le=None,
    )


def adresse(edition, page):
    return reverse(f"admin:territoires_editioncarte_{page}", args=[edition.pk])


def boutons(client, edition):
    page = client.get(adresse(edition, "change"))
    return [bouton for _, bouton, _ in page.context.get("suites", [])]


def membres(edition):
    return {
        perimetre.nom: sorted(str(membre) for membre in perimetre.membres.all())
        for perimetre in edition.perimetres.all()
    }


def test_an_edition_is_copied_moved_looked_at_and_published(pays, brouillon, entrer):
    client = entrer(pays["agents"]["délégation"])
    assert boutons(client, brouillon) == [
        "Ajouter un territoire",
        "Copier l’édition du 9 novembre 2023",
        "Publier",
    ]
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
        "Ces SIREN sont mal recopiés, leur clé de contrôle est fausse : 999999999.",
        "Rien n’a changé.",
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
    client.post(adresse(brouillon, "publier"), {"assume": "on", "source": "Liste"})
    brouillon.refresh_from_db()
    assert brouillon.publiee_le is None
    brouillon.perimetres.get(nom="Territoire la").delete()
    page = client.get(adresse(brouillon, "publier"))
    assert page.context["apercu"].comptes == [("fusionné", 1)]
    client.post(adresse(brouillon, "publier"), {"source": "Arrêté de test"})
    brouillon.refresh_from_db()
    assert brouillon.source == "Arrêté de test"
    assert brouillon.publiee_par == pays["agents"]["délégation"]


def test_a_refused_file_of_codes_is_kept_to_be_corrected(pays, brouillon, entrer):
    client = entrer(pays["agents"]["délégation"])
    source = pays["ici"]["territoire"].perimetre_courant.edition
    copier(source, brouillon)
    ici, avant = brouillon.perimetres.get(nom="Territoire ici"), membres(brouillon)
    siren = brouillon.membres.get(perimetre__nom="Territoire la").intercommunalite_id
    fichier = SimpleUploadedFile("codes.csv", f"Siren;Nom\n{siren};Été\n12;?".encode("cp1252"))
    envoi = {"perimetre": ici.pk, "codes": "27", "fichier": fichier}
    page = client.post(adresse(brouillon, "deplacer"), envoi)
    assert page.context["formulaire"]["codes"].value() == f"27\nSiren;Nom\n{siren};Été\n12;?"
    assert page.context["formulaire"]["perimetre"].value() == str(ici.pk)
    assert membres(brouillon) == avant
    client.post(adresse(brouillon, "deplacer"), {"codes": siren, "retirer": "oui"})
    page = client.post(
        adresse(brouillon, "deplacer"), {"codes": siren, "retirer": "oui"}, follow=True
    )
    assert "N’y étaient pas" in page.content.decode()
    assert membres(brouillon)["Territoire la"] == []


def test_a_new_edition_starts_as_a_copy_and_follows_the_one_copied(pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    source = pays["ici"]["territoire"].perimetre_courant.edition
    ajouter = reverse("admin:territoires_editioncarte_add")
    assert client.get(ajouter).context["adminform"].form["suit"].value() == source.pk
    envoi = {"code": "2027-01", "precision": "jour", "composition_connue": "on", "suit": source.pk}
    page = client.post(ajouter, envoi | {"date": "01/01/2019"})
    assert page.context["adminform"].form.errors["date"] == [
        "Cette édition suit l’édition du 9 novembre 2023\u202f: sa date doit être postérieure au "
        "09/11/2023."
    ]
    client.post(ajouter, envoi | {"date": "01/01/2027"})
    nouvelle = EditionCarte.objects.get(code="2027-01")
    assert membres(nouvelle) == membres(source)
    assert nouvelle.publiee_le is None


def test_publishing_the_composition_of_an_announced_number_asks_for_its_source(pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    annoncee = f.EditionCarteFactory(
        code="2024-12", date=datetime.date(2024, 12, 1), composition_connue=False, nombre_annonce=3
    )
    copier(pays["ici"]["territoire"].perimetre_courant.edition, annoncee)
    page = client.get(adresse(annoncee, "publier"))
    assert page.context["formulaire"]["source"].value() == ""
    assert page.context["apercu"].conflits == [
        "3 territoires ont été annoncés, cette édition en a 2."
    ]
    page = client.post(adresse(annoncee, "publier"), {"assume": "on"})
    assert set(page.context["formulaire"].errors) == {"source"}
    client.post(adresse(annoncee, "publier"), {"assume": "on", "source": "Arrêté de test"})
    annoncee.refresh_from_db()
    assert (annoncee.est_figee, annoncee.source) == (True, "Arrêté de test")


def test_a_published_edition_is_read_only(pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    perimetre = pays["ici"]["territoire"].perimetre_courant
    edition, avant = perimetre.edition, membres(perimetre.edition)
    assert boutons(client, edition) == ["Territoires"]
    for page in ("copier", "coller", "deplacer", "voir", "publier"):
        for methode in (client.get, client.post):
            assert methode(adresse(edition, page)).status_code == 403, page
    page = reverse("admin:territoires_perimetre_change", args=[perimetre.pk])
    assert client.post(page, {"nom": "Autre"}).status_code == 403
    assert membres(edition) == avant


def test_only_the_delegation_prepares_an_edition(pays, brouillon, entrer):
    for genre in ("intercommunalité", "région"):
        client = entrer(pays["agents"][genre])
        assert boutons(client, brouillon) == []
        for page in ("copier", "coller", "deplacer", "voir", "publier"):
            for methode in (client.get, client.post):
                assert methode(adresse(brouillon, page)).status_code == 403, page
    assert membres(brouillon) == {}


def test_a_new_territoire_is_made_from_the_form_of_a_perimetre(pays, brouillon, entrer):
    page = entrer(pays["agents"]["délégation"]).get(reverse("admin:territoires_perimetre_add"))
    assert 'id="add_id_territoire"' in page.content.decode()
