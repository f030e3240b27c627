"""The stems of French words: those of PostgreSQL's own dictionary, on either database."""

import csv
import re
from pathlib import Path

import pytest
from django.db import connection

from territoires.recherche.mots import formes
from territoires.recherche.racines import racine

RACINE = Path(__file__).resolve().parents[3]
ECRITS = [*sorted(RACINE.glob("fixtures/*.csv")), *sorted(RACINE.glob("templates/**/*.html"))]
# Of the newest Snowball only: a diaeresis is no vowel of an ending.
TREMA = re.compile("[ëï]")


@pytest.mark.parametrize(
    ("mots", "attendue"),
    [
        ("décarbonation décarboner décarbonée décarbonés décarbone", "décarbon"),
        ("soudure soudures", "soudur"),
        ("industriel industriels industrielle industrielles", "industriel"),
        ("compétence compétences", "compétent"),
        ("chevaux cheval", "cheval"),
        ("heureuse heureux heureusement", "heureux"),
        ("évidemment évident", "évident"),
        ("eau", "eau"),
        ("pp", "pp"),
    ],
)
def test_forms_of_one_word_have_one_stem(mots, attendue):
    assert {racine(mot) for mot in mots.split()} == {attendue}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="le dictionnaire est le sien")
@pytest.mark.django_db
def test_every_word_of_ours_has_the_stem_of_postgresql():
    csv.field_size_limit(10**7)
    ecrits = " ".join(f.read_text(encoding="utf-8") for f in ECRITS if f.stem != "contours")
    mots = sorted(set(re.findall(r"[^\W\d_]{3,}", ecrits.lower())))
    with connection.cursor() as curseur:
        sql = "SELECT mot, ts_lexize('french_stem', mot) FROM unnest(%s::text[]) mot"
        curseur.execute(sql, [mots])
        lues = {mot: racines[0] for mot, racines in curseur.fetchall() if racines}
    assert len(lues) > 10_000
    ecarts = {mot: (sienne, racine(mot)) for mot, sienne in lues.items() if sienne != racine(mot)}
    assert {mot for mot in ecarts if not TREMA.search(mot)} == set()


def se_rencontrent(un, autre):
    """Whether a search of one finds the other."""
    return any(
        {cle, *racines} & {*formes(autre)[1], formes(autre)[0]} for cle, racines in [formes(un)]
    )


VERBES_ET_NOMS = """
former formation, formé formations, formatrice former, formateurs formées, créer création
créatrice créés, citer citation, doter dotation, noter notation, fonder fondation
recycler recyclage, recyclées recyclages, usiner usinage, souder soudeur, soudeuses souder
stocker stockage, chauffer chauffage, partager partage, loger logement, recruter recrutement
décarboner décarbonation, isoler isolation, rénover rénovation, valider validation
exporter exportateur, employer employeur, porter porteur, CRÉATION creer, recyclage RECYCLER
simplifier simplification, qualifiées qualifications, électrifier électrification
fabriquer fabrication, déléguer délégation, communiqué communication
desservir desservi, industriel industrielle, cheval chevaux
"""
ETRANGERS = """
formation forme, formation formulaire, état été, contrat contrer, soldat solder
couleur couler, sauvage sauver, cité citation, ménage mener, station été, nation né, visage viser
page payer, message messe, population peuple, étage été, secteur sécher, marché marge
chaleur chaland, moteur motte, unification unité, publier public
valeur validation, foncier fonction, friche frite
"""


def paires(texte):
    return [tuple(p.split()) for ligne in texte.strip().splitlines() for p in ligne.split(",")]


@pytest.mark.parametrize("paire", paires(VERBES_ET_NOMS), ids=" ".join)
def test_a_verb_and_the_nouns_made_of_it_find_each_other(paire):
    assert se_rencontrent(*paire) and se_rencontrent(*reversed(paire))


@pytest.mark.parametrize("paire", paires(ETRANGERS), ids=" ".join)
def test_words_that_only_look_alike_do_not_meet(paire):
    assert not se_rencontrent(*paire)
