"""A joint séance goes out and comes back by file, with both séances or one of them."""

import pytest

from programme.comites.models import Seance
from tests import factories as f
from tests.echanges.imports.outils import annuler
from tests.echanges.imports.outils import importer as confirmer
from tests.echanges.outils import analyser, csv, exporter, importer, messages

pytestmark = pytest.mark.django_db
TETE = "comite,date,commune_avec"


@pytest.fixture
def paire():
    la = f.SeanceFactory(comite__region__code="75", date="2024-03-01")
    return f.SeanceFactory(comite__region__code="06", date="2024-03-01", commune_avec=la), la


def avec(seance):
    return Seance.objects.get(pk=seance.pk).commune_avec


def test_it_comes_back_as_it_left_into_an_empty_base(paire):
    sortie = exporter("seances")
    assert analyser("seances", sortie).comptes()["inchangees"] == 2
    Seance.objects.all().delete()
    importer("seances", sortie)
    ici, la = Seance.objects.order_by("comite__region")
    assert (ici.commune_avec, la.commune_avec) == (la, None)
    assert ici.history.first().commune_avec == la
    assert exporter("seances") == sortie


def test_a_file_joins_and_separates_and_is_undone(paire):
    ici, la = paire
    depot = confirmer("seances", csv(TETE, "06,2024-03-01,"), f.agent_delegation())
    assert avec(ici) is None
    assert annuler(depot) == []
    assert avec(ici) == la
    depot = confirmer("seances", csv(TETE, "06,2024-03-01,", "75,2024-03-01,6"))
    assert (avec(ici), avec(la)) == (None, ici)
    annuler(depot)
    assert (avec(ici), avec(la)) == (la, None)
    importer("seances", csv("comite,date,lieu", "06,2024-03-01,Nice"))  # the column is absent
    assert avec(ici) == la


def test_both_may_be_new_and_are_taken_back_together():
    for code in ("06", "75"):
        f.ComiteDePilotageFactory(region__code=code)
    depot = confirmer("seances", csv(TETE, "06,2024-03-01,75", "75,2024-03-01,"))
    assert Seance.objects.exclude(commune_avec=None).count() == 1
    assert annuler(depot) == []
    assert not Seance.objects.exists()


def test_a_seance_that_another_joined_since_is_not_taken_back(paire):
    ici, _ = paire
    f.ComiteDePilotageFactory(region__code="27")
    importer("seances", csv(TETE, "06,2024-03-01,"))
    depot = confirmer("seances", csv(TETE, "27,2024-03-01,"))
    nouvelle = Seance.objects.get(comite__region="27")
    Seance.objects.filter(pk=ici.pk).update(commune_avec=nouvelle)
    ((_, raison),) = annuler(depot)
    assert "s’y rattache" in raison


@pytest.mark.parametrize(
    ("lignes", "dit"),
    [
        (["06,2024-03-01,27"], "n’a pas d’autre séance ce jour-là"),
        (["06,2024-03-01,06"], "n’a pas d’autre séance ce jour-là"),
        (["06,2024-03-01,75 27"], "qu’avec une autre"),
        (["75,2024-03-01,6"], "déjà commune"),
        (["27,2024-03-01,75"], "déjà commune"),
        (["27,2024-03-01,6"], "déjà commune"),
        (["06,2024-03-01,99"], "clé connue"),
    ],
)
def test_what_cannot_be_held_together_is_refused(paire, lignes, dit):
    f.ComiteDePilotageFactory(region__code="27")
    assert dit in " ".join(messages(analyser("seances", csv(TETE, *lignes))))


def test_a_closed_seance_is_joined_to_no_other(paire):
    _, la = paire
    importer("seances", csv(TETE, "06,2024-03-01,"))
    Seance.objects.filter(pk=la.pk).update(close_le="2024-03-02T10:00Z", close_par=f.AgentFactory())
    refus = messages(analyser("seances", csv(TETE, "06,2024-03-01,75")))
    assert "close" in " ".join(refus)
