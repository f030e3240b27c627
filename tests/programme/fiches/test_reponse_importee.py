"""An answer to an obstacle that comes by a file is dated, signed and told like any other."""

import pytest
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction, Reponse
from tests import factories as f
from tests.echanges.imports.outils import annuler, importer, photographie
from tests.echanges.outils import analyser

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation():
    return f.agent_delegation()


@pytest.fixture
def fiche(fiche):
    fiche.obstacle = "Dix-huit mois d’attente"
    fiche.save()
    return fiche


def fichier(fiche, texte, entete="reference,reponse"):
    return f"{entete}\n{fiche.reference},{texte}\n".encode()


def reponses():
    return [(r.fiche.reference, r.texte, r.auteur) for r in Reponse.objects.all()]


def test_it_is_signed_by_who_imports_and_the_territoire_is_told(fiche, deux, delegation):
    importer("fiches", fichier(fiche, "Un guichet unique."), delegation)
    assert reponses() == [(fiche.reference, "Un guichet unique.", delegation)]
    page = deux[0].get(reverse("obstacle", args=[fiche.reference])).content.decode()
    assert f", {delegation} :" in page.replace("\u202f", " ")
    assert "Reprise d’un fichier" not in page
    (courriel,) = Courriel.objects.all()
    assert (courriel.agent, courriel.genre) == (deux[0].agent, Courriel.Genre.INFORMATION)
    assert "Un guichet unique." in courriel.corps


def test_the_preview_says_so_once(fiche, delegation):
    lignes = fichier(fiche, "Oui.") + fichier(f.FicheActionFactory(), "Oui.").split(b"\n", 1)[1]
    rapport = analyser("fiches", lignes, delegation)
    (remarque,) = [r for r in rapport.remarques if "signées de votre nom" in str(r)]
    assert remarque.ligne is None
    assert not any("signées" in str(r) for r in analyser("fiches", lignes).remarques)


def test_the_same_file_again_signs_nothing_more(fiche, deux, delegation):
    for _ in range(2):
        importer("fiches", fichier(fiche, "Un guichet unique."), delegation)
    assert (len(reponses()), Courriel.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "ligne, entete", [("Titre neuf", "reference,titre"), ("", "reference,reponse")]
)
def test_a_file_that_does_not_answer_signs_nothing(ligne, entete, fiche, delegation):
    fiche.reponse = "Ancienne, d’avant les signatures."
    fiche.save()
    importer("fiches", fichier(fiche, ligne, entete), delegation)
    assert reponses() == []
    assert not Courriel.objects.exists()


def test_a_new_fiche_that_comes_with_its_answer_is_signed_too(fiche, delegation):
    entete = "reference,titre,territoire,reponse"
    ligne = f"{entete}\n,Neuve,{fiche.territoire.identifiant},Oui.\n"
    importer("fiches", ligne.encode(), delegation)
    neuve = FicheAction.objects.get(titre="Neuve")
    assert reponses() == [(neuve.reference, "Oui.", delegation)]


def test_undone_with_its_import_it_leaves_the_former_ones(fiche, delegation):
    f.ReponseFactory(fiche=fiche, texte="Ancienne.", auteur=delegation)
    FicheAction.objects.filter(pk=fiche.pk).update(reponse="Ancienne.")
    avant = photographie()
    lignes = f"reference,titre,territoire,reponse\n{fiche.reference},Titre,,Neuve.\n"
    lignes = lignes.replace(",,", f",{fiche.territoire.identifiant},")
    lignes += f",Créée,{fiche.territoire.identifiant},Oui.\n"
    depot = importer("fiches", lignes.encode(), delegation)
    assert [texte for _, texte, _ in reponses()] == ["Ancienne.", "Neuve.", "Oui."]
    assert annuler(depot, delegation) == []
    assert photographie() == avant
