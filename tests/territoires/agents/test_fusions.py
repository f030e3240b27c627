"""An intercommunalité is dissolved: rights, fiches and messages pass to its successors at once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction
from territoires.agents.models import Agent
from territoires.geographie.models import Intercommunalite
from tests import factories as f
from tests.echanges.outils import csv, importer
from tests.factories.carte import intercommunalites_de
from tests.formulaires import lu
from tests.territoires.preparation.test_millesime import approuver, fichiers, lancer

pytestmark = pytest.mark.django_db
HIER = datetime.date(2024, 1, 1)


def dissoudre(intercommunalite, *successeurs, le=HIER):
    intercommunalite.dissoute_le = le
    intercommunalite.save()
    intercommunalite.successeurs.set(successeurs)


def voit(agent, fiche):
    agent = Agent.objects.get(pk=agent.pk)
    return FicheAction.objects.for_user(agent).filter(pk=fiche.pk).exists() and agent.has_perm(
        "programme.change_ficheaction", fiche
    )


@pytest.fixture
def fiche():
    return f.fiche_complete(f.territoire_publie())


@pytest.fixture
def ancienne(fiche):
    return intercommunalites_de(fiche.territoire)[0]


@pytest.fixture
def gens(ancienne):
    """{where: agent}: of the one that will end, of two that follow it, of one that does not."""
    une, autre, ailleurs = f.IntercommunaliteFactory.create_batch(3)
    lieux = {"ancienne": ancienne, "une": une, "autre": autre, "ailleurs": ailleurs}
    return {nom: f.agent_intercommunalite(lieu) for nom, lieu in lieux.items()}


def de(gens, nom):
    return gens[nom].intercommunalites.get()


def ceux_qui_voient(gens, fiche):
    return {nom for nom, agent in gens.items() if voit(agent, fiche)}


def test_several_successors_and_chains(gens, fiche, ancienne):
    assert ceux_qui_voient(gens, fiche) == {"ancienne"}
    dissoudre(ancienne, de(gens, "une"))
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une"}
    dissoudre(ancienne, de(gens, "une"), de(gens, "autre"))
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une", "autre"}
    dissoudre(ancienne, de(gens, "une"))
    dissoudre(de(gens, "une"), de(gens, "autre"))
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une", "autre"}
    assert str(de(gens, "autre")) in Agent.objects.get(pk=gens["ancienne"].pk).perimetre_en_clair()


def test_a_merger_to_come_and_one_that_is_undone_change_nothing(gens, fiche, ancienne):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    dissoudre(ancienne, de(gens, "une"), le=demain)
    assert ceux_qui_voient(gens, fiche) == {"ancienne"}
    dissoudre(ancienne, de(gens, "une"), le=timezone.localdate())
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une"}
    dissoudre(ancienne, de(gens, "une"), le=None)
    assert ceux_qui_voient(gens, fiche) == {"ancienne"}


def test_two_successors_of_one_share_nothing_else(gens, ancienne):
    une, autre = de(gens, "une"), de(gens, "autre")
    dissoudre(ancienne, une, autre)
    assert Intercommunalite.objects.lignee([une.pk]) == {une.pk, ancienne.pk}


def test_messages_follow(gens, fiche, ancienne):
    dissoudre(ancienne, de(gens, "une"))
    region = f.agent_region(*fiche.regions_concernees())
    parcours.transmettre(fiche, agent=gens["une"])
    comite = f.ComiteDePilotageFactory(region=fiche.regions_concernees()[0])
    seance = f.SeanceFactory(comite=comite, date=timezone.localdate())
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=region)
    prevenus = Courriel.objects.filter(genre="action").values_list("agent", flat=True)
    assert {gens["ancienne"].pk, gens["une"].pk} <= set(prevenus)
    assert not {gens["ailleurs"].pk, gens["autre"].pk} & set(prevenus)


def test_through_the_admin(client, delegation, gens, fiche, ancienne):
    adresse = reverse("admin:territoires_intercommunalite_change", args=[ancienne.pk])
    envoi = {
        "nom": ancienne.nom,
        "nature": ancienne.nature,
        "departement": ancienne.departement_id,
        "dissoute_le": "01/01/2024",
        "successeurs": [de(gens, "une").pk, de(gens, "autre").pk],
    }
    assert client.post(adresse, envoi | lu(client, adresse)).status_code == 302
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une", "autre"}
    page = client.get(ancienne.get_absolute_url()).content.decode()
    assert de(gens, "une").nom in page and de(gens, "autre").nom in page


def test_through_an_import(gens, fiche, ancienne):
    suites = f"{de(gens, 'une').pk} {de(gens, 'autre').pk}"
    importer(
        "intercommunalites",
        csv("siren;dissoute_le;successeurs", f"{ancienne.pk};01/01/2024;{suites}"),
    )
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une", "autre"}


def test_through_the_yearly_check(tmp_path, gens, fiche, ancienne):
    une = de(gens, "une")
    (bourg,) = ancienne.communes_epci.all()
    groupements = {
        i.pk: (i.nom, [c.pk for c in i.communes_epci.all()])
        for i in Intercommunalite.objects.existantes()
        if i != ancienne
    }
    groupements[une.pk] = (une.nom, [bourg.pk])
    source, rapport = fichiers(tmp_path, groupements), tmp_path / "rapport.csv"
    assert lancer(source, "--rapport", str(rapport))[0] == 3
    approuver(rapport)
    code, texte = lancer(source, "--appliquer", str(rapport), "--au", "2024-01-01")
    assert code == 0, texte
    assert ceux_qui_voient(gens, fiche) == {"ancienne", "une"}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(liens=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_nobody_loses_access_and_circles_end(db, liens):
    Intercommunalite.objects.all().delete()
    lieux = f.IntercommunaliteFactory.create_batch(6)
    for avant, apres in liens:
        Intercommunalite.objects.filter(pk=lieux[avant].pk).update(dissoute_le=HIER)
        lieux[avant].successeurs.add(lieux[apres])
    lignees = {lieu.pk: Intercommunalite.objects.lignee([lieu.pk]) for lieu in lieux}
    for pk, lignee in lignees.items():
        assert pk in lignee
        for autre in lignee:
            assert pk in lignees[autre]
