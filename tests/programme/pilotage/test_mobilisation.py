"""Money mobilised, engagements to follow up, offers, and the country on a given day."""

import csv
import datetime
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programme.partenaires.models import Engagement
from programme.pilotage.mobilisation import matrice
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
    assert [e for e, _ in client.get(adresse).context["engagements"]] == [en_retard]


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
    lien = BeautifulSoup(page.content, "html.parser").find("a", string=re.compile("Qui peut aider"))
    assert list(client.get(lien["href"]).context["object_list"]) == [pour_elle]
    sans_fiche = factories.territoire_publie().identifiant
    tout = client.get(reverse("offres"), {"territoire": sans_fiche}).context["object_list"]
    assert set(tout) == {pour_elle, ailleurs}


def test_territoires_that_nothing_signed_binds_are_named_by_region(client):
    edition = factories.EditionCarteFactory(date=datetime.date(2018, 11, 22))
    lie, libre = (factories.territoire_publie("75", nom=n, edition=edition) for n in ("A", "B"))
    partage = factories.territoire_publie("75", "76", nom="C", edition=edition)
    factories.ContratFactory(
        territoire=lie, signe_le=datetime.date(2019, 1, 1), fin=datetime.date(2020, 1, 1)
    )
    attendus = {
        "2018-01-01": {},
        "2018-12-01": {"75": [lie, libre, partage], "76": [partage]},
        "2019-06-01": {"75": [libre, partage], "76": [partage]},
        "2020-06-01": {"75": [lie, libre, partage], "76": [partage]},
    }
    for date, attendu in attendus.items():
        contexte = client.get(reverse("contrats"), {"au": date}).context
        assert {region.pk: ligne.sans for region, ligne in contexte["regions"]} == attendu
        assert contexte["france"].sans == attendu.get("75", [])


@pytest.mark.parametrize(
    ("nature", "decidee", "lie"),
    [
        ("suite", True, True),
        ("renommage", True, True),
        ("suite", False, False),
        ("fusion", True, False),
    ],
)
def test_a_contrat_binds_the_sequel_that_a_person_confirmed(client, nature, decidee, lie):
    avant, apres = (
        factories.EditionCarteFactory(date=datetime.date(annee, 1, 1)) for annee in (2020, 2023)
    )
    ancien = factories.territoire_publie("75", edition=avant)
    nouveau = factories.territoire_publie("75", edition=apres)
    factories.ContratFactory(territoire=ancien, signe_le=datetime.date(2021, 1, 1))
    filiation = factories.FiliationFactory(
        ancien=ancien.perimetre_courant, nouveau=nouveau.perimetre_courant, nature=nature
    )
    filiation.decider(factories.agent_delegation(), decidee)
    filiation.save()
    page = client.get(reverse("contrats"), {"au": "2024-01-01"})
    assert page.context["france"].sans == ([] if lie else [nouveau])


def test_country_stands_as_it_stood_on_that_day(client):
    def contrat(signe, fin=None, **champs):
        return factories.ContratFactory(
            signe_le=datetime.date(signe, 1, 1), fin=fin and datetime.date(fin, 1, 1), **champs
        )

    territoire = factories.territoire_publie("75", "76")
    contrat(2019, 2020, territoire=territoire, type="protocole")
    contrat(2020, 2023, territoire=territoire)
    factories.ContratFactory(territoire=territoire, etat="preparation", signe_le=None)
    attendus = {
        "2018-06-30": (0, 0, 0),
        "2019-06-30": (1, 0, 0),
        "2020-06-30": (0, 1, 1),
        "2024-06-30": (0, 0, 2),
    }
    for date, attendu in attendus.items():
        contexte = client.get(reverse("contrats"), {"au": date}).context
        lignes = [contexte["france"], *(ligne for _, ligne in contexte["regions"])]
        vus = {(ligne.protocoles, ligne.contrats, ligne.termines) for ligne in lignes}
        assert (date, vus) == (date, {attendu})
        assert [r.pk for r, _ in contexte["regions"]] == (["75", "76"] if any(attendu) else [])
    assert client.get(reverse("contrats"), {"au": "n’importe quoi"}).status_code == 200


def test_contrats_without_a_deliberation_are_listed_for_agents(client):
    def contrat(**signataire):
        ligne = factories.SignataireContratFactory(contrat=factories.ContratFactory(), **signataire)
        return ligne.contrat

    manque = contrat(groupe="intercommunalites", organisation="CC du Val")
    region = contrat(groupe="publics", organisation="Région Occitanie")
    contrat(groupe="publics", organisation="Préfecture")
    contrat(groupe="economiques", organisation="Fonderie du Val")
    contrat(groupe="intercommunalites", deliberation_numero="2019-12")
    client.force_login(factories.agent_delegation())
    liste = client.get(
        reverse("admin:programme_contrat_changelist"), {"deliberations": "manquantes"}
    )
    assert set(liste.context["cl"].queryset) == {manque, region}
