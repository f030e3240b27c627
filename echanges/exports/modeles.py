"""An empty file of each kind, ready to be filled and imported, with what each column takes."""

from echanges.colonnes.schemas import decrire
from echanges.colonnes.valeurs import Valeur
from echanges.dialectes import FORMATS
from echanges.exports.classeur import Feuille, ecrire_classeur
from echanges.exports.csv import encoder
from echanges.exports.morceaux import CLASSEURS
from echanges.lecture.classeurs import MODE_D_EMPLOI

EXPLICATIONS = {
    "Colonne": 24,
    "Intitulé": 30,
    "Format": 40,
    "Valeurs admises": 50,
    "Exemple": 30,
    "Obligatoire": 26,
    "À savoir": 50,
}


def ecrire_modele(resource, dialecte):
    """Pieces of bytes. A workbook explains itself on its second sheet; a CSV has its help page."""
    descriptions = [
        description
        for description in decrire(resource)
        if description.nom not in resource._meta.lecture_seule
    ]
    entetes = [description.nom for description in descriptions]
    if dialecte not in CLASSEURS:
        yield dialecte.bom + encoder([entetes], dialecte)
        return
    valeurs = [description.valeur or Valeur() for description in descriptions]
    vide = Feuille(resource.titre(), entetes, valeurs)
    aide = Feuille(
        MODE_D_EMPLOI,
        list(EXPLICATIONS),
        [Valeur() for _ in EXPLICATIONS],
        largeurs=tuple(EXPLICATIONS.values()),
        longue=True,
    )
    lignes = [expliquer(description) for description in descriptions]
    colonnes = list(zip(*lignes, strict=True))
    yield from ecrire_classeur(CLASSEURS[dialecte], [(vide, ()), (aide, [colonnes])])


def expliquer(description):
    """The cells of one column's explanation, in the order of `EXPLICATIONS`."""
    admises = "\n".join(
        valeur if valeur == libelle else f"{valeur} ({libelle})"
        for valeur, libelle in description.admises
    )
    return (
        description.nom,
        description.libelle,
        description.format,
        admises,
        description.exemple,
        description.obligatoire,
        description.aide,
    )


def formats():
    """Those offered for a template: a machine needs none."""
    return [dialecte for dialecte in FORMATS.values() if dialecte.nom != "machine"]
