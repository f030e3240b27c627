"""A copy of a fiche, and the bonne pratique that it becomes."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from programme.fiches import parcours
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.programme.fiches.outils import adresse

pytestmark = pytest.mark.django_db


def test_a_copy_says_the_same_and_starts_afresh(fiche, deux):
    f.PieceJointeFactory(fiche=fiche).fichier.close()
    fiche.financements.update(statut="acquis")
    fiche.indicateurs.update(valeur=12, mesure_le="2024-05-01")
    fiche.etapes.update(faite=True)
    parcours.transmettre(fiche, agent=deux[0].agent)
    chemin = reverse("admin:programme_ficheaction_dupliquer", args=[fiche.pk])
    assert deux[0].get(chemin).status_code == 200
    page = deux[0].post(chemin, {"territoire": fiche.territoire_id}, follow=True)
    assert "Ne le sont pas les avis" in page.content.decode()
    copie = FicheAction.objects.exclude(pk=fiche.pk).get()
    assert (copie.etat, copie.created_by) == ("brouillon", deux[0].agent)
    assert (copie.titre, copie.contexte) == (f"Copie de {fiche.titre}", fiche.contexte)
    assert copie.reference != fiche.reference
    assert [(x.montant, x.statut) for x in copie.financements.all()] == [(300_000, "demande")]
    assert [(e.intitule, e.faite) for e in copie.etapes.all()] == [("Recruter l’équipe", False)]
    assert [(i.cible, i.valeur) for i in copie.indicateurs.all()] == [(30, None)]
    assert (copie.pieces.count(), copie.passages.count(), copie.avis.count()) == (0, 0, 0)


def test_a_copy_goes_to_one_s_own_territoires_only(fiche, deux):
    ailleurs = f.territoire_publie(nom="Ailleurs")
    chemin = reverse("admin:programme_ficheaction_dupliquer", args=[fiche.pk])
    page = deux[0].post(chemin, {"territoire": ailleurs.pk})
    assert page.context["erreurs"] == ["Choisissez l’un de vos territoires."]
    deux[0].force_login(f.agents_de(ailleurs)[0])
    assert deux[0].get(chemin).status_code == 404
    assert FicheAction.objects.count() == 1


def test_a_public_fiche_becomes_the_draft_of_a_pratique_without_its_contact(fiche, deux):
    fiche.contact_nom = "Nom-secret"
    fiche.save()
    delegation = f.agent_delegation()
    bouton = "En faire une bonne pratique"
    deux[0].force_login(delegation)
    assert bouton not in deux[0].get(adresse(fiche)).content.decode()
    parcours.transmettre(fiche, agent=delegation)
    comite = f.ComiteDePilotageFactory(region=fiche.territoire.regions[0])
    seance = f.SeanceFactory(comite=comite)
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=delegation)
    assert bouton in deux[0].get(adresse(fiche)).content.decode()
    assert bouton not in deux[1].get(adresse(fiche)).content.decode()
    ajout = reverse("admin:programme_bonnepratique_add")
    page = deux[0].get(f"{ajout}?depuis={fiche.pk}")
    initial = page.context["adminform"].form.initial
    assert (initial["fiche"], initial["titre"]) == (fiche.pk, fiche.titre)
    assert initial["resume"] == f"{fiche.objectifs}\n\n{fiche.resultats_attendus}"
    assert "Nom-secret" not in page.content.decode()


def test_a_fiche_prints_on_two_pages_with_its_contact_for_its_perimeter_only(fiche, deux):
    fiche.contact_nom = "Camille Contact"
    fiche.description = "Une phrase qui en dit assez long sur ce qui sera fait ici. " * 40
    fiche.save()
    chemin = reverse("admin:programme_ficheaction_pdf", args=[fiche.pk])
    document = PdfReader(io.BytesIO(deux[0].get(chemin).content))
    assert len(document.pages) <= 2
    texte = " ".join(page.extract_text() for page in document.pages)
    assert [mot in texte for mot in (fiche.reference, "Camille Contact")] == [True, True]
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    deux[0].force_login(f.agents_de(f.territoire_publie(nom="Ailleurs"))[0])
    assert deux[0].get(chemin).status_code == 404
