"""Two agents who save one fiche at the same time, over and over: no update lost, no error."""

import os
import time

from django.db import connection
from django.test import Client

from programme.fiches.models import FicheAction
from tests.programme.fiches.outils import adresse, ajouter, en_parallele, envoi

# Saves in all: the suite keeps to what takes a few seconds, SAUVEGARDES=500 goes further.
SAUVEGARDES = int(os.environ.get("SAUVEGARDES", "8"))
# Rows that each adds before it changes its last one: a form of hundreds would measure itself.
LIGNES = 3


def ecrire(agent, chemin, nom, nombre, bilan):
    """Add one line to a text and write one row, again and again, joining what the other wrote."""
    client = Client()
    client.force_login(agent)
    try:
        for rang in range(nombre):
            marque = f"{nom}{rang}"
            donnees = ma_ligne(envoi(client.get(chemin)), nom, marque, nouvelle=rang < LIGNES)
            donnees["contexte"] += f"\r\n{marque}"
            reponse = client.post(chemin, donnees)
            while reponse.status_code == 200:
                bilan["à choisir"] += 1
                donnees = envoi(reponse, **choisir(reponse, marque))
                reponse = client.post(chemin, donnees)
            assert reponse.status_code == 302
    except Exception as erreur:
        bilan["échecs"].append(erreur)
    finally:
        connection.close()


def ma_ligne(donnees, nom, marque, *, nouvelle):
    """A new étape, or another name for the last one of this agent."""
    if nouvelle:
        return ajouter(donnees, "etapes", intitule=marque, ordre="")
    siennes = [
        cle
        for cle in donnees
        if cle.endswith("-intitule") and donnees[cle] and donnees[cle][0] == nom
    ]
    donnees[max(siennes, key=lambda cle: int(donnees[cle][1:]))] = marque
    return donnees


def choisir(page, marque):
    """Keep mine, after writing into it what the other had added."""
    # Contexts are gathered across threads by the test client; this one is the response's own.
    rapprochement = page.context_data["rapprochement"]
    assert rapprochement.ecarts, page.context_data["errors"]
    choix = {f"choix:{e.cle}": "mien" for e in rapprochement.ecarts if e.a_choisir}
    if "choix:contexte" in choix:
        choix["contexte"] = rapprochement.present["champs"]["contexte"][0] + f"\r\n{marque}"
    return choix


def test_every_save_of_both_is_found_in_the_end(partagee):
    fiche, agents = partagee
    bilan, moitie, debut = {"à choisir": 0, "échecs": []}, SAUVEGARDES // 2, time.monotonic()
    en_parallele(
        (ecrire, agent, adresse(fiche), nom, moitie, bilan)
        for agent, nom in zip(agents, "AB", strict=True)
    )
    duree = time.monotonic() - debut
    print(f"{connection.vendor} : {2 * moitie} enregistrements en {duree:.0f} s, {bilan}")
    assert bilan["échecs"] == []
    marques = [f"{nom}{rang}" for nom in "AB" for rang in range(moitie)]
    trouve = {}
    en_parallele([(relire, fiche, trouve)])
    # What both write together, what each writes alone, and the record of every save.
    assert sorted(trouve["contexte"][-2 * moitie :]) == sorted(marques)
    restes = [f"{n}{r}" for n in "AB" for r in (*range(min(LIGNES, moitie) - 1), moitie - 1)]
    assert sorted(trouve["etapes"]) == sorted(restes)
    assert sorted(trouve["noms successifs"]) == sorted(marques)
    assert trouve["versions"] == list(range(1, 2 * moitie + 1))


def relire(fiche, trouve):
    relue, depart = FicheAction.objects.get(pk=fiche.pk), fiche.version
    trouve["contexte"] = relue.contexte.split()
    trouve["etapes"] = [etape.intitule for etape in relue.etapes.all()]
    dits = relue.etapes.model.history.filter(fiche=fiche.pk).values_list("intitule", flat=True)
    trouve["noms successifs"] = [nom for nom in dits if nom[0] in "AB"]
    versions = relue.history.filter(version__gt=depart).values_list("version", flat=True)
    trouve["versions"] = sorted(version - depart for version in versions)
    connection.close()
