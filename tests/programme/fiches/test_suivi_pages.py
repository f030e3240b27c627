"""The pages where a decided fiche is followed: by whom, what they refuse, what everybody reads."""

import datetime

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction, Financement, MouvementFinancier, ReportEtape
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db
BASE = "admin:programme_ficheaction"


@pytest.fixture
def fiche(suivie):
    return suivie


def adresses(fiche):
    ligne, etape = fiche.financements.get(), fiche.etapes.get()
    mouvement = f.MouvementFinancierFactory(financement=ligne)
    return {
        "suivi": reverse(f"{BASE}_suivi", args=[fiche.pk]),
        "financeur": reverse(f"{BASE}_financeur", args=[fiche.pk]),
        "mouvement": reverse(f"{BASE}_mouvement", args=[fiche.pk, ligne.pk]),
        "annuler": reverse(f"{BASE}_annuler_mouvement", args=[fiche.pk, mouvement.pk]),
        "nouvelle étape": reverse(f"{BASE}_nouvelle_etape", args=[fiche.pk]),
        "étape": reverse(f"{BASE}_etape", args=[fiche.pk, etape.pk]),
    }


def noter(client, fiche, ligne=None, **valeurs):
    ligne = ligne or fiche.financements.get()
    valeurs = {"nature": "accorde", "montant": "250 000", "le": "2024-03-01"} | valeurs
    return client.post(
        reverse(f"{BASE}_mouvement", args=[fiche.pk, ligne.pk]),
        {f"mouvement-{nom}": valeur for nom, valeur in valeurs.items()},
    )


def test_its_territoire_its_regions_and_the_delegation_follow_nobody_else(fiche, entrer):
    pages = adresses(fiche)
    for agent in (*f.agents_de(fiche.territoire), f.agent_delegation()):
        client = entrer(agent)
        assert {nom: client.get(page).status_code for nom, page in pages.items()} == dict.fromkeys(
            pages, 200
        )
    for agent in f.agents_de(f.territoire_publie()):
        client = entrer(agent)
        assert {client.get(page).status_code for page in pages.values()} == {404}
        assert {client.post(page).status_code for page in pages.values()} == {404}


def test_before_the_decision_there_is_nothing_to_follow(entrer):
    fiche = f.fiche_complete()
    client = entrer(f.agents_de(fiche.territoire)[0])
    assert {client.get(page).status_code for page in adresses(fiche).values()} == {404}


@pytest.mark.parametrize(
    ("nature", "dit"), [("verse", "pour 0 € accordés"), ("accorde", "pour 300 000 € au plan")]
)
def test_more_than_granted_or_asked_is_written_once_it_is_confirmed(fiche, entrer, nature, dit):
    client = entrer(f.agents_de(fiche.territoire)[0])
    valeurs = {"nature": nature, "montant": "400 000", "reference": "Mandat 7"}
    assert "verifie" not in client.get(adresses(fiche)["mouvement"]).content.decode()
    MouvementFinancier.objects.all().delete()
    page = noter(client, fiche, **valeurs).content.decode()
    assert dit in page.replace("\u202f", " ").replace("\xa0", " ")
    assert 'name="mouvement-verifie"' in page
    assert "Mandat 7" in page
    assert not MouvementFinancier.objects.exists()
    assert noter(client, fiche, **valeurs, verifie="on").status_code == 302
    assert MouvementFinancier.objects.get().montant == 400_000


def test_money_is_noted_told_and_read_by_everybody(fiche, entrer):
    ici, region = f.agents_de(fiche.territoire)
    Courriel.objects.all().delete()
    reponse = noter(entrer(ici), fiche)
    assert reponse.status_code == 302, reponse.context["form"].errors
    assert [c.agent for c in Courriel.objects.all()] == [region]
    assert Courriel.objects.get().genre == "information"
    noter(entrer(region), fiche, nature="verse", montant="100000,50", reference="Mandat secret")
    ligne = fiche.financements.get()
    assert (ligne.montant, ligne.statut) == (300_000, "demande")
    page = entrer(region).get(fiche.get_absolute_url()).content.decode()
    assert "250 000 €" in page.replace("\u202f", " ").replace("\xa0", " ")
    client = entrer(region)
    client.logout()
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert "100 000,50 €" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "Mandat secret" not in page
    assert str(region) not in page


@pytest.mark.parametrize(
    ("valeurs", "champ"),
    [
        ({"montant": "beaucoup"}, "montant"),
        ({"montant": "0"}, "montant"),
        ({"montant": "-3"}, "montant"),
        ({"le": "2099-01-01"}, "le"),
        ({"le": ""}, "le"),
        ({"nature": "refuse", "montant": "300 001"}, "montant"),
    ],
)
def test_a_refusal_is_said_at_its_field_and_nothing_typed_is_lost(fiche, entrer, valeurs, champ):
    client = entrer(f.agents_de(fiche.territoire)[0])
    page = noter(client, fiche, reference="Arrêté 12", **valeurs)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [champ]
    assert "Arrêté 12" in page.content.decode()
    assert not MouvementFinancier.objects.exists()


def test_the_same_move_sent_twice_is_one(fiche, entrer):
    client = entrer(f.agents_de(fiche.territoire)[0])
    noter(client, fiche)
    page = noter(client, fiche)
    assert "déjà noté" in page.content.decode()
    assert MouvementFinancier.objects.count() == 1


def test_an_error_is_struck_out_and_stays_readable(fiche, entrer):
    agent = f.agents_de(fiche.territoire)[0]
    client = entrer(agent)
    noter(client, fiche)
    mouvement = MouvementFinancier.objects.get()
    adresse = reverse(f"{BASE}_annuler_mouvement", args=[fiche.pk, mouvement.pk])
    assert client.post(adresse, {"motif": " "}).status_code == 200
    assert client.post(adresse, {"motif": "Erreur de ligne."}).status_code == 302
    assert fiche.financements.get().acquis == 0
    suivi = client.get(reverse(f"{BASE}_suivi", args=[fiche.pk])).content.decode()
    assert "Erreur de ligne." in suivi
    histoire = client.get(reverse(f"{BASE}_history", args=[fiche.pk])).content.decode()
    assert "Mouvement annulé" in histoire
    assert "déjà annulé" in client.post(adresse, {"motif": "Encore."}).content.decode()


def test_a_new_financeur_is_no_part_of_the_plan_as_decided(fiche, entrer):
    client = entrer(f.agents_de(fiche.territoire)[0])
    adresse = reverse(f"{BASE}_financeur", args=[fiche.pk])
    deja = fiche.financements.get().financeur
    envoi = {"financeur": deja, "montant": "50 000", "statut": "demande", "le": "2024-03-01"}
    assert "financeur" in client.post(adresse, envoi).context["form"].errors
    assert client.post(adresse, envoi | {"financeur": "Ademe"}).status_code == 302
    ligne = Financement.objects.get(financeur="Ademe")
    assert ligne.ajoutee_le == datetime.date(2024, 3, 1)
    totaux = fiche.financement_par_statut()
    assert (totaux.plan, totaux.demande) == (300_000, 350_000)


def test_a_step_is_put_off_then_done(fiche, entrer):
    ici, region = f.agents_de(fiche.territoire)
    etape = fiche.etapes.get()
    client, adresse = entrer(ici), reverse(f"{BASE}_etape", args=[fiche.pk, etape.pk])
    montre = client.get(adresse).context["form"]["montre"].value()
    Courriel.objects.all().delete()
    envoi = {"debut": "2024-05-01", "fin": "2024-06-30", "motif": "Chantier", "montre": montre}
    assert client.post(adresse, envoi | {"fin": "2024-04-01"}).status_code == 200
    assert client.post(adresse, envoi).status_code == 302
    report = ReportEtape.objects.get()
    assert (report.ancien_debut, report.debut) == (None, datetime.date(2024, 5, 1))
    assert [c.agent for c in Courriel.objects.all()] == [region]
    # Somebody whose page is older is told, then may save over it knowingly.
    page = client.post(adresse, envoi | {"faite": "on", "faite_le": "2024-06-01"})
    assert "pendant que vous l’écriviez" in page.content.decode()
    envoi |= {"montre": page.context["form"]["montre"].value(), "faite": "on"}
    assert client.post(adresse, envoi | {"faite_le": "2024-06-01"}).status_code == 302
    etape.refresh_from_db()
    assert (etape.faite, etape.faite_le) == (True, datetime.date(2024, 6, 1))
    assert ReportEtape.objects.count() == 1
    client.logout()
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert "faite" in page
    assert "à faire" not in page
    assert "dates non précisées" in page  # those before
    assert "Chantier" not in page


def test_a_step_saved_untouched_changes_nothing(fiche, entrer):
    etape = fiche.etapes.get()
    client = entrer(f.agents_de(fiche.territoire)[0])
    adresse = reverse(f"{BASE}_etape", args=[fiche.pk, etape.pk])
    montre = client.get(adresse).context["form"]["montre"].value()
    assert client.post(adresse, {"debut": "", "fin": "", "montre": montre}).status_code == 302
    assert not ReportEtape.objects.exists()
    assert etape.history.count() == 1


def test_a_step_is_added_after_the_others_and_marked(fiche, entrer):
    client = entrer(f.agents_de(fiche.territoire)[0])
    adresse = reverse(f"{BASE}_nouvelle_etape", args=[fiche.pk])
    assert client.post(adresse, {"intitule": "Inaugurer", "fin": "2024-12-01"}).status_code == 302
    premiere, ajoutee = fiche.etapes.all()
    assert ajoutee.ajoutee_le == timezone.localdate()
    assert ajoutee.ordre == premiere.ordre + 1


@pytest.mark.parametrize("etat", ["validee", "engagee", "realisee"])
def test_following_is_said_to_be_open_from_the_decision_on(etat, entrer):
    """What opens it is the decision: « Engager » says that it goes on, not that it opens."""
    fiche = une_fiche_decidee()
    models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat=etat)
    client = entrer(f.agents_de(fiche.territoire)[0])
    page = client.get(reverse(f"{BASE}_change", args=[fiche.pk])).content.decode()
    assert reverse(f"{BASE}_suivi", args=[fiche.pk]) in page
    assert ("dès la validation" in page) == (etat == "validee")
    if etat == "validee":
        engager = client.get(reverse(f"{BASE}_parcours", args=[fiche.pk, "engager"]))
        assert "ouvert depuis la validation, continue" in engager.content.decode()
