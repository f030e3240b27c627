"""Who opens each page of a séance, and what each page costs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.comites import conduite, decisions
from programme.fiches import parcours
from tests import factories as f

UN_JOUR = datetime.timedelta(days=1)

# Literal cost of each page, whatever the number of fiches.
# Two of each are what was said of the fiches before: technical avis and complements.
COUTS = {
    "change": 15,
    "ordre_du_jour": 24,
    "dossier": 21,
    "dossier_pdf": 21,
    "presences": 8,
    "avis": 15,
    "avis_point": 21,
    "clore": 17,
    "releve": 16,
    "releve_pdf": 16,
}
OUVERTES = (200,) * len(COUTS)


def adresses(point):
    seance = point.seance_id
    noms = {nom: [seance] for nom in COUTS} | {"avis_point": [seance, point.pk]}
    return {nom: reverse(f"admin:programme_seance_{nom}", args=args) for nom, args in noms.items()}


@pytest.fixture
def point(seance, transmettre, composer):
    return composer(seance, transmettre("75"))[0]


def statuts(client, agent, point, methode="get"):
    client.logout()
    if agent:
        client.force_login(agent)
    return tuple(getattr(client, methode)(a).status_code for a in adresses(point).values())


def test_its_agents_and_the_delegation_open_everything(client, agent, point):
    for qui in (agent, f.agent_delegation()):
        assert statuts(client, qui, point) == OUVERTES


def test_nobody_else_opens_anything(client, point):
    fiche = point.fiche
    etrangers = {
        # It shares the fiche, not the comité.
        "région voisine": f.agent_region("75"),
        "région sans rapport": f.agent_region("11"),
        "intercommunalité du territoire": f.agents_de(fiche.territoire)[0],
        "sans périmètre": f.AgentFactory(),
        "inactif": f.agent_region(point.seance.comite.region, is_active=False),
    }
    for qui, agent in etrangers.items():
        for methode in ("get", "post"):
            for nom, statut in zip(COUTS, statuts(client, agent, point, methode), strict=True):
                # The admin sends home from the page of a row that one may not see, unless
                # something was typed there: it is given back.
                change = (302, 403) if methode == "get" else (403, 404)
                attendus = {"change": change}.get(nom, (404,))
                if qui in ("sans périmètre", "inactif"):
                    attendus = (302, 403, 404)
                assert statut in attendus, (qui, methode, nom)
    assert set(statuts(client, None, point)) == {302}
    assert point.seance.avis.count() == 0


def test_an_unknown_seance_is_not_found(client, agent, point):
    client.force_login(agent)
    for nom in COUTS.keys() - {"change"}:
        args = [0, point.pk] if nom == "avis_point" else [0]
        adresse = reverse(f"admin:programme_seance_{nom}", args=args)
        assert client.get(adresse).status_code == 404, nom


def examinee(fiche, agent, seance):
    """It came back once with a remark, and went up again; then this séance answers it."""
    avant = f.SeanceFactory(comite=seance.comite)
    remarques = [("titre", "Trop long"), ("contexte", "Trop court")]
    avis = {"sens": "ajourne", "motif": "À revoir", "agent": agent}
    f.rendre_et_clore(fiche, seance=avant, remarques=remarques, **avis)
    fiche.refresh_from_db()
    fiche = parcours.transmettre(fiche, agent=agent)
    decisions.rendre_avis(fiche, seance=seance, remarques=remarques, **avis)


@pytest.mark.parametrize("nom, cout", COUTS.items())
def test_a_page_costs_the_same_with_three_fiches(
    client, agent, point, transmettre, composer, django_assert_num_queries, nom, cout
):
    """Two more on the agenda, two more answered, and as many more that wait."""
    seance = point.seance
    client.force_login(agent)
    adresse = adresses(point)[nom]
    membre = f.MembreComiteFactory(comite=seance.comite)
    conduite.noter_presences(seance, agent=agent, statuts={membre: "present"})
    examinee(transmettre("75"), agent, seance)
    transmettre("75")
    client.get(adresse)
    with django_assert_num_queries(cout):
        client.get(adresse)
    composer(seance, transmettre("84"), transmettre())
    for fiche in (transmettre("84"), transmettre()):
        examinee(fiche, agent, seance)
    transmettre(), transmettre()
    f.MembreComiteFactory(comite=seance.comite)
    with django_assert_num_queries(cout):
        assert client.get(adresse).status_code == 200


def test_the_list_of_comites_says_when_each_meets_next(client, agent, point):
    comite = point.seance.comite
    comite.seances.update(date=timezone.localdate() - UN_JOUR)
    for jours in (40, 30):
        f.SeanceFactory(comite=comite, date=timezone.localdate() + jours * UN_JOUR)
    client.force_login(agent)
    liste = client.get(reverse("admin:programme_comitedepilotage_changelist")).context["cl"]
    attendue = timezone.localdate() + 30 * UN_JOUR
    assert [un.prochaine for un in liste.result_list] == [attendue]
