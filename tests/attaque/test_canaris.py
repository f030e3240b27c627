"""A word of its own in every row; then every address, as every kind of person: no word is read by
somebody who may not read its row."""

import re
import time

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, models, transaction

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.attaque.outils import adresses, choisis, combien, dire, fichiers, textes_libres
from tests.programme.fiches import sorties

MOT = re.compile(r"kanari(\d+)z")
# From a row to the one whose rule it follows.
VERS_LE_HAUT = ("fiche", "contrat", "convention", "seance", "assemblee", "sequence", "partenaire")
VERS_LE_HAUT += ("territoire", "etape", "indicateur", "obstacle", "demande", "avenant", "pratique")
DIT_CE_QUI_MANQUE = "/sante/pret/"
PAIRES = combien(600, 1_000_000)


@pytest.fixture
def semees(pays):
    """{number of a word: the row that has it}, with what hangs on the fiches of both places."""
    for lieu in (pays["ici"], pays["la"]):
        fiche, region = lieu["ficheaction"], lieu["comitedepilotage"].region
        f.AvisTechniqueFactory(fiche=fiche)
        f.DemandeComplementFactory(fiche=fiche)
        f.PieceJointeFactory(fiche=fiche)
        f.PointDeControleFactory(region=region)
        f.FicheContratFactory(contrat=lieu["contrat"], fiche=fiche)
        f.EtapeFactory(fiche=fiche)
    semees = {}
    for app in ("territoires", "programme", "evenements"):
        for modele in apps.get_app_config(app).get_models():
            if not modele.__name__.startswith("Historical"):
                for ligne in modele._base_manager.all():
                    _semer(ligne, f"kanari{len(semees)}z")
                    semees[len(semees)] = ligne
    return semees


def _semer(ligne, mot):
    for nom in textes_libres(type(ligne)):
        try:
            with transaction.atomic():
                models.QuerySet(type(ligne)).filter(pk=ligne.pk).update(**{nom: mot})
        except DatabaseError:
            continue  # its table refuses any word there


def peut_lire(agent, ligne):
    """By the rule of its model, or of the row that it hangs on; None when no rule is known."""
    for _ in range(3):
        lignes = type(ligne)._default_manager.all()
        regles = [lignes.du_public()] if hasattr(lignes, "du_public") else []
        if agent is not None and hasattr(lignes, "for_user"):
            regles.append(lignes.for_user(agent))
        if regles or hasattr(lignes, "for_user"):
            return any(regle.filter(pk=ligne.pk).exists() for regle in regles)
        ligne = _au_dessus(ligne)
        if ligne is None:
            return None
    return None


def _au_dessus(ligne):
    for nom in VERS_LE_HAUT:
        try:
            if ligne._meta.get_field(nom).is_relation and getattr(ligne, nom, None) is not None:
                return getattr(ligne, nom)
        except FieldDoesNotExist:
            continue
    return None


def test_no_word_is_read_by_who_may_not_read_its_row(semees, pays, entrer):
    debut, lus, fuites, pannes, permis = time.monotonic(), 0, {}, {}, {}
    agents = {nom: agent for nom, agent in pays["agents"].items() if nom != "délégation"}
    titres = FicheAction._base_manager.values_list("titre", flat=True)
    assert all(MOT.fullmatch(titre) for titre in titres)
    pages = adresses()
    toutes = {genre: pages | fichiers(agent) for genre, agent in agents.items()}
    paires = [(adresse, genre) for genre, siennes in toutes.items() for adresse in siennes]
    paires = choisis(paires, PAIRES, lambda paire: toutes[paire[1]][paire[0]])
    for adresse, genre in sorted(paires, key=lambda paire: paire[1]):
        reponse = entrer(agents[genre]).get(adresse)
        if reponse.status_code >= 500 and adresse != DIT_CE_QUI_MANQUE:
            pannes[adresse] = reponse.status_code
        if reponse.status_code != 200:
            continue
        lus += 1
        for numero in {int(mot) for mot in MOT.findall(sorties.en_texte(reponse))}:
            ligne, cle = semees[numero], (genre, numero)
            if cle not in permis:
                permis[cle] = peut_lire(agents[genre], ligne)
            if permis[cle] is False:
                fuites[f"{genre} {adresse}"] = f"{ligne._meta.label} {ligne.pk}"
    sans_regle = {semees[n]._meta.label for (_, n), permise in permis.items() if permise is None}
    dire("Canaris", debut, demandes=len(paires), pages_lues=lus, mots_lus=len(permis))
    print("  Sans règle par ligne\u00a0:", ", ".join(sorted(sans_regle)) or "aucun")
    assert (fuites, pannes) == ({}, {})
