"""An account that nobody uses is warned of, then closed; whoever comes back keeps it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from programme.courriels.models import ESSAIS, Courriel
from programme.courriels.silence import fermer_les_comptes
from territoires.journal.models import LigneDuJournal
from tests import factories as f

pytestmark = pytest.mark.django_db


def agent_vu(jours, **champs):
    vu = {"last_login": timezone.now() - timedelta(days=jours)}
    return f.agent_delegation(**vu | champs)


def prevenu(agent, il_y_a, **autres):
    le = timezone.now() - timedelta(days=il_y_a)
    Courriel.objects.filter(agent=agent).update(**{"ecrit_le": le, "envoye_le": le} | autres)


def test_who_came_this_year_hears_nothing():
    agent_vu(330)
    assert fermer_les_comptes() == (0, 0)


def test_one_is_warned_a_month_then_a_week_before_once_each():
    agent = agent_vu(340)
    assert fermer_les_comptes() == (1, 0)
    assert fermer_les_comptes() == (0, 0)
    agent.last_login -= timedelta(days=20)
    agent.save()
    assert fermer_les_comptes() == (1, 0)
    assert "sera fermé le" in Courriel.objects.last().corps


def test_after_a_year_it_is_closed_and_the_journal_says_why():
    agent = agent_vu(366)
    assert fermer_les_comptes() == (1, 0)  # the worker had slept: warned first
    assert fermer_les_comptes() == (0, 0)
    prevenu(agent, 8)
    assert fermer_les_comptes() == (0, 1)
    agent.refresh_from_db()
    assert not agent.is_active
    assert "un an sans connexion" in LigneDuJournal.objects.get(objet=str(agent)).detail
    assert agent.history.first().history_change_reason == "compte fermé après un an sans connexion"


def test_whoever_comes_back_keeps_the_account_and_the_warning_stays():
    agent = agent_vu(340)
    fermer_les_comptes()
    agent.last_login = timezone.now()
    agent.save()
    call_command("envoyer_courriels", verbosity=0)
    assert mail.outbox == []
    assert "connectée depuis" in Courriel.objects.get().retenu_parce_que
    assert fermer_les_comptes() == (0, 0)


def test_without_an_address_nobody_can_be_warned_and_it_is_closed():
    agent = agent_vu(366, email="")
    assert fermer_les_comptes() == (0, 1)
    agent.refresh_from_db()
    assert not agent.is_active


@pytest.mark.parametrize(
    ("sort", "fermes"),
    [
        ({"envoye_le": None}, 0),  # the mail server is away: it still waits
        ({"envoye_le": timezone.now()}, 0),  # it left this morning
        ({"envoye_le": None, "tentatives": ESSAIS}, 1),
        ({"envoye_le": None, "refuse_le": timezone.now()}, 1),
        ({"refuse_le": timezone.now()}, 1),
        ({"envoye_le": None, "retenu_le": timezone.now(), "retenu_parce_que": "Sans rôle."}, 1),
    ],
)
def test_a_warning_that_has_not_left_yet_closes_nothing(sort, fermes):
    agent = agent_vu(366)
    fermer_les_comptes()
    prevenu(agent, 8, **sort)
    assert fermer_les_comptes() == (0, fermes)


def test_an_address_that_refuses_keeps_no_account_open():
    agent = agent_vu(366)
    fermer_les_comptes()
    prevenu(agent, 8, envoye_le=None)
    f.CourrielFactory(agent=agent, refuse_le=timezone.now(), refuse_a=agent.email.lower())
    assert fermer_les_comptes() == (0, 1)


def test_the_warning_says_how_to_come_back_afterwards():
    agent_vu(340)
    fermer_les_comptes()
    corps = Courriel.objects.get().corps
    assert "la délégation rouvrira votre compte" in corps


def test_an_account_that_was_opened_again_has_a_year_before_it():
    agent = agent_vu(366)
    fermer_les_comptes()
    prevenu(agent, 8)
    assert fermer_les_comptes() == (0, 1)
    agent.refresh_from_db()
    agent.is_active = True
    agent.save()
    assert fermer_les_comptes() == (0, 0)
    agent.refresh_from_db()
    assert agent.is_active
    # And its warnings start anew, a month before that year ends.
    agent.history.update(history_date=F("history_date") - timedelta(days=340))
    assert fermer_les_comptes() == (1, 0)
    call_command("envoyer_courriels", verbosity=0)
    assert len(mail.outbox) == 1


def test_who_was_invited_again_has_a_year_before_it_too():
    agent_vu(0, last_login=None, date_joined=timezone.now() - timedelta(days=400))
    invite = {"last_login": None, "invite_le": timezone.now() - timedelta(days=2)}
    f.agent_delegation(date_joined=timezone.now() - timedelta(days=400), **invite)
    assert fermer_les_comptes() == (1, 0)


def test_whoever_keeps_the_server_is_left_alone():
    agent_vu(900, is_superuser=True)
    assert fermer_les_comptes() == (0, 0)
