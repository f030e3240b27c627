"""An error found after the closing: another avis is given, dated, and both stay readable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.comites import decisions, rectifications
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Passage, TransitionRefusee
from tests import factories as f


def etat(objet):
    return type(objet).objects.get(pk=objet.pk).etat


@pytest.fixture
def decidee(agent, seance, transmettre):
    """(avis in effect, the fiche it decided)"""

    def _decidee(sens, *regions):
        fiche = transmettre(*regions)
        avis = {"sens": sens, "motif": "" if sens == "favorable" else "M"}
        return f.rendre_et_clore(fiche, seance=seance, agent=agent, **avis), fiche

    return _decidee


RAISON = "Le vote a été mal noté."


@pytest.mark.parametrize(
    ("sens", "autre", "arrivee"),
    [
        ("favorable", "defavorable", "refusee"),
        ("favorable", "ajourne", "ajournee"),
        ("defavorable", "favorable", "validee"),
        ("ajourne", "favorable", "validee"),
    ],
)
def test_it_moves_a_fiche_that_nothing_followed(agent, decidee, seance, sens, autre, arrivee):
    avis, fiche = decidee(sens)
    nouveau, suite = rectifications.rectifier(
        avis, agent=agent, sens=autre, motif="N", raison=RAISON
    )
    assert etat(fiche) == arrivee
    assert suite.startswith("La fiche passe de")
    passage = Passage.objects.last()
    assert (passage.action, passage.apres, passage.auteur) == ("rectifier", arrivee, agent)
    assert passage.motif == f"Occitanie\u202f: {RAISON}"
    assert list(Avis.objects.en_effet()) == [nouveau, avis]
    assert list(Avis.objects.en_vigueur()) == [nouveau]
    releve = seance.releves.last()
    assert (releve.numero, releve.motif) == (2, RAISON)
    (decision,) = releve.contenu["fiches"]
    assert decision["rectifications"][0]["suite"] == suite
    assert decision["sens"] == avis.get_sens_display()
    assert suite in releve.contenu["rectifications"][0]["apres"]


def test_all_who_work_on_it_are_told(agent, decidee, comite):
    avis, fiche = decidee("favorable", "75")
    voisin, collegue = f.agent_region("75"), f.agent_region(comite.region)
    local = f.agents_de(fiche.territoire)[0]
    f.rendre_et_clore(
        fiche,
        seance=f.SeanceFactory(comite__region__code="75"),
        sens="favorable",
        agent=voisin,
    )
    Courriel.objects.all().delete()
    rectifications.rectifier(avis, agent=agent, sens="ajourne", motif="N", raison=RAISON)
    prevenus = set(Courriel.objects.values_list("agent", flat=True))
    assert {local.pk, voisin.pk, collegue.pk} <= prevenus
    assert agent.pk not in prevenus


def test_a_refusal_rectified_waits_for_the_other_region_again(agent, decidee):
    avis, fiche = decidee("defavorable", "75")
    rectifications.rectifier(avis, agent=agent, sens="favorable", raison=RAISON)
    assert etat(fiche) == "transmise"
    voisine, voisin = f.SeanceFactory(comite__region__code="75"), f.agent_region("75")
    f.rendre_et_clore(fiche, seance=voisine, sens="favorable", agent=voisin)
    assert etat(fiche) == "validee"


def test_once_something_followed_it_stands_on_record_only(client, agent, decidee, seance):
    avis, fiche = decidee("favorable")
    delegation = f.agent_delegation()
    parcours.engager(fiche, agent=delegation)
    _, suite = rectifications.rectifier(
        avis, agent=agent, sens="defavorable", motif="Motif-rectifie", raison=RAISON
    )
    assert etat(fiche) == "engagee"
    assert "la rectification est au dossier" in suite
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert "rectifié depuis" in page and RAISON in page
    assert "Motif-rectifie" not in page
    client.force_login(delegation)
    assert "Motif-rectifie" in client.get(fiche.get_absolute_url()).content.decode()
    adresse = reverse("admin:programme_seance_releve", args=[seance.pk])
    assert RAISON in client.get(adresse).content.decode()
    assert client.get(f"{adresse}.pdf".replace("/.pdf", ".pdf")).status_code == 200


def test_a_fiche_that_its_territoire_took_up_again_is_not_moved(agent, decidee):
    avis, fiche = decidee("ajourne")
    fiche = FicheAction.objects.get(pk=fiche.pk)
    fiche.contexte = "Repris."
    fiche.save()
    _, suite = rectifications.rectifier(avis, agent=agent, sens="favorable", raison=RAISON)
    assert (etat(fiche), suite[:24]) == ("ajournee", "Le territoire a repris l")


def test_a_rectification_is_rectified_in_turn_and_each_only_once(agent, decidee, seance):
    avis, fiche = decidee("favorable")
    nouveau, _ = rectifications.rectifier(
        avis, agent=agent, sens="defavorable", motif="N", raison=RAISON
    )
    with pytest.raises(TransitionRefusee, match="a déjà été rectifié"):
        rectifications.rectifier(avis, agent=agent, sens="ajourne", motif="N", raison=RAISON)
    rectifications.rectifier(nouveau, agent=agent, sens="favorable", raison="Si.")
    assert etat(fiche) == "validee"
    assert list(Passage.objects.validations()) == [Passage.objects.last()]
    assert [r.numero for r in seance.releves.all()] == [1, 2, 3]


def test_it_says_why_and_changes_something_and_is_its_comite_s(agent, decidee):
    avis, fiche = decidee("favorable", "75")
    with pytest.raises(TransitionRefusee, match="Dites ce que vous rectifiez"):
        rectifications.rectifier(avis, agent=agent, sens="ajourne", motif="N", raison=" ")
    with pytest.raises(TransitionRefusee, match="Rien ne change"):
        rectifications.rectifier(avis, agent=agent, sens="favorable", raison=RAISON)
    with pytest.raises(PermissionDenied):
        rectifications.rectifier(
            avis, agent=f.agent_region("75"), sens="ajourne", motif="N", raison=RAISON
        )
    note = decisions.rendre_avis(
        fiche,
        seance=f.SeanceFactory(comite__region__code="75"),
        sens="favorable",
        agent=f.agent_region("75"),
    )
    with pytest.raises(TransitionRefusee, match="n’est pas close"):
        rectifications.rectifier(note, agent=f.agent_delegation(), sens="ajourne", raison=RAISON)
    assert Avis.objects.filter(rectification__gte=1).count() == 0


def test_a_demande_follows_until_it_is_applied(agent, seance, transmettre):
    perimetre = transmettre().territoire.perimetre_courant
    demande = f.DemandePerimetreFactory(perimetre=perimetre)
    avis = f.rendre_et_clore(demande, seance=seance, sens="favorable", agent=agent)
    nouveau, _ = rectifications.rectifier(
        avis, agent=agent, sens="ajourne", motif="N", raison=RAISON
    )
    assert etat(demande) == "deposee"
    rectifications.rectifier(nouveau, agent=agent, sens="favorable", raison="Si.")
    assert etat(demande) == "acceptee"


def test_its_page_shows_the_former_and_keeps_what_was_typed(client, agent, decidee, seance):
    avis, fiche = decidee("ajourne")
    client.force_login(agent)
    adresse = reverse("admin:programme_seance_rectifier_avis", args=[seance.pk, avis.pk])
    formulaire = client.get(adresse).context["formulaire"]
    assert (formulaire["sens"].value(), formulaire["motif"].value()) == ("ajourne", "M")
    envoi = {"passage": avis.passage_id, "sens": "favorable", "motif": "Oui"}
    reponse = client.post(adresse, envoi)
    assert "raison" in reponse.context["formulaire"].errors
    assert reponse.context["formulaire"]["motif"].value() == "Oui"
    assert client.post(adresse, envoi | {"raison": RAISON}).status_code == 302
    assert etat(fiche) == "validee"
    assert client.get(adresse).status_code == 200
    assert client.get(adresse.replace(f"/{avis.pk}/", "/0/")).status_code == 404
    client.force_login(f.agent_region("75"))
    assert client.get(adresse).status_code == 404
