"""What is published is published after a page that says so, and by who may."""

import pytest
from django.urls import reverse

from tests import factories as f

GENRES = {
    "evenements_actualite": lambda: f.ActualiteFactory(publiee_le=None),
    "evenements_pageeditoriale": lambda: f.PageEditorialeFactory(publiee_le=None),
    "evenements_assemblee": lambda: f.AssembleeFactory(publiee_le=None),
    "programme_bonnepratique": f.BonnePratiqueFactory,
    "programme_convention": lambda: f.ConventionFactory(publiee=False),
    "programme_obstaclenational": f.ObstacleNationalFactory,
}


RETIRABLES = ("evenements_actualite", "evenements_pageeditoriale", "programme_obstaclenational")


def publique(ligne):
    return ligne._meta.model.objects.du_public().filter(pk=ligne.pk).exists()


@pytest.mark.parametrize("nom", GENRES)
def test_publishing_asks_first(nom, pays, entrer):
    ligne = GENRES[nom]()
    adresse = reverse(f"admin:{nom}_changelist")
    envoi = {"action": "publier", "_selected_action": [ligne.pk]}
    client = entrer(pays["agents"]["délégation"])
    page = client.post(adresse, envoi)
    assert page.context["lignes"] == [(ligne.pk, str(ligne))]
    assert not publique(ligne)
    assert client.post(adresse, envoi | {"confirme": "oui"}).status_code == 302
    assert publique(ligne)


@pytest.mark.parametrize("nom", GENRES)
def test_its_own_page_has_the_button_until_it_is_public(nom, pays, entrer):
    ligne = GENRES[nom]()
    client = entrer(pays["agents"]["délégation"])
    changer = reverse(f"admin:{nom}_change", args=[ligne.pk])
    publier = reverse(f"admin:{nom}_publier", args=[ligne.pk])
    assert publier in [adresse for _, _, adresse in client.get(changer).context["suites"]]
    assert client.get(publier).status_code == 200
    assert not publique(ligne)
    assert client.post(publier)["Location"] == changer
    assert publique(ligne)
    assert publier not in [adresse for _, _, adresse in client.get(changer).context["suites"]]
    assert client.post(publier)["Location"] == changer  # pressed twice


@pytest.mark.parametrize("nom", GENRES)
def test_only_the_delegation_publishes(nom, pays, entrer):
    ligne = GENRES[nom]()
    envoi = {"action": "publier", "_selected_action": [ligne.pk], "confirme": "oui"}
    for genre in ("intercommunalité", "région", "sans périmètre"):
        entrer(pays["agents"][genre]).post(reverse(f"admin:{nom}_changelist"), envoi)
        entrer(pays["agents"][genre]).post(reverse(f"admin:{nom}_publier", args=[ligne.pk]))
        assert not publique(ligne), genre


@pytest.mark.parametrize("nom", RETIRABLES)
def test_what_was_published_is_taken_back_after_a_question(nom, pays, entrer):
    ligne = GENRES[nom]()
    client = entrer(pays["agents"]["délégation"])
    changer, publier, retirer = (
        reverse(f"admin:{nom}_{acte}", args=[ligne.pk]) for acte in ("change", "publier", "retirer")
    )

    def suites():
        return [adresse for _, _, adresse in client.get(changer).context["suites"]]

    assert retirer not in suites()
    client.post(publier)
    assert retirer in suites()
    assert client.get(retirer).status_code == 200
    assert publique(ligne)
    assert client.post(retirer)["Location"] == changer
    assert not publique(ligne)
    assert publier in suites()
    assert ligne.history.latest().history_user == pays["agents"]["délégation"]
    client.post(publier)
    envoi = {"action": "retirer", "_selected_action": [ligne.pk]}
    liste = reverse(f"admin:{nom}_changelist")
    assert client.post(liste, envoi).context["lignes"] == [(ligne.pk, str(ligne))]
    assert publique(ligne)
    client.post(liste, envoi | {"confirme": "oui"})
    assert not publique(ligne)


@pytest.mark.parametrize("nom", RETIRABLES)
def test_only_the_delegation_takes_back(nom, pays, entrer):
    ligne = GENRES[nom]()
    entrer(pays["agents"]["délégation"]).post(reverse(f"admin:{nom}_publier", args=[ligne.pk]))
    for genre in ("intercommunalité", "région", "sans périmètre"):
        entrer(pays["agents"][genre]).post(reverse(f"admin:{nom}_retirer", args=[ligne.pk]))
        assert publique(ligne), genre


def test_several_fiches_go_up_after_one_confirmation(pays, entrer):
    complete = f.fiche_complete(pays["ici"]["territoire"])
    autres = [pays["ici"]["ficheaction"], f.fiche_complete(pays["la"]["territoire"])]
    envoi = {"action": "transmettre", "_selected_action": [x.pk for x in (complete, *autres)]}
    client = entrer(pays["agents"]["intercommunalité"])
    adresse = reverse("admin:programme_ficheaction_changelist")
    page = client.post(adresse, envoi)
    assert [cle for cle, _ in page.context["lignes"]] == [complete.pk]
    ((nom, raison),) = page.context["ecartees"]
    assert nom == str(autres[0]) and "Il manque" in raison
    client.post(adresse, envoi | {"confirme": "oui"})
    for fiche in (complete, *autres):
        fiche.refresh_from_db()
    assert [x.etat for x in (complete, *autres)] == ["transmise", "brouillon", "brouillon"]
