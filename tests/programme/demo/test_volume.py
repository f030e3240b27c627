"""Fiches invented by the thousand hold together as those that people take up one by one."""

import pytest
from django.utils import timezone

from programme.comites.instruction import avis_presents, regions_attendues
from programme.comites.models import Avis
from programme.demo import MARQUE
from programme.demo.volume import LOT, Foule
from programme.fiches.models import FicheAction, Passage
from programme.fiches.resources import FicheResource
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_invented_fiches_are_marked_and_coherent(monkeypatch):
    monkeypatch.setattr("programme.demo.volume.LOT", 60)
    for region in f.territoire_publie("75", "76").regions:
        f.SeanceFactory(comite__region=region)
    f.AxeFactory()
    f.PartenaireFactory()
    Foule(f.agent_delegation()).inventer(100)
    fiches = FicheAction.objects.all()
    assert LOT >= 1000
    assert fiches.count() == 100
    assert [fiche.titre for fiche in fiches if not fiche.titre.endswith(MARQUE)] == []
    assert set(fiches.values_list("etat", flat=True)) >= {"brouillon", "validee", "engagee"}
    assert list(FicheResource(chargement=True).incoherences()) == []
    assert not Passage.objects.filter(le__gt=timezone.now()).exists()
    envoyees = fiches.exclude(etat="brouillon")
    assert not envoyees.filter(dernier_envoi=None).exists()
    for fiche in envoyees.filter(etat="validee"):
        assert set(avis_presents(fiche).values_list("sens", flat=True)) == {Avis.Sens.FAVORABLE}
        assert regions_attendues(fiche) == []
        assert avis_presents(fiche).count() == 2
