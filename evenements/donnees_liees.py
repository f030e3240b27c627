"""What a search engine reads of an assemblée: schema.org Event, as JSON-LD."""

from zoneinfo import ZoneInfo

from django.conf import settings

PARIS = ZoneInfo(settings.TIME_ZONE)


def evenement(assemblee, sequences, adresse):
    """The assemblée with its séquences; `adresse` is the absolute address of its page."""
    donnees = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": adresse,
        "url": adresse,
        "name": assemblee.titre,
        "startDate": assemblee.date_debut.isoformat(),
        "endDate": assemblee.date_fin.isoformat(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _lieu(assemblee),
        "subEvent": [_sequence(sequence, adresse) for sequence in sequences],
    }
    if assemblee.resume:
        donnees["description"] = assemblee.resume
    if assemblee.organisateurs:
        donnees["organizer"] = {"@type": "Organization", "name": assemblee.organisateurs}
    return donnees


def _lieu(assemblee):
    """France at least: its town can be unknown."""
    adresse = {"@type": "PostalAddress", "addressCountry": "FR"}
    if assemblee.ville:
        adresse["addressLocality"] = assemblee.ville
    return {"@type": "Place", "name": assemblee.lieu or assemblee.ville or "France"} | {
        "address": adresse
    }


def _sequence(sequence, adresse):
    donnees = {
        "@type": "Event",
        "name": sequence.titre,
        "url": f"{adresse}#sequence-{sequence.ordre}",
        "startDate": _moment(sequence.instant_de_debut) or sequence.jour.isoformat(),
    }
    if sequence.fin:
        donnees["endDate"] = _moment(sequence.instant_de_fin)
    if orateurs := [i.intervenant for i in sequence.interventions.all() if i.intervenant]:
        donnees["performer"] = [{"@type": "Person", "name": str(nom)} for nom in orateurs]
    return donnees


def _moment(instant):
    """With the offset of Paris on that day; None when the hour is unknown."""
    return instant and instant.replace(tzinfo=PARIS).isoformat()
