"""Other programmes of a territoire: written by who works for it, shown, filtered, exported."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from territoires.liens.models import LienProgramme
from tests import factories as f
from tests.echanges.outils import importer

pytestmark = pytest.mark.django_db

AJOUT = reverse("admin:territoires_lienprogramme_add")


@pytest.fixture
def territoire():
    return f.territoire_publie("75", nom="Val d’Ici", identifiant="val")


def liens_de(client, adresse):
    soupe = BeautifulSoup(client.get(adresse).content, "html.parser")
    return {lien.text.strip(): lien["href"] for lien in soupe.main.select("a[href]")}


def test_who_works_for_it_writes_and_everybody_reads(territoire, client):
    envoi = {"genre": "crte", "nom": "CRTE du Béarn", "adresse": "https://crte.exemple.invalid/"}
    client.force_login(f.agents_de(f.territoire_publie("76"))[0])
    refuse = client.post(AJOUT, envoi | {"territoire": territoire.pk})
    assert "territoire" in refuse.context["adminform"].form.errors
    client.force_login(f.agents_de(territoire)[0])
    assert client.post(AJOUT, envoi | {"territoire": territoire.pk}).status_code == 302
    assert LienProgramme.objects.get().reference == "crte-val"
    client.logout()
    lus = liens_de(client, territoire.get_absolute_url())
    assert lus["CRTE du Béarn"] == "https://crte.exemple.invalid/"


def test_lists_are_filtered_by_it(territoire, client):
    autre = f.territoire_publie("76", nom="Là-bas")
    lien = f.LienProgrammeFactory(territoire=territoire, genre="ort")
    f.LienProgrammeFactory(territoire=autre)
    contrat = f.ContratFactory(territoire=territoire)
    contrat.liens.add(lien)
    f.ContratFactory(territoire=autre)
    for nom, attendu in (("territoires", territoire), ("contrats", contrat)):
        page = client.get(reverse(nom), {"programme": "ort"})
        assert list(page.context["page_obj"]) == [attendu]
    assert lien.nom in client.get(contrat.get_absolute_url()).content.decode()


def test_a_contrat_takes_no_link_of_another_territoire(territoire, client):
    client.force_login(f.agent_delegation())
    contrat = f.ContratFactory(territoire=territoire)
    autre = f.LienProgrammeFactory()
    tables = ("signataires", "lignes_fiches", "avenants", "documents")
    envoi = {f"{nom}-{genre}_FORMS": 0 for nom in tables for genre in ("TOTAL", "INITIAL")}
    envoi |= {"territoire": territoire.pk, "type": "contrat", "etat": "signe"}
    envoi |= {"signe_le": "15/07/2019", "liens": autre.pk}
    page = client.post(reverse("admin:programme_contrat_change", args=[contrat.pk]), envoi)
    assert page.context["adminform"].form.errors["liens"]


def test_a_file_gives_each_new_one_its_reference(territoire):
    lignes = "reference,territoire,genre,nom\n,val,pvd,Orthez\n,val,pvd,Mourenx\n"
    importer("liens_programmes", lignes.encode())
    assert set(LienProgramme.objects.values_list("reference", flat=True)) == {
        "pvd-val",
        "pvd-val-2",
    }


def test_the_search_finds_a_territoire_by_it(territoire, client):
    f.LienProgrammeFactory(territoire=territoire, genre="pvd", nom="Kanari-sur-Gave")
    for demande in ("Kanari", "petites villes de demain"):
        lue = client.get("/recherche/", {"q": demande}).content.decode()
        assert territoire.get_absolute_url() in lue, demande
