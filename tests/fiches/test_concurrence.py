"""Two agents who save one fiche at the same time, over and over: no update lost, no error."""

import os
import threading

from django.db import connection
from django.test import Client

from programme.models import FicheAction
from tests.fiches.outils import adresse, ajouter, envoi

# Saves in all: the suite keeps to what takes a few seconds, SAUVEGARDES=500 goes further.
SAUVEGARDES = int(os.environ.get("SAUVEGARDES", "8"))


def ecrire(agent, chemin, nom, nombre, echecs):
    """Add one line to a text and one row, again and again, joining what the other wrote."""
    client = Client()
    client.force_login(agent)
    try:
        for rang in range(nombre):
            marque = f"{nom}{rang}"
            page = client.get(chemin)
            donnees = ajouter(envoi(page), "etapes", intitule=marque, ordre="")
            donnees["contexte"] += f"\r\n{marque}"
            reponse = client.post(chemin, donnees)
            while reponse.status_code == 200:
                donnees = envoi(reponse, **choisir(reponse, marque))
                reponse = client.post(chemin, donnees)
            assert reponse.status_code == 302
    except Exception as erreur:
        echecs.append(erreur)
    finally:
        connection.close()


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
    echecs, moitie = [], SAUVEGARDES // 2
    en_parallele(
        (ecrire, agent, adresse(fiche), nom, moitie, echecs)
        for agent, nom in zip(agents, "AB", strict=True)
    )
    assert echecs == []
    attendues = {f"{nom}{rang}" for nom in "AB" for rang in range(moitie)}
    trouvees = {}
    en_parallele([(relire, fiche, trouvees)])
    assert set(trouvees["contexte"].split()[-2 * moitie :]) == attendues
    assert sorted(trouvees["etapes"]) == sorted(attendues)


def relire(fiche, trouvees):
    trouvees["contexte"] = FicheAction.objects.get(pk=fiche.pk).contexte
    trouvees["etapes"] = [e.intitule for e in fiche.etapes.all()]
    connection.close()


def en_parallele(taches):
    fils = [threading.Thread(target=tache, args=arguments) for tache, *arguments in taches]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
