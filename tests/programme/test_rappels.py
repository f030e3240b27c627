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
from programme.instruction import examen
from programme.instruction.nouvelles import service
from programme.rappels.echeances import agenda, rappels
from programme.rappels.envoi import rappeler
from programme.rappels.models import AbonnementAgenda, DelaiDeRappel
from tests import factories as f

UN_JOUR = datetime.timedelta(days=1)
LUNDI = timezone.localdate() - timezone.localdate().weekday() * UN_JOUR


def dans(jours):
    return timezone.localdate() + jours * UN_JOUR


@pytest.fixture
def monde(pays):
    """In each place one thing of each kind that falls due, or waits since long."""
    Courriel.objects.all().delete()
    for lieu, region in (("ici", "région"), ("la", "région voisine")):
        _echeances(pays[lieu], pays["agents"]["délégation"], pays["agents"][region])
    f.EditionCarteFactory(code="2031-01", date=dans(10), source="JO", composition_connue=True)
    return pays


def _echeances(lieu, delegation, region, rang=0):
    seance = f.SeanceFactory(comite=lieu["comitedepilotage"], date=dans(5 + rang))
    attend = f.fiche_complete(lieu["territoire"], titre=f"Attend {lieu['territoire']}")
    attend = parcours.transmettre(attend, agent=delegation)
    vieux = timezone.now() - 40 * UN_JOUR
    models.QuerySet(type(attend.dernier_envoi)).filter(pk=attend.dernier_envoi_id).update(le=vieux)
    attend.partenaires.add(lieu["partenaire"])
    f.PointOrdreDuJourFactory(seance=seance, fiche=attend, demande=None)
    f.DemandeComplementFactory(
        fiche=attend, demandee_le=vieux, attendue_le=dans(3), service=service(region)
    )
    f.MandatFactory(territoire=lieu["territoire"], role="presidence", fin=dans(9), debut=None)
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
    "intercommunalité": "en-comite complements complements-sans-reponse fiches-sans-nouvelle "
    "mandats contrats editions",
    "région": "seances complements-attendus complements-en-vain fiches-en-attente mandats contrats "
    "editions",
    "État": "en-comite contrats editions",
    "opérateur": "en-comite engagements editions",
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
    "en-comite",
    "complements",
    "complements-sans-reponse",
    "complements-attendus",
    "complements-en-vain",
    "fiches-en-attente",
    "fiches-sans-nouvelle",
]
ORDRE += ["engagements", "mandats", "contrats", "editions"]


def de(genre, cle, monde):
    """What the reminders of this agent say of this kind."""
    groupes = {un.cle: lignes for un, lignes in rappels(monde["agents"][genre], dans(0))}
    return groupes.get(cle, [])


@pytest.mark.parametrize("genre", ["intercommunalité", "État", "opérateur"])
def test_a_seance_is_told_by_what_one_reads_of_its_agenda(genre, monde, entrer):
    """Neither the fiche of another territoire on the same agenda, nor the page of the comité."""
    seance = monde["ici"]["comitedepilotage"].seances.get(date=dans(5))
    ailleurs = f.fiche_complete(f.territoire_publie(f.RegionFactory(code="11")), titre="Xyzzy")
    ailleurs = parcours.transmettre(ailleurs, agent=monde["agents"]["délégation"])
    f.PointOrdreDuJourFactory(seance=seance, fiche=ailleurs, demande=None)
    (une,) = de(genre, "en-comite", monde)
    assert (une.le, une.detail) == (dans(5), "Examine\u202f: Attend Territoire ici")
    assert entrer(monde["agents"][genre]).get(une.adresse).status_code == 200


def test_a_fiche_called_back_is_announced_to_nobody(monde):
    fiche = FicheAction.objects.get(titre="Attend Territoire ici")
    parcours.rappeler(fiche, agent=monde["agents"]["intercommunalité"])
    assert not any(de(genre, "en-comite", monde) for genre in ("intercommunalité", "État"))


def test_the_state_is_told_of_what_it_asked_alone(monde, entrer):
    agent = monde["agents"]["État"]
    assert not de("État", "complements-attendus", monde)
    fiche = FicheAction.objects.get(titre="Attend Territoire ici")
    examen.demander(fiche, question="Qui ?", champs=[], agent=agent, attendue_le=dans(4))
    (une,) = de("État", "complements-attendus", monde)
    assert une.titre.endswith("Attend Territoire ici")
    assert entrer(agent).get(une.adresse).status_code == 200


def test_a_mandat_with_a_successor_is_told_to_nobody(monde):
    assert len(de("région", "mandats", monde)) == 1
    f.MandatFactory(
        territoire=monde["ici"]["territoire"], role="presidence", debut=dans(10), fin=None
    )
    assert not de("région", "mandats", monde)


@pytest.mark.parametrize("genre", ATTENDUS)
def test_every_address_that_is_told_opens_to_its_reader(genre, monde, entrer):
    client = entrer(monde["agents"][genre])
    for _, lignes in rappels(monde["agents"][genre], dans(0)):
        for une in lignes:
            assert client.get(une.adresse.split("#")[0]).status_code == 200, une


@pytest.mark.parametrize("genre", ["anonyme", "sans périmètre"])
def test_who_has_no_perimeter_is_reminded_of_nothing(genre, monde):
    if agent := monde["agents"][genre]:
        assert rappels(agent, timezone.localdate()) == []
        assert agenda(agent, timezone.localdate()) == []


def test_a_region_sets_its_delays(monde):
    agent = monde["agents"]["région"]
    f.DelaiDeRappelFactory(region=monde["ici"]["comitedepilotage"].region, seance=2, attente=60)
    cles = {un.cle for un, _ in rappels(agent, timezone.localdate())}
    assert not cles & {"seances", "fiches-en-attente"} and "contrats" in cles
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
    assert {c.cle.split("-")[1] for c in siens} == {"engagement", "edition", "comite"}
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
            "intercommunalité": {"comite", "complement", "mandat", "contrat", "edition"},
            "région": {"seance", "complement", "mandat", "contrat", "edition"},
            "État": {"comite", "contrat", "edition"},
            "opérateur": {"comite", "engagement", "edition"},
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


REQUETES = {"intercommunalité": 11, "région": 11, "État": 13, "opérateur": 3, "délégation": 4}


@pytest.mark.parametrize("genre", REQUETES)
def test_a_digest_costs_the_same_for_one_row_and_for_three(genre, monde, django_assert_num_queries):
    """The rows of the fixture, then two more of each kind."""
    agents = monde["agents"]
    for rang in range(2):
        agent = type(agents[genre]).objects.get(pk=agents[genre].pk)
        with django_assert_num_queries(REQUETES[genre]):
            rappels(agent, timezone.localdate())
        if not rang:
            for autre in (1, 2):
                _echeances(monde["ici"], agents["délégation"], agents["région"], autre)


def test_a_region_has_one_row_of_delays_and_is_offered_no_second(pays, client):
    liste = reverse("admin:programme_delaiderappel_changelist")
    ajout = reverse("admin:programme_delaiderappel_add")
    client.force_login(pays["agents"]["région"])
    assert ajout in client.get(liste).content.decode()
    DelaiDeRappel.objects.create(region=pays["agents"]["région"].regions.get())
    assert ajout not in client.get(liste).content.decode()
    assert client.get(ajout).status_code == 403
    client.force_login(pays["agents"]["délégation"])
    assert client.get(ajout).status_code == 200
