"""Detail pages: one literal cost, whatever hangs on the object."""

import pytest

from territoires.recherche.indexation import mettre_a_jour
from tests import factories
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def partenaire(rangs):
    partenaire = factories.PartenaireFactory()
    agent = factories.agent_delegation()
    for _ in range(rangs):
        offre = factories.OffreDeServiceFactory(partenaire=partenaire)
        offre.axes.add(factories.AxeFactory())
        factories.ConventionFactory(partenaire=partenaire)
        valider(factories.fiche_complete(), agent).partenaires.add(partenaire)
    return partenaire


def convention(rangs):
    convention = factories.ConventionFactory()
    for _ in range(rangs):
        factories.EngagementFactory(convention=convention)
        factories.SignataireConventionFactory(convention=convention)
        factories.AvenantFactory(convention=convention)
        factories.DocumentConventionFactory(convention=convention)
        factories.AssembleeFactory().conventions.add(convention)
    return convention


def contrat(rangs):
    contrat = factories.ContratFactory()
    agent = factories.agent_delegation()
    for _ in range(rangs):
        factories.SignataireContratFactory(contrat=contrat)
        fiche = valider(factories.fiche_complete(), agent)
        factories.FicheContratFactory(contrat=contrat, fiche=fiche)
    return contrat


def pratique(rangs):
    agent = factories.agent_delegation()
    pratique = factories.bonne_pratique_publiee(
        territoire=factories.territoire_publie(), axe=factories.AxeFactory()
    )
    for _ in range(rangs):
        pratique.fiches_liees.add(valider(factories.fiche_complete(), agent))
    return pratique


@pytest.mark.parametrize("rangs", [1, 3])
@pytest.mark.parametrize(
    ("creer", "requetes"), [(partenaire, 9), (convention, 12), (contrat, 11), (pratique, 7)]
)
def test_page_costs_the_same_for_one_and_three_of_each_part(
    client, creer, requetes, rangs, django_assert_num_queries
):
    objet = creer(rangs)
    mettre_a_jour()
    with django_assert_num_queries(requetes):
        assert client.get(objet.get_absolute_url()).status_code == 200
