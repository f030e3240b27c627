"""What does not come back of a deleted object is said; the délégation alone brings it back."""

import datetime

import pytest
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as f
from tests.config.admin.test_supprimes import LISTE, adresse_de, supprimer

pytestmark = pytest.mark.django_db


class TestItSaysWhatDoesNotComeBack:
    @pytest.fixture
    def convention(self, delegation):
        convention = f.ConventionFactory(reference="CV-1")
        f.SignataireConventionFactory(convention=convention, organisation="La Banque")
        return convention

    def test_a_key_that_was_taken_is_a_sentence(self, client, convention):
        assert supprimer(client, convention)
        f.ConventionFactory(reference="CV-1")
        page = client.post(adresse_de(convention))
        assert page.status_code == 409
        assert "ne peut pas revenir" in page.content.decode()
        assert not type(convention).objects.filter(pk=convention.pk).exists()

    def test_what_it_belongs_to_has_to_come_first(self, client, convention):
        partenaire = convention.partenaire
        assert supprimer(client, convention)
        type(partenaire).objects.filter(pk=partenaire.pk).delete()
        page = client.post(adresse_de(convention))
        assert page.status_code == 409
        assert "Ramenez-le d’abord" in page.content.decode()
        client.post(adresse_de(partenaire))
        assert client.post(adresse_de(convention)).status_code == 302

    def test_it_comes_back_once(self, client, convention):
        assert supprimer(client, convention)
        adresse = adresse_de(convention)
        assert client.post(adresse).status_code == 302
        assert client.post(adresse).status_code == 404
        assert convention.signataires.count() == 1

    def test_a_line_taken_away_before_stays_away(self, client, convention):
        retiree = f.SignataireConventionFactory(convention=convention, organisation="Retiré avant")
        retiree.delete()
        avant = type(retiree).history.filter(history_type="-").latest()
        avant.history_date -= datetime.timedelta(seconds=20)
        avant.save()
        assert supprimer(client, convention)
        client.post(adresse_de(convention))
        assert [s.organisation for s in convention.signataires.all()] == ["La Banque"]

    def test_a_file_that_left_the_disk_is_told(self, client, convention):
        document = f.DocumentConventionFactory(convention=convention, titre="Texte signé")
        assert supprimer(client, convention)
        default_storage.delete(document.fichier.name)
        page = client.post(adresse_de(convention), follow=True)
        dits = [str(m) for m in page.context["messages"]]
        assert any("Texte signé" in dit and "n’existe plus" in dit for dit in dits)
        assert convention.documents.count() == 1

    def test_a_password_does_not_come_back(self, client, delegation):
        agent = f.agent_delegation(username="parti", is_superuser=False)
        agent.set_password("Une-phrase-de-passe-42")
        agent.save()
        assert supprimer(client, agent)
        page = client.post(adresse_de(agent), follow=True)
        assert any("mot de passe" in str(m) for m in page.context["messages"])
        assert not type(agent).objects.get(username="parti").has_usable_password()


def test_the_delegation_alone_finds_them(pays, entrer):
    partenaire = f.PartenaireFactory(presentation="À relire")
    type(partenaire).objects.filter(pk=partenaire.pk).delete()
    for genre, agent in pays["agents"].items():
        client = entrer(agent)
        attendu = {"délégation": 200, "anonyme": 302, "sans périmètre": 403}.get(genre, 403)
        adresse = adresse_de(partenaire)
        assert client.get(LISTE).status_code == attendu, genre
        assert client.get(adresse).status_code == attendu, genre
        accueil = client.get(reverse("admin:index")).content.decode()
        assert (LISTE in accueil) is (genre == "délégation")
        if genre != "délégation":
            assert client.post(adresse).status_code in (302, 403)
            assert not type(partenaire).objects.filter(pk=partenaire.pk).exists()
    assert "À relire" in entrer(pays["agents"]["délégation"]).get(adresse).content.decode()


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(nombre, client, delegation):
    for convention in f.ConventionFactory.create_batch(nombre):
        convention.delete()
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(LISTE).status_code == 200
    # Session and agent, then one a kind of object.
    assert len(requetes) == 2 + len([m for m in admin.site._registry if hasattr(m, "history")])
