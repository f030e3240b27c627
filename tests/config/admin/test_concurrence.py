"""Two agents who save one object at the same time, on other forms than the fiche: none is lost."""

import os
import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import factories as f
from tests.formulaires import ajouter, en_clair, envoi
from tests.partage import base_partagee, en_parallele

# Saves of each form in all: the suite keeps to what takes a few seconds, SAUVEGARDES=500 goes far.
SAUVEGARDES = int(os.environ.get("SAUVEGARDES", "6"))
LIGNES = 3  # rows that each adds: a form of hundreds would measure itself

# (object, text that both lengthen, group of rows that each adds to, field of the row, the others)
FORMES = {
    "convention": (
        f.ConventionFactory,
        "description",
        "signataires",
        "organisation",
        {"ordre": "{}"},
    ),
    "sequence": (
        lambda: f.SequenceFactory(assemblee=f.AssembleeFactory(publiee_le=None)),
        "compte_rendu",
        "interventions",
        "organisation",
        {"ordre": ""},
    ),
    "assemblee": (
        lambda: f.AssembleeFactory(publiee_le=None),
        "resume",
        "sequences",
        "titre",
        {"ordre": "", "type": "table_ronde"},
    ),
}


@pytest.fixture
def agents(transactional_db):
    return [f.agent_delegation(), f.agent_delegation()]


def adresse(objet):
    meta = objet._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[objet.pk])


def ecrire(agent, objet, forme, nom, nombre, bilan):
    """Add one word to a text and one row, again and again, joining what the other wrote."""
    _, texte, prefixe, champ, autres = forme
    client, chemin = Client(), adresse(objet)
    client.force_login(agent)
    cle = f"{objet._meta.model_name}_form"
    try:
        for rang in range(nombre):
            marque = f"{nom}{rang}"
            donnees = propre(envoi(client.get(chemin), cle))
            donnees[texte] = f"{donnees[texte]} {marque}".strip()
            if rang < LIGNES:
                place = ord(nom) * LIGNES + rang  # a rank that the other does not take
                valeurs = {n: v.format(place) for n, v in autres.items()}
                donnees = ajouter(donnees, prefixe, **{champ: f"Nom {marque}"} | valeurs)
            reponse = client.post(chemin, en_clair(donnees))
            while reponse.status_code == 200:
                bilan["à choisir"] += 1
                rapprochement = reponse.context_data["rapprochement"]
                assert rapprochement.ecarts, reponse.context_data["errors"]
                choix = {f"choix:{e.cle}": "mien" for e in rapprochement.ecarts if e.a_choisir}
                if f"choix:{texte}" in choix:
                    leur = rapprochement.present["champs"][texte]
                    choix[texte] = f"{''.join(leur)} {marque}"
                reponse = client.post(chemin, en_clair(propre(envoi(reponse, cle, **choix))))
            assert reponse.status_code == 302, reponse.status_code
    except Exception as erreur:
        bilan["échecs"].append(erreur)
    finally:
        connection.close()


def propre(donnees):
    for nom in [n for n in donnees if "__prefix__" in n]:
        del donnees[nom]
    return donnees


@pytest.mark.parametrize("nom", FORMES)
def test_every_save_of_both_is_found_on_each_form(nom, agents, tmp_path):
    forme = FORMES[nom]
    objet = forme[0]()
    type(objet).objects.filter(pk=objet.pk).update(**{forme[1]: ""})
    bilan, moitie, debut = {"à choisir": 0, "échecs": []}, SAUVEGARDES // 2, time.monotonic()
    trouve = {}
    with base_partagee(tmp_path):
        en_parallele(
            (ecrire, agent, objet, forme, lettre, moitie, bilan)
            for agent, lettre in zip(agents, "AB", strict=True)
        )
        duree = time.monotonic() - debut
        en_parallele([(relire, objet, forme, trouve)])
    print(f"{connection.vendor}, {nom} : {2 * moitie} en {duree:.0f} s, {bilan}")
    assert bilan["échecs"] == []
    marques = sorted(f"{lettre}{rang}" for lettre in "AB" for rang in range(moitie))
    assert sorted(trouve["texte"]) == marques
    assert sorted(trouve["lignes"]) == [m for m in marques if int(m[1:]) < LIGNES]
    # Each save stands in the history, as the last one to have written then.
    assert sorted(trouve["histoire"]) == marques


def relire(objet, forme, trouve):
    _, texte, prefixe, champ, _ = forme
    try:
        relu = type(objet).objects.get(pk=objet.pk)
        trouve["texte"] = getattr(relu, texte).split()
        noms = getattr(relu, prefixe).values_list(champ, flat=True)
        trouve["lignes"] = [ecrit.removeprefix("Nom ") for ecrit in noms]
        dits = [getattr(ligne, texte).split() for ligne in relu.history.filter(history_type="~")]
        trouve["histoire"] = [mots[-1] for mots in dits if mots]
    finally:
        connection.close()
