"""Reminders, Monday's digest and the private calendar: each of one's own, told once."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from programme.courriels.juges import perime
from programme.courriels.models import Courriel, PreferenceCourriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction
from programme.rappels.echeances import agenda, rappels
from programme.rappels.envoi import rappeler
from programme.rappels.models import AbonnementAgenda
from tests import factories as f

UN_JOUR = datetime.timedelta(days=1)
LUNDI = timezone.localdate() - timezone.localdate().weekday() * UN_JOUR


def dans(jours):
    return timezone.localdate() + jours * UN_JOUR


@pytest.fixture
def monde(pays):
    """In each place one thing of each kind that falls due, or waits since long."""
    Courriel.objects.all().delete()
    for lieu in ("ici", "la"):
        _echeances(pays[lieu], pays["agents"]["délégation"])
    f.EditionCarteFactory(code="2031-01", date=dans(10), source="JO", composition_connue=True)
    return pays


def _echeances(lieu, delegation):
    f.SeanceFactory(comite=lieu["comitedepilotage"], date=dans(5))
    attend = f.fiche_complete(lieu["territoire"], titre=f"Attend {lieu['territoire']}")
    attend = parcours.transmettre(attend, agent=delegation)
    vieux = timezone.now() - 40 * UN_JOUR
    models.QuerySet(type(attend.dernier_envoi)).filter(pk=attend.dernier_envoi_id).update(le=vieux)
    f.DemandeComplementFactory(fiche=attend, demandee_le=vieux, attendue_le=dans(3))
    muette = f.fiche_complete(lieu["territoire"], titre=f"Muette {lieu['territoire']}")
    models.QuerySet(FicheAction).filter(pk=muette.pk).update(
        etat="engagee", updated_at=timezone.now() - 200 * UN_JOUR
    )
    f.ContratFactory(
        territoire=lieu["territoire"], type="protocole", etat="signe", fin=dans(20), debut=None
    )
    convention = f.ConventionFactory(partenaire=lieu["partenaire"])
    f.EngagementFactory(convention=convention, echeance=dans(12))


ATTENDUS = {
    "intercommunalité": "complements complements-sans-reponse fiches-sans-nouvelle contrats "
    "editions",
    "région": "seances fiches-en-attente contrats editions",
    "État": "contrats editions",
    "opérateur": "engagements editions",
    "délégation": "seances engagements contrats editions",
}
SEULS = set(ATTENDUS) - {"délégation"}


@pytest.mark.parametrize("genre", ATTENDUS)
def test_each_is_reminded_of_what_is_its_own(genre, monde):
    groupes = rappels(monde["agents"][genre], timezone.localdate())
    assert [un.cle for un, _ in groupes] == [cle for cle in ORDRE if cle in ATTENDUS[genre].split()]
    nombres = {un.cle: len(lignes) for un, lignes in groupes if un.cle != "editions"}
    assert set(nombres.values()) == {2 if genre == "délégation" else 1}


ORDRE = [
    "seances",
    "complements",
    "complements-sans-reponse",
    "fiches-en-attente",
    "fiches-sans-nouvelle",
]
ORDRE += ["engagements", "contrats", "editions"]


@pytest.mark.parametrize("genre", ["anonyme", "sans périmètre"])
def test_who_has_no_perimeter_is_reminded_of_nothing(genre, monde):
    if agent := monde["agents"][genre]:
        assert rappels(agent, timezone.localdate()) == []
        assert agenda(agent, timezone.localdate()) == []


def test_a_region_sets_its_delays(monde):
    agent = monde["agents"]["région"]
    f.DelaiDeRappelFactory(region=monde["ici"]["comitedepilotage"].region, seance=2, attente=60)
    cles = {un.cle for un, _ in rappels(agent, timezone.localdate())}
    assert cles == {"contrats", "editions"}
    voisine = rappels(monde["agents"]["région voisine"], timezone.localdate())
    assert "seances" in {un.cle for un, _ in voisine}


def test_monday_tells_each_person_once_and_names_nothing_of_another(monde):
    rappeler(LUNDI)
    rappeler(LUNDI)
    rappeler(LUNDI + UN_JOUR)
    courriels = Courriel.objects.filter(genre="rappel").select_related("agent")
    assert len({c.agent_id for c in courriels}) == len(courriels)
    recus = {c.agent: c for c in courriels}
    for genre in SEULS:
        courriel = recus[monde["agents"][genre]]
        for texte in (courriel.corps, courriel.corps_html):
            assert "Territoire la" not in texte and "Opérateur la" not in texte, genre
            assert "@" not in texte, genre


def test_on_other_days_nothing_is_said_twice_a_week(monde):
    assert rappeler(LUNDI + 3 * UN_JOUR) == (0, 0)
    assert not Courriel.objects.filter(genre="rappel").exists()


def test_each_chooses_how_it_is_reminded(monde):
    agents = monde["agents"]
    PreferenceCourriel.objects.create(agent=agents["région"], rappels="aucun")
    PreferenceCourriel.objects.create(agent=agents["opérateur"], rappels="jour")
    rappeler(LUNDI + 3 * UN_JOUR)
    rappeler(LUNDI + 4 * UN_JOUR)
    siens = Courriel.objects.filter(genre="rappel", agent=agents["opérateur"])
    assert {c.cle.split("-")[1] for c in siens} == {"engagement", "edition"}
    rappeler(LUNDI)
    assert not Courriel.objects.filter(genre="rappel", agent=agents["région"]).exists()


def test_a_reminder_of_what_is_done_does_not_leave(monde):
    agent = monde["agents"]["opérateur"]
    PreferenceCourriel.objects.create(agent=agent, rappels="jour")
    rappeler(timezone.localdate())
    courriel = Courriel.objects.get(agent=agent, cle__startswith="rappel-engagement")
    assert perime(courriel) == ""
    agent.partenaire.conventions.get().engagements.update(etat="tenu")
    assert perime(courriel) == "ce rappel n’a plus d’objet"


def test_a_digest_stays_once_its_week_is_past_or_its_reader_works_elsewhere(monde):
    rappeler(LUNDI)
    agent = monde["agents"]["région"]
    courriel = Courriel.objects.get(agent=agent, genre="rappel")
    assert perime(courriel) == ""
    agent.regions.set([monde["la"]["comitedepilotage"].region])
    frais = Courriel.objects.select_related("agent").get(pk=courriel.pk)
    assert "périmètre" in perime(frais)


def test_it_goes_through_the_queue_as_text_and_html(monde):
    Courriel.objects.exclude(genre="rappel").delete()
    rappeler(LUNDI)
    Courriel.objects.exclude(agent=monde["agents"]["opérateur"]).delete()
    call_command("envoyer_courriels", verbosity=0)
    (message,) = mail.outbox
    assert message.body.startswith("Bonjour") and "Votre semaine" in message.subject
    ((html, genre),) = message.alternatives
    assert genre == "text/html" and "<h2>Engagements" in html


# --- The calendar ------------------------------------------------------------------------------


def adresse_de(agent):
    return reverse("agenda", args=[AbonnementAgenda.objects.ouvrir(agent)])


def evenements(client, adresse):
    reponse = client.get(adresse)
    assert reponse["Content-Type"].startswith("text/calendar")
    assert "no-store" in reponse["Cache-Control"]
    return list(Calendar.from_ical(reponse.content).walk("VEVENT"))


@pytest.mark.parametrize("genre", ATTENDUS)
def test_the_calendar_holds_ones_own_days(genre, monde, client):
    agent = monde["agents"][genre]
    lus = {str(e["uid"]).split("@")[0] for e in evenements(client, adresse_de(agent))}
    assert lus == {e.cle for e in agenda(agent, timezone.localdate())}
    debuts = {cle.rsplit("-", 1)[0] for cle in lus}
    assert (
        debuts
        == {
            "intercommunalité": {"complement", "contrat", "edition"},
            "région": {"seance", "contrat", "edition"},
            "État": {"contrat", "edition"},
            "opérateur": {"engagement", "edition"},
            "délégation": {"seance", "engagement", "contrat", "edition"},
        }[genre]
    )
    assert (
        genre == "délégation"
        or "Territoire la" not in client.get(adresse_de(agent)).content.decode()
    )


def test_the_address_is_revoked_and_what_is_stored_opens_nothing(monde, entrer):
    agent = monde["agents"]["région"]
    client = entrer(agent)
    page = client.post(reverse("agenda-ouvrir"))
    premiere = page.context["adresse"].split("/agenda/")[1]
    assert premiere.removesuffix(".ics") not in str(AbonnementAgenda.objects.values())
    chemin = f"/agenda/{premiere}"
    autre = entrer(None)
    assert autre.get(chemin).status_code == 200
    ligne = AbonnementAgenda.objects.get()
    assert autre.get(reverse("agenda", args=[ligne.empreinte])).status_code == 404
    nouvelle = adresse_de(agent)
    assert (autre.get(chemin).status_code, autre.get(nouvelle).status_code) == (404, 200)
    entrer(agent).post(reverse("agenda-fermer"))
    assert entrer(None).get(nouvelle).status_code == 404


@pytest.mark.parametrize("perte", [{"is_active": False}, {"niveau": ""}])
def test_who_left_reads_it_no_more(perte, monde, client):
    agent = monde["agents"]["opérateur"]
    adresse = adresse_de(agent)
    type(agent).objects.filter(pk=agent.pk).update(**perte)
    assert client.get(adresse).status_code == 404


def test_the_account_offers_it_to_who_has_a_perimeter(monde, entrer):
    page = reverse("mon-compte")
    for genre, agent in monde["agents"].items():
        if agent:
            contenu = entrer(agent).get(page).content.decode().partition('id="agenda"')
            assert ("csrfmiddlewaretoken" in contenu[2]) is (genre != "sans périmètre"), genre
            contenu = "".join(contenu)
            assert ("Mon agenda" in contenu) is (genre != "sans périmètre"), genre


def test_a_digest_costs_the_same_for_one_row_and_for_three(monde, django_assert_num_queries):
    agent = type(monde["agents"]["région"]).objects.get(pk=monde["agents"]["région"].pk)
    for rang in range(2):
        f.SeanceFactory(comite=monde["ici"]["comitedepilotage"], date=dans(6 + rang))
    with django_assert_num_queries(REQUETES):
        rappels(agent, timezone.localdate())


REQUETES = 6
