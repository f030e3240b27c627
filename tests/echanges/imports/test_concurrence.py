"""What happens between the snapshot of a preview and the lock of its confirmation."""

import threading

import pytest
from django.db import connection, transaction

from echanges.erreurs import FichierRefuse
from echanges.imports.analyse import Analyse
from echanges.registre import resources
from territoires.geographie.models import Region
from tests import factories
from tests.echanges.outils import csv

pytestmark = pytest.mark.django_db(transaction=True)


def ailleurs(action):
    """Run on a connection of its own, as another web process would."""

    def executer():
        try:
            action()
        finally:
            connection.close()

    fil = threading.Thread(target=executer)
    fil.start()
    fil.join()


@pytest.fixture
def entre_deux(monkeypatch):
    """Slip an action of somebody else between the comparison and the lock."""

    def glisser(action):
        d_origine = Analyse._charger_objets

        def charger(self, modifications):
            if connection.vendor == "postgresql":
                ailleurs(action)
            else:
                action()  # SQLite has one writer at a time: the change comes from this connection
            d_origine(self, modifications)

        monkeypatch.setattr(Analyse, "_charger_objets", charger)

    return glisser


def test_a_value_changed_before_the_lock_is_seen_and_changes_the_report(entre_deux):
    factories.RegionFactory(code="84", nom="A")
    fichier = csv("code,nom", "84,B")
    apercu = resources()["regions"]().analyser(fichier)
    entre_deux(lambda: Region.objects.filter(pk="84").update(nom="C"))
    with transaction.atomic():
        rapport = resources()["regions"]().analyser(fichier)
    assert [(avant, apres) for _, avant, apres in rapport.modifications[0].changements] == [
        ("C", "B")
    ]
    assert rapport.empreinte() != apercu.empreinte()


def test_a_list_changed_before_the_lock_is_seen_too(entre_deux):
    a, b, c = (factories.IntercommunaliteFactory() for _ in range(3))
    fichier = csv("siren,successeurs", f"{a.pk},{b.pk}")
    entre_deux(lambda: a.successeurs.set([c]))
    with transaction.atomic():
        rapport = resources()["intercommunalites"]().analyser(fichier)
    assert rapport.modifications[0].changements[0][1:] == ((c.pk,), (b.pk,))


def test_a_row_deleted_before_the_lock_refuses_the_file(entre_deux):
    factories.RegionFactory(code="84", nom="A")
    entre_deux(lambda: Region.objects.filter(pk="84").delete())
    with (
        pytest.raises(FichierRefuse, match="vient d’être supprimée"),
        transaction.atomic(),
    ):
        resources()["regions"]().analyser(csv("code,nom", "84,B"))
