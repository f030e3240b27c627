"""Money mobilised, engagements to follow up, offers."""

import csv
import datetime
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programme.mobilisation.financements import matrice
from programme.partenaires.models import Engagement
from tests import factories
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def financer(*regions, partenaire=None, publique=True, statut="acquis", montant=1000):
    """A line of a plan, from a partenaire under a published convention."""
    partenaire = partenaire or factories.ConventionFactory().partenaire
    fiche = factories.fiche_complete(factories.territoire_publie(*regions))
    ligne = factories.FinancementFactory(
        fiche=fiche, partenaire=partenaire, statut=statut, montant=montant
    )
    if publique:
        valider(fiche, factories.agent_delegation())
    return ligne


def test_matrix_holds_what_is_acquired_in_public_and_nothing_else(client):
    ligne = financer("75", "76")
    financer("75", partenaire=ligne.partenaire, publique=False)
    financer("75", partenaire=ligne.partenaire, statut="demande")
    financer("75", partenaire=factories.ConventionFactory(publiee=False).partenaire)
    page = client.get(reverse("mobilisation"))
    vues = [(r.pk, [m for _, m in cellules]) for r, cellules in page.context["rangees"]]
    assert vues == [("75", [1000]), ("76", [1000])]
    assert (page.context["totaux"], page.context["total"]) == ([1000], 1000)
    for region in ("75", "76"):
        demande = {"region": region, "partenaire": ligne.partenaire.identifiant}
        derriere = client.get(reverse("financements-mobilises"), demande)
        assert list(derriere.context["object_list"]) == [ligne]
        assert derriere.context["total"] == 1000


def test_matrix_downloads_for_machines_and_for_excel(client):
    ligne = financer("75", montant="1234.50")
    sorties = {}
    for dialecte, separateur in (("machine", ","), ("excel", ";")):
        reponse = client.get(reverse("mobilisation-csv", args=[dialecte]))
        texte = b"".join(reponse.streaming_content).decode("utf-8-sig")
        (sorties[dialecte],) = csv.DictReader(io.StringIO(texte), delimiter=separateur)
    assert sorties["machine"]["partenaire"] == ligne.partenaire.identifiant
    assert [s["montant"] for s in sorties.values()] == ["1234.50", "1234,50"]
    assert client.get(reverse("mobilisation-csv", args=["inconnu"])).status_code == 404


@pytest.mark.parametrize("rangs", [1, 3])
def test_matrix_costs_the_same_for_one_and_three_lines(client, rangs, django_assert_num_queries):
    for _ in range(rangs):
        financer()
    with django_assert_num_queries(4):
        assert len(client.get(reverse("mobilisation")).context["partenaires"]) == rangs
    with django_assert_num_queries(5):
        client.get(reverse("financements-mobilises"))


def test_matrix_answers_when_empty(client):
    assert matrice() == ([], [], [], 0)
    assert client.get(reverse("mobilisation")).status_code == 200


def engagement(**champs):
    champs = {"convention__signee_le": timezone.localdate()} | champs
    return factories.EngagementFactory(**champs)


def test_engagements_that_fall_due_are_late_or_silent_are_to_follow():
    aujourdhui = datetime.date(2024, 6, 1)

    def jour(ecart):
        return aujourdhui + datetime.timedelta(days=ecart)

    recent = {"convention__signee_le": jour(-10)}
    cas = {
        "late": engagement(echeance=jour(-1), **recent),
        "soon": engagement(echeance=jour(60), **recent),
        "silent": engagement(nouvelle_du=jour(-183), **recent),
        "never heard of": engagement(convention__signee_le=jour(-183)),
    }
    engagement(echeance=jour(61), nouvelle_du=jour(-182), **recent)
    engagement(echeance=jour(-1), etat="tenu", **recent)
    suivis = Engagement.objects.a_suivre(aujourdhui)
    assert set(suivis) == set(cas.values())
    assert {nom: e.alertes(aujourdhui) for nom, e in cas.items()} == {
        "late": ["Échéance dépassée de 1 jour."],
        "soon": ["Échéance dans 60 jours."],
        "silent": ["Aucune nouvelle depuis 183 jours."],
        "never heard of": ["Aucune nouvelle depuis 183 jours."],
    }


def test_engagements_to_follow_are_for_agents(client):
    en_retard = engagement(echeance=datetime.date(2020, 1, 1))
    adresse = reverse("engagements-a-suivre")
    assert client.get(adresse).status_code == 302
    client.force_login(factories.AgentFactory())
    assert client.get(adresse).status_code == 403
    client.force_login(factories.agent_region())
    assert [e for e, *_ in client.get(adresse).context["engagements"]] == [en_retard]


def test_who_may_say_where_an_engagement_stands_is_one_click_away(client):
    en_retard = engagement(echeance=datetime.date(2020, 1, 1))
    page = reverse(
        "admin:programme_convention_engagement", args=[en_retard.convention_id, en_retard.pk]
    )
    for agent, offert in (
        (factories.agent_region(), False),
        (factories.agent_operateur(en_retard.convention.partenaire), True),
        (factories.agent_delegation(), True),
    ):
        client.force_login(agent)
        lu = client.get(reverse("engagements-a-suivre")).content.decode()
        assert (page in lu) is offert, agent


@pytest.mark.parametrize("rangs", [1, 3])
def test_engagements_cost_the_same_for_one_and_three(client, rangs, django_assert_num_queries):
    for _ in range(rangs):
        engagement(echeance=datetime.date(2020, 1, 1))
    client.force_login(factories.agent_delegation())
    with django_assert_num_queries(3):
        client.get(reverse("engagements-a-suivre"))


def test_offers_are_found_by_axe_and_by_who_may_ask(client):
    axe, autre = factories.AxeFactory(), factories.AxeFactory()
    precise = factories.OffreDeServiceFactory(beneficiaires="Entreprises, associations")
    precise.axes.set([axe, autre])
    ailleurs = factories.OffreDeServiceFactory(beneficiaires="Collectivités")
    ailleurs.axes.set([autre])
    pour_tous = factories.OffreDeServiceFactory()
    par_axe = client.get(reverse("offres"), {"axe": axe.code}).context["object_list"]
    assert list(par_axe) == [precise, pour_tous]
    par_qui = client.get(reverse("offres"), {"beneficiaires": "Entreprises"}).context
    assert list(par_qui["object_list"]) == [precise, pour_tous]


def test_a_territoire_finds_the_offers_for_the_axes_of_its_public_fiches(client):
    fiche = valider(factories.fiche_complete(), factories.agent_delegation())
    pour_elle, ailleurs = factories.OffreDeServiceFactory(), factories.OffreDeServiceFactory()
    pour_elle.axes.set([fiche.axe])
    ailleurs.axes.set([factories.AxeFactory()])
    page = client.get(fiche.territoire.get_absolute_url())
    lien = BeautifulSoup(page.content, "html.parser").find(
        "a", string=re.compile(r"offres\s+des\s+partenaires")
    )
    assert list(client.get(lien["href"]).context["object_list"]) == [pour_elle]
    sans_fiche = factories.territoire_publie().identifiant
    tout = client.get(reverse("offres"), {"territoire": sans_fiche}).context["object_list"]
    assert set(tout) == {pour_elle, ailleurs}
