"""Each refusal names row, column, value and what was expected, with the nearest known value."""

import pytest

from echanges.erreurs import FichierRefuse
from echanges.imports.cellules import A_LIRE, _longueur_du_texte, _texte_simple
from echanges.registre import resources
from echanges.textes import suspect
from tests import factories
from tests.echanges.outils import analyser, csv, messages

pytestmark = pytest.mark.django_db


def refus(nom, *lignes):
    (seul,) = analyser(nom, csv(*lignes)).erreurs()
    return seul


# One column of each kind: what is sent, and what the sentence must say.
GENRES = [
    ("intercommunalites", "population", "douze", "nombre entier (par exemple 15156)"),
    ("intercommunalites", "population", "12,5", "un nombre entier"),
    ("intercommunalites", "dissoute_le", "31/02/2020", "n’existe pas dans le calendrier"),
    ("intercommunalites", "dissoute_le", "hier", "JJ/MM/AAAA ou AAAA-MM-JJ"),
    ("intercommunalites", "nature", "pays", "CC, CA, CU, METRO, MET69, EPT"),
    ("intercommunalites", "departement", "999", "n’est pas une clé connue (département)"),
    ("intercommunalites", "successeurs", "247100588", "n’est pas une clé connue"),
    ("intercommunalites", "nom", "x" * 201, "200 caractères"),
]


@pytest.mark.parametrize(("nom", "colonne", "valeur", "phrase"), GENRES)
def test_each_kind_of_column_says_what_it_expected(nom, colonne, valeur, phrase):
    epci = factories.IntercommunaliteFactory()
    lu = refus(nom, f"siren;{colonne}", f'{epci.pk};"{valeur}"')
    assert (lu.ligne, lu.colonne, lu.valeur) == (2, colonne, valeur)
    assert phrase in lu.message
    assert str(lu).startswith(f"ligne 2, colonne «\u202f{colonne}\u202f»\u202f: ")


@pytest.mark.parametrize(
    ("nom", "entetes", "ligne", "phrase"),
    [
        ("fiches", "reference,cout_total", "{fiche},beaucoup", "par exemple 1234,56"),
        ("fiches", "reference,contact_courriel", "{fiche},camille", "adresse"),
        ("fiches", "reference,etat", "{fiche},votée", "brouillon, transmise"),
        ("etapes", "fiche,ordre,intitule,faite", "{fiche},1,A,peut-être", "oui ou non"),
        ("sequences", "assemblee,ordre,titre,debut", "{assemblee},1,A,midi", "HH:MM"),
        ("contours", "region,intercommunalite,commune,geometrie", "84,,,{{", "GeoJSON"),
        ("seances", "comite,date,lieu", "84,bientôt,Lyon", "JJ/MM/AAAA"),
    ],
)
def test_so_do_the_kinds_that_other_files_have(nom, entetes, ligne, phrase):
    comite = factories.ComiteDePilotageFactory(region__code="84")
    fiche = factories.FicheActionFactory().reference
    assemblee = factories.AssembleeFactory().identifiant
    lu = refus(nom, entetes, ligne.format(fiche=fiche, assemblee=assemblee))
    assert phrase in lu.message and lu.colonne and comite


@pytest.mark.parametrize(
    "saisie",
    [
        "Communauté d’Agglo Grand Chalon",
        "CA du Grand Chalon",
        "grand chalon",
        "Le Grand Châlon",
        "CA Le Grand Chalon (71)",
        "247100598",
    ],
)
def test_the_nearest_intercommunalite_is_named_with_its_siren(saisie):
    for siren, nom in (
        ("247100589", "CA Le Grand Chalon"),
        ("200071579", "CA Mâconnais Beaujolais Agglomération"),
        ("200070316", "CC Le Grand Charolais"),
        ("247104094", "CC Sud Côte Chalonnaise"),
        ("244200770", "CC Communauté d’Agglomération Loire"),
    ):
        factories.IntercommunaliteFactory(siren=siren, nom=nom)
    factories.DepartementFactory(code="71")
    contenu = ("code;nom;departement;intercommunalite", f"71076;Chalon;71;{saisie}")
    assert (
        "la plus proche est 247100589 (CA Le Grand Chalon)" in refus("communes", *contenu).message
    )


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("CC St-Étienne s/ Loire", "200070316"),
        ("Com. d'agglo. Saint Etienne", "200071579"),
        ("Communauté de communes Ste Marie", "244200770"),
        ("Agglo de Chalon", "247100589"),
    ],
)
def test_abbreviations_of_administrations_are_understood(saisie, attendu):
    for siren, nom in (
        ("247100589", "CA Le Grand Chalon"),
        ("200071579", "CA Saint-Étienne"),
        ("200070316", "CC de Saint-Étienne-sur-Loire"),
        ("244200770", "CC de Sainte-Marie"),
    ):
        factories.IntercommunaliteFactory(siren=siren, nom=nom)
    factories.DepartementFactory(code="71")
    contenu = ("code;nom;departement;intercommunalite", f"71076;Chalon;71;{saisie}")
    assert f"la plus proche est {attendu}" in refus("communes", *contenu).message


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [("assoc", "association"), ("Opérateur de l'Etat", None), ("syndicat", None), ("x", None)],
)
def test_the_nearest_choice_is_named_when_there_is_one(saisie, attendu):
    contenu = csv("identifiant;nom;nature", f"a;A;{saisie}")
    dit = " ".join(messages(analyser("partenaires", contenu)))
    assert f"la plus proche est {attendu}" in dit if attendu else "la plus proche" not in dit


def test_a_file_full_of_unknown_names_is_not_compared_for_ever(monkeypatch):
    factories.IntercommunaliteFactory(nom="CA Le Grand Chalon")
    factories.DepartementFactory(code="71")
    monkeypatch.setattr("echanges.colonnes.colonne.RECHERCHES", 2)
    lignes = [f"7107{n};X;71;Grand Chalon {n}" for n in range(4)]
    dits = messages(analyser("communes", csv("code;nom;departement;intercommunalite", *lignes)))
    assert ["la plus proche" in dit for dit in dits] == [True, True, False, False]


def test_a_value_that_resembles_nothing_has_no_suggestion():
    factories.IntercommunaliteFactory(siren="247100589", nom="CA Le Grand Chalon")
    factories.DepartementFactory(code="71")
    contenu = ("code;nom;departement;intercommunalite", "71076;Chalon;71;zzzzz")
    assert "la plus proche" not in refus("communes", *contenu).message


def test_a_file_without_its_key_names_the_columns_that_nothing_tells():
    with pytest.raises(FichierRefuse) as erreur:
        analyser("regions", csv("zone;libellé", "84;Auvergne"))
    assert "Il manque" in str(erreur.value) and "«\u202fzone\u202f»" in str(erreur.value)


def test_every_refusal_of_a_row_is_told_at_once():
    epci = factories.IntercommunaliteFactory()
    contenu = csv("siren;population;nature", f"{epci.pk};x;y")
    assert len(messages(analyser("intercommunalites", contenu))) == 2


# --- Shortcuts of speed say what the fields say --------------------------------------------------


@pytest.mark.parametrize("texte", ["a", "é" * 200, "'=1", "'", " a ", "\u202f", "x" * 20_000, "\t"])
def test_the_shortcut_for_texts_keeps_what_the_field_itself_would(texte):
    vus = 0
    for classe in resources().values():
        for colonne in classe().colonnes:
            longueur = _longueur_du_texte(colonne)
            if longueur is None:
                continue
            vus += 1
            lu = _texte_simple(texte, longueur, suspect(colonne.valeur.paragraphes))
            assert lu is A_LIRE or lu == colonne.lire((texte,))[0], colonne.nom
    assert vus > 50
