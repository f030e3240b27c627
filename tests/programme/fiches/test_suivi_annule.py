"""An import of the follow-up of a decided fiche is taken back, or says what forbids it."""

import datetime

import pytest

from programme.fiches import calendrier, financement, parcours
from programme.fiches.models import Etape, FicheAction, MouvementFinancier, ReportEtape
from tests import factories as f
from tests.echanges.imports.outils import annuler, importer, photographie
from tests.echanges.outils import csv

pytestmark = pytest.mark.django_db
MAI, JUIN = datetime.date(2024, 5, 1), datetime.date(2024, 6, 1)


@pytest.fixture
def fiche(suivie):
    return suivie


@pytest.fixture
def agent(fiche):
    return f.agents_de(fiche.territoire)[0]


def mouvements(fiche, *lignes):
    (ligne,) = fiche.financements.all()
    debut = f"{fiche.reference},{ligne.financeur},{ligne.statut}"
    tete = "fiche,financeur,statut,nature,montant,le,reference"
    contenu = csv(tete, *(f"{debut},{suite}" for suite in lignes))
    return importer("mouvements", contenu)


def sommes(fiche):
    ligne = fiche.financements.get()
    return ligne.acquis, ligne.demande, ligne.verse, ligne.refuse


def test_moves_that_a_file_brought_count_no_longer(fiche, agent):
    ligne = fiche.financements.get()
    financement.noter(ligne, nature="accorde", montant=40_000, le=MAI, agent=agent)
    avant, photo = sommes(fiche), photographie()
    depot = mouvements(
        fiche,
        "demande,1000,2024-03-01,",
        "accorde,250000,2024-03-02,A1",
        "verse,300000,2024-03-03,",
        "refuse,10,2024-03-04,",
    )
    assert sommes(fiche) != avant
    assert annuler(depot) == []
    assert sommes(fiche) == avant
    assert photographie() == photo
    assert MouvementFinancier.objects.get().montant == 40_000


def test_a_move_struck_out_since_is_the_business_of_who_struck_it_out(fiche, agent):
    depot = mouvements(fiche, "accorde,250000,2024-03-02,A1")
    financement.annuler(MouvementFinancier.objects.get(), motif="Erreur de ligne", agent=agent)
    ((_, raison),) = annuler(depot)
    assert "modifié depuis" in raison
    assert MouvementFinancier.objects.get().annule_le


def test_moves_of_a_fiche_that_has_ended_since_are_taken_back_too(fiche):
    depot = mouvements(fiche, "accorde,250000,2024-03-02,A1")
    finie = FicheAction.objects.get(pk=fiche.pk)
    f.BilanFactory(fiche=finie)
    parcours.realiser(finie, agent=f.agent_delegation())
    assert annuler(depot) == []
    assert sommes(fiche)[0] == 0


def etapes(*lignes, agent=None):
    contenu = csv("fiche,ordre,intitule,debut,fin,faite,faite_le", *lignes)
    return importer("etapes", contenu, agent)


def dater(fiche, etape, debut):
    return etapes(f"{fiche.reference},{etape.ordre},{etape.intitule},{debut},,non,")


def test_steps_that_a_file_dated_ticked_and_added_are_as_before(fiche):
    etape = fiche.etapes.get()
    avant = photographie()
    depot = etapes(
        f"{fiche.reference},{etape.ordre},{etape.intitule},2024-05-01,2024-06-01,oui,2024-05-20",
        f"{fiche.reference},50,Inaugurer,2024-07-01,,non,",
    )
    assert (fiche.etapes.count(), ReportEtape.objects.count()) == (2, 1)
    assert annuler(depot) == []
    assert photographie() == avant
    assert not ReportEtape.objects.exists()


def test_a_step_dated_again_since_stands_in_the_way(fiche, agent):
    etape = fiche.etapes.get()
    depot = dater(fiche, etape, MAI)
    calendrier.suivre(etape, agent=agent, faite=False, faite_le=None, debut=JUIN, fin=None)
    ((_, raison),) = annuler(depot)
    assert "modifié depuis" in raison
    assert ReportEtape.objects.count() == 2


def test_dates_that_went_forth_and_back_since_tell_of_their_return(fiche, agent):
    """The last new date that is kept says what the step says."""
    etape = fiche.etapes.get()
    depot = dater(fiche, etape, MAI)
    for jour in (JUIN, MAI):
        calendrier.suivre(etape, agent=agent, faite=False, faite_le=None, debut=jour, fin=None)
    assert annuler(depot) == []
    etape = Etape.objects.get(pk=etape.pk)
    assert etape.debut is None
    reports = [(r.ancien_debut, r.debut) for r in etape.reports.all()]
    assert reports == [(None, MAI), (MAI, JUIN), (JUIN, MAI), (MAI, None)]


def test_what_a_file_dated_in_a_draft_is_told_when_taken_back_after_the_decision():
    brouillon = f.fiche_complete()
    etape = brouillon.etapes.get()
    depot = dater(brouillon, etape, MAI)
    assert not ReportEtape.objects.exists()
    fiche = parcours.transmettre(brouillon, agent=f.agent_delegation())
    (region,) = fiche.regions_concernees()
    seance = f.SeanceFactory(comite__region=region)
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=f.agent_delegation())
    assert annuler(depot) == []
    report = ReportEtape.objects.get()
    assert (report.ancien_debut, report.debut) == (MAI, Etape.objects.get(pk=etape.pk).debut)
    assert report.debut is None
