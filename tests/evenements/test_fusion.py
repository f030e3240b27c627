"""A person entered twice becomes one again."""

import io

import pytest
from django.core.management import CommandError, call_command

from evenements.models import Intervenant, Intervention
from tests import factories

pytestmark = pytest.mark.django_db


def fusionner(*identifiants):
    sortie = io.StringIO()
    call_command("fusionner_intervenants", *identifiants, stdout=sortie)
    return sortie.getvalue()


def test_every_word_stays_and_the_doublon_goes():
    garde = factories.IntervenantFactory(prenom="")
    dites = [
        factories.InterventionFactory(intervenant=qui, resume=f"Mot {rang}", role=f"Rôle {rang}")
        for rang, qui in enumerate([garde, *factories.IntervenantFactory.create_batch(2)])
    ]
    autre = factories.InterventionFactory()
    doublons = [dite.intervenant.identifiant for dite in dites[1:]]
    assert "2 intervention(s) reprise(s)" in fusionner(garde.identifiant, *doublons)
    paroles = Intervention.objects.filter(intervenant=garde).order_by("pk")
    assert list(paroles.values_list("resume", "role")) == [
        (f"Mot {rang}", f"Rôle {rang}") for rang in range(3)
    ]
    assert set(Intervenant.objects.all()) == {garde, autre.intervenant}
    garde.refresh_from_db()
    assert garde.prenom == "Dominique"


def test_what_the_doublon_announced_with_others_stays_announced():
    garde, doublon, autre = factories.IntervenantFactory.create_batch(3)
    annonces = factories.AnnonceFactory.create_batch(2)
    annonces[0].ensemble.set([doublon, autre])
    annonces[1].ensemble.set([doublon, garde])
    fusionner(garde.identifiant, doublon.identifiant)
    assert [set(annonce.ensemble.all()) for annonce in annonces] == [{garde, autre}, {garde}]


def test_wrong_names_change_nothing():
    parole = factories.InterventionFactory()
    soi = parole.intervenant.identifiant
    with pytest.raises(CommandError, match="inconnu"):
        fusionner(soi, "inconnu")
    with pytest.raises(CommandError, match="lui-même"):
        fusionner(soi, soi)
    parole.refresh_from_db()
    assert parole.intervenant.identifiant == soi
