"""The news of an action: public or internal, told to those who follow, signed."""

import datetime

import pytest
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.management.commands import envoyer_courriels
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.programme.fiches.outils import adresse, ajouter, envoi

pytestmark = pytest.mark.django_db
SAISIE = {"le": "2024-05-02", "titre": "Le chantier ouvre", "texte": "Pour dix mois"}


@pytest.fixture
def fiche():
    fiche = une_fiche_decidee()
    Courriel.objects.all().delete()
    return fiche


def ecrire(client, fiche, **valeurs):
    donnees = ajouter(envoi(client.get(adresse(fiche))), "nouvelles", **(SAISIE | valeurs))
    return client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees})


def test_those_who_follow_tell_it_and_the_others_hear(fiche, client):
    siens = (*f.agents_de(fiche.territoire), f.agent_delegation())
    for agent in siens:
        Courriel.objects.all().delete()
        client.force_login(agent)
        assert ecrire(client, fiche, titre=f"Par {agent.pk}").status_code == 302
        dite = fiche.nouvelles.get(titre=f"Par {agent.pk}")
        assert (dite.auteur, dite.publique) == (agent, False)
        assert {c.agent for c in Courriel.objects.all()} == set(siens[:2]) - {agent}
        assert {c.genre for c in Courriel.objects.all()} == {"information"}
    Courriel.objects.all().delete()
    donnees = envoi(client.get(adresse(fiche)))
    client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees})
    assert fiche.nouvelles.count() == 3
    assert not Courriel.objects.exists()


def test_correcting_one_tells_nobody_again_and_leaves_its_author(fiche, client):
    auteur = f.agents_de(fiche.territoire)[1]
    dite = f.NouvelleFactory(fiche=fiche, auteur=auteur, publique=False)
    client.force_login(f.agents_de(fiche.territoire)[0])
    donnees = envoi(client.get(adresse(fiche)), nouvelles_0_titre=None)
    donnees["nouvelles-0-titre"] = "Corrigée"
    client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees})
    dite.refresh_from_db()
    assert (dite.titre, dite.auteur) == ("Corrigée", auteur)
    assert not Courriel.objects.exists()
    histoire = client.get(reverse("admin:programme_ficheaction_history", args=[fiche.pk]))
    assert any("nouvelle" in e["geste"] for e in histoire.context["etapes"])


def test_before_the_decision_there_is_no_place_for_them(client):
    fiche = f.fiche_complete()
    client.force_login(f.agents_de(fiche.territoire)[0])
    assert "nouvelles-TOTAL_FORMS" not in client.get(adresse(fiche)).content.decode()


@pytest.mark.parametrize("faux", [{"le": "2099-01-01"}, {"le": ""}, {"titre": ""}])
def test_what_does_not_stand_is_refused_and_stays_in_the_page(faux, fiche, client):
    client.force_login(f.agents_de(fiche.territoire)[0])
    page = ecrire(client, fiche, **faux)
    assert page.status_code == 200
    assert "Pour dix mois" in page.content.decode()
    assert not fiche.nouvelles.exists()


def test_everybody_reads_the_public_ones_agents_all_of_them(fiche, client):
    f.NouvelleFactory(fiche=fiche, titre="Dite à tous", texte="Le détail")
    f.NouvelleFactory(fiche=fiche, titre="Entre nous", publique=False)
    page, flux = fiche.get_absolute_url(), reverse("nouvelles")
    donnees = reverse("donnees-csv", args=["nouvelles", "machine"])
    for adresse_lue in (page, flux, donnees):
        texte = client.get(adresse_lue).getvalue() if adresse_lue == donnees else None
        texte = (texte or client.get(adresse_lue).content).decode()
        assert "Dite à tous" in texte, adresse_lue
        assert "Entre nous" not in texte, adresse_lue
    client.force_login(f.agents_de(fiche.territoire)[0])
    lue = client.get(page).content.decode()
    assert "Entre nous" in lue
    assert "interne" in lue
    assert "Entre nous" not in client.get(flux).content.decode()


def test_one_taken_back_is_told_to_nobody(fiche, client, mailoutbox):
    client.force_login(f.agents_de(fiche.territoire)[0])
    ecrire(client, fiche)
    fiche.nouvelles.all().delete()
    envoyer_courriels.Command().handle(lot=10)
    assert mailoutbox == []
    assert "retirée" in Courriel.objects.get().situation


def test_a_page_of_the_follow_up_lists_what_happened(fiche, client):
    f.NouvelleFactory(fiche=fiche, le=datetime.date(2024, 5, 1), titre="Premier pas")
    f.ObstacleFactory(fiche=fiche, leve_le=datetime.date(2024, 6, 1))
    client.force_login(f.agents_de(fiche.territoire)[0])
    suivi = client.get(reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]))
    texte = " ".join(suivi.content.decode().split())
    assert "Premier pas" in texte
    assert "levé le 1 juin 2024" in texte or "levé le 1er juin 2024" in texte
