"""The history of a fiche tells what happened to its plan, by whom, in every way it is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.habillage.templatetags.habillage import premier
from echanges.registre import resources
from tests import factories as f
from tests.echanges.outils import csv
from tests.programme.fiches.outils import adresse, ajouter, envoi, poster

pytestmark = pytest.mark.django_db

VIDE = "(vide)"


@pytest.fixture
def delegation():
    return f.agent_delegation()


@pytest.fixture
def nue(fiche):
    """A fiche on which nothing hangs, nor ever hung."""
    for lignes in (fiche.financements, fiche.etapes, fiche.indicateurs, fiche.pieces):
        lignes.all().delete()
        lignes.model.history.all().delete()
    return fiche


def raconte(client, fiche):
    """[(act, who, reason, changes)] of the lines of the fiche, the oldest first, as a page says."""
    page = client.get(reverse("admin:programme_ficheaction_history", args=[fiche.pk]))
    assert page.status_code == 200
    lignes = [etape for etape in page.context["etapes"] if "\u202f:" in etape["geste"]]
    montres = {valeur for e in lignes for _, *valeurs in e["changements"] for valeur in valeurs}
    texte = page.content.decode()
    assert [valeur for valeur in montres if premier(valeur) not in texte] == []
    return [
        (etape["geste"].replace("\u202f", ""), etape["qui"], etape["raison"], etape["changements"])
        for etape in reversed(lignes)
    ]


DU_FORMULAIRE = {
    "financements": (
        {"financeur": "Région", "montant": "1 000", "statut": "demande"},
        {"montant": "1 500", "statut": "acquis"},
        "ligne de financement «Région»",
        [("financeur", "Région"), ("montant", "1\u202f000"), ("statut", "demandé")],
        [("montant", "1\u202f000", "1\u202f500"), ("statut", "demandé", "acquis")],
        [("financeur", "Région"), ("montant", "1\u202f500"), ("statut", "acquis")],
    ),
    "etapes": (
        {"intitule": "Bâtir", "ordre": "1", "debut": "01/02/2027"},
        {"fin": "01/03/2027"},
        "étape «Bâtir»",
        [("ordre", "1"), ("étape", "Bâtir"), ("début", "1 février 2027"), ("faite", "non")],
        [("fin", VIDE, "1 mars 2027")],
        [
            *[("ordre", "1"), ("étape", "Bâtir"), ("début", "1 février 2027")],
            *[("fin", "1 mars 2027"), ("faite", "non")],
        ],
    ),
    "indicateurs": (
        {"libelle": "Formés", "unite": "élèves", "cible": "30"},
        {"cible": "40"},
        "indicateur «Formés»",
        [("indicateur", "Formés"), ("unité", "élèves"), ("cible", "30")],
        [("cible", "30", "40")],
        [("indicateur", "Formés"), ("unité", "élèves"), ("cible", "40")],
    ),
}


@pytest.mark.parametrize("groupe", DU_FORMULAIRE)
def test_each_line_of_the_form_is_told_when_it_comes_changes_and_goes(groupe, nue, deux):
    saisi, change, nom, naissance, changements, fin = DU_FORMULAIRE[groupe]
    auteurs = (deux[0], deux[1], deux[0])
    gestes = (
        lambda donnees: ajouter(donnees, groupe, **saisi),
        lambda donnees: donnees | {f"{groupe}-0-{n}": v for n, v in change.items()},
        lambda donnees: donnees | {f"{groupe}-0-DELETE": "on"},
    )
    for client, geste in zip(auteurs, gestes, strict=True):
        donnees = envoi(client.get(adresse(nue)))
        assert client.post(adresse(nue), geste(donnees)).status_code == 302
    recit = raconte(deux[1], nue)
    assert [etape[:3] for etape in recit] == [
        (f"{geste}: {nom}", client.agent, None)
        for geste, client in zip(("Création", "Modification", "Suppression"), auteurs, strict=True)
    ]
    dits = [sorted(etape[3]) for etape in recit]
    assert dits == [
        sorted((nom, VIDE, valeur) for nom, valeur in naissance),
        sorted(changements),
        sorted((nom, valeur, VIDE) for nom, valeur in fin),
    ]


def test_an_attachment_is_told_by_the_name_of_its_file(nue, deux):
    donnees = ajouter(envoi(deux[0].get(adresse(nue))), "pieces", titre="Note")
    fichier = SimpleUploadedFile("note.pdf", b"%PDF-1.4 un")
    assert poster(deux[0], nue, donnees, **{"pieces-0-fichier": fichier}).status_code == 302
    donnees = envoi(deux[1].get(adresse(nue)), **{"pieces-0-titre": "Note du maire"})
    fichier = SimpleUploadedFile("lettre.pdf", b"%PDF-1.4 deux")
    assert poster(deux[1], nue, donnees, **{"pieces-0-fichier": fichier}).status_code == 302
    donnees = envoi(deux[0].get(adresse(nue)), **{"pieces-0-DELETE": "on"})
    assert poster(deux[0], nue, donnees).status_code == 302
    creation, modification, suppression = raconte(deux[1], nue)
    assert creation[:2] == ("Création: pièce jointe «Note»", deux[0].agent)
    assert creation[3][:2] == [("titre", VIDE, "Note"), ("fichier", VIDE, "note.pdf")]
    assert modification[:2] == ("Modification: pièce jointe «Note du maire»", deux[1].agent)
    assert sorted(modification[3]) == [
        ("fichier", "note.pdf", "lettre.pdf"),
        ("titre", "Note", "Note du maire"),
    ]
    assert suppression[:2] == ("Suppression: pièce jointe «Note du maire»", deux[0].agent)
    assert suppression[3][:2] == [("titre", "Note du maire", VIDE), ("fichier", "lettre.pdf", VIDE)]


DES_FICHIERS = {
    "financements": (
        ("fiche,financeur,statut,montant", "Région,acquis,1000", "Région,acquis,1800"),
        "ligne de financement «Région»",
        [("montant", "1\u202f000", "1\u202f800")],
    ),
    "etapes": (
        ("fiche,ordre,intitule,faite", "1,Bâtir,non", "1,Bâtir,oui"),
        "étape «Bâtir»",
        [("faite", "non", "oui")],
    ),
    "indicateurs": (
        ("fiche,libelle,cible", "Formés,30", "Formés,40"),
        "indicateur «Formés»",
        [("cible", "30", "40")],
    ),
}


@pytest.mark.parametrize("nom", DES_FICHIERS)
def test_each_line_of_a_file_is_told_with_its_import_and_who_sent_it(nom, nue, deux, delegation):
    (entete, *lignes), objet, changements = DES_FICHIERS[nom]
    for numero, ligne in enumerate(lignes, 1):
        resource = resources()[nom](agent=delegation)
        rapport = resource.analyser(csv(entete, f"{nue.reference},{ligne}"))
        resource.appliquer(rapport, f"Import nᵒ {numero}")
    creation, modification = raconte(deux[0], nue)
    assert creation[:3] == (f"Création: {objet}", delegation, "Import nᵒ 1")
    assert modification == (f"Modification: {objet}", delegation, "Import nᵒ 2", changements)


def test_lines_of_another_fiche_are_not_told(nue, deux):
    f.FinancementFactory(financeur="Ailleurs")
    f.PieceJointeFactory(titre="Ailleurs")
    assert raconte(deux[0], nue) == []
