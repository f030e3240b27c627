"""Each field of a fiche and of its rows is declared once, and is where its declaration says."""

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils import timezone

from config.jeux_de_donnees import JEUX
from echanges.registre import resources
from programme.comites.dossier import dossier
from programme.comites.models import PointOrdreDuJour
from programme.fiches import champs, parcours
from programme.fiches.impression import fiche_imprimee
from programme.fiches.models import FicheAction
from territoires.historique import TUS
from tests import factories as f

MODELES = [
    modele
    for modele in apps.get_app_config("programme").get_models()
    if modele.__module__.startswith("programme.fiches.")
]
MARQUES = [  # what may say its own name
    nom
    for nom, champ in champs.FICHE.items()
    if not champ.a_part and isinstance(FicheAction._meta.get_field(nom), CharField | TextField)
]


def colonnes(modele):
    toutes = (*modele._meta.fields, *modele._meta.many_to_many)
    return {champ.name for champ in toutes if not champ.primary_key}


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.__name__)
def test_every_field_is_declared_once_and_exists(modele):
    assert colonnes(modele) == set(champs.PAR_MODELE[modele._meta.model_name])


def test_a_field_that_nobody_declared_is_found():
    assert colonnes(FicheAction) - (set(champs.FICHE) - {"contexte"}) == {"contexte"}


def test_nothing_is_declared_of_no_model():
    assert set(champs.PAR_MODELE) == {modele._meta.model_name for modele in MODELES}


def test_what_is_not_said_of_a_field_does_not_happen_to_it():
    neuf = champs.Champ()
    assert not neuf.usages
    assert not neuf.attendu


@pytest.mark.parametrize("table", champs.PAR_MODELE, ids=str)
def test_a_field_is_in_the_files_or_says_why_not(table):
    for nom, champ in champs.PAR_MODELE[table].items():
        assert bool(champ.usages & champs.FICHIER) != bool(champ.hors_fichier), nom


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.__name__)
def test_files_have_the_declared_columns(modele):
    declares = champs.noms(champs.PAR_MODELE[modele._meta.model_name], champs.FICHIER)
    classes = [classe for classe in resources().values() if classe._meta.model is modele]
    assert [list(classe._meta.fields) for classe in classes] == ([declares] if declares else [])


def test_a_field_written_by_a_person_stands_in_a_section_of_the_form():
    for nom, champ in champs.FICHE.items():
        assert bool(champ.section) == (champ.par != champs.Par.APPLICATION), nom
        assert not champ.section or champ.section in champs.SECTIONS, nom


def test_history_tells_what_is_not_said_to_be_left_out():
    tus = {nom for nom, champ in champs.FICHE.items() if not champ.historique}
    assert tus == TUS & set(champs.FICHE)
    memoire = FicheAction.history.model
    historiques = {c.name for c in (*memoire.tracked_fields, *memoire._history_m2m_fields)}
    assert set(champs.FICHE) - tus <= historiques


@pytest.fixture
def parlante(db):
    """A fiche whose every field without a place of its own says its own name."""
    territoire = f.territoire_publie()
    return f.fiche_complete(territoire, **{nom: marque(nom) for nom in MARQUES})


def marque(nom):
    """Its own name, or a number of its own where a name is too long."""
    longueur = FicheAction._meta.get_field(nom).max_length
    dite = f"Dit-{nom}"
    return dite if longueur is None or len(dite) <= longueur else "9" * longueur


def dits(donnees):
    return {nom for nom in MARQUES if marque(nom) in str(donnees)}


def declares(usages):
    return {nom for nom in MARQUES if champs.FICHE[nom].usages & usages}


def test_papers_and_pages_say_what_is_declared_for_them_and_no_more(parlante, client):
    assert dits(fiche_imprimee(parlante)) == declares(champs.AGENTS)
    delegation = f.agent_delegation()
    parcours.transmettre(parlante, agent=delegation)
    comite = f.ComiteDePilotageFactory(region=parlante.territoire.region_pilote)
    seance = f.SeanceFactory(comite=comite, date=timezone.localdate())
    PointOrdreDuJour.objects.create(seance=seance, fiche=parlante, ordre=1)
    assert dits(dossier(seance)) == declares(champs.DOSSIER)
    client.force_login(delegation)
    page = client.get(parlante.get_absolute_url()).content.decode()
    assert dits(page) == declares(champs.AGENTS | champs.PUBLIC)
    f.rendre_et_clore(parlante, seance=seance, sens="favorable", agent=delegation)
    client.logout()
    assert dits(client.get(parlante.get_absolute_url()).content.decode()) == declares(champs.PUBLIC)
    donnees = client.get(reverse("donnees-csv", args=["fiches", "machine"]))
    assert dits(donnees.getvalue().decode()) == declares(champs.PUBLIC)
    assert JEUX["fiches"].colonnes == tuple(champs.noms(champs.FICHE, champs.PUBLIC))
