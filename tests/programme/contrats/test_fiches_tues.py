"""A contrat is read by more people than a brouillon that it names."""

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from config.api.tables import Table
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.programme.fiches import sorties

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("etat", ["brouillon", "validee"])
def test_the_files_of_a_contrat_name_no_fiche_that_one_may_not_read(etat, pays, entrer):
    contrat, fiche = pays["la"]["contrat"], pays["la"]["ficheaction"]
    QuerySet(FicheAction).filter(pk=fiche.pk).update(titre="Xyzzy", etat=etat)
    f.FicheContratFactory(contrat=contrat, fiche=fiche)
    avenant = f.AvenantContratFactory(contrat=contrat)
    f.ModificationAvenantContratFactory(avenant=avenant, champ="fiche", fiche=fiche)
    lues = {}
    for genre in ("DREETS voisine", "région voisine", "intercommunalité voisine", "délégation"):
        agent = pays["agents"][genre]
        classeur = reverse("admin:programme_contrat_classeur", args=["xlsx"])
        texte = sorties.en_texte(entrer(agent).get(classeur))
        api = Table("fiches_contrats", agent).rangees().count()
        lues[genre] = ("Xyzzy" in texte or fiche.reference in texte), api
    assert lues["DREETS voisine"] == ((False, 0) if etat == "brouillon" else (True, 1))
    assert lues["délégation"] == lues["intercommunalité voisine"] == (True, 1)
