"""What the délégation's browser would send, sent by everybody else: who may not write a row writes
nothing, in no table."""

import random
import time

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from tests.attaque.outils import choisis, combien, dire, textes_libres
from tests.config.admin.lignes_a_garder import JOURNAL, tables_ecrites
from tests.config.admin.test_matrice import AILLEURS, MODELES
from tests.formulaires import en_clair, envoi

ESSAIS = combien(60, 1_000_000)
# Whoever asks: what counts guesses and what dates the answers of the map.
A_PART = JOURNAL | {"territoires_essai", "territoires_parution"}


def envois(client, modele, ligne):
    """[(address, data)]: the form changed, the deletion, the bulk acts, as the délégation sends."""
    base = f"admin:{modele._meta.app_label}_{modele._meta.model_name}"
    liste = reverse(f"{base}_changelist")
    change = reverse(f"{base}_change", args=[ligne.pk])
    page = client.get(change)
    cle = f"{modele._meta.model_name}_form"
    if page.status_code == 200 and cle in page.content.decode():
        donnees = envoi(page, cle)
        for nom in textes_libres(modele):
            if nom in donnees:
                donnees[nom] = "Écrit par un autre"
        yield change, en_clair(donnees)
        yield reverse(f"{base}_add"), en_clair(donnees)
    yield reverse(f"{base}_delete", args=[ligne.pk]), {"post": "yes"}
    for acte in client.get(liste).context["cl"].model_admin.get_actions(_demande(client)):
        choix = {"action": acte, ACTION_CHECKBOX_NAME: [ligne.pk], "post": "yes"}
        yield liste, choix | {"confirmer": "oui"}


def _demande(client):
    return client.get("/admin/").wsgi_request


def peut_ecrire(agent, modele, ligne, client):
    demande = _demande(client)
    sien = admin.site._registry[modele]
    visible = sien.get_queryset(demande).filter(pk=ligne.pk).exists()
    return visible and (
        sien.has_change_permission(demande, ligne) or sien.has_delete_permission(demande, ligne)
    )


@pytest.fixture
def forges(pays, entrer):
    """[(model, row of the other place, address, what the délégation would send)]."""
    client = entrer(pays["agents"]["délégation"])
    return [
        (MODELES[nom], ligne, adresse, donnees)
        for nom, ligne in pays["la"].items()
        if nom in MODELES and nom not in AILLEURS
        for adresse, donnees in envois(client, MODELES[nom], ligne)
    ]


def test_nobody_writes_what_is_not_theirs(forges, pays, entrer):
    debut, fautes, pannes, faits = time.monotonic(), {}, {}, 0
    genres = [nom for nom in pays["agents"] if nom != "délégation"]
    essais = choisis([(genre, *forge) for genre in genres for forge in forges], ESSAIS)
    random.Random(5).shuffle(essais)
    for genre, modele, ligne, adresse, donnees in essais:
        client = entrer(pays["agents"][genre])
        if pays["agents"][genre] and peut_ecrire(pays["agents"][genre], modele, ligne, client):
            continue
        if adresse.endswith("/add/") and client.get(adresse).status_code == 200:
            continue  # rows of one's own: `test_matrice.py` says which
        with tables_ecrites() as tables:
            reponse = client.post(adresse, donnees)
        faits += 1
        if tables - A_PART:
            fautes[f"{genre} {adresse} {donnees.get('action', '')}"] = sorted(tables - A_PART)
        if reponse.status_code >= 500:
            pannes[f"{genre} {adresse}"] = reponse.status_code
    dire("Envois forgés", debut, envois=faits)
    assert faits and (fautes, pannes) == ({}, {})
