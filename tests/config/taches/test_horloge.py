"""What the clock asks for, when, and what is told of it."""

from datetime import datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core.management import get_commands
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.taches.horloge import sonner
from config.taches.models import SILENCE, Echeance, Ouvrier
from config.taches.ouvrier import Processus
from config.taches.planning import ChaqueJour, planning
from config.taches.secours import ESSAIS, secourir
from config.taches.taches import passer
from echanges.travaux import relancer
from tests import factories as f
from tests.config.taches.outils import EN_BASE, HIER

PARIS = ZoneInfo("Europe/Paris")
pytestmark = pytest.mark.django_db


@pytest.fixture
def en_base(settings):
    settings.TASKS = EN_BASE


def test_every_schedule_runs_a_command_that_exists():
    taches = planning().values()
    assert {tache.commande[0] for tache in taches} <= get_commands().keys()


@pytest.mark.parametrize(
    ("maintenant", "attendu"),
    [
        (datetime(2026, 3, 28, 5, 0), datetime(2026, 3, 28, 6, 30)),
        (datetime(2026, 3, 28, 6, 30), datetime(2026, 3, 29, 6, 30)),
        (datetime(2026, 10, 24, 23, 0), datetime(2026, 10, 25, 6, 30)),
    ],
)
def test_a_daily_hour_is_that_of_paris_whatever_the_season(maintenant, attendu):
    prochaine = ChaqueJour(time(6, 30)).prochaine(maintenant.replace(tzinfo=PARIS))
    assert prochaine == attendu.replace(tzinfo=PARIS)


def test_what_is_due_is_asked_once_and_not_again_before_its_time(en_base):
    sonner()
    assert DBTaskResult.objects.count() == 0  # each waits for its first time
    Echeance.objects.filter(nom="durees").update(prochaine_le=HIER)
    assert sonner() == ["durees"]
    assert sonner() == []
    assert Echeance.objects.get(nom="durees").prochaine_le > timezone.now()


def test_one_that_still_runs_is_not_asked_twice(en_base):
    sonner()
    Echeance.objects.filter(nom="durees").update(prochaine_le=HIER)
    sonner()
    Echeance.objects.filter(nom="durees").update(prochaine_le=HIER)
    assert sonner() == []
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert sonner() == ["durees"]
    assert DBTaskResult.objects.count() == 1  # the last run leaves its place to the next


def test_nothing_is_written_while_there_is_no_mail_to_send(en_base):
    sonner()
    Echeance.objects.filter(nom="courriels").update(prochaine_le=HIER)
    assert sonner() == []
    f.CourrielFactory()
    assert sonner() == ["courriels"]


def test_a_schedule_that_went_is_forgotten(en_base):
    Echeance.objects.create(nom="d-avant", prochaine_le=HIER)
    assert sonner() == []
    assert not Echeance.objects.filter(nom="d-avant").exists()


def test_the_last_run_is_told_with_what_it_said_or_why_it_failed():
    sonner()
    passer.enqueue("durees")
    assert Echeance.objects.get(nom="durees").dit == "Rien n’a passé sa durée."
    with patch("config.taches.taches.call_command", side_effect=ValueError("disque plein")):
        passer.enqueue("durees")
        passer.enqueue("durees")
    echeance = Echeance.objects.get(nom="durees")
    assert (echeance.dit, echeance.echecs) == ("ValueError\u202f: disque plein", 2)
    passer.enqueue("durees")
    assert Echeance.objects.get(nom="durees").echecs == 0


def tache_tenue(par, essais=1):
    return DBTaskResult.objects.create(
        task_path="config.taches.taches.passer",
        args_kwargs={"args": ["durees"], "kwargs": {}},
        status="RUNNING",
        worker_ids=[f"{par}.default"] * essais,
        backend_name="default",
        run_after=HIER,
    )


def un_ouvrier(nom, **champs):
    maintenant = timezone.now()
    defauts = {"hote": "autre", "pid": 1, "demarre_le": maintenant, "vu_le": maintenant}
    return Ouvrier.objects.create(nom=nom, **defauts | champs)


def test_what_a_living_worker_holds_is_left_to_it():
    un_ouvrier("la")
    tache_tenue("la")
    assert secourir() == 0


def test_what_a_silent_worker_held_is_given_back_a_few_times_then_failed():
    un_ouvrier("parti", vu_le=timezone.now() - 2 * SILENCE)
    tache, derniere = tache_tenue("parti"), tache_tenue("parti", ESSAIS)
    assert secourir() == 2
    tache.refresh_from_db()
    derniere.refresh_from_db()
    assert (tache.status, derniere.status) == ("READY", "FAILED")
    assert "s’est arrêté au milieu" in derniere.traceback
    assert relancer(derniere.pk) and not relancer(derniere.pk)


def test_the_death_of_a_process_of_this_machine_is_seen_at_once():
    with patch("config.taches.secours.HOTE", "autre"):
        un_ouvrier("mort", pid=2**22 + 7)  # beyond the numbers that Linux gives
        tache_tenue("mort")
        assert secourir() == 1


def test_finished_tasks_leave_after_a_week_and_failures_after_a_month():
    from django.core.management import call_command

    avant = timezone.now() - timedelta(days=8)
    for etat in ("SUCCESSFUL", "FAILED"):
        tache = tache_tenue("x")
        DBTaskResult.objects.filter(pk=tache.pk).update(status=etat, finished_at=avant)
    call_command("appliquer_les_durees", "taches", pour_de_vrai=True, verbosity=0)
    assert [t.status for t in DBTaskResult.objects.all()] == ["FAILED"]


def test_it_says_that_it_lives_and_no_more_once_it_left(monkeypatch):
    # The one connection of the test stays open.
    monkeypatch.setattr("config.taches.ouvrier.close_old_connections", lambda: None)
    monkeypatch.setattr("config.taches.ouvrier.connection.close", lambda: None)
    processus = Processus()
    processus._veiller()
    assert Ouvrier.objects.presents().count() == 1
    processus._partir()
    assert Ouvrier.objects.count() == 0
