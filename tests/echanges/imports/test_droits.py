"""Every kind of file, sent by everybody who may not: nothing is read, written or taken back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from echanges.imports.annulation import Annulation
from echanges.models import Import
from echanges.registre import resources
from territoires.agents.models import Agent
from territoires.editions.models import Territoire
from tests import factories
from tests.echanges.imports.outils import importer, photographie
from tests.echanges.outils import analyser, csv, exporter, messages
from tests.echanges.test_aller_retour import tout

pytestmark = pytest.mark.django_db


def les_autres():
    """Whoever is not of the délégation: of the very perimeter of the rows, or of none."""
    territoire = Territoire.objects.exclude(perimetre_courant=None).first()
    return {
        "région": factories.agent_region(*territoire.perimetre_courant.regions.all()),
        "intercommunalité": factories.agent_intercommunalite(
            *factories.intercommunalites_de(territoire)
        ),
        "sans périmètre": factories.AgentFactory(),
        "parti": factories.agent_delegation(is_active=False),
        "visiteur": AnonymousUser(),
    }


def test_no_file_of_any_kind_is_taken_from_anybody_else():
    tout()
    autres, avant = les_autres(), photographie()
    for nom, contenu in avant.items():
        rapport = resources()[nom]().analyser(contenu)
        depot = Import(resource=nom)
        for role, agent in autres.items():
            resource = resources()[nom](agent=agent)
            for essai in (
                lambda r=resource, c=contenu: r.analyser(c),
                lambda r=resource, p=rapport: r.appliquer(p, "essai"),
                lambda r=resource, d=depot: Annulation(d, r).obstacles(),
            ):
                with pytest.raises(PermissionDenied):
                    essai()
                    pytest.fail(f"{nom}, {role}")


def test_the_delegation_imports_every_kind_it_exports():
    tout()
    delegation = factories.agent_delegation()
    for nom in resources().keys() - {"notes_internes"}:  # read by their région alone
        assert analyser(nom, exporter(nom, agent=delegation), delegation).plans == [], nom


@pytest.mark.parametrize(
    "colonne", ["is_superuser", "is_staff", "password", "groups", "user_permissions"]
)
def test_no_column_of_the_agents_gives_more_than_a_perimeter(colonne):
    contenu = csv(f"username,{colonne}", "camille,1")
    rapport = analyser("agents", contenu, factories.agent_delegation())
    assert colonne not in rapport.carnet.colonnes
    assert f"non importée\u202f: «\u202f{colonne}\u202f»" in str(rapport.remarques[-1])


def test_an_account_of_the_terminal_is_not_taken_over_by_a_file():
    Agent.objects.create_superuser("racine", "racine@exemple.fr", "un mot de passe")
    contenu = csv("username,email,is_active", "racine,autre@exemple.fr,non")
    (refus,) = messages(analyser("agents", contenu, factories.agent_delegation()))
    assert "que depuis le terminal" in refus


def test_an_account_made_by_a_file_has_no_password_and_no_more_than_its_level():
    contenu = csv("username,niveau,is_active", "camille,region,oui")
    importer("agents", contenu, factories.agent_delegation())
    agent = Agent.objects.get(username="camille")
    assert not agent.has_usable_password() and not agent.is_superuser
    assert not agent.has_perm("territoires.change_region")


@pytest.mark.parametrize("verbe", ["importer", "exporter", "view"])
def test_every_kind_of_file_has_its_right(verbe):
    delegation = factories.agent_delegation()
    assert [nom for nom, classe in resources().items() if not classe(delegation).peut(verbe)] == []
