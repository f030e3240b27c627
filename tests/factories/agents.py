"""Agents of each level; a password is set only where a test signs in by the form."""

import factory
from factory.django import DjangoModelFactory

from echanges.models import Correspondance
from territoires.acces.models import CleApi, DemandeAcces, IdentiteLiee
from territoires.agents.models import Agent
from territoires.geographie.models import Departement, Region
from territoires.journal.models import LigneDuJournal
from territoires.listes.models import FiltreEnregistre
from tests.factories.carte import intercommunalites_de
from tests.factories.geographie import IntercommunaliteFactory, RegionFactory


class AgentFactory(DjangoModelFactory):
    """An agent without perimeter: it sees nothing. See the three functions below."""

    class Meta:
        model = Agent
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"agent-{n}")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Essai {n}")
    email = factory.LazyAttribute(lambda agent: f"{agent.username}@exemple.invalid")
    is_staff = True

    @factory.post_generation
    def regions(agent, create, extracted, **kwargs):
        agent.regions.set(extracted or [])

    @factory.post_generation
    def departements(agent, create, extracted, **kwargs):
        agent.departements.set(extracted or [])

    @factory.post_generation
    def intercommunalites(agent, create, extracted, **kwargs):
        agent.intercommunalites.set(extracted or [])


class ProfilFactory(DjangoModelFactory):
    """What somebody said of the columns of a file of communes, under a name, for all."""

    class Meta:
        model = Correspondance

    auteur = factory.SubFactory(AgentFactory)
    resource = "communes"
    nom = factory.Sequence(lambda n: f"Profil {n}")
    partage = True
    entetes = "x"
    colonnes = factory.LazyFunction(lambda: {"codgeo": "code", "libgeo": "nom", "src": ""})


class CleApiFactory(DjangoModelFactory):
    """A row without its key; `territoires.acces.cles.creer` gives both."""

    class Meta:
        model = CleApi

    agent = factory.SubFactory(AgentFactory)
    nom = "Essai"
    debut = "ti_essai"
    condense = factory.Sequence(lambda n: f"{n:064}")


class LigneDuJournalFactory(DjangoModelFactory):
    class Meta:
        model = LigneDuJournal

    acte = LigneDuJournal.Acte.CONNEXION
    nom = "Camille Essai"


class DemandeAccesFactory(DjangoModelFactory):
    class Meta:
        model = DemandeAcces

    courriel = factory.Sequence(lambda n: f"demande-{n}@exemple.invalid")


class IdentiteLieeFactory(DjangoModelFactory):
    class Meta:
        model = IdentiteLiee

    agent = factory.SubFactory(AgentFactory)
    emetteur = "https://fournisseur.exemple.invalid"
    sub = factory.Sequence(lambda n: f"cle-{n}")


def agent_delegation(**champs):
    return AgentFactory(niveau="delegation", **champs)


def agent_region(*regions, **champs):
    """An agent of these régions, or of their codes (one is made when none is given)."""
    regions = [
        RegionFactory(code=region) if isinstance(region, str) else region for region in regions
    ]
    return AgentFactory(niveau="region", regions=regions or [RegionFactory()], **champs)


def agent_intercommunalite(*intercommunalites, **champs):
    """An agent of these intercommunalités (one is made when none is given)."""
    return AgentFactory(
        niveau="intercommunalite",
        intercommunalites=intercommunalites or [IntercommunaliteFactory()],
        **champs,
    )


def agent_etat(*lieux, **champs):
    """An agent of the État for these régions and départements."""
    regions = [lieu for lieu in lieux if isinstance(lieu, Region)]
    departements = [lieu for lieu in lieux if isinstance(lieu, Departement)]
    return AgentFactory(niveau="etat", regions=regions, departements=departements, **champs)


def agent_operateur(partenaire, **champs):
    return AgentFactory(niveau="operateur", partenaire=partenaire, **champs)


def agents_de(territoire):
    """(agent of its first intercommunalité, agent of its first région)."""
    return (
        agent_intercommunalite(intercommunalites_de(territoire)[0]),
        agent_region(territoire.regions[0]),
    )


class FiltreEnregistreFactory(DjangoModelFactory):
    class Meta:
        model = FiltreEnregistre

    agent = factory.SubFactory(AgentFactory)
    liste = "programme.ficheaction"
    nom = factory.Sequence(lambda n: f"filtre {n}")
    requete = "etat__exact=brouillon"
