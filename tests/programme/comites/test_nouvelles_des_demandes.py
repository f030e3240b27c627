"""A request to adapt a périmètre is told to who must act next, and to who asked."""

import pytest
from django.urls import reverse

from programme.comites import conduite, demandes, rectifications
from programme.comites.models import Avis, DemandePerimetre
from programme.courriels.juges import perime
from programme.courriels.models import Courriel
from territoires.agents.models import Agent
from tests import factories as f
from tests.formulaires import ajouter, en_clair, envoi


def dites(demande, genre=None):
    """{who is told} of this request as it stands."""
    courriels = Courriel.objects.filter(cle=f"demande-{demande.pk}:{demande.etat}")
    return {c.agent for c in (courriels.filter(genre=genre) if genre else courriels)}


def decider(demande, pays, sens, motif=""):
    seance = f.SeanceFactory(comite=pays["ici"]["comitedepilotage"])
    region = pays["agents"]["région"]
    demandes.rendre_avis(demande, seance=seance, sens=sens, motif=motif, agent=region)
    assert dites(demande) - {region} == set()  # nothing leaves before the closing
    conduite.clore(seance, agent=region)
    demande.refresh_from_db()
    return seance


def test_the_comites_that_it_touches_are_told_of_a_new_one_alone(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    adresse = reverse("admin:programme_demandeperimetre_add")
    donnees = envoi(client.get(adresse), "demandeperimetre_form", motif="Le bassin déborde.")
    ajouter(donnees, "mouvements", intercommunalite=f.IntercommunaliteFactory().pk, sens="ajout")
    client.post(adresse, en_clair(donnees))
    demande = DemandePerimetre.objects.get(motif="Le bassin déborde.")
    assert dites(demande, "action") == dites(demande) == {pays["agents"]["région"]}
    (courriel,) = Courriel.objects.filter(cle__startswith=f"demande-{demande.pk}:")
    assert "Le bassin déborde." in courriel.corps
    assert perime(courriel) == ""
    decider(demande, pays, "defavorable", "Non.")
    assert "refusée" in perime(courriel)


@pytest.mark.parametrize(("sens", "etat"), [("favorable", "acceptee"), ("defavorable", "refusee")])
def test_its_territoire_reads_the_decision_and_the_delegation_what_to_apply(sens, etat, pays):
    demande = pays["ici"]["demandeperimetre"]
    decider(demande, pays, sens, "Trop loin.")
    assert demande.etat == etat
    assert dites(demande, "information") == {pays["agents"]["intercommunalité"]}
    assert dites(demande, "action") == (
        set(Agent.objects.de_la_delegation()) if etat == "acceptee" else set()
    )
    lu = Courriel.objects.get(agent=pays["agents"]["intercommunalité"], cle__startswith="demande-")
    assert "Trop loin." in lu.corps
    assert reverse("admin:programme_demandeperimetre_change", args=[demande.pk]) in lu.corps


def test_a_rectified_decision_is_told_again_and_the_former_no_more(pays):
    demande = pays["ici"]["demandeperimetre"]
    decider(demande, pays, "favorable")
    premier = Courriel.objects.get(agent=pays["agents"]["délégation"], cle__startswith="demande-")
    rectifications.rectifier(
        Avis.objects.get(demande=demande),
        agent=pays["agents"]["région"],
        sens="defavorable",
        motif="Trop loin.",
        raison="Erreur de saisie",
    )
    demande.refresh_from_db()
    assert dites(demande) == {pays["agents"]["intercommunalité"]}
    assert "refusée" in perime(premier)


def test_what_is_applied_already_is_not_asked_for(pays):
    demande = pays["ici"]["demandeperimetre"]
    decider(demande, pays, "favorable")
    courriel = Courriel.objects.get(agent=pays["agents"]["délégation"], cle__startswith="demande-")
    assert perime(courriel) == ""
    brouillon = f.EditionCarteFactory(code="2027-01", date="2027-01-01", publiee_le=None)
    membre = demande.perimetre.membres.get().intercommunalite
    f.PerimetreFactory(edition=brouillon, territoire=demande.perimetre.territoire, membres=[membre])
    demandes.appliquer(demande, edition=brouillon, agent=pays["agents"]["délégation"])
    assert "déjà appliquée" in perime(courriel)
