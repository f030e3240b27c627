"""Who said what, found by person, organisation and territoire; two spellings made one."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from icalendar import Calendar

from evenements.models import AutreNom, Intervenant
from tests import factories as f

pytestmark = pytest.mark.django_db
ADRESSE = "/interventions/"


def trouvees(client, **criteres):
    return list(client.get(ADRESSE, criteres).context["object_list"])


def test_words_are_found_by_person_organisation_and_territoire(client):
    territoire = f.territoire_publie()
    parole = f.InterventionFactory(
        intervenant__nom="Éléonore-Test", organisation="Région d’Étude", territoire=territoire
    )
    autre = f.InterventionFactory(organisation="Ailleurs")
    f.InterventionFactory(
        intervenant=parole.intervenant,
        organisation="Région d’Étude",
        territoire=territoire,
        sequence__assemblee__publiee_le=None,
    )
    f.AutreNomFactory(intervenant=parole.intervenant, nom="Aliénor Essai")
    assert set(trouvees(client)) == {parole, autre}
    for criteres in (
        {"personne": "eleonore"},
        {"personne": "alienor"},
        {"organisation": "region etude"},
        {"territoire": territoire.identifiant},
        {"assemblee": parole.sequence.assemblee.identifiant},
    ):
        assert trouvees(client, **criteres) == [parole], criteres
    assert trouvees(client, personne="personne de ce nom") == []


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_words(client, nombre, django_assert_num_queries):
    for _ in range(nombre):
        f.InterventionFactory(territoire=f.territoire_publie())
    with django_assert_num_queries(4):
        client.get(ADRESSE)


@pytest.mark.parametrize("nombre", [1, 3])
def test_a_merged_person_costs_the_same_for_one_and_three_spellings(
    client, nombre, django_assert_num_queries
):
    parole = f.InterventionFactory()
    for _ in range(nombre):
        f.AutreNomFactory(intervenant=parole.intervenant)
    with django_assert_num_queries(4):
        client.get(parole.intervenant.get_absolute_url())


def test_two_spellings_are_merged_after_a_look_and_the_old_address_still_leads(client):
    garde = f.InterventionFactory(intervenant__nom="Exemple", resume="Un").intervenant
    doublon = f.InterventionFactory(
        intervenant__nom="Exmple", intervenant__identifiant="exmple", resume="Deux"
    ).intervenant
    plus_ancien = f.AutreNomFactory(intervenant=doublon, identifiant="exenple")
    client.force_login(f.agent_delegation())
    liste = reverse("admin:evenements_intervenant_changelist")
    envoi = {"action": "fusionner", "_selected_action": [garde.pk, doublon.pk]}
    page = client.post(liste, envoi)
    assert [(i, len(dites)) for i, dites in page.context["choisis"]] == [(garde, 1), (doublon, 1)]
    refus = client.post(liste, envoi | {"confirme": "oui"})  # which one to keep is not said
    assert refus.context["formulaire"].errors.keys() == {"garde"}
    assert Intervenant.objects.count() == 2
    resume = client.post(liste, envoi | {"confirme": "choix", "garde": garde.pk})
    html = BeautifulSoup(resume.content, "html.parser")
    assert "Dominique Exmple (exmple) disparaît de la liste" in html.main.text
    assert "reprend 1 intervention, avec son texte" in html.main.text
    assert Intervenant.objects.count() == 2
    caches = html.select("#content-main input[type=hidden]")
    relu = {champ["name"]: champ["value"] for champ in caches} | envoi
    assert client.post(liste, relu).status_code == 302
    assert {i.resume for i in garde.interventions.all()} == {"Un", "Deux"}
    assert set(AutreNom.objects.values_list("identifiant", "intervenant")) == {
        ("exmple", garde.pk),
        (plus_ancien.identifiant, garde.pk),
    }
    client.logout()
    for ancien in ("exmple", "exenple"):
        reponse = client.get(reverse("intervenant", args=[ancien]))
        assert (reponse.status_code, reponse["Location"]) == (301, garde.get_absolute_url())
    assert "Dominique Exmple" in client.get(garde.get_absolute_url()).content.decode()


def test_only_the_delegation_merges(client):
    deux = [f.IntervenantFactory(), f.IntervenantFactory()]
    envoi = {"action": "fusionner", "_selected_action": [i.pk for i in deux]}
    envoi |= {"confirme": "fusion", "garde": deux[0].pk}
    for agent in (*f.agents_de(f.territoire_publie()), f.AgentFactory()):
        client.force_login(agent)
        client.post(reverse("admin:evenements_intervenant_changelist"), envoi)
        assert Intervenant.objects.count() == 2


def test_an_old_spelling_of_a_person_not_public_leads_nowhere(client):
    muet = f.InterventionFactory(sequence__assemblee__publiee_le=None).intervenant
    ancien = f.AutreNomFactory(intervenant=muet)
    assert client.get(reverse("intervenant", args=[ancien.identifiant])).status_code == 404


@pytest.mark.parametrize(
    ("jour", "decalage"),
    [
        (datetime.date(2024, 3, 30), 1),
        (datetime.date(2024, 3, 31), 2),
        (datetime.date(2024, 10, 26), 2),
        (datetime.date(2024, 10, 27), 1),
    ],
)
def test_hours_of_paris_survive_the_change_of_time(client, jour, decalage):
    assemblee = f.AssembleeFactory(date_debut=jour, date_fin=jour)
    f.SequenceFactory(
        assemblee=assemblee, jour=jour, debut=datetime.time(9), fin=datetime.time(10, 30)
    )
    contenu = client.get(reverse("assemblee-calendrier", args=[assemblee.identifiant])).content
    calendrier = Calendar.from_ical(contenu)
    assert calendrier.errors == []
    (evenement,) = [e for e in calendrier.walk("VEVENT") if "T" in e["dtstart"].to_ical().decode()]
    for cle, heure in (("dtstart", (9, 0)), ("dtend", (10, 30))):
        instant = evenement.decoded(cle)
        assert instant.utcoffset() == datetime.timedelta(hours=decalage)
        a_paris = instant.astimezone(ZoneInfo("Europe/Paris"))
        assert (a_paris.date(), a_paris.hour, a_paris.minute) == (jour, *heure)
