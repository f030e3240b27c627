"""A word of its own in every row; then every address, as every kind of person: no word is read by
somebody who may not read its row."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, models, transaction

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.attaque.outils import (
    adresses,
    choisis,
    combien,
    fichiers,
    textes_libres,
)
from tests.monde import une_fois
from tests.pays import LIMITES as GENRES
from tests.pays import construire
from tests.programme.fiches import sorties

MOT = re.compile(r"kanari(\d+)z")
# From a row to the one whose rule it follows.
VERS_LE_HAUT = ("fiche", "contrat", "convention", "seance", "assemblee", "sequence", "partenaire")
VERS_LE_HAUT += ("territoire", "etape", "indicateur", "obstacle", "demande", "avenant", "pratique")
DIT_CE_QUI_MANQUE = "/sante/pret/"
PAIRES = combien(600, 1_000_000)
pytestmark = pytest.mark.django_db


def _monde():
    """`pays` with what hangs on the fiches of both places, `semees`: {number of a word: the row
    that has it}, and `paires`: {kind of person: the addresses that it opens}."""
    pays = construire()
    for lieu in (pays["ici"], pays["la"]):
        fiche, region = lieu["ficheaction"], lieu["comitedepilotage"].region
        f.AvisTechniqueFactory(fiche=fiche)
        f.DemandeComplementFactory(fiche=fiche)
        f.PieceJointeFactory(fiche=fiche)
        f.PointDeControleFactory(region=region)
        f.FicheContratFactory(contrat=lieu["contrat"], fiche=fiche)
        f.EtapeFactory(fiche=fiche)
    pays["semees"] = semees = {}
    for app in ("territoires", "programme", "evenements"):
        for modele in apps.get_app_config(app).get_models():
            if not modele.__name__.startswith("Historical"):
                for ligne in modele._base_manager.all():
                    _semer(ligne, f"kanari{len(semees)}z")
                    semees[len(semees)] = ligne
    for agent in filter(None, pays["agents"].values()):
        agent.refresh_from_db()
    pays["paires"] = _paires(pays["agents"])
    return pays


monde = une_fois(_monde)


def _paires(agents):
    pages = adresses()
    toutes = {genre: pages | fichiers(agents[genre]) for genre in GENRES}
    paires = [(adresse, genre) for genre in GENRES for adresse in toutes[genre]]
    siennes = {genre: [] for genre in GENRES}
    for adresse, genre in choisis(paires, PAIRES, lambda paire: toutes[paire[1]][paire[0]]):
        siennes[genre].append(adresse)
    return siennes


def _semer(ligne, mot):
    for nom in textes_libres(type(ligne)):
        if nom == "password":
            continue  # its sessions would end
        try:
            with transaction.atomic():
                models.QuerySet(type(ligne)).filter(pk=ligne.pk).update(**{nom: mot})
        except DatabaseError:
            continue  # its table refuses any word there


def peut_lire(agent, ligne):
    """By the rule of its model, or of the row that it hangs on; None when no rule is known."""
    if ligne == agent:
        return True
    dit = None
    for _ in range(3):
        lignes = type(ligne)._default_manager.all()
        regles = [lignes.du_public()] if hasattr(lignes, "du_public") else []
        if agent is not None and hasattr(lignes, "for_user"):
            regles.append(lignes.for_user(agent))
        if any(regle.filter(pk=ligne.pk).exists() for regle in regles):
            return True
        if hasattr(lignes, "for_user"):
            return False
        dit = False if regles else dit
        ligne = _au_dessus(ligne)  # public on its own account, else read with what it hangs on
        if ligne is None:
            break
    return dit


def _au_dessus(ligne):
    for nom in VERS_LE_HAUT:
        try:
            if ligne._meta.get_field(nom).is_relation and getattr(ligne, nom, None) is not None:
                return getattr(ligne, nom)
        except FieldDoesNotExist:
            continue
    return None


@pytest.mark.parametrize("genre", GENRES)
def test_no_word_is_read_by_who_may_not_read_its_row(genre, monde, ouvrir, dire):
    lus, fuites, pannes, permis = 0, {}, {}, {}
    agent = monde["agents"][genre]
    titres = FicheAction._base_manager.values_list("titre", flat=True)
    assert all(MOT.fullmatch(titre) for titre in titres)
    lire = ouvrir(agent)
    for adresse in monde["paires"][genre]:
        reponse = lire(adresse)
        if reponse.status_code >= 500 and adresse != DIT_CE_QUI_MANQUE:
            pannes[adresse] = reponse.status_code
        if reponse.status_code != 200:
            continue
        lus += 1
        for numero in {int(mot) for mot in MOT.findall(sorties.en_texte(reponse))}:
            ligne = monde["semees"][numero]
            if numero not in permis:
                permis[numero] = peut_lire(agent, ligne)
            if permis[numero] is False:
                fuites.setdefault(adresse, []).append(f"{ligne._meta.label} {ligne.pk} {ligne}")
    sans_regle = {
        monde["semees"][n]._meta.label for n, permise in permis.items() if permise is None
    }
    demandes = len(monde["paires"][genre])
    dire(
        f"Canaris ({genre})",
        demandes=demandes,
        pages_lues=lus,
        mots_lus=len(permis),
        sans_règle_par_ligne=", ".join(sorted(sans_regle)) or 0,
    )
    assert (fuites, pannes) == ({}, {})
