"""Send the messages that the application wrote: none lost, none twice as far as SMTP allows.

A sending is three steps. A short transaction takes the messages in hand; the mail server is
spoken to outside any transaction, so that a slow server holds no lock; a short transaction marks
them as sent. A failure, whatever it is, gives them back at once and stops no other. Should the
process die in between, nobody knows whether the server has the e-mail: after `OUBLI` it leaves
again, with the same messages in it and the same Message-ID, by which mail servers know a copy.

A message is judged when it leaves: what no longer concerns its reader stays, with the reason.
"""

import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from echanges.textes import nettoyer
from programme.courriels.juges import perime
from programme.courriels.models import Courriel, Rythme
from programme.courriels.refus import marques, raison
from territoires.agents.lettres import entetes

OUBLI = datetime.timedelta(minutes=15)  # far more than EMAIL_TIMEOUT lets a sending last
HEURE_DU_RECUEIL = 7  # Paris time: daily e-mails leave with the first run after it
RECUEIL = "recueil-"
PANNES = (SMTPException, OSError)
SANS_ADRESSE = "cet agent n’a plus d’adresse électronique"


class Command(BaseCommand):
    help = "Envoie les courriels en attente ; ceux qui échouent attendent le prochain passage."

    def add_arguments(self, parser):
        parser.add_argument(
            "--lot", type=int, default=200, help="nombre de courriels au plus (200 par défaut)"
        )

    def handle(self, *args, lot, **options):
        connexion, debut = get_connection(), timezone.now()
        noter_les_adresses_videes()
        envoyes = echecs = 0
        try:
            for cles in a_partir(timezone.now())[:lot]:
                self._ouvrir(connexion)
                reussi = envoyer(cles, connexion)
                envoyes += reussi is True
                echecs += reussi is False
        finally:
            connexion.close()
        if envoyes:
            self.stdout.write(f"Courriels envoyés : {envoyes}.")
        if retenus := Courriel.objects.filter(retenu_le__gte=debut).count():
            self.stdout.write(f"Courriels sans objet, qui ne partent pas : {retenus}.")
        if echecs:
            self.stderr.write(f"Courriels qui attendent le prochain passage : {echecs}.")

    def _ouvrir(self, connexion):
        try:
            connexion.open()
        except PANNES as erreur:
            raise CommandError(
                f"Le serveur de courrier ne répond pas ({erreur}). Vérifiez EMAIL_URL ; "
                "les courriels attendent le prochain passage."
            ) from erreur


def attendent():
    """Whether a run now would do anything; nothing is written."""
    return bool(a_partir(timezone.now())) or _adresses_videes().exists()


def _adresses_videes():
    vides = Courriel.objects.a_envoyer().filter(agent__email="")
    return vides.exclude(derniere_erreur=SANS_ADRESSE)


def noter_les_adresses_videes():
    """They wait, and say for what: an address entered later is the one they leave for."""
    _adresses_videes().update(derniere_erreur=SANS_ADRESSE)


def libres(maintenant):
    """Messages that wait, that may leave and that no sender has in hand."""
    return (
        Courriel.objects.en_chemin()
        .exclude(agent__email="")
        # An address that refused gets no more until it is changed or the délégation insists.
        .exclude(agent__in=Courriel.objects.dont_l_adresse_refuse().values("agent"))
        .filter(Q(confie_le=None) | Q(confie_le__lt=maintenant - OUBLI))
    )


def a_partir(maintenant):
    """Primary keys of the messages that leave now, one list an e-mail, the oldest first."""
    local = timezone.localtime(maintenant)
    minuit = local.replace(hour=0, minute=0, second=0, microsecond=0)
    servis = set(
        Courriel.objects.filter(lot__startswith=RECUEIL, envoye_le__gte=minuit).values_list(
            "agent", flat=True
        )
    )
    en_attente = libres(maintenant).select_related("agent__preference_courriel").order_by("pk")
    servis |= {c.agent_id for c in en_attente if c.lot.startswith(RECUEIL)}
    envois = {}
    for courriel in en_attente:
        if courriel.lot:  # tried already: the same e-mail again
            envois.setdefault(courriel.lot, []).append(courriel.pk)
        elif rythme(courriel) != Rythme.QUOTIDIEN:
            envois[f"courriel-{courriel.pk}"] = [courriel.pk]
        elif local.hour >= HEURE_DU_RECUEIL and courriel.agent_id not in servis:
            envois.setdefault(f"agent-{courriel.agent_id}", []).append(courriel.pk)
    return list(envois.values())


def rythme(courriel):
    if courriel.genre == Courriel.Genre.RAPPEL:
        return Rythme.IMMEDIAT  # how often it is written is what its reader chose
    preference = getattr(courriel.agent, "preference_courriel", None)
    return getattr(preference, courriel.genre) if preference else Rythme.IMMEDIAT


def envoyer(cles, connexion):
    """Send these messages as one e-mail: whether it went; None when none of them is to leave."""
    try:
        courriels = prendre(cles)
    except DatabaseError:
        raise
    except Exception as erreur:  # a judge that fell over this one: the next ones still leave
        essais = Courriel.objects.filter(pk__in=cles)
        essais.update(tentatives=F("tentatives") + 1, derniere_erreur=raison(erreur))
        return False
    if not courriels:
        return None
    try:
        _message(courriels, connexion).send()
    except Exception as erreur:  # a header or an address that no library takes
        connexion.close()
        adresse = courriels[0].agent.email
        marquer(
            courriels, confie_le=None, derniere_erreur=raison(erreur), **marques(erreur, adresse)
        )
        return False
    marquer(courriels, envoye_le=timezone.now(), derniere_erreur="")
    return True


@transaction.atomic
def prendre(cles):
    """Take in hand those of these that are still to tell; nothing when another run was first."""
    maintenant = timezone.now()
    tous = libres(maintenant).select_for_update(of=("self",)).select_related("agent")
    courriels = list(tous.filter(pk__in=cles).order_by("pk"))
    if len(courriels) != len(cles):
        return []
    courriels = [courriel for courriel in courriels if not retenir(courriel, maintenant)]
    if not courriels:
        return []
    premier = courriels[0]
    seul = len(courriels) == 1 and rythme(premier) != Rythme.QUOTIDIEN
    lot = premier.lot or f"{'courriel-' if seul else RECUEIL}{premier.pk}"
    marquer(courriels, lot=lot, confie_le=maintenant, tentatives=F("tentatives") + 1)
    for courriel in courriels:
        courriel.lot = lot
    return courriels


def retenir(courriel, maintenant):
    """Whether this message stays for good; the row then says why."""
    raison = perime(courriel)
    if raison:
        marquer([courriel], retenu_le=maintenant, retenu_parce_que=raison[:200], confie_le=None)
    return bool(raison)


def marquer(courriels, **champs):
    Courriel.objects.filter(pk__in=[courriel.pk for courriel in courriels]).update(**champs)


def _message(courriels, connexion):
    premier = courriels[0]
    if len(courriels) == 1:
        objet, corps = premier.objet, premier.corps
    else:
        objet = f"Territoires d’industrie : {len(courriels)} nouvelles"
        corps = "\n\n".join(f"— {c.objet}\n{c.corps.strip()}" for c in courriels)
    reglages = f"{settings.ADRESSE_DU_SITE}{reverse('mes-courriels')}"
    message = EmailMultiAlternatives(
        nettoyer(objet),
        f"{corps.rstrip()}\n\n-- \nChoisir ce que vous recevez et quand : {reglages}\n",
        to=[premier.agent.email],
        connection=connexion,
        headers=entetes(premier.lot),
    )
    if len(courriels) == 1 and premier.corps_html:
        message.attach_alternative(premier.corps_html, "text/html")
    return message
