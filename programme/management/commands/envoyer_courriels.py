"""Send the messages that the parcours wrote: at least once each, never lost.

A message is marked as sent in the transaction that holds its row, so two runs at once share the
work. Should the process die between the server's answer and the commit, the next run sends that
one message again, under the same Message-ID.
"""

from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from programme.models import Courriel

ESSAIS = 10  # a message refused so often waits for a person
PANNES = (SMTPException, OSError)


class Command(BaseCommand):
    help = "Envoie les courriels en attente ; ceux qui échouent attendent le prochain passage."

    def add_arguments(self, parser):
        parser.add_argument(
            "--lot", type=int, default=200, help="nombre de courriels au plus (200 par défaut)"
        )

    def handle(self, *args, lot, **options):
        attente = Courriel.objects.a_envoyer().filter(tentatives__lt=ESSAIS)
        cles = list(attente.values_list("pk", flat=True)[:lot])
        connexion = get_connection()
        envoyes = 0
        try:
            for cle in cles:
                self._ouvrir(connexion)
                envoyes += envoyer(cle, connexion)
        finally:
            connexion.close()
        if envoyes:
            self.stdout.write(f"Courriels envoyés : {envoyes}.")
        if reste := Courriel.objects.a_envoyer().filter(pk__in=cles).count():
            self.stderr.write(f"Courriels qui attendent le prochain passage : {reste}.")

    def _ouvrir(self, connexion):
        try:
            connexion.open()
        except PANNES as erreur:
            raise CommandError(
                f"Le serveur de courrier ne répond pas ({erreur}). Vérifiez EMAIL_URL ; "
                "les courriels attendent le prochain passage."
            ) from erreur


@transaction.atomic
def envoyer(cle, connexion):
    """Send one message and mark it; returns how many went, 0 or 1."""
    courriel = (
        Courriel.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("agent")
        .a_envoyer()
        .filter(pk=cle)
        .first()
    )
    if courriel is None:  # another run has it
        return 0
    courriel.tentatives += 1
    try:
        _message(courriel, connexion).send()
    except PANNES as erreur:
        courriel.derniere_erreur = str(erreur)[:300]
        connexion.close()
    else:
        courriel.envoye_le, courriel.derniere_erreur = timezone.now(), ""
    courriel.save(update_fields=["tentatives", "envoye_le", "derniere_erreur"])
    return int(courriel.envoye_le is not None)


def _message(courriel, connexion):
    domaine = urlsplit(settings.ADRESSE_DU_SITE).hostname or "localhost"
    return EmailMessage(
        courriel.objet,
        courriel.corps,
        to=[courriel.agent.email],
        connection=connexion,
        headers={"Message-ID": f"<courriel-{courriel.pk}@{domaine}>"},
    )
