"""An assemblée as a calendar file: hours of Paris, whole days when the hours are unknown."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import capfirst
from icalendar import Calendar, Event, Timezone

from echanges.textes import nettoyer

PARIS = ZoneInfo(settings.TIME_ZONE)
JOUR = datetime.timedelta(days=1)


def calendrier_de_l_assemblee(assemblee, sequences, adresse):
    """Bytes of an .ics: the assemblée over its days, then each séquence.

    `adresse` is the absolute address of the page.
    """
    evenements = [_assemblee(assemblee, adresse)]
    evenements += [_sequence(assemblee, sequence, adresse) for sequence in sequences]
    return _calendrier(assemblee.titre, evenements)


def calendrier_de_la_sequence(assemblee, sequence, adresse):
    return _calendrier(sequence.titre, [_sequence(assemblee, sequence, adresse)])


def _calendrier(nom, evenements):
    calendrier = Calendar()
    calendrier.add("prodid", "-//Territoires d’industrie//FR")
    calendrier.add("version", "2.0")
    calendrier.add("x-wr-calname", nettoyer(nom))
    if any(isinstance(e.decoded("dtstart"), datetime.datetime) for e in evenements):
        # Readers that do not know the zones by name find its rules in the file.
        calendrier.add_component(Timezone.from_tzid(settings.TIME_ZONE))
    for evenement in evenements:
        calendrier.add_component(evenement)
    return calendrier.to_ical()


def _evenement(assemblee, cle, titre, adresse, *lignes):
    """`lignes` are those whose changes this event shows."""
    evenement = Event()
    evenement.add("uid", f"{cle}@{assemblee.identifiant}.assemblees.territoires-industrie")
    dates = [ligne.agenda_revu_le for ligne in lignes if ligne.agenda_revu_le]
    revu_le = max([assemblee.publiee_le, *dates]).astimezone(datetime.UTC)
    evenement.add("dtstamp", revu_le)
    evenement.add("last-modified", revu_le)
    evenement.add("sequence", sum(ligne.agenda_revision for ligne in lignes))
    evenement.add("summary", nettoyer(titre))
    evenement.add("url", adresse)
    return evenement


def _assemblee(assemblee, adresse):
    evenement = _evenement(assemblee, "assemblee", assemblee.titre, adresse, assemblee)
    evenement.add("dtstart", assemblee.date_debut)
    # The end of whole days is the day after, as the format wants it.
    evenement.add("dtend", assemblee.date_fin + JOUR)
    _situer(evenement, assemblee.lieu, assemblee.ville)
    if assemblee.resume:
        evenement.add("description", nettoyer(assemblee.resume, paragraphes=True))
    return evenement


def _sequence(assemblee, sequence, adresse):
    ancre = f"{adresse}#sequence-{sequence.ordre}"
    evenement = _evenement(assemblee, sequence.repere, sequence.titre, ancre, assemblee, sequence)
    if sequence.debut:
        evenement.add("dtstart", sequence.instant_de_debut.replace(tzinfo=PARIS))
        if sequence.fin:
            evenement.add("dtend", sequence.instant_de_fin.replace(tzinfo=PARIS))
    else:
        evenement.add("dtstart", sequence.jour)
        evenement.add("dtend", sequence.jour + JOUR)
    _situer(evenement, sequence.salle, assemblee.lieu, assemblee.ville)
    moment = "" if sequence.debut else capfirst(sequence.get_moment_display())
    if description := "\n".join(filter(None, [moment, sequence.compte_rendu])):
        evenement.add("description", nettoyer(description, paragraphes=True))
    return evenement


def _situer(evenement, *noms):
    """Where it takes place; an assemblée of which the town is unknown says nothing."""
    if lieu := nettoyer(", ".join(filter(None, noms))):
        evenement.add("location", lieu)
