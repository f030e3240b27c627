"""JSON Lines: one object a row, whose numbers are numbers and whose lists are lists."""

import json
from operator import add

from django.utils import timezone

from echanges.colonnes.valeurs import Entier, Instant, Json, Nombre, OuiNon
from echanges.dialectes import MACHINE

en_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def ecrire(extraction):
    """Pieces of bytes, a batch of rows each; nothing at all when there is no row."""
    cles = [f"{'{,'[rang > 0]}{en_json(nom)}:" for rang, nom in enumerate(extraction.entetes)]
    ecrivains = [
        _liste if extraction.est_liste(entete) else _ecrivain(valeur)
        for entete, valeur in zip(extraction.entetes, extraction.valeurs, strict=True)
    ]
    for lot in extraction.lots():
        colonnes = [
            ["null" if cellule is None else ecrire_une(cellule) for cellule in colonne]
            for ecrire_une, colonne in zip(ecrivains, lot, strict=True)
        ]
        lignes = ("".join(map(add, cles, cellules)) for cellules in zip(*colonnes, strict=True))
        yield ("}\n".join(lignes) + "}\n").encode()


def _ecrivain(valeur):
    """The function that writes as JSON a value of this kind that is there."""
    if isinstance(valeur, OuiNon | Json):
        return en_json
    if isinstance(valeur, Entier | Nombre):
        return lambda nombre: format(nombre, "f") if not isinstance(nombre, int) else str(nombre)
    if isinstance(valeur, Instant):
        return lambda instant: en_json(timezone.localtime(instant).isoformat())
    formateur = valeur.formateur(MACHINE)
    return lambda cellule: en_json(cellule if isinstance(cellule, str) else formateur(cellule))


def _liste(cellule):
    return en_json(cellule.split())
