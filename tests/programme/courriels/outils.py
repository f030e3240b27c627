"""A mail server that refuses, and the reports that it sends back."""

import smtplib

from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

JETON = "un-jeton-de-vingt-signes-au-moins"
RAPPORT = """From: MAILER-DAEMON@relais.invalid
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

Bonjour.
--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.invalid

Final-Recipient: rfc822; {adresse}
Action: {action}
Status: {statut}
Diagnostic-Code: smtp; 550 5.1.1 boite
 inconnue

--=b
Content-Type: {genre}

Message-ID: <{identite}@localhost>
Subject: Une fiche vous attend

--=b--
"""


class Refusant(EmailBackend):
    """Answers this to the address it is told of."""

    refuse, erreur = "", None

    def send_messages(self, messages):
        if messages[0].to[0] == self.refuse:
            raise self.erreur
        return super().send_messages(messages)


def ecrire(identite, adresse, *, action="failed", statut="5.1.1", genre="message/rfc822"):
    """The report about the e-mail of this name."""
    return RAPPORT.format(
        adresse=adresse, action=action, statut=statut, genre=genre, identite=identite
    ).encode()


def rapporter(client, settings, octets, jeton=JETON):
    settings.REBONDS_JETON = JETON
    return client.post(
        reverse("courriels-rebonds"),
        octets,
        content_type="message/rfc822",
        headers={"Authorization": f"Bearer {jeton}"},
    )


def refuse(adresse, code=550):
    return smtplib.SMTPRecipientsRefused({adresse: (code, b"boite inconnue")})
