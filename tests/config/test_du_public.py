"""One name for what is public, `du_public()`: it finds the public row and never the draft.

The walk is over the models: one that gets the method is tested here, or fails.
"""

import datetime
import re

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from config.donnees_ouvertes import JEUX
from echanges.registre import resources
from evenements.models import (
    Actualite,
    Assemblee,
    Intervenant,
    Intervention,
    LienChoisi,
    PageEditoriale,
)
from programme.comites.models import Avis, ComiteDePilotage, MembreComite, Seance
from programme.contrats.models import Contrat
from programme.fiches.models import Bilan, FicheAction, Modification, ObstacleNational, Passage
from programme.partenaires.models import Convention
from programme.pratiques.models import BonnePratique
from territoires.editions.models import EditionCarte, Filiation, Territoire
from territoires.geographie.models import NomenclatureQuerySet
from territoires.mandats.models import Mandat
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db
# Kept by agents who see a part of them, and yet public as a whole.
EN_ENTIER = {ComiteDePilotage, MembreComite, Seance}
# Public rows that are no table of the open data, and why.
SANS_FICHIER = {
    "AutreNom": "an address of before, that leads to the one of today",
    "DocumentContrat": "files, on the page of their contrat",
    "DocumentConvention": "files, on the page of their convention",
}

FABRIQUES = {
    fabrique._meta.model: fabrique
    for fabrique in vars(f).values()
    if isinstance(fabrique, type) and hasattr(fabrique, "_meta")
}


def tous():
    for app in ("territoires", "programme", "evenements"):
        for modele in apps.get_app_config(app).get_models():
            if hasattr(modele._default_manager.all(), "du_public"):
                yield modele


def est_une_nomenclature(modele):
    return modele in EN_ENTIER or isinstance(modele._default_manager.all(), NomenclatureQuerySet)


MODELES = [modele for modele in tous() if not est_une_nomenclature(modele)]
NOMENCLATURES = [modele for modele in tous() if est_une_nomenclature(modele)]


def un_passage(publique):
    return Passage.objects.create(
        fiche=ligne(FicheAction, publique),
        action=Passage.Action.TRANSMETTRE,
        avant=FicheAction.Etat.BROUILLON,
        apres=FicheAction.Etat.TRANSMISE,
        le=timezone.now(),
        auteur=f.AgentFactory(),
    )


def un_avis(publique):
    """One on the last sending up of a decided fiche; else that which put it off before."""
    avis = Avis.objects.filter(fiche=une_fiche_decidee()).order_by("effet_le")
    return avis.last() if publique else avis.first()


def une_filiation(publique):
    qui = f.agent_delegation()
    editions = {"nouveau__edition__publiee_par": qui, "ancien__edition__publiee_par": qui}
    decision = {"confirmee_par": qui, "confirmee_le": timezone.now()} if publique else {}
    return f.FiliationFactory(**editions, **decision)


def un_bilan(etat):
    """That of a fiche in this state, whatever led there."""
    fiche = une_fiche_decidee()
    models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat=etat)
    return f.BilanFactory(fiche=FicheAction.objects.get(pk=fiche.pk))


# What says of itself that it is public: (the public row, the draft).
RACINES = {
    Actualite: (f.ActualiteFactory, lambda: f.ActualiteFactory(publiee_le=None)),
    PageEditoriale: (f.PageEditorialeFactory, lambda: f.PageEditorialeFactory(publiee_le=None)),
    LienChoisi: (
        f.LienChoisiFactory,
        lambda: f.LienChoisiFactory(cible=f.ActualiteFactory(publiee_le=None).get_absolute_url()),
    ),
    Assemblee: (f.AssembleeFactory, lambda: f.AssembleeFactory(publiee_le=None)),
    BonnePratique: (f.bonne_pratique_publiee, f.BonnePratiqueFactory),
    Contrat: (f.ContratFactory, lambda: f.ContratFactory(etat="preparation", signe_le=None)),
    Convention: (f.ConventionFactory, lambda: f.ConventionFactory(publiee=False)),
    EditionCarte: (
        lambda: f.EditionCarteFactory(date=datetime.date(2020, 10, 1), code="2020-10"),
        lambda: f.EditionCarteFactory(
            date=datetime.date(2099, 1, 1), code="2099-01", publiee_le=None
        ),
    ),
    FicheAction: (une_fiche_decidee, f.fiche_complete),
    ObstacleNational: (f.obstacle_national_publie, f.ObstacleNationalFactory),
    Bilan: (lambda: un_bilan("realisee"), lambda: un_bilan("engagee")),
    Modification: (
        lambda: f.ModificationFactory(fiche=une_fiche_decidee(), etat="acceptee"),
        lambda: f.ModificationFactory(fiche=une_fiche_decidee(), etat="transmise"),
    ),
    Mandat: (f.MandatFactory, lambda: f.MandatFactory(role="presidence")),
    Territoire: (f.territoire_publie, f.TerritoireFactory),
    Avis: (lambda: un_avis(True), lambda: un_avis(False)),
    Filiation: (lambda: une_filiation(True), lambda: une_filiation(False)),
    # No factory writes a passage; an intervenant is public by what was said.
    Passage: (lambda: un_passage(True), lambda: un_passage(False)),
    Intervenant: (
        lambda: ligne(Intervention, True).intervenant,
        lambda: ligne(Intervention, False).intervenant,
    ),
}


def ligne(modele, publique):
    """A row of this model, public or not as what it hangs on is."""
    if modele in RACINES:
        return RACINES[modele][0 if publique else 1]()
    parents = [
        champ
        for champ in modele._meta.fields
        if champ.many_to_one and not champ.null and champ.related_model in MODELES
    ]
    assert parents, f"{modele.__name__} : dites dans RACINES ce qui en est public ou non"
    return FABRIQUES[modele](**{p.name: ligne(p.related_model, publique) for p in parents})


@pytest.mark.parametrize("modele", MODELES)
def test_the_public_row_is_found_and_the_draft_never(modele):
    publique, brouillon = ligne(modele, True), ligne(modele, False)
    trouvees = modele.objects.du_public().filter(pk__in=[publique.pk, brouillon.pk])
    assert list(trouvees) == [publique]
    if hasattr(modele, "est_du_public"):
        assert (publique.est_du_public, brouillon.est_du_public) == (True, False)


@pytest.mark.parametrize("modele", NOMENCLATURES)
def test_a_nomenclature_is_public_as_a_whole(modele):
    FABRIQUES[modele]()
    assert list(modele.objects.du_public()) == list(modele.objects.all()) != []


def test_a_signed_contrat_does_not_name_a_fiche_that_waits():
    lien = f.FicheContratFactory(contrat=ligne(Contrat, True))
    assert not lien.contrat.lignes_fiches.du_public().exists()


def test_there_is_no_other_name_for_it():
    classes = {type(modele._default_manager.all()) for modele in apps.get_models()}
    noms = {nom for classe in classes for nom in dir(classe)}
    noms |= {nom for modele in apps.get_models() for nom in vars(modele) if nom.startswith("est_")}
    assert {nom for nom in noms if re.match("(est_)?publi", nom)} == set()


def test_all_that_is_public_is_in_the_open_data():
    """A model that gets `du_public` has a file there, or a reason to have none."""
    avec = {resources()[nom]._meta.model.__name__ for nom in JEUX}
    assert {modele.__name__ for modele in tous()} == avec | set(SANS_FICHIER)


def test_every_file_is_of_a_model_that_says_what_is_public():
    assert {resources()[nom]._meta.model for nom in JEUX} <= set(tous())
