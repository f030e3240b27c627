"""The séances and deadlines of an agent as a calendar file: whole days."""

import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from echanges.textes import nettoyer
from programme.rappels.echeances import agenda


def calendrier_de(agent):
    """Bytes of an .ics. Nothing in it tells who else works on anything."""
    calendrier = Calendar()
    calendrier.add("prodid", "-//Territoires d’industrie//FR")
    calendrier.add("version", "2.0")
    calendrier.add("x-wr-calname", "Territoires d’industrie")
    maintenant = timezone.now().astimezone(datetime.UTC)
    for echeance in agenda(agent, timezone.localdate()):
        calendrier.add_component(_evenement(echeance, maintenant))
    return calendrier.to_ical()


def _evenement(echeance, maintenant):
    evenement = Event()
    evenement.add("uid", f"{echeance.cle}@agenda.territoires-industrie")
    evenement.add("dtstamp", maintenant)
    evenement.add("summary", nettoyer(echeance.titre))
    evenement.add("dtstart", echeance.le)
    # The end of whole days is the day after, as the format wants it.
    evenement.add("dtend", echeance.le + datetime.timedelta(days=1))
    evenement.add("url", f"{settings.ADRESSE_DU_SITE}{echeance.adresse}")
    if echeance.detail:
        evenement.add("description", nettoyer(echeance.detail))
    return evenement
