"""The form of an agent: each level with the perimeter that goes with it, and no other."""

import pytest
from django.urls import reverse

from territoires.agents.models import Agent
from tests import factories as f
from tests.formulaires import envoi

pytestmark = pytest.mark.django_db
VA_AVEC = {
    "": set(),
    "delegation": set(),
    "intercommunalite": {"intercommunalites"},
    "region": {"regions"},
    "etat": {"regions", "departements"},
    "operateur": {"partenaire"},
}
CHAMPS = sorted(set().union(*VA_AVEC.values()))


@pytest.fixture
def choix(db):
    intercommunalite = f.IntercommunaliteFactory()
    return {
        "regions": f.RegionFactory().pk,
        "departements": intercommunalite.departement.pk,
        "intercommunalites": intercommunalite.pk,
        "partenaire": f.PartenaireFactory().pk,
    }


@pytest.mark.parametrize("champ", [None, *CHAMPS])
@pytest.mark.parametrize("niveau", VA_AVEC)
def test_a_level_is_saved_with_its_perimeter_alone(niveau, champ, choix, delegation, client):
    page = client.get(reverse("admin:territoires_agent_add"))
    donnees = envoi(page, "agent_form", username="neuf", last_name="Essai", niveau=niveau)
    donnees["email"] = "neuf@exemple.invalid"
    if champ:
        donnees[champ] = choix[champ]
    reponse = client.post(reverse("admin:territoires_agent_add"), donnees | {"_save": "1"})
    attendu = champ in VA_AVEC[niveau] if champ else not VA_AVEC[niveau]
    assert (reponse.status_code == 302) is attendu
    assert Agent.objects.filter(username="neuf").exists() is attendu
    if not attendu:
        fautifs = set(reponse.context["adminform"].form.errors)
        assert fautifs <= {champ, *VA_AVEC[niveau]} and fautifs
