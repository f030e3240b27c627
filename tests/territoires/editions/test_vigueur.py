"""An edition is in force from its day, in Paris, without a person doing anything."""

import datetime
from unittest import mock

import pytest
from django.core.management import call_command
from django.urls import reverse

from territoires.editions import vigueur
from territoires.editions.models import EditionCarte, Territoire
from tests import factories as f

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2090, 3, 1)
DITE = "édition du 1er mars 2090"
# Paris is one hour ahead: the day has come there, not yet in universal time.
VEILLE = datetime.datetime(2090, 2, 28, 22, 59, 59, tzinfo=datetime.UTC)
MINUIT = datetime.datetime(2090, 2, 28, 23, 0, 0, tzinfo=datetime.UTC)


def a(instant):
    return mock.patch("django.utils.timezone.now", return_value=instant)


@pytest.fixture
def annonce():
    """Two territoires today; from the day of the next edition one has another name and place."""
    reste, sort = f.territoire_publie(nom="Reste"), f.territoire_publie(nom="Sort")
    region = f.RegionFactory()
    edition = f.EditionCarteFactory(code="2090-03", date=JOUR, publiee_le=None)
    entre = f.territoire_publie(region, nom="Entre", edition=edition)
    commune = f.CommuneFactory(intercommunalite__departement__region=region)
    f.ContourFactory(intercommunalite=commune.intercommunalite)
    f.PerimetreFactory(
        edition=edition,
        territoire=reste,
        nom="Reste autrement",
        membres=[commune.intercommunalite],
    )
    edition.publier(f.agent_delegation())
    for territoire in (reste, sort, entre):
        territoire.refresh_from_db()
    return {"edition": edition, "region": region, "reste": reste, "sort": sort, "entre": entre}


def courants():
    lignes = Territoire.objects.exclude(perimetre_courant=None)
    return dict(lignes.values_list("nom", "perimetre_courant__edition__code"))


def test_published_with_a_future_date_it_changes_nothing_before_its_day(annonce):
    assert courants() == {"Reste": "2023-11", "Sort": "2023-11"}
    with a(VEILLE):
        assert EditionCarte.objects.en_vigueur().code == "2023-11"
        assert vigueur.mettre_en_vigueur() is None
    with a(MINUIT):
        assert EditionCarte.objects.en_vigueur() == annonce["edition"]
        assert vigueur.mettre_en_vigueur() == annonce["edition"]
        assert vigueur.mettre_en_vigueur() is None
        assert {t.nom for t in Territoire.objects.en_vigueur()} == {"Reste", "Entre"}
    assert courants() == {"Reste": "2090-03", "Sort": "2023-11", "Entre": "2090-03"}


def test_the_rights_of_a_region_come_with_the_day(annonce):
    agent = f.AgentFactory(niveau="region", regions=[annonce["region"]])
    assert [*Territoire.objects.du_perimetre(agent)] == []
    with a(MINUIT):
        call_command("mettre_en_vigueur")
    assert {t.nom for t in Territoire.objects.du_perimetre(agent)} == {"Reste", "Entre"}


def test_the_first_visit_of_the_day_sees_the_new_map_on_every_page(annonce, client):
    pages = {
        reverse("carte-en-vigueur"): DITE,
        reverse("territoires"): "Entre",
        reverse("recherche") + "?q=Entre": "<mark>Entre</mark></a>",
        reverse("accueil"): "2090",
        reverse("donnees-csv", args=["territoires", "machine"]): "Entre",
        reverse("donnees-csv", args=["perimetres", "machine"]): "Reste autrement",
        reverse("fichier-en-vigueur", args=["territoires.geojson"]): "Entre",
        annonce["region"].get_absolute_url(): "Reste autrement",
    }

    def presents():
        return {page: attendu in lire(client.get(page)) for page, attendu in pages.items()}

    with a(VEILLE):
        assert presents() == dict.fromkeys(pages, False)
    with a(MINUIT):
        assert presents() == dict.fromkeys(pages, True)
    assert courants()["Entre"] == "2090-03"


def lire(reponse):
    assert reponse.status_code == 200
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    return octets.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_is_not_answered_after_midnight(annonce, client):
    """The answers kept while nothing is written know the day; nothing else changes it here."""
    adresse = annonce["edition"].get_absolute_url()
    with a(VEILLE):
        for _ in range(2):
            page = client.get(adresse)
            assert "entrera en vigueur le 1" in " ".join(page.content.decode().split())
            assert "2023-11" in client.get(reverse("carte-en-vigueur")).content.decode()
        marque = page["ETag"]
    with a(MINUIT):
        page = client.get(adresse, headers={"If-None-Match": marque})
        assert page.status_code == 200
        assert "entrera en vigueur" not in page.content.decode()
        assert DITE in client.get(reverse("carte-en-vigueur")).content.decode()


def test_an_announced_territoire_leads_to_its_map_until_it_has_a_page(annonce, client):
    adresse = annonce["entre"].get_absolute_url()
    assert client.get(adresse)["Location"] == annonce["edition"].get_absolute_url()
    with a(MINUIT):
        assert client.get(adresse).status_code == 200


def test_a_commune_is_told_where_it_will_be(annonce, client):
    commune = annonce["entre"].perimetres.get().communes().first()
    page = client.get(reverse("recherche"), {"q": commune.pk}).content.decode()
    assert "À partir du 1er mars 2090, elle sera dans" in page
    assert "<strong>Non</strong>" in page


def test_the_page_to_publish_says_when_and_what_waits(client, delegation):
    ici = f.territoire_publie(nom="Ici")
    demande = f.DemandePerimetreFactory(perimetre=ici.perimetre_courant, etat="acceptee")
    edition = f.EditionCarteFactory(code="2090-03", date=JOUR, publiee_le=None)
    membre = f.intercommunalites_de(ici)[0]
    f.PerimetreFactory(edition=edition, territoire=ici, membres=[membre])
    f.PerimetreFactory(edition=edition, membres=[f.IntercommunaliteFactory()])
    page = client.get(reverse("admin:territoires_editioncarte_publier", args=[edition.pk]))
    texte = page.content.decode()
    assert "entrera en vigueur le 1er mars 2090" in texte
    assert demande.reference in texte
    assert "1 filiation à confirmer" in texte
    assert "n’a pas de contour" in texte
