"""A fiche called back is named by its reference alone wherever its comité would read it."""

import pytest
from django.urls import reverse

from programme.comites import decisions
from programme.comites.releve import contenu
from programme.fiches import parcours, partage
from programme.fiches.models import FicheAction
from tests import factories as f

SECRET = "Usine que nous n’annonçons pas encore"
ECRANS = ("ordre_du_jour", "avis", "clore", "history", "dossier")


@pytest.fixture
def rappelee(seance, agent, transmettre, composer):
    """On the agenda with an avis, called back, and given another title since."""
    fiche = transmettre(titre="Titre transmis")
    composer(seance, fiche)
    decisions.rendre_avis(fiche, seance=seance, sens="favorable", agent=agent)
    parcours.rappeler(fiche, agent=f.agent_delegation(), motif="Coût")
    fiche = FicheAction.objects.get(pk=fiche.pk)
    fiche.titre = SECRET
    fiche.save()
    return fiche


def ecrans(seance):
    yield from (reverse(f"admin:programme_seance_{nom}", args=[seance.pk]) for nom in ECRANS)
    for point in seance.points.all():
        yield reverse("admin:programme_seance_avis_point", args=[seance.pk, point.pk])


def test_no_screen_of_the_seance_tells_the_title_of_a_fiche_called_back(
    client, agent, seance, rappelee
):
    client.force_login(agent)
    for adresse in ecrans(seance):
        lu = client.get(adresse).content.decode()
        assert f"Fiche rappelée ({rappelee.reference})" in lu, adresse
        assert SECRET not in lu, adresse
    agenda = client.get(next(ecrans(seance))).content.decode()
    assert reverse("admin:programme_ficheaction_change", args=[rappelee.pk]) not in agenda
    dossier = client.get(reverse("admin:programme_seance_dossier", args=[seance.pk]))
    assert "#point-1" not in dossier.content.decode()  # it would lead nowhere


def test_a_draft_shared_with_the_region_keeps_its_title_on_the_agenda(
    client, agent, seance, rappelee
):
    partage.partager(rappelee, agent=f.agent_delegation())
    client.force_login(agent)
    agenda = client.get(next(ecrans(seance))).content.decode()
    assert SECRET in agenda
    assert reverse("admin:programme_ficheaction_change", args=[rappelee.pk]) in agenda


def test_the_releve_names_a_fiche_called_back_before_the_closing_by_its_reference(seance, rappelee):
    releve = str(contenu(seance))
    assert f"Fiche rappelée ({rappelee.reference})" in releve
    assert SECRET not in releve
