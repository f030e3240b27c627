import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from programme.management.commands import envoyer_courriels
from programme.models import Courriel
from tests.factories import CourrielFactory

pytestmark = pytest.mark.django_db


class Capricieux(EmailBackend):
    """Refuses the addresses it is told to."""

    refuses = ()

    def send_messages(self, messages):
        for message in messages:
            if message.to[0] in self.refuses:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"inconnu")})
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
    assert "550" in refuse.derniere_erreur
    assert autre.envoye_le
    monkeypatch.setattr(Capricieux, "refuses", ())
    call_command("envoyer_courriels")
    refuse.refresh_from_db()
    assert refuse.envoye_le
    assert refuse.derniere_erreur == ""
    assert [message.to[0] for message in mail.outbox] == [autre.agent.email, refuse.agent.email]


def test_a_message_refused_ten_times_waits_for_a_person():
    CourrielFactory(tentatives=envoyer_courriels.ESSAIS)
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


def test_a_crash_keeps_what_was_sent_before_it(monkeypatch):
    premier, second, troisieme = CourrielFactory.create_batch(3)
    message = envoyer_courriels._message

    def mourir(courriel, connexion):
        if courriel.pk == second.pk:
            raise KeyboardInterrupt
        return message(courriel, connexion)

    monkeypatch.setattr(envoyer_courriels, "_message", mourir)
    with pytest.raises(KeyboardInterrupt):
        call_command("envoyer_courriels")
    assert list(Courriel.objects.a_envoyer()) == [second, troisieme]
    monkeypatch.setattr(envoyer_courriels, "_message", message)
    call_command("envoyer_courriels")
    assert [m.to[0] for m in mail.outbox] == [c.agent.email for c in (premier, second, troisieme)]


def test_a_message_sent_again_after_a_crash_keeps_its_identity(monkeypatch):
    courriel = CourrielFactory()
    with monkeypatch.context() as coupure:
        coupure.setattr(Courriel, "save", lambda *a, **k: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            call_command("envoyer_courriels")
    call_command("envoyer_courriels")
    identites = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert identites == [f"<courriel-{courriel.pk}@localhost>"] * 2
