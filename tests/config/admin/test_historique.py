"""All that agents write in the admin can be read again: its history tells it, in French."""

import pytest
from django.contrib import admin
from django.db.models import CASCADE
from django.urls import reverse

from evenements.fusion import fusionner
from tests import factories as f
from tests.config.admin.test_matrice import AILLEURS, LUS, MODELES

PAGES = {nom: admin.site._registry[MODELES[nom]] for nom in sorted(set(MODELES) - AILLEURS - LUS)}
# Gone with what they hang on, and told there: mail, votes, what each step of a way said.
SANS = {"courriel", "preferencecourriel", "utilite", "trace", "passage", "reponse"}
SANS |= {"filtreenregistre", "mouvementfinancier", "reportetape", "logentry", "feuillet"}
SANS |= {"identiteliee", "cleapi", "abonnementagenda", "message"}
SANS |= {"noteinterne"}  # its région alone reads it: no history shows it to others
BIBLIOTHEQUES = {"account", "mfa", "usersessions"}  # how a person comes in


@pytest.mark.parametrize("nom", PAGES)
def test_each_object_and_each_of_its_rows_keep_their_history(nom):
    for modele in (PAGES[nom].model, *(ligne.model for ligne in PAGES[nom].inlines)):
        assert hasattr(modele, "history"), modele
        # The lists too: what was ticked is part of what was written.
        suivies = {champ.name for champ in modele.history.model._history_m2m_fields}
        listes = {
            c.name for c in modele._meta.many_to_many if c.remote_field.through._meta.auto_created
        }
        assert listes - suivies <= {"groups", "user_permissions", "regions"}, modele


def test_what_a_deletion_carries_off_keeps_its_history():
    for page in PAGES.values():
        for relation in page.model._meta.related_objects:
            if getattr(relation, "on_delete", None) is CASCADE:
                autre = relation.related_model
                if autre._meta.app_label not in BIBLIOTHEQUES:
                    assert hasattr(autre, "history") or autre._meta.model_name in SANS, relation


def test_no_secret_stands_in_the_history():
    champs = {champ.name for champ in MODELES["agent"].history.model.tracked_fields}
    assert not champs & {"password", "is_superuser", "last_login"}


@pytest.mark.django_db
class TestAnAgent:
    def test_signing_in_is_no_change(self, client):
        agent = f.AgentFactory(username="une")
        agent.set_password("Une-phrase-de-passe-42")
        agent.save()
        avant = agent.history.count()
        assert client.login(username="une", password="Une-phrase-de-passe-42")
        assert agent.history.count() == avant

    def test_nobody_deletes_its_own_account(self, client, delegation):
        page = client.get(reverse("admin:territoires_agent_delete", args=[delegation.pk]))
        assert page.status_code == 403


@pytest.mark.django_db
class TestAText:
    def test_before_and_after_are_told_with_who_and_when(self, client, delegation):
        partenaire = f.PartenaireFactory(presentation="Avant")
        partenaire.presentation = "Après"
        partenaire._history_user = delegation
        partenaire.save()
        page = client.get(reverse("admin:programme_partenaire_history", args=[partenaire.pk]))
        (etape, _) = page.context["etapes"]
        assert (etape["geste"], etape["qui"]) == ("Modification", delegation)
        assert etape["changements"] == [("présentation", "Avant", "Après")]

    def test_a_row_taken_away_is_read_again(self, client, delegation):
        intervention = f.InterventionFactory(resume="Ce qui fut dit")
        sequence = intervention.sequence
        intervention.delete()
        page = client.get(reverse("admin:evenements_sequence_history", args=[sequence.pk]))
        assert "Ce qui fut dit" in page.content.decode()

    def test_a_list_is_told_by_its_names(self, client, delegation):
        offre, axe = f.OffreDeServiceFactory(), f.AxeFactory(nom="Décarboner")
        offre.axes.add(axe)
        page = client.get(reverse("admin:programme_offredeservice_history", args=[offre.pk]))
        assert "Décarboner" in page.content.decode()

    def test_what_it_pointed_to_may_be_gone(self, client, delegation):
        partenaire = f.PartenaireFactory()
        offre = f.OffreDeServiceFactory()
        offre.partenaire, ancien = partenaire, offre.partenaire
        offre.save()
        ancien.delete()
        adresse = reverse("admin:programme_offredeservice_history", args=[offre.pk])
        assert client.get(adresse).status_code == 200

    @pytest.mark.parametrize("nom", ["bonnepratique", "assemblee"])
    def test_publishing_from_the_list_is_told(self, nom, client, delegation):
        fabrique = {"bonnepratique": f.BonnePratiqueFactory, "assemblee": f.AssembleeFactory}[nom]
        objet = fabrique(publiee_le=None)
        meta = objet._meta
        liste = reverse(f"admin:{meta.app_label}_{nom}_changelist")
        choisi = {"action": "publier", "_selected_action": [objet.pk], "confirme": "oui"}
        assert client.post(liste, choisi).status_code == 302
        derniere = objet.history.first()
        assert derniere.publiee_le and derniere.history_user == delegation

    def test_two_people_made_one_is_told(self, delegation):
        garde, double = f.IntervenantFactory.create_batch(2)
        intervention = f.InterventionFactory(intervenant=double)
        fusionner(garde, doublons=[double.pk])
        assert intervention.history.first().intervenant_id == garde.pk
        assert garde.autres_noms.get().history.count() == 1
