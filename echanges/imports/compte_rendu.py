"""The report of an import as a file, for people (CSV) or for programs (JSON)."""

import csv
import json

from echanges.dialectes import MACHINE

COLONNES = ("ligne", "genre", "objet", "colonne", "avant", "apres", "message")


def lignes(rapport):
    """One dictionary a cell that changes, a refusal or a remark."""
    for refus in rapport.erreurs():
        yield {
            "ligne": refus.ligne,
            "genre": "refus",
            "objet": refus.objet,
            "colonne": refus.colonne,
            "avant": "",
            "apres": refus.valeur,
            "message": refus.message,
        }
    for remarque in rapport.remarques:
        yield {"ligne": remarque.ligne, "genre": "remarque", "message": remarque.message}
    for plan in rapport.carnet:
        genre = "création" if plan.creation else "modification"
        for colonne, avant, apres in plan.en_clair(MACHINE):
            yield {
                "ligne": plan.lignes[0],
                "genre": genre,
                "objet": str(plan.nom or plan.cle),
                "colonne": colonne,
                "avant": avant,
                "apres": apres,
            }


def ecrire(chemin, rapport, entete):
    """Write it whole or not at all; the name ends in .json or .csv. `entete` heads the JSON."""
    provisoire = chemin.with_name(chemin.name + ".partiel")
    ecrivain = _json if chemin.suffix == ".json" else _csv
    with provisoire.open("w", encoding="utf-8", newline="") as fichier:
        ecrivain(fichier, rapport, entete)
    provisoire.replace(chemin)


def _csv(fichier, rapport, entete):
    ecrivain = csv.DictWriter(fichier, fieldnames=COLONNES, restval="", lineterminator="\n")
    ecrivain.writeheader()
    ecrivain.writerows(lignes(rapport))


def _json(fichier, rapport, entete):
    tete = entete | {"reconnu": rapport.tableau.reconnu(), **rapport.comptes()}
    fichier.write(json.dumps(tete, ensure_ascii=False)[:-1] + ', "lignes": [')
    for rang, ligne in enumerate(lignes(rapport)):
        fichier.write((",\n" if rang else "\n") + json.dumps(ligne, ensure_ascii=False))
    fichier.write("\n]}\n")
