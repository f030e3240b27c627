"""Several workers do each thing once; one that dies leaves nothing undone, nor tried for ever."""

import os

import pytest
from django.db import connection

from config.taches.horloge import sonner
from config.taches.models import Echeance
from tests.config.taches.outils import EN_BASE, HIER, compter, copier, lire, mourir, ouvrier_a_part

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]
FAITS = "SELECT nom FROM programme_partenaire"
ETATS = "SELECT status, worker_ids FROM django_tasks_database_dbtaskresult"


@pytest.fixture(autouse=True)
def en_base(settings):
    settings.TASKS = EN_BASE


def attendre(*pids):
    return [os.waitpid(pid, 0)[1] for pid in pids]


def test_two_workers_at_once_do_each_task_once(tmp_path):
    for rang in range(30):
        compter.enqueue(rang)
    copie = copier(tmp_path)
    attendre(ouvrier_a_part(copie), ouvrier_a_part(copie))
    assert sorted(lire(copie, FAITS)) == sorted((f"Fait {rang}",) for rang in range(30))
    assert {etat for etat, _ in lire(copie, ETATS)} == {"SUCCESSFUL"}


def test_two_clocks_at_once_ask_for_a_schedule_once(tmp_path):
    sonner()
    Echeance.objects.update(prochaine_le=HIER)
    copie = copier(tmp_path)

    def sonner_souvent():
        for _ in range(20):
            sonner()
        connection.close()

    attendre(*(ouvrier_a_part(copie, sonner_souvent) for _ in range(3)))
    demandees = lire(copie, "SELECT args_kwargs FROM django_tasks_database_dbtaskresult")
    # « courriels » and « carte » wait for something to do.
    assert len(demandees) == len(set(map(str, demandees))) == Echeance.objects.count() - 2


def test_a_task_whose_worker_is_killed_is_tried_again_then_told_as_failed(tmp_path):
    mourir.enqueue()
    copie = copier(tmp_path)
    for essai in range(1, 4):
        attendre(ouvrier_a_part(copie))
        ((etat, noms),) = lire(copie, ETATS)
        assert etat == "RUNNING"
        assert len(noms if isinstance(noms, list) else noms.split(",")) == essai
    attendre(ouvrier_a_part(copie))
    ((etat, _),) = lire(copie, ETATS)
    assert etat == "FAILED"
