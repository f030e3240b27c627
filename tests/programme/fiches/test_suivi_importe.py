"""A file about a decided fiche writes its follow-up, and never what was decided."""

import datetime

import pytest

from programme.fiches.models import Financement, MouvementFinancier, ReportEtape
from tests import factories as f
from tests.echanges.outils import analyser, importer

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche(suivie):
    return suivie


def fichier(entetes, *lignes):
    return "\n".join([entetes, *lignes, ""]).encode()


def test_moves_come_by_file_once_and_count(fiche):
    ligne = fiche.financements.get()
    entetes = "fiche;financeur;statut;nature;montant;le;reference"
    debut = f"{fiche.reference};{ligne.financeur};demande"
    contenu = fichier(
        entetes, f"{debut};accordé;250 000;01/03/2024;A1", f"{debut};versé;1 000;02/03/2024;"
    )
    assert importer("mouvements", contenu).comptes()["creees"] == 2
    assert analyser("mouvements", contenu).inchangees == 2
    ligne = fiche.financements.get()
    assert (ligne.acquis, ligne.verse, ligne.demande) == (250_000, 1_000, 50_000)


def test_more_than_was_granted_is_remarked_of_a_file_the_rows_before_counted(fiche):
    ligne = fiche.financements.get()
    debut = f"{fiche.reference};{ligne.financeur};demande"
    contenu = fichier(
        "fiche;financeur;statut;nature;montant;le;reference",
        f"{debut};accordé;250 000;01/03/2024;A1",
        f"{debut};versé;200 000;02/03/2024;",
        f"{debut};versé;60 000;03/03/2024;",
    )
    apercu = analyser("mouvements", contenu)
    assert not apercu.erreurs()
    assert [(r.ligne, "260" in r.message) for r in apercu.remarques] == [(4, True)]


@pytest.mark.parametrize(
    ("fin", "colonne"),
    [
        ("accordé;10;01/03/2099", "le"),
        ("accordé;0;01/03/2024", "montant"),
        ("refusé;300001;01/03/2024", "montant"),
    ],
)
def test_a_move_that_does_not_stand_is_refused_in_words(fiche, fin, colonne):
    ligne = fiche.financements.get()
    contenu = fichier(
        "fiche;financeur;statut;nature;montant;le;reference",
        f"{fiche.reference};{ligne.financeur};demande;{fin};",
    )
    assert [e.colonne for e in analyser("mouvements", contenu).erreurs()] == [colonne]
    assert not MouvementFinancier.objects.exists()


def test_the_plan_as_decided_is_refused_and_a_new_financeur_joins_it_marked(fiche):
    ligne = fiche.financements.get()
    entetes = "fiche;financeur;montant;statut"
    for valeurs in (f"{ligne.financeur};1;demande", f"{ligne.financeur};1;acquis"):
        erreurs = analyser("financements", fichier(entetes, f"{fiche.reference};{valeurs}"))
        assert "« mouvements »" in erreurs.erreurs()[0].message
    importer("financements", fichier(entetes, f"{fiche.reference};Ademe;5 000;acquis"))
    assert Financement.objects.get(financeur="Ademe").ajoutee_le is not None
    assert fiche.financement_par_statut().plan == 300_000


def test_a_new_financeur_named_twice_in_one_file_has_one_line(fiche):
    lignes = [f"{fiche.reference};{nom};5;{statut}" for nom, statut in NOMMES_DEUX_FOIS]
    rapport = analyser("financements", fichier("fiche;financeur;montant;statut", *lignes))
    assert (len(rapport.plans), len(rapport.refus)) == (1, 2)


NOMMES_DEUX_FOIS = [("Ademe", "acquis"), ("ADEME", "acquis"), ("Ademe", "demande")]


def test_new_dates_of_a_step_keep_the_former_ones_and_its_title_stays(fiche):
    etape = fiche.etapes.get()
    contenu = fichier(
        "fiche;ordre;intitule;debut;faite;faite_le",
        f"{fiche.reference};{etape.ordre};{etape.intitule};01/05/2024;oui;02/05/2024",
    )
    importer("etapes", contenu)
    etape.refresh_from_db()
    assert (etape.faite, etape.faite_le) == (True, datetime.date(2024, 5, 2))
    assert ReportEtape.objects.get().debut == datetime.date(2024, 5, 1)
    autre = fichier("fiche;ordre;intitule", f"{fiche.reference};{etape.ordre};Autre chose")
    assert [e.colonne for e in analyser("etapes", autre).erreurs()] == ["intitule"]


def test_a_value_without_its_day_is_refused_at_its_field():
    fiche = f.fiche_complete()
    contenu = fichier("fiche;libelle;valeur", f"{fiche.reference};Emplois;3")
    erreurs = analyser("indicateurs", contenu).erreurs()
    assert "mesure_le" in [erreur.colonne for erreur in erreurs]
