"""Calendar files, structured data and the feed of the assemblées."""

import datetime
import json
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from icalendar import Calendar

from programme.fiches.models import Passage
from tests import factories
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def lire(client, adresse):
    reponse = client.get(adresse)
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    assert reponse["Content-Disposition"].startswith("attachment")
    return list(Calendar.from_ical(reponse.content).walk("VEVENT")), reponse.content.decode()


def sequence(assemblee, ordre, **champs):
    return factories.SequenceFactory(assemblee=assemblee, ordre=ordre, **champs)


def test_hours_are_those_of_paris_in_winter_and_in_summer(client):
    assemblee = factories.AssembleeFactory(
        date_debut=datetime.date(2024, 3, 30), date_fin=datetime.date(2024, 3, 31)
    )
    for ordre, jour in ((1, 30), (2, 31)):
        sequence(
            assemblee,
            ordre,
            jour=datetime.date(2024, 3, jour),
            debut=datetime.time(9, 30),
            fin=datetime.time(11),
        )
    evenements, texte = lire(client, reverse("assemblee-calendrier", args=[assemblee.identifiant]))
    debuts = [e.decoded("dtstart") for e in evenements[1:]]
    assert [d.astimezone(PARIS).strftime("%d %H:%M") for d in debuts] == ["30 09:30", "31 09:30"]
    assert [d.astimezone(datetime.UTC).hour for d in debuts] == [8, 7]
    assert "DTSTART;TZID=Europe/Paris:20240330T093000" in texte
    assert texte.count("BEGIN:VTIMEZONE") == 1


def test_unknown_hours_are_whole_days(client):
    assemblee = factories.AssembleeFactory()
    seule = sequence(assemblee, 1, moment="apres_midi", compte_rendu="Une ligne ; une autre,")
    adresse = reverse("sequence-calendrier", args=[assemblee.identifiant, seule.ordre])
    (evenement,), texte = lire(client, adresse)
    assert evenement.decoded("dtstart") == datetime.date(2019, 3, 5)
    assert evenement.decoded("dtend") == datetime.date(2019, 3, 6)
    assert str(evenement["description"]) == "Après-midi\nUne ligne ; une autre,"
    assert "VTIMEZONE" not in texte
    tout, _ = lire(client, reverse("assemblee-calendrier", args=[assemblee.identifiant]))
    assert tout[0].decoded("dtend") == datetime.date(2019, 3, 7)
    assert len({str(e["uid"]) for e in tout}) == 2


def test_unpublished_assemblee_has_no_calendar(client):
    brouillon = sequence(factories.AssembleeFactory(publiee_le=None), 1).assemblee
    publique = factories.AssembleeFactory()
    adresses = [
        reverse("assemblee-calendrier", args=[brouillon.identifiant]),
        reverse("sequence-calendrier", args=[brouillon.identifiant, 1]),
        reverse("sequence-calendrier", args=[publique.identifiant, 1]),
    ]
    assert [client.get(adresse).status_code for adresse in adresses] == [404, 404, 404]


@pytest.mark.parametrize("nombre", [1, 3])
def test_calendar_costs_the_same_for_one_and_three_sequences(
    client, nombre, django_assert_num_queries
):
    assemblee = factories.AssembleeFactory()
    for ordre in range(nombre):
        sequence(assemblee, ordre + 1)
    with django_assert_num_queries(2):
        client.get(reverse("assemblee-calendrier", args=[assemblee.identifiant]))


def test_structured_data_describe_the_event_and_cannot_close_their_script(client):
    assemblee = factories.AssembleeFactory(titre="Titre </script><b>")
    parole = factories.InterventionFactory(
        sequence__assemblee=assemblee, sequence__debut=datetime.time(14)
    )
    page = BeautifulSoup(client.get(assemblee.get_absolute_url()).content, "html.parser")
    donnees = json.loads(page.find("script", type="application/ld+json").string)
    assert (donnees["@type"], donnees["name"]) == ("Event", "Titre </script><b>")
    assert donnees["location"]["address"]["addressLocality"] == "Lyon"
    (partie,) = donnees["subEvent"]
    assert partie["startDate"] == "2019-03-05T14:00:00+01:00"
    assert [p["name"] for p in partie["performer"]] == [str(parole.intervenant)]


def test_feed_tells_what_is_public_and_nothing_else(client):
    assemblee = factories.AssembleeFactory()
    factories.AssembleeFactory(publiee_le=None)
    agent = factories.agent_delegation()
    fiche = valider(factories.fiche_complete(), agent)
    factories.fiche_complete()
    reponse = client.get(reverse("nouvelles"))
    assert reponse["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    entrees = ElementTree.fromstring(reponse.content).findall(f"{atom}entry")
    liens = [entree.find(f"{atom}link").get("href") for entree in entrees]
    attendus = [fiche.get_absolute_url(), assemblee.get_absolute_url()]
    assert liens == [f"http://testserver{adresse}" for adresse in attendus]
    assert str(agent) not in reponse.content.decode()
    assert Passage.objects.filter(action="valider").count() == 1


@pytest.mark.parametrize("nombre", [1, 3])
def test_feed_costs_the_same_for_one_and_three_entries(client, nombre, django_assert_num_queries):
    agent = factories.agent_delegation()
    for _ in range(nombre):
        factories.AssembleeFactory()
        valider(factories.fiche_complete(), agent)
    with django_assert_num_queries(2):
        client.get(reverse("nouvelles"))


def test_documents_tell_their_type_and_size(client):
    assemblee = factories.AssembleeFactory()
    document = factories.DocumentFactory(assemblee=assemblee)
    document.fichier.save("note.pdf", ContentFile(b"%PDF-1.4".ljust(2048)))
    page = client.get(assemblee.get_absolute_url()).content.decode()
    assert "(PDF, 2,0\u00a0Kio)" in page
    document.fichier.storage.delete(document.fichier.name)
    assert "(PDF)" in client.get(assemblee.get_absolute_url()).content.decode()
