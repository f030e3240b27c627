"""A whole base goes out as files and comes back from them; an import never decides a fiche."""

import pytest
from django.core.management import CommandError, call_command

from programme.comites.instruction import avis_presents
from programme.comites.models import Avis, Seance
from programme.fiches.models import FicheAction, Passage
from programme.pratiques.models import BonnePratique
from tests import factories
from tests.echanges.imports.outils import (
    importer,
    photographie,
    un_programme,
    une_fiche_decidee,
    une_modification_acceptee,
)
from tests.echanges.outils import analyser, csv, messages


def deposer(dossier, fichiers):
    for nom, contenu in fichiers.items():
        (dossier / f"{nom}.csv").write_bytes(contenu)


@pytest.mark.django_db(transaction=True)
def test_a_base_with_decided_fiches_comes_back_from_its_own_files(tmp_path):
    un_programme()
    fiche = une_modification_acceptee().fiche
    agent = factories.agent_delegation()
    pratique = factories.BonnePratiqueFactory()
    BonnePratique.objects.filter(pk=pratique.pk).update(
        publiee_le="2024-01-02T10:00Z", publiee_par=agent
    )
    Seance.objects.filter(avis__fiche=fiche).update(close_le="2024-01-02T10:00Z", close_par=agent)
    avant = photographie()
    deposer(tmp_path, avant)
    call_command("flush", verbosity=0, interactive=False)
    call_command("charger_fixtures", dossier=tmp_path, verbosity=0)
    assert photographie() == avant
    revenue = FicheAction.objects.get(reference=fiche.reference)
    assert revenue.etat == "engagee"
    assert revenue.dernier_envoi == Passage.objects.filter(action="transmettre").last()
    assert [avis.sens for avis in avis_presents(revenue)] == ["favorable"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sans", "phrase"), [("passages", "aucun passage n’y mène"), ("avis", "aucun comité")]
)
def test_files_that_decide_a_fiche_without_its_way_are_not_loaded(tmp_path, sans, phrase):
    une_fiche_decidee()
    avant = photographie()
    for nom in ["remarques_avis", *(["avis"] if sans == "passages" else [])]:
        avant.pop(nom)
    deposer(tmp_path, {nom: octets for nom, octets in avant.items() if nom != sans})
    call_command("flush", verbosity=0, interactive=False)
    with pytest.raises(CommandError, match=phrase):
        call_command("charger_fixtures", dossier=tmp_path, verbosity=0)
    assert not FicheAction.objects.exists()


@pytest.mark.django_db
def test_no_import_of_an_agent_writes_a_passage_or_an_avis():
    une_fiche_decidee()
    avant = photographie()
    for nom in ("passages", "avis"):
        neuf = avant[nom].replace(b"2026", b"2025").replace(b"2024", b"2023")
        assert neuf != avant[nom]
        rapport = analyser(nom, neuf, factories.agent_delegation())
        assert rapport.plans == [] and rapport.refus
    assert (Passage.objects.count(), Avis.objects.count()) == (5, 2)


# --- What a form allows, and no more -----------------------------------------------------------


@pytest.mark.django_db
def test_progress_and_measures_are_entered_on_a_decided_fiche_and_nothing_else():
    fiche = une_fiche_decidee()
    factories.IndicateurFactory(fiche=fiche, libelle="Apprentis", cible=30)
    reference = fiche.reference
    importer("fiches", csv("reference,avancement", f"{reference},40"))
    importer(
        "indicateurs", csv("fiche,libelle,valeur,mesure_le", f"{reference},Apprentis,12,2026-01-05")
    )
    fiche.refresh_from_db()
    assert fiche.avancement == 40
    for nom, contenu in (
        ("fiches", csv("reference,titre", f"{reference},Autre")),
        ("indicateurs", csv("fiche,libelle,cible", f"{reference},Apprentis,1")),
        ("indicateurs", csv("fiche,libelle,valeur", f"{reference},Autre,1")),
    ):
        assert analyser(nom, contenu).refus, contenu


@pytest.mark.django_db
def test_a_brouillon_has_no_progress_and_stays_on_the_map_in_force():
    fiche = factories.fiche_complete(factories.territoire_publie())
    sorti = factories.TerritoireFactory()
    contenu = csv("reference,avancement", f"{fiche.reference},40")
    (refus,) = messages(analyser("fiches", contenu))
    assert "une fois la fiche validée" in refus
    contenu = csv("reference,territoire", f"{fiche.reference},{sorti.identifiant}")
    (refus,) = messages(analyser("fiches", contenu))
    assert "n’est pas dans l’édition en vigueur" in refus


@pytest.mark.django_db
def test_a_contrat_only_takes_fiches_of_its_territoire():
    contrat = factories.ContratFactory()
    autre = factories.FicheActionFactory()
    ligne = f"{contrat.reference},{autre.reference}"
    (refus,) = messages(analyser("fiches_contrats", csv("contrat,fiche", ligne)))
    assert "d’un autre territoire que celui du contrat" in refus


@pytest.mark.django_db
def test_a_fiche_without_reference_is_given_one_and_the_same_file_again_is_told():
    territoire = factories.territoire_publie()
    lignes = [f",École,{territoire.identifiant}", f",Usine,{territoire.identifiant}"]
    contenu = csv("reference,titre,territoire", *lignes)
    importer("fiches", contenu)
    references = list(FicheAction.objects.values_list("reference", flat=True))
    assert all(reference.startswith("FA-") for reference in references)
    rapport = analyser("fiches", contenu)
    assert rapport.comptes()["creees"] == 2
    ecole = FicheAction.objects.get(titre="École").reference
    assert any(ecole in str(remarque) for remarque in rapport.remarques)
    double = analyser("fiches", csv("reference,titre,territoire", lignes[0], lignes[0]))
    assert [str(r) for r in double.remarques][-1].startswith("ligne 3")
