"""From the cells of a file to Python values, column by column."""

from echanges.erreurs import Illisible, Remarque


def lire_lignes(ressource, colonnes, positions, rapport, progression=iter):
    """[(row number, cells, values in the order of the columns)] of the readable rows.

    The others are refused in the report.
    """
    tableau = rapport.tableau
    _preparer(ressource, colonnes, positions, tableau)
    plan = [
        (colonne, [positions[e] for e in colonne.entetes], {} if colonne.memorable else None)
        for colonne in colonnes
    ]
    lignes, largeur = [], len(tableau.entetes)
    for numero, cellules in progression(tableau.lignes):
        if len(cellules) != largeur and not _ajuster(rapport, numero, cellules, largeur):
            continue
        valeurs = [
            _lire_cellule(rapport, numero, cellules, colonne, rangs, memoire)
            for colonne, rangs, memoire in plan
        ]
        if numero not in rapport.refus:
            lignes.append((numero, cellules, valeurs))
    return lignes


def _preparer(ressource, colonnes, positions, tableau):
    cle = ressource._meta.import_id_fields
    cles = []
    if len(cle) == 1:
        rang = positions[cle[0]]
        cles = [c[rang].strip() for _, c in tableau.lignes if rang < len(c)]
    for colonne in colonnes:
        colonne.preparer(cles)


def _ajuster(rapport, numero, cellules, largeur):
    """Make the row as wide as the headers; refuse it when that would invent or lose a cell."""
    if len(cellules) > largeur and any(c.strip() for c in cellules[largeur:]):
        message = f"cette ligne a {len(cellules)} cellules pour {largeur} colonnes"
    elif len(cellules) < largeur and not rapport.tableau.feuille:
        message = f"cette ligne s’arrête à la cellule {len(cellules)} sur {largeur}"
    else:
        cellules += [""] * (largeur - len(cellules))
        return True
    rapport.refuser(numero, "", "", message)
    return False


def _lire_cellule(rapport, numero, cellules, colonne, rangs, memoire):
    textes = tuple([cellules[rang] for rang in rangs])
    lu = memoire.get(textes) if memoire is not None else None
    if lu is None:
        try:
            lu = (*colonne.lire(textes), None)
        except Illisible as erreur:
            lu = (None, None, str(erreur))
        if memoire is not None:
            memoire[textes] = lu
    valeur, remarque, erreur = lu
    if remarque:
        rapport.remarques.append(Remarque(numero, f"{colonne.nom} : {remarque}."))
    if erreur:
        rapport.refuser(numero, colonne.nom, " ".join(textes), erreur)
    return valeur
