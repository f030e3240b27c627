"""Every table that a public page reads is in the open data, or says here why it is not.

The walk is over what a visitor reaches; the tables are those of the statements it made.
"""

import re

import pytest
from django.db import connection
from django.urls import reverse

from config.donnees_ouvertes import JEUX
from echanges.registre import resources
from tests.config.test_adresses_publiques import OUVERTES
from tests.config.test_du_public import SANS_FICHIER
from tests.config.test_rien_de_plus import modeles, parcourir, tout_ce_qui_est_public

pytestmark = pytest.mark.django_db
TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Read to answer, and shown to nobody as a table.
LUES_SEULEMENT = {
    "Agent": "who is asking",
    "CodePostal": "a column of the communes",
    "Contour": "drawn: the files of the map bear it",
    "MembrePerimetre": "the rows of the périmètres",
    "DocumentContrat": "files, on the page of their contrat",
    "DemandePerimetre": "asked whether an avis is about one",
    "Obstacle": "counted by entry of the national registre",
    "PassageModification": "asked who must act",
    "Parution": "the date of an answer",
    "Trace": "drawn: the files of the map bear it",
    "Utilite": "counted: how many found a bonne pratique of use",
    **dict.fromkeys(
        ("AIndexer", "Indexation", "MotConnu", "NomTrouvable", "SujetTrouvable", "Trouvable"),
        "the index of the search",
    ),
}


def test_a_table_that_public_pages_read_is_in_the_open_data(client):
    tout_ce_qui_est_public()
    par_table = {modele._meta.db_table: modele for modele in modeles()}
    lues = set()

    def noter(execute, sql, params, many, context):
        lues.update(TABLES.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noter):
        parcourir(client, [reverse(nom) for nom in OUVERTES if not nom.startswith("donnees")])
    noms = {par_table[table].__name__ for table in lues if table in par_table}
    assert {"FicheAction", "Mesure", "Seance", "Avis"} <= noms
    avec = {resources()[nom]._meta.model.__name__ for nom in JEUX}
    assert noms - avec - set(SANS_FICHIER) - set(LUES_SEULEMENT) == set()
