"""Calendar files, structured data and the feed of the assemblées."""

import datetime
import json
from importlib import import_module
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from icalendar import Calendar

from evenements import programme_colle
from evenements.models import Assemblee, Sequence
from programme.fiches.models import Passage
from tests import factories
from tests.echanges.outils import csv, importer
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
    with django_assert_num_queries(3):  # assemblées, decisions, news of the fiches
        client.get(reverse("nouvelles"))


def test_documents_tell_their_type_and_size(client):
    assemblee = factories.AssembleeFactory()
    document = factories.DocumentFactory(assemblee=assemblee)
    document.fichier.save("note.pdf", ContentFile(b"%PDF-1.4".ljust(2048)))
    page = client.get(assemblee.get_absolute_url()).content.decode()
    assert "(PDF, 2,0\u00a0Kio)" in page
    document.fichier.storage.delete(document.fichier.name)
    assert "(PDF)" in client.get(assemblee.get_absolute_url()).content.decode()


JADIS = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
TEMOINS = ("dtstamp", "last-modified", "sequence")


def montre(evenement):
    """What an agenda shows of it, without the marks of its revision."""
    lignes = evenement.items()
    return {nom: valeur.to_ical() for nom, valeur in lignes if nom.lower() not in TEMOINS}


def marques(evenement):
    return evenement["sequence"], evenement.decoded("dtstamp"), evenement.decoded("last-modified")


AUTRES = {
    models.DateField: datetime.date(2019, 3, 6),
    models.TimeField: datetime.time(10, 30),
    models.SmallIntegerField: 77,
}


def autre_valeur(champ):
    if champ.choices:
        return champ.choices[1][0]
    genre = next((g for g in AUTRES if isinstance(champ, g)), None)
    return AUTRES.get(genre, "autre")


def champs_a_changer():
    for modele in (Assemblee, Sequence):
        for champ in modele._meta.concrete_fields:
            # Its address names an assemblée for ever; what is editable is what people change.
            if champ.editable and not champ.is_relation and champ.name not in ("id", "identifiant"):
                yield pytest.param(modele, champ, id=f"{modele._meta.model_name}-{champ.name}")


@pytest.mark.parametrize("voie", ["save", "import"])
@pytest.mark.parametrize(("modele", "champ"), [*champs_a_changer()])
def test_a_revision_is_counted_when_and_only_when_what_is_shown_changes(
    client, modele, champ, voie
):
    assemblee = factories.AssembleeFactory()
    une = sequence(assemblee, 1, debut=datetime.time(9), fin=datetime.time(11))
    for objet in (assemblee, une):
        type(objet).objects.update(agenda_revu_le=JADIS)
        objet.refresh_from_db()
    adresse = reverse("assemblee-calendrier", args=[assemblee.identifiant])
    avant, _ = lire(client, adresse)
    assemblee.save()
    une.save()
    assert [marques(e) for e in lire(client, adresse)[0]] == [marques(e) for e in avant]
    objet = modele.objects.get()
    cle = {"ordre": objet.ordre} if modele is Sequence else {}
    setattr(objet, champ.attname, autre_valeur(champ))
    if voie == "save" or champ.name in cle:
        objet.save()
    else:
        nom = "sequences" if cle else "assemblees"
        entete = "assemblee;ordre" if cle else "identifiant"
        valeurs = f"{assemblee.identifiant};1" if cle else assemblee.identifiant
        importer(nom, csv(f"{entete};{champ.name}", f"{valeurs};{autre_valeur(champ)}"))
    apres, _ = lire(client, adresse)
    change = False
    for ancien, nouveau in zip(avant, apres, strict=True):
        assert nouveau["uid"] == ancien["uid"]
        attendu = montre(ancien) | {"URL": ""} != montre(nouveau) | {"URL": ""}
        change |= attendu
        if attendu:
            assert int(nouveau["sequence"]) > int(ancien["sequence"])
            assert nouveau.decoded("dtstamp") > ancien.decoded("dtstamp")
            assert nouveau.decoded("last-modified") == nouveau.decoded("dtstamp")
    if not change:
        assert [marques(e) for e in apres] == [marques(e) for e in avant]


def test_swapped_ranks_keep_their_names_in_agendas(client):
    assemblee = factories.AssembleeFactory()
    une, autre = sequence(assemblee, 1, titre="Une"), sequence(assemblee, 2, titre="Autre")
    adresse = reverse("assemblee-calendrier", args=[assemblee.identifiant])
    avant = {str(e["summary"]): str(e["uid"]) for e in lire(client, adresse)[0]}
    assert len(set(avant.values())) == 3
    for objet, rang in ((une, 3), (autre, 1), (une, 2)):
        objet.ordre = rang
        objet.save()
    assert {str(e["summary"]): str(e["uid"]) for e in lire(client, adresse)[0]} == avant


def test_agendas_go_on_knowing_what_was_there_before():
    migration = import_module("evenements.migrations.0005_revisions_de_l_agenda")
    une = sequence(factories.AssembleeFactory(), 4, debut=datetime.time(9))
    Sequence.objects.update(agenda_empreinte="", agenda_revu_le=None)
    migration.reprendre(apps, None)
    une.refresh_from_db()
    une.save()
    assert (une.repere, une.agenda_revision, une.agenda_revu_le) == ("sequence-4", 0, None)
    une.debut = datetime.time(10)
    une.save()
    assert une.agenda_revision == 1


def test_a_session_past_midnight_ends_the_day_after(client):
    assemblee = factories.AssembleeFactory()
    soiree = sequence(assemblee, 1, debut=datetime.time(20), fin=datetime.time(2), salle="Bar")
    adresse = reverse("sequence-calendrier", args=[assemblee.identifiant, 1])
    (evenement,), _ = lire(client, adresse)
    assert evenement.decoded("dtend") - evenement.decoded("dtstart") == datetime.timedelta(hours=6)
    page = client.get(assemblee.get_absolute_url()).content.decode()
    assert "20:00 – 02:00 (le lendemain)" in page
    lues = BeautifulSoup(page, "html.parser").find("script", type="application/ld+json")
    (donnees,) = json.loads(lues.string)["subEvent"]
    assert donnees["endDate"] == "2019-03-06T02:00:00+01:00"
    matin = datetime.date(2019, 3, 6)
    tot = sequence(assemblee, 2, jour=matin, debut=datetime.time(1), salle="bar")
    assert soiree.chevauche(tot) and tot.chevauche(soiree)
    tot.debut = datetime.time(2)
    assert not soiree.chevauche(tot)


@pytest.mark.parametrize(
    ("debut", "fin", "admis"),
    [(18, 6, True), (23, 0, True), (9, 9, True), (17, 1, False), (14, 13, False), (20, 7, False)],
)
def test_only_an_evening_ends_the_day_after(debut, fin, admis):
    assemblee = factories.AssembleeFactory()
    soiree = Sequence(assemblee=assemblee, ordre=1, titre="Soirée", jour=assemblee.date_debut)
    soiree.debut, soiree.fin = datetime.time(debut), datetime.time(fin)
    lues, refus = programme_colle.lire(f"{debut}h - {fin}h : Soirée", assemblee)
    assert (len(lues), len(refus)) == ((1, 0) if admis else (0, 1))
    if admis:
        soiree.full_clean()
        return
    with pytest.raises(ValidationError, match="18 h"):
        soiree.full_clean()
