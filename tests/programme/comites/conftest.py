"""A comité, its next and its last séance, and fiches that wait for it."""

import datetime

import pytest
from django.utils import timezone

from programme.comites import conduite
from programme.fiches import parcours
from tests import factories as f


@pytest.fixture
def comite(db):
    region = f.RegionFactory(code="76", nom="Occitanie")
    return f.ComiteDePilotageFactory(region=region, quorum=2)


@pytest.fixture
def agent(comite):
    return f.agent_region(comite.region)


@pytest.fixture
def seance(comite):
    """Held today: its avis can be given, and it can be closed."""
    return f.SeanceFactory(comite=comite, date=timezone.localdate(), lieu="Toulouse")


@pytest.fixture
def a_venir(comite):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    return f.SeanceFactory(comite=comite, date=demain)


@pytest.fixture
def transmettre(comite):
    """A fiche sent up to this comité (and to those of `autres`), by its délégation."""

    def _transmettre(*autres, **champs):
        territoire = f.territoire_publie(comite.region, *autres)
        fiche = f.fiche_complete(territoire, **champs)
        return parcours.transmettre(fiche, agent=f.agent_delegation())

    return _transmettre


@pytest.fixture
def composer(agent):
    """Put these fiches on the agenda of a séance; returns its points."""

    def _composer(seance, *fiches):
        vu = [point.cle for point in seance.points.all()]
        cles = [*vu, *(f"fiche-{fiche.pk}" for fiche in fiches)]
        conduite.composer(seance, agent=agent, cles=cles, vu=vu)
        return list(seance.points.all())

    return _composer
