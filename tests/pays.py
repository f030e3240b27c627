"""Two territoires in two régions, an agent of each kind, and one row of every admin model each."""

import copy
import datetime

import pytest

from tests.monde import une_fois

# Those who do not read and write everything.
LIMITES = ["anonyme", "sans périmètre", "intercommunalité", "intercommunalité voisine"]
LIMITES += ["région", "région voisine", "État", "préfecture", "préfecture voisine"]
LIMITES += ["DREETS voisine", "opérateur", "opérateur voisin", "opérateur sans fiche"]


def construire():
    """{"ici": {model: row}, "la": {model: row}, "agents": {kind: agent}}"""
    from tests import factories as f  # models cannot be imported before the settings are known

    regions = [f.RegionFactory(code="75"), f.RegionFactory(code="76")]
    lieux = {}
    for nom, region in zip(("ici", "la"), regions, strict=True):
        lieux[nom] = _lignes(nom, region)
    ici, region_ici = f.agents_de(lieux["ici"]["territoire"])
    la, region_la = f.agents_de(lieux["la"]["territoire"])
    departements = {
        nom: f.intercommunalites_de(lieu["territoire"])[0].departement
        for nom, lieu in lieux.items()
    }
    agents = {
        "anonyme": None,
        "sans périmètre": f.AgentFactory(),
        "intercommunalité": ici,
        "intercommunalité voisine": la,
        "région": region_ici,
        "région voisine": region_la,
        "État": f.agent_etat(regions[0]),
        "préfecture": f.agent_etat(departements["ici"]),
        "préfecture voisine": f.agent_etat(departements["la"]),
        "DREETS voisine": f.agent_etat(regions[1]),
        "opérateur": f.agent_operateur(lieux["ici"]["partenaire"]),
        "opérateur voisin": f.agent_operateur(lieux["la"]["partenaire"]),
        "opérateur sans fiche": f.agent_operateur(f.PartenaireFactory(nom="Opérateur absent")),
        "délégation": f.agent_delegation(),
    }
    assert [*agents] == [*LIMITES, "délégation"]
    return lieux | {"agents": agents}


_pays_du_module = une_fois(construire)


@pytest.fixture
def pays(_pays_du_module, db):
    """The rows are the same for all the tests of a module, the objects those of this test."""
    return copy.deepcopy(_pays_du_module)


def _lignes(nom, region):
    from tests import factories as f

    territoire = f.territoire_publie(region, nom=f"Territoire {nom}")
    comite = f.ComiteDePilotageFactory(region=region)
    fiche = f.FicheActionFactory(territoire=territoire, titre=f"Fiche {nom}")
    partenaire = f.PartenaireFactory(nom=f"Opérateur {nom}")
    fiche.partenaires.add(partenaire)
    perimetre = territoire.perimetre_courant
    return {
        "territoire": territoire,
        "partenaire": partenaire,
        "comitedepilotage": comite,
        "seance": f.SeanceFactory(comite=comite, date=datetime.date(2024, 5, 6)),
        "ficheaction": fiche,
        "courriel": f.CourrielFactory(),
        "demandeacces": f.DemandeAccesFactory(),
        "lignedujournal": f.LigneDuJournalFactory(),
        "obstacle": f.ObstacleFactory(fiche=fiche),
        "contrat": f.ContratFactory(territoire=territoire),
        "lienprogramme": f.LienProgrammeFactory(territoire=territoire),
        "mandat": f.MandatFactory(territoire=territoire),
        "demandeperimetre": f.DemandePerimetreFactory(perimetre=perimetre),
    }


@pytest.fixture
def sans_limite(settings):
    """Refused for asking too often, a walk through the API would read nothing."""
    settings.API_PAR_MINUTE = settings.API_PAR_MINUTE_AVEC_CLE = 10**9


@pytest.fixture
def entrer(client):
    def _entrer(agent):
        client.logout()
        if agent:
            client.force_login(agent)
        return client

    return _entrer
