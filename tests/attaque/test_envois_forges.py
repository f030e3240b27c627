"""What the délégation's browser would send, sent by everybody else: who may not write a row writes
nothing, in no table."""

import random

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.db.models import EmailField, URLField
from django.test import Client, override_settings
from django.urls import reverse

from tests.attaque.outils import LONGUE, choisis, combien, textes_libres
from tests.config.admin.lignes_a_garder import JOURNAL, tables_ecrites
from tests.config.admin.test_matrice import AILLEURS, LUS, MODELES
from tests.formulaires import Formulaires, en_clair, envoi
from tests.monde import une_fois
from tests.pays import LIMITES as GENRES
from tests.pays import construire

pytestmark = pytest.mark.django_db
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
                donnees[nom] = _autre(modele._meta.get_field(nom))
        yield change, en_clair(donnees)
        yield reverse(f"{base}_add"), en_clair(donnees)
    suppression = reverse(f"{base}_delete", args=[ligne.pk])
    yield suppression, _confirmation(client.get(suppression)) | {"post": "yes"}
    for acte in client.get(liste).context["cl"].model_admin.get_actions(_demande(client)):
        choix = {"action": acte, ACTION_CHECKBOX_NAME: [ligne.pk]}
        with transaction.atomic():
            demandes = _confirmation(client.post(liste, choix))
            transaction.set_rollback(True)
        yield liste, demandes | choix | {"post": "yes", "confirmer": "oui"}


def _autre(champ):
    if isinstance(champ, EmailField):
        return "un-autre@exemple.invalid"
    return "https://un-autre.exemple.fr/" if isinstance(champ, URLField) else "Écrit par un autre"


def _confirmation(page):
    """What the form that asks « are you sure » would send: which state of the row was read."""
    if page.status_code != 200:
        return {}
    lus = [dict(donnees.lists()) for _, donnees, _ in Formulaires(page.content.decode()).lus]
    return next((donnees for donnees in lus if {"post", "lu", "confirme"} & donnees.keys()), {})


def _demande(client):
    return client.get("/admin/").wsgi_request


def peut_ecrire(agent, modele, ligne, client):
    demande = _demande(client)
    sien = admin.site._registry[modele]
    visible = sien.get_queryset(demande).filter(pk=ligne.pk).exists()
    return visible and (
        sien.has_change_permission(demande, ligne) or sien.has_delete_permission(demande, ligne)
    )


# As for a test, but that a module has none of its fixtures.
@override_settings(SECOND_FACTEUR_OBLIGATOIRE=False, REAUTHENTIFICATION=False)
def _monde():
    """`pays`, with `essais`: {kind of person: [(model, row of the other place, address, what the
    délégation would send)]}."""
    pays, client = construire(), Client()
    client.force_login(pays["agents"]["délégation"])
    pays["forges"] = [
        (MODELES[nom], ligne, adresse, donnees)
        for nom, ligne in pays["la"].items()
        if nom in MODELES and nom not in AILLEURS
        for adresse, donnees in envois(client, MODELES[nom], ligne)
    ]
    essais = choisis([(genre, *forge) for genre in GENRES for forge in pays["forges"]], ESSAIS)
    pays["essais"] = {genre: [] for genre in GENRES}
    for genre, *forge in essais:
        pays["essais"][genre].append(forge)
    return pays


monde = une_fois(_monde)


@pytest.mark.parametrize("genre", GENRES)
def test_nobody_writes_what_is_not_theirs(genre, monde, entrer, dire):
    fautes, pannes, faits = {}, {}, 0
    agent = monde["agents"][genre]
    client = entrer(agent)
    random.Random(5).shuffle(monde["essais"][genre])
    for modele, ligne, adresse, donnees in monde["essais"][genre]:
        if agent and peut_ecrire(agent, modele, ligne, client):
            continue
        if adresse.endswith("/add/") and client.get(adresse).status_code == 200:
            continue  # rows of one's own: `test_matrice.py` says which
        with tables_ecrites() as tables:
            reponse = client.post(adresse, donnees)
        faits += 1
        if tables - A_PART:
            fautes[f"{adresse} {donnees.get('action', '')}"] = sorted(tables - A_PART)
        if reponse.status_code >= 500:
            pannes[adresse] = reponse.status_code
        assert agent is None or client.session[SESSION_KEY] == str(agent.pk), adresse
    dire(f"Envois forgés ({genre})", envois=faits)
    assert (faits or not LONGUE) and (fautes, pannes) == ({}, {})


def test_the_delegation_writes_by_the_same_sendings(monde, entrer):
    """Else what the others were refused would prove nothing."""
    ecrits = set()
    for modele, _, adresse, donnees in monde["forges"]:
        if modele in ecrits:
            continue
        with transaction.atomic():
            with tables_ecrites() as tables:
                entrer(monde["agents"]["délégation"]).post(adresse, donnees)
            transaction.set_rollback(True)
        if modele._meta.db_table in tables:
            ecrits.add(modele)
    muets = {modele._meta.model_name for modele, *_ in monde["forges"] if modele not in ecrits}
    assert muets <= LUS
