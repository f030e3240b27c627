"""Rows of another perimeter that a page of the admin could have named, and keys nobody has."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.contrats.models import FicheContrat
from programme.fiches.models import FicheAction
from tests import factories as f


@pytest.mark.parametrize("cle", ["abc", "0", "9" * 30, "é"])
def test_a_key_nobody_has_leads_home_or_gives_back_what_was_typed(cle, pays, entrer):
    client = entrer(pays["agents"]["délégation"])
    change, delete = (
        reverse(f"admin:programme_ficheaction_{page}", args=[cle]) for page in ("change", "delete")
    )
    assert client.get(change).status_code == client.get(delete).status_code == 302
    assert client.post(change).status_code == client.post(delete).status_code == 404
    history = reverse("admin:programme_ficheaction_history", args=[cle])
    assert client.get(history).status_code == 302
    assert client.post(history).status_code == 405


def contrat_post(contrat, fiche):
    envoi = {"territoire": contrat.territoire_id, "type": contrat.type, "etat": contrat.etat}
    envoi |= {"signe_le": "15/07/2019", "signataires-TOTAL_FORMS": 0}
    envoi |= {"signataires-INITIAL_FORMS": 0}
    for vide in ("avenants", "documents"):
        envoi |= {f"{vide}-TOTAL_FORMS": 0, f"{vide}-INITIAL_FORMS": 0}
    envoi |= {"lignes_fiches-TOTAL_FORMS": 1, "lignes_fiches-INITIAL_FORMS": 0}
    return envoi | {"lignes_fiches-0-fiche": fiche.pk, "lignes_fiches-0-contrat": contrat.pk}


def test_a_contrat_takes_fiches_of_its_territoire_only(pays, entrer):
    contrat = pays["ici"]["contrat"]
    client = entrer(pays["agents"]["délégation"])
    adresse = reverse("admin:programme_contrat_change", args=[contrat.pk])
    page = client.post(adresse, contrat_post(contrat, pays["la"]["ficheaction"]))
    (formset,) = [x for x in page.context["inline_admin_formsets"] if x.opts.model is FicheContrat]
    assert formset.forms[0].errors["fiche"] == [
        "Cette fiche est celle d’un autre territoire : choisissez-en une de Territoire ici."
    ]
    assert (
        client.post(adresse, contrat_post(contrat, pays["ici"]["ficheaction"])).status_code == 302
    )
    assert [ligne.fiche for ligne in contrat.lignes_fiches.all()] == [pays["ici"]["ficheaction"]]


def test_a_foreign_fiche_in_a_contrat_is_not_named_to_its_readers(pays, entrer):
    contrat = pays["ici"]["contrat"]
    for lieu in ("ici", "la"):
        f.FicheContratFactory(contrat=contrat, fiche=pays[lieu]["ficheaction"])
        partagee = FicheAction.objects.filter(pk=pays[lieu]["ficheaction"].pk)
        partagee.update(partagee_le=timezone.now())
    adresse = reverse("admin:programme_contrat_change", args=[contrat.pk])
    for genre in ("intercommunalité", "région"):
        page = entrer(pays["agents"][genre]).get(adresse)
        lignes = [
            formulaire.instance.fiche.titre
            for formset in page.context["inline_admin_formsets"]
            if formset.opts.model is FicheContrat
            for formulaire in formset.formset.forms
        ]
        assert lignes == ["Fiche ici"]
        assert "Fiche la" not in page.content.decode()


def test_what_holds_a_fiche_back_is_not_named_outside_its_perimeter(pays, entrer):
    fiche = pays["ici"]["ficheaction"]
    f.BonnePratiqueFactory(titre="Pratique secrète", fiche=fiche)
    adresse = reverse("admin:programme_ficheaction_delete", args=[fiche.pk])
    page = entrer(pays["agents"]["intercommunalité"]).get(adresse)
    assert page.context["protected"] == ["ce qui y est lié"]
    assert "Pratique secrète" not in page.content.decode()


def test_the_fiche_behind_a_bonne_pratique_is_named_to_the_delegation_only(pays, entrer):
    pratique = f.BonnePratiqueFactory(fiche=pays["la"]["ficheaction"])
    pratique.fiches_liees.add(pays["la"]["ficheaction"])
    adresse = reverse("admin:programme_bonnepratique_change", args=[pratique.pk])
    vus = {
        genre: "Fiche la" in entrer(pays["agents"][genre]).get(adresse).content.decode()
        for genre in ("intercommunalité", "région", "délégation")
    }
    assert vus == {"intercommunalité": False, "région": False, "délégation": True}


def test_lists_do_not_search_through_what_they_do_not_show(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    for page, question in [
        ("partenaire", "fiches__titre__startswith=F"),
        ("territoire", "fiches__titre__startswith=F"),
        ("agent", "password__startswith=m"),
        ("bonnepratique", "fiche__titre__startswith=F"),
    ]:
        application = "territoires" if page in ("territoire", "agent") else "programme"
        adresse = reverse(f"admin:{application}_{page}_changelist")
        # Refused in words, and the list is whole: nothing was asked of the database.
        assert client.get(f"{adresse}?{question}").url == f"{adresse}?e=1", page


def test_an_attachment_is_linked_where_its_rights_are_checked(pays, entrer):
    fiche = pays["ici"]["ficheaction"]
    piece = f.PieceJointeFactory(fiche=fiche)
    adresse = reverse("piece-jointe", args=[fiche.reference, piece.pk])
    client = entrer(pays["agents"]["intercommunalité"])
    page = client.get(reverse("admin:programme_ficheaction_change", args=[fiche.pk]))
    assert f'href="{adresse}"' in page.content.decode()
    assert "fichiers-sans-adresse" not in page.content.decode()
    assert b"".join(client.get(adresse).streaming_content) == b"%PDF-1.4 essai"
    assert entrer(pays["agents"]["région voisine"]).get(adresse).status_code == 404


@pytest.mark.parametrize("genre", ["délégation", "région"])
def test_documents_are_linked_for_their_writers_and_once_public(genre, pays, entrer):
    convention = f.ConventionFactory(publiee=False)
    document = f.partenaires.DocumentConventionFactory(convention=convention)
    page = reverse("admin:programme_convention_change", args=[convention.pk])
    adresse = reverse("document-convention", args=[convention.reference, document.pk])
    client = entrer(pays["agents"][genre])
    for publiee in (False, True):
        convention.publiee = publiee
        convention.save()
        contenu = client.get(page).content.decode()
        lisible = publiee or genre == "délégation"
        assert (f'href="{adresse}"' in contenu) is lisible
        reponse = client.get(adresse)
        assert reponse.status_code == (200 if lisible else 404)
        reponse.getvalue()  # read to its end, the file is closed
        assert "fichiers-sans-adresse" not in contenu
