"""The bilan of an action: asked for at the end, beside what was planned, public with the fiche."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.fiches import bilans, financement, parcours
from programme.fiches.models import Bilan, FicheAction, TransitionRefusee
from tests import factories as f
from tests import formulaires
from tests.echanges.outils import analyser, csv, importer, messages
from tests.programme.fiches.modifiees import lire, page

DITS = {
    "cout_final": Decimal(1_250_000),
    "resultats": "Vingt-deux diplômés.",
    "enseignements": "Réunir les entreprises plus tôt.",
    "etabli_le": datetime.date(2026, 9, 1),
}


@pytest.fixture
def fiche(decidee):
    """Engagée, with its territoire's agent in `.local`."""
    parcours.engager(decidee, agent=decidee.local)
    decidee.refresh_from_db()
    return decidee


@pytest.fixture
def realisee(fiche):
    """Done before bilans were asked for: it has none."""
    bilan = bilans.dresser(fiche, agent=fiche.local, **DITS)
    parcours.realiser(fiche, agent=fiche.local)
    bilan.delete()
    fiche.refresh_from_db()
    return fiche


def test_an_action_is_not_done_without_its_bilan(fiche):
    with pytest.raises(TransitionRefusee, match="Dressez d’abord le bilan"):
        parcours.realiser(fiche, agent=fiche.local)
    bilans.dresser(fiche, agent=fiche.local, **DITS)
    assert parcours.realiser(fiche, agent=fiche.local).etat == "realisee"


def test_to_say_that_it_is_done_one_fills_its_bilan_in_the_same_go(fiche, client):
    client.force_login(fiche.local)
    adresse = page("parcours", fiche.pk, "realiser")
    vierge = client.get(adresse)
    assert "Trente diplômés embauchés chaque année." in vierge.content.decode()
    refus = client.post(adresse, formulaires.envoi(vierge))
    assert "Rien n’est encore enregistré" in refus.content.decode()
    assert not Bilan.objects.exists()
    plein = {"cout_final": "1 250 000", "resultats": "Vingt-deux.", "enseignements": "Plus tôt."}
    client.post(adresse, formulaires.envoi(vierge, **plein))
    fiche.refresh_from_db()
    assert fiche.etat == "realisee"
    assert fiche.bilan.cout_final == Decimal(1_250_000)
    assert fiche.bilan.auteur == fiche.local


def test_the_public_page_says_planned_and_done_once_it_is_done(fiche, client):
    ligne = fiche.financements.get()
    le = timezone.localdate()
    financement.noter(ligne, nature="verse", montant=Decimal(80_000), le=le, agent=fiche.local)
    indicateur = fiche.indicateurs.get()
    indicateur.valeur, indicateur.mesure_le = 22, datetime.date(2026, 8, 1)
    indicateur.save()
    bilans.dresser(fiche, agent=fiche.local, **DITS)
    assert "Plus" not in lire(client, fiche.get_absolute_url())
    assert "Réunir les entreprises" not in lire(client, fiche.get_absolute_url())
    parcours.realiser(fiche, agent=fiche.local)
    texte = lire(client, fiche.get_absolute_url())
    for dit in (
        "Vingt-deux diplômés.",
        "Réunir les entreprises plus tôt.",
        "Le coût final est de 50\u202f000\u00a0€ de plus que le coût décidé.",
        "80\u202f000\u00a0€",
        "22 personnes (mesuré le 01/08/2026)",
    ):
        assert dit in texte, dit


def test_it_can_be_filled_later_and_is_asked_for_until_then(realisee, client):
    client.force_login(realisee.local)
    adresse = page("bilan", realisee.pk)
    assert adresse in lire(client, reverse("admin:index"))
    assert adresse in lire(client, realisee.get_absolute_url())
    client.post(
        adresse, formulaires.envoi(client.get(adresse), resultats="Faits.", enseignements="Oui.")
    )
    assert realisee.bilan.resultats == "Faits."
    assert adresse not in lire(client, reverse("admin:index"))
    cle = f"bilan-{realisee.bilan.pk}"
    assert set(realisee.agents.values()) <= {c.agent for c in Courriel.objects.filter(cle=cle)}


def test_saved_as_it_was_shown_it_writes_nothing(fiche, client):
    bilan = bilans.dresser(fiche, agent=fiche.local, **DITS | {"resultats": "Deux \nlignes "})
    fiche.refresh_from_db()
    client.force_login(next(iter(fiche.agents.values())))
    adresse = page("bilan", fiche.pk)
    client.post(adresse, formulaires.envoi(client.get(adresse)))
    bilan.refresh_from_db()
    assert (bilan.auteur, bilan.resultats) == (fiche.local, "Deux \nlignes ")
    assert bilan.history.count() == 1
    assert FicheAction.objects.get(pk=fiche.pk).version == fiche.version


def test_the_second_to_save_is_told_and_keeps_what_it_typed(fiche, client):
    client.force_login(fiche.local)
    adresse = page("bilan", fiche.pk)
    mien = formulaires.envoi(client.get(adresse), resultats="Les miens", enseignements="Oui")
    bilans.dresser(fiche, agent=next(iter(fiche.agents.values())), **DITS)
    refus = client.post(adresse, mien)
    assert "Quelqu’un a enregistré" in refus.content.decode()
    assert "Les miens" in refus.content.decode()
    client.post(adresse, formulaires.envoi(refus))
    assert Bilan.objects.get().resultats == "Les miens"


def test_who_does_not_follow_the_fiche_writes_no_bilan(fiche, pays, entrer):
    for qui, agent in pays["agents"].items():
        client = entrer(agent)
        attendu = qui in ("délégation", "région", "région voisine")
        for adresse in (page("bilan", fiche.pk), page("parcours", fiche.pk, "realiser")):
            lue = client.get(adresse).status_code
            assert (lue == 200) == attendu, (qui, adresse)
    with pytest.raises(PermissionDenied):
        bilans.dresser(fiche, agent=pays["agents"]["intercommunalité"], **DITS)


def test_neither_before_the_action_nor_of_a_day_to_come(fiche, decidee):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="au plus tard aujourd’hui"):
        bilans.dresser(fiche, agent=fiche.local, **DITS | {"etabli_le": demain})
    autre = f.fiche_complete(fiche.territoire)
    with pytest.raises(PermissionDenied):
        bilans.dresser(autre, agent=fiche.local, **DITS)


def test_a_file_brings_a_bilan_and_is_refused_where_the_page_refuses(fiche):
    entetes = "fiche,cout_final,resultats,enseignements,etabli_le"
    ligne = "{},1250000,Vingt,Tôt,2026-09-01"
    importer("bilans", csv(entetes, ligne.format(fiche.reference)))
    assert Bilan.objects.get().cout_final == Decimal(1_250_000)
    brouillon = f.fiche_complete(fiche.territoire)
    refusee = analyser("bilans", csv(entetes, ligne.format(brouillon.reference)))
    assert "une fois l’action engagée" in messages(refusee)[0]
    demain = timezone.localdate() + datetime.timedelta(days=1)
    a_venir = analyser("bilans", csv(entetes, f"{fiche.reference},1,Vingt,Tôt,{demain}"))
    assert "pas encore venu" in messages(a_venir)[0]


def test_a_bonne_pratique_is_prefilled_from_the_bilan(fiche, client):
    bilans.dresser(fiche, agent=fiche.local, **DITS)
    parcours.realiser(fiche, agent=fiche.local)
    client.force_login(f.agent_delegation())
    assert "En faire une bonne pratique" in lire(client, fiche.get_absolute_url())
    adresse = f"{reverse('admin:programme_bonnepratique_add')}?depuis={fiche.pk}"
    texte = lire(client, adresse)
    for dit in ("Vingt-deux diplômés.", "Réunir les entreprises plus tôt.", "1\u202f250\u202f000"):
        assert dit in texte, dit
    client.force_login(fiche.local)
    assert "En faire une bonne pratique" not in lire(client, fiche.get_absolute_url())
