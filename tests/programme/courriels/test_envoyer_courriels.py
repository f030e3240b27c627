import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from programme.courriels import juges
from programme.courriels.models import ESSAIS, Courriel
from programme.management.commands import envoyer_courriels
from territoires.agents.lettres import nom_de
from tests.factories.instances import CourrielFactory, PreferenceCourrielFactory

pytestmark = pytest.mark.django_db


class Capricieux(EmailBackend):
    """Refuses the addresses it is told to."""

    refuses = ()

    def send_messages(self, messages):
        for message in messages:
            if message.to[0] in self.refuses:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (450, b"occupe")})
        return super().send_messages(messages)


class EnPanne(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("connexion refusée")


def test_each_message_is_sent_once(capsys):
    courriels = [CourrielFactory(objet=f"Nouvelle {rang}") for rang in range(3)]
    call_command("envoyer_courriels")
    call_command("envoyer_courriels")
    assert [message.subject for message in mail.outbox] == [
        "Nouvelle 0",
        "Nouvelle 1",
        "Nouvelle 2",
    ]
    assert [message.to for message in mail.outbox] == [[c.agent.email] for c in courriels]
    assert not Courriel.objects.a_envoyer().exists()


def test_the_batch_has_a_size():
    CourrielFactory.create_batch(3)
    call_command("envoyer_courriels", lot=2)
    assert len(mail.outbox) == 2
    assert Courriel.objects.a_envoyer().count() == 1


def test_a_refused_message_waits_and_the_others_go(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Capricieux"
    refuse, autre = CourrielFactory(), CourrielFactory()
    monkeypatch.setattr(Capricieux, "refuses", (refuse.agent.email,))
    call_command("envoyer_courriels")
    refuse.refresh_from_db()
    autre.refresh_from_db()
    assert refuse.envoye_le is None
    assert refuse.tentatives == 1
    assert "450" in refuse.derniere_erreur
    assert autre.envoye_le
    monkeypatch.setattr(Capricieux, "refuses", ())
    call_command("envoyer_courriels")
    refuse.refresh_from_db()
    assert refuse.envoye_le
    assert refuse.derniere_erreur == ""
    assert [message.to[0] for message in mail.outbox] == [autre.agent.email, refuse.agent.email]


def test_a_message_refused_ten_times_waits_for_a_person():
    CourrielFactory(tentatives=ESSAIS)
    call_command("envoyer_courriels")
    assert mail.outbox == []


def test_an_outage_is_a_sentence_and_loses_nothing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.EnPanne"
    courriel = CourrielFactory()
    with pytest.raises(CommandError, match="Le serveur de courrier ne répond pas"):
        call_command("envoyer_courriels")
    courriel.refresh_from_db()
    assert courriel.envoye_le is None
    assert courriel.tentatives == 0


def heure(monkeypatch, *instant):
    maintenant = datetime.datetime(*instant, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: maintenant)


class Mourant(EmailBackend):
    """The server has the e-mail, and the process dies before it can say so."""

    meurt = True

    def send_messages(self, messages):
        super().send_messages(messages)
        if self.meurt:
            raise SystemExit


def test_a_crash_between_the_sending_and_the_mark_makes_no_other_e_mail(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Mourant"
    courriel, suivant = CourrielFactory.create_batch(2)
    heure(monkeypatch, 2026, 3, 2, 10, 0)
    with pytest.raises(SystemExit):
        call_command("envoyer_courriels")
    monkeypatch.setattr(Mourant, "meurt", False)
    heure(monkeypatch, 2026, 3, 2, 10, 5)
    call_command("envoyer_courriels")
    assert [m.to[0] for m in mail.outbox] == [courriel.agent.email, suivant.agent.email]
    # Nobody knows whether the server has it: later it leaves again, as the same e-mail.
    heure(monkeypatch, 2026, 3, 2, 10, 16)
    call_command("envoyer_courriels")
    call_command("envoyer_courriels")
    identites = [m.extra_headers["Message-ID"] for m in mail.outbox]
    noms = [f"courriel-{courriel.pk}", f"courriel-{suivant.pk}", f"courriel-{courriel.pk}"]
    assert [nom_de(identite) for identite in identites] == noms
    assert identites[0] == identites[2]
    assert mail.outbox[0].body == mail.outbox[2].body


class Attentif(EmailBackend):
    """Looks at the database while it talks."""

    def send_messages(self, messages):
        assert not connection.in_atomic_block
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_spoken_to(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Attentif"
    CourrielFactory()
    call_command("envoyer_courriels")
    assert len(mail.outbox) == 1


def test_two_runs_at_once_share_the_work():
    courriels = CourrielFactory.create_batch(2)
    envois = envoyer_courriels.a_partir(timezone.now())
    assert envois == [[c.pk] for c in courriels]
    connexion = mail.get_connection()
    assert envoyer_courriels.envoyer(envois[0], connexion) is True
    assert envoyer_courriels.envoyer(envois[0], connexion) is None
    assert len(mail.outbox) == 1


def test_daily_messages_leave_together_once_a_day(monkeypatch):
    agent = PreferenceCourrielFactory(action="quotidien").agent
    CourrielFactory(agent=agent, objet="Première")
    CourrielFactory(agent=agent, objet="Seconde")
    heure(monkeypatch, 2026, 3, 2, 6, 59)
    call_command("envoyer_courriels")
    assert mail.outbox == []
    heure(monkeypatch, 2026, 3, 2, 7, 0)
    call_command("envoyer_courriels")
    CourrielFactory(agent=agent, objet="Troisième")
    call_command("envoyer_courriels")
    assert [m.subject for m in mail.outbox] == ["Territoires d’industrie\u202f: 2 nouvelles"]
    assert "Première" in mail.outbox[0].body
    assert "Seconde" in mail.outbox[0].body
    heure(monkeypatch, 2026, 3, 3, 8, 0)
    call_command("envoyer_courriels")
    assert [m.subject for m in mail.outbox][1:] == ["Troisième"]


def test_a_daily_e_mail_that_was_refused_leaves_again_as_it_was(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Capricieux"
    agent = PreferenceCourrielFactory(action="quotidien").agent
    CourrielFactory.create_batch(2, agent=agent)
    heure(monkeypatch, 2026, 3, 2, 8, 0)
    monkeypatch.setattr(Capricieux, "refuses", (agent.email,))
    call_command("envoyer_courriels")
    monkeypatch.setattr(Capricieux, "refuses", ())
    CourrielFactory(agent=agent)
    call_command("envoyer_courriels")
    assert [m.subject for m in mail.outbox] == ["Territoires d’industrie\u202f: 2 nouvelles"]


def test_each_e_mail_says_where_to_choose():
    CourrielFactory()
    call_command("envoyer_courriels")
    assert "http://localhost:8000/pilotage/mes-courriels/" in mail.outbox[0].body


def test_one_that_nobody_can_judge_waits_and_the_others_go(monkeypatch):
    def tomber(courriel, cle):
        raise LookupError("ce qu’il raconte n’existe plus")

    monkeypatch.setitem(juges.JUGES, "perdu", tomber)
    mauvais, bon = CourrielFactory(cle="perdu-1"), CourrielFactory()
    call_command("envoyer_courriels")
    assert [message.to for message in mail.outbox] == [[bon.agent.email]]
    mauvais.refresh_from_db()
    assert (mauvais.tentatives, mauvais.derniere_erreur) == (1, "ce qu’il raconte n’existe plus")


def test_a_refusal_reads_as_a_sentence(settings, monkeypatch, client, delegation):
    settings.EMAIL_BACKEND = f"{__name__}.Capricieux"
    refuse = CourrielFactory()
    monkeypatch.setattr(Capricieux, "refuses", (refuse.agent.email,))
    call_command("envoyer_courriels")
    page = client.get("/admin/programme/courriel/").content.decode()
    assert "adresse refusée par le serveur de courrier (450 occupe)" in page
