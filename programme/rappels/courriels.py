"""Reminders, judged when they leave: what was done since is not told."""

from django.utils import timezone

from programme.courriels.juges import inscrire
from programme.rappels.echeances import rappels
from programme.rappels.envoi import cle_du_rappel, cle_du_recapitulatif


def rappel_perime(courriel, cle):
    """Why this reminder is none for this agent any more; empty when it is."""
    groupes = rappels(courriel.agent, timezone.localdate())
    encore = {cle_du_rappel(echeance) for _, lignes in groupes for echeance in lignes}
    return "" if courriel.cle in encore else "ce rappel n’a plus d’objet"


def recapitulatif_perime(courriel, cle):
    """A digest is of one week, and of what its agent worked for when it was written."""
    attendue = cle_du_recapitulatif(courriel.agent, timezone.localdate())
    return "" if courriel.cle == attendue else "sa semaine est passée, ou son périmètre a changé"


inscrire(rappel=rappel_perime, recapitulatif=recapitulatif_perime)
