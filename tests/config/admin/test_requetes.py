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
    "mandat": f.MandatFactory,
    "lienprogramme": f.LienProgrammeFactory,
    "obstacle": f.ObstacleFactory,
    "seance": f.SeanceFactory,
    "courriel": f.CourrielFactory,
    "demandeacces": f.DemandeAccesFactory,
    "lignedujournal": f.LigneDuJournalFactory,
    "correspondance": f.ProfilFactory,
    "avistechnique": f.AvisTechniqueFactory,
    "demandecomplement": f.DemandeComplementFactory,
    "pointdecontrole": f.PointDeControleFactory,
    "delaiderappel": f.DelaiDeRappelFactory,
    "comitedepilotage": f.ComiteDePilotageFactory,
    "demandeperimetre": f.DemandePerimetreFactory,
    "editioncarte": edition,
    "perimetre": lambda: f.PerimetreFactory(edition=edition()),
    "filiation": lambda: f.FiliationFactory(nouveau__edition=edition()),
    "phase": lambda: f.PhaseFactory(numero=50 + next(jours)),
    "import": lambda: Import.objects.create(auteur=f.AgentFactory(), nom_du_fichier="essai.csv"),
}
# One for what the person keeps of this list, one for which filters have a choice.
COUTS = {
    "agent": 6,
    "assemblee": 6,
    "avistechnique": 6,
    "axe": 6,
    "bonnepratique": 7,
    "comitedepilotage": 5,
    "commune": 6,
    "contour": 5,
    "contrat": 8,
    "convention": 8,
    "correspondance": 7,
    "courriel": 6,
    "datecle": 5,
    "theme": 5,
    "delaiderappel": 5,
    "pageeditoriale": 6,
    "actualite": 6,
    "lienchoisi": 6,
    "demandeacces": 5,
    "demandecomplement": 6,
    "demandeperimetre": 6,
    "departement": 6,
    "editioncarte": 6,
    "ficheaction": 11,
    "filiation": 6,
    "import": 7,
    "intercommunalite": 7,
    "intervenant": 5,
    "lignedujournal": 8,
    "lienprogramme": 7,
    "localite": 7,
    "mandat": 7,
    "obstacle": 7,
    "obstaclenational": 6,
    "offredeservice": 8,
    "partenaire": 6,
    "perimetre": 8,
    "phase": 5,
    "pointdecontrole": 6,
    "region": 5,
    "seance": 7,
    "sequence": 7,
    "territoire": 9,
}

TITRES = {"import": "Journal des imports"}  # as the menu and the guide say it; it counts imports


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
    assert titre == TITRES.get(nom, capfirst(MODELES[nom]._meta.verbose_name_plural))
    with django_assert_num_queries(cout):
        client.get(adresse)
    FABRIQUES[nom]()
    FABRIQUES[nom]()
    with django_assert_num_queries(cout):
        client.get(adresse)
