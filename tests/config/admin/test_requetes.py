"""Each changelist has a literal cost, the same with one row and with three."""

import datetime
from itertools import count

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from echanges.models import Import
from tests import factories as f
from tests.config.admin.test_matrice import AILLEURS, MODELES, REFERENCE

jours = count()


def edition():
    """An edition in preparation, each time of another date."""
    date = datetime.date(2030, 1, 1) + datetime.timedelta(days=31 * next(jours))
    return f.EditionCarteFactory(date=date, code=f"{date}", publiee_le=None)


FABRIQUES = REFERENCE | {
    "ficheaction": f.FicheActionFactory,
    "contrat": f.ContratFactory,
    "obstacle": f.ObstacleFactory,
    "seance": f.SeanceFactory,
    "courriel": f.CourrielFactory,
    "demandeacces": f.DemandeAccesFactory,
    "lignedujournal": f.LigneDuJournalFactory,
    "comitedepilotage": f.ComiteDePilotageFactory,
    "demandeperimetre": f.DemandePerimetreFactory,
    "editioncarte": edition,
    "perimetre": lambda: f.PerimetreFactory(edition=edition()),
    "filiation": lambda: f.FiliationFactory(nouveau__edition=edition()),
    "phase": lambda: f.PhaseFactory(numero=50 + next(jours)),
    "import": lambda: Import.objects.create(auteur=f.AgentFactory(), nom_du_fichier="essai.csv"),
}
COUTS = {
    "agent": 4,
    "assemblee": 4,
    "axe": 5,
    "bonnepratique": 5,
    "comitedepilotage": 4,
    "commune": 5,
    "contour": 4,
    "contrat": 5,
    "convention": 7,
    "courriel": 4,
    "demandeacces": 4,
    "demandeperimetre": 4,
    "departement": 5,
    "editioncarte": 4,
    "ficheaction": 8,
    "filiation": 4,
    "import": 7,
    "intercommunalite": 5,
    "intervenant": 4,
    "lignedujournal": 6,
    "obstacle": 5,
    "obstaclenational": 4,
    "offredeservice": 6,
    "partenaire": 4,
    "perimetre": 6,
    "phase": 4,
    "region": 4,
    "seance": 7,
    "sequence": 5,
    "territoire": 5,
}


def test_every_registered_model_has_its_cost():
    assert set(COUTS) == set(FABRIQUES) == set(MODELES) - (AILLEURS - {"import"})


@pytest.mark.parametrize("nom, cout", COUTS.items())
def test_a_changelist_says_its_name_and_costs_the_same_with_three_rows(
    nom, cout, db, client, django_assert_num_queries
):
    client.force_login(f.agent_delegation())
    adresse = reverse(f"admin:{MODELES[nom]._meta.app_label}_{nom}_changelist")
    FABRIQUES[nom]()
    titre = client.get(adresse).context["title"]
    assert titre == capfirst(MODELES[nom]._meta.verbose_name_plural)
    with django_assert_num_queries(cout):
        client.get(adresse)
    FABRIQUES[nom]()
    FABRIQUES[nom]()
    with django_assert_num_queries(cout):
        client.get(adresse)
