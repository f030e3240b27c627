"""An account that nobody uses is warned of, then closed; whoever comes back keeps it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.courriels.silence import fermer_les_comptes
from territoires.journal.models import LigneDuJournal
from tests import factories as f

pytestmark = pytest.mark.django_db


def agent_vu(jours, **champs):
    return f.agent_delegation(last_login=timezone.now() - timedelta(days=jours), **champs)


def prevenu(agent, il_y_a):
    Courriel.objects.filter(agent=agent).update(ecrit_le=timezone.now() - timedelta(days=il_y_a))


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


def test_whoever_keeps_the_server_is_left_alone():
    agent_vu(900, is_superuser=True)
    assert fermer_les_comptes() == (0, 0)
