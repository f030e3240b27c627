"""What an import sets aside for speed is given back, whatever becomes of it."""

import gc

import pytest

from echanges.erreurs import FichierRefuse
from echanges.imports import ramassage
from echanges.imports.confirmation import confirmer
from echanges.imports.plans import Carnet
from echanges.models import Import
from echanges.registre import resources
from territoires.geographie.models import Region
from tests import factories as f
from tests.echanges.outils import analyser, csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def _rien_a_part():
    """Whatever was set aside before, by another import or by the tests themselves."""
    deja = gc.get_freeze_count()
    gc.unfreeze()
    ramassage._deja_a_part.cache_clear()
    yield
    ramassage._deja_a_part.cache_clear()
    if deja:
        gc.freeze()


@pytest.mark.usefixtures("_rien_a_part")
def test_rubbish_is_looked_for_everywhere_again_after_a_reading_a_writing_or_a_refusal():
    with pytest.raises(FichierRefuse):
        analyser("regions", csv("truc;nom", "84;Auvergne"))
    assert gc.get_freeze_count() == 0
    rapport = analyser("regions", csv("code;nom", "84;Auvergne"))
    assert gc.get_freeze_count() == 0
    depot = Import.objects.create(resource="regions", nom_du_fichier="r.csv", auteur=None)
    confirmer(depot, resources()["regions"](), rapport)
    assert Region.objects.get(pk="84").nom == "Auvergne"
    refuse = analyser("regions", csv("code;nom", "xyz;Auvergne"))
    with pytest.raises(FichierRefuse):
        confirmer(depot, resources()["regions"](), refuse)
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("_rien_a_part")
def test_what_somebody_else_set_aside_stays_so():
    gc.freeze()
    avant = gc.get_freeze_count()
    analyser("regions", csv("code;nom", "84;Auvergne"))
    assert gc.get_freeze_count() >= avant * 0.9
    gc.unfreeze()


@pytest.mark.usefixtures("_rien_a_part")
def test_rubbish_is_not_looked_for_in_what_the_process_held_before(monkeypatch):
    vus = []
    ajouter = Carnet.ajouter
    monkeypatch.setattr(
        Carnet, "ajouter", lambda *a: (vus.append(gc.get_freeze_count()), ajouter(*a))
    )
    analyser("regions", csv("code;nom", "84;Auvergne"))
    assert min(vus) > 10_000


def test_plans_know_of_which_kinds_they_are():
    f.RegionFactory(code="84", nom="Avant")
    deux = analyser("regions", csv("code;nom", "84;Auvergne", "11;Île-de-France")).carnet
    assert [deux.contient(creation) for creation in (True, False)] == [True, True]
    un = analyser("regions", csv("code;nom", "84;Auvergne")).carnet
    assert [un.contient(creation) for creation in (True, False)] == [False, True]
