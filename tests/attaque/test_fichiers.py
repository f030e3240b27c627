"""Files of every table, damaged in every way: read, or refused in words, and nothing is written."""

import random

import pytest

from echanges.erreurs import FichierRefuse
from echanges.registre import resources
from tests import factories as f
from tests.attaque.outils import combien, parts
from tests.echanges.imports.test_entrees_folles import abimer
from tests.echanges.test_aller_retour import tout

FICHIERS = combien(60, 10_000)
PARTS = parts(10)


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_every_table_reads_or_refuses_what_is_damaged(part, dire):
    tout()
    agent = f.agent_delegation()
    hasard, compte, fautes = random.Random(5 + part), {"lus": 0, "refusés": 0}, {}
    souches = {nom: b"".join(resources()[nom]().exporter()) for nom in resources()}
    toutes = list(souches.values())
    for rang in range(part, FICHIERS, len(PARTS)):
        nom = list(souches)[rang % len(souches)]
        contenu = abimer(hasard, [souches[nom]] * 4 + toutes, hasard.random() < 0.7)
        try:
            rapport = resources()[nom](agent=agent).analyser(contenu)
            phrases = [str(refus) for refus in rapport.erreurs()]
            compte["lus"] += 1
        except FichierRefuse as refus:
            phrases = [str(refus)]
            compte["refusés"] += 1
        except Exception as erreur:
            fautes[f"{nom} {type(erreur).__name__}: {erreur}"[:200]] = contenu[:300]
            continue
        if sans_point := [p for p in phrases if not p.endswith((".", ")", "?", "»"))]:
            fautes[f"{nom} {sans_point[0]}"[:200]] = contenu[:80]
    dire(f"Fichiers ({part + 1} sur {len(PARTS)})", fichiers=sum(compte.values()), **compte)
    assert fautes == {}
