"""A file of the délégation that is imported while somebody has the form open."""

import pytest

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.echanges.outils import csv, importer
from tests.programme.fiches.outils import adresse, envoi, poster

pytestmark = pytest.mark.django_db


def test_an_import_is_compared_with_the_open_form(fiche, deux):
    page = deux[0].get(adresse(fiche))
    delegation = f.agent_delegation()
    importer("fiches", csv("reference,contexte", f"{fiche.reference},Celui du fichier"), delegation)
    financeur = fiche.financements.get().financeur
    lignes = csv("fiche,financeur,statut,montant", f"{fiche.reference},{financeur},demande,1")
    importer("financements", lignes, delegation)
    miens = envoi(page, contexte="Le mien", **{"financements-0-montant": "2"})
    reponse = poster(deux[0], fiche, miens)
    ecarts = reponse.context["rapprochement"].ecarts
    assert [(e.nom, e.leur, e.mien) for e in ecarts] == [
        ("contexte", ["Celui du fichier"], ["Le mien"]),
        ("montant", ["1"], ["2"]),
    ]
    assert str(delegation) in reponse.content.decode()
    fin = poster(
        deux[0],
        fiche,
        envoi(reponse, **{f"choix:{ecarts[0].cle}": "leur", f"choix:{ecarts[1].cle}": "mien"}),
    )
    assert fin.status_code == 302
    assert FicheAction.objects.get(pk=fiche.pk).contexte == "Celui du fichier"
    assert fiche.financements.get().montant == 2
