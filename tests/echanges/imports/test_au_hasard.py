"""Files and headers at random: an answer in words each time, and no column taken for another.

ESSAIS_DE_FICHIERS asks for more of them than a run of the suite has time for.
"""

import csv
import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echanges.erreurs import FichierRefuse
from echanges.imports.correspondances import MOTS, entetes_connus, proposer
from echanges.lecture.tableau import cle_d_entete
from echanges.registre import resources
from tests import factories as f

pytestmark = pytest.mark.django_db
ESSAIS = int(os.environ.get("ESSAIS_DE_FICHIERS", "60"))
AU_HASARD = settings(
    max_examples=ESSAIS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Words that no column of ours bears, alone or together.
ETRANGERS = ["zq", "wyx", "Kßj", "Vu avec Paul", "???", "Ligne 5", "P18_ACT1564", "x" * 300, "°"]
AUTOUR = ["", "nb ", "Code ", "N° ", "LIB_", " (HT)", " 2024", "\n", "\ufeff", " – total", "'", "#"]
VALEURS = ["", " ", "NA", "ZZZZZZZZZ", "01004", "1004", "1004.0", "02A", "247100589", "2,0001E+08"]
VALEURS += ["45 %", "28.0", "12 k€", "1 234,50 €", "31/02/2024", "mars 2024", "2019", "45236"]
VALEURS += [
    "oui",
    "FranÃ§ois",
    "=1+1",
    "'=x",
    '"',
    "agenais",
    "CC d’Essai",
    "Total",
    "\x00",
    "\u202e",
]
VALEURS += ["é" * 400, "9" * 40, "-0", "1e999", "NaN", "Infinity", "²", "٣"]


@pytest.fixture
def base():
    f.territoire_publie()
    f.CommuneFactory(code="01004")
    f.IntercommunaliteFactory(siren="247100589", nom="CC d’Essai")


def noms_connus(resource):
    autres = [autre for noms in resource._meta.synonymes.values() for autre in noms]
    return [*resource.entetes(), *autres]


@st.composite
def fichiers(draw):
    """(resource, headers, rows, dialect) of a table of a few columns."""
    nom = draw(st.sampled_from(sorted(resources())))
    connus = st.sampled_from(noms_connus(resources()[nom]()))
    entoures = st.tuples(st.sampled_from(AUTOUR), connus, st.sampled_from(AUTOUR)).map("".join)
    entete = st.one_of(connus, entoures, st.sampled_from(ETRANGERS), st.text(max_size=12))
    entetes = draw(st.lists(entete, min_size=1, max_size=8))
    cellule = st.one_of(st.sampled_from(VALEURS), st.text(max_size=8))
    largeur = len(entetes)
    rangee = st.lists(cellule, min_size=max(largeur - 1, 0), max_size=largeur + 1)
    return nom, entetes, draw(st.lists(rangee, max_size=5)), draw(st.sampled_from(";,\t|"))


def en_csv(entetes, rangees, separateur):
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=separateur, escapechar="\\").writerows([entetes, *rangees])
    return sortie.getvalue()


@AU_HASARD
@given(
    fichiers(),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"]),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3)), max_size=3),
)
def test_any_file_is_judged_or_refused_in_words(base, fichier, encodage, degats):
    nom, *table = fichier
    octets = bytearray(en_csv(*table).encode(encodage, "replace"))
    for place, bruit in degats:
        octets[place % (len(octets) + 1) : place % (len(octets) + 1)] = bruit
    try:
        rapport = resources()[nom]().analyser(bytes(octets))
    except FichierRefuse as erreur:
        assert str(erreur).rstrip(")").endswith((".", "!"))
        return
    assert all(str(refus).endswith(".") for refus in rapport.erreurs())
    assert all(str(remarque).endswith(".") for remarque in rapport.remarques)
    assert all(nombre >= 0 for nombre in rapport.comptes().values())


@AU_HASARD
@given(fichiers())
def test_no_column_is_taken_for_another(base, fichier):
    nom, entetes, rangees, separateur = fichier
    resource = resources()[nom]()
    try:
        tableau = resource.ouvrir(en_csv(entetes, rangees, separateur).encode())
    except FichierRefuse:
        return
    propositions = proposer(resource, tableau)
    cibles = [p.cible for p in propositions if p.cible]
    assert len(cibles) == len(set(cibles))
    connus = entetes_connus(resource)
    for proposition in propositions:
        if proposition.entete in ETRANGERS:  # known by its words: never; by right codes: it may be
            assert proposition.niveau < MOTS, proposition
        elif proposition.cible and (exacte := connus.get(cle_d_entete(proposition.entete))):
            assert proposition.cible == exacte, proposition
