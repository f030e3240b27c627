"""Each changelist costs the same with one row and with three."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.admin.test_matrice import MODELES, REFERENCE

PERIMETRE = {
    "ficheaction": f.FicheActionFactory,
    "contrat": f.ContratFactory,
    "seance": f.SeanceFactory,
    "comitedepilotage": f.ComiteDePilotageFactory,
}
# Their factories make one row of a kind, or need another date each time.
SEULS = {"editioncarte", "perimetre", "filiation", "phase"}


@pytest.mark.parametrize("nom", sorted({*PERIMETRE, *REFERENCE} - SEULS))
def test_a_changelist_costs_the_same_with_three_rows(
    nom, db, client, django_assert_num_queries, django_assert_max_num_queries
):
    fabrique = PERIMETRE.get(nom) or REFERENCE[nom]
    client.force_login(f.agent_delegation())
    adresse = reverse(f"admin:{MODELES[nom]._meta.app_label}_{nom}_changelist")
    fabrique()
    client.get(adresse)
    with django_assert_max_num_queries(13) as une:
        client.get(adresse)
    fabrique()
    fabrique()
    with django_assert_num_queries(len(une)):
        client.get(adresse)
