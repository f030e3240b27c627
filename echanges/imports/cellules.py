"""From the cells of a file to Python values: column by column, many rows at once."""

from collections import Counter

from django.core.validators import MaxLengthValidator

from echanges.champs import est_texte_libre
from echanges.colonnes.valeurs import Date, Entier, Nombre, Texte
from echanges.dialectes import restaurer
from echanges.erreurs import Illisible, Remarque
from echanges.textes import SIGNES_DE_DEGATS, sans_double_encodage, suspect

A_LIRE = object()
SOUVENIRS = 10_000  # different cells of one column whose reading is kept


class Lecteur:
    """Reads the rows of one file; refused cells go to the report."""

    def __init__(self, resource, colonnes, positions, rapport, choix):
        self.rapport, self.largeur = rapport, len(rapport.tableau.entetes)
        self.colonnes = [
            (
                colonne,
                [positions[e] for e in colonne.entetes],
                {} if colonne.memorable else None,
                _longueur_du_texte(colonne),
            )
            for colonne in colonnes
        ]
        self.corrections = {
            colonne.nom: choix.corrections[colonne.nom]
            for colonne in colonnes
            if len(colonne.entetes) == 1 and choix.corrections.get(colonne.nom)
        }
        self.corrigees = Counter()  # cells that what the person said once for all replaced
        self.derniere, self.courtes = None, []  # numbers of the last row, of those cut short
        self._preparer(resource, colonnes, positions, choix)

    def _preparer(self, resource, colonnes, positions, choix):
        cles = []
        if any(c for c in colonnes if getattr(c, "soi", False)):
            rang = positions[resource._meta.import_id_fields[0]]
            lignes = self.rapport.tableau.lignes
            cles = [c[rang].strip() for _, c in lignes if rang < len(c)]
        for colonne in colonnes:
            valeur = getattr(colonne, "valeur", None)
            if isinstance(valeur, Date):
                valeur.style = choix.dates
            elif isinstance(valeur, (Entier, Nombre)):
                valeur.style = choix.nombres
            colonne.preparer(cles)

    def lire(self, lot):
        """[(row number, cells, values in the order of the columns)] of the readable rows."""
        self.derniere = lot[-1][0]
        lot = [
            (numero, cellules)
            for numero, cellules in lot
            if len(cellules) == self.largeur or self._ajuster(numero, cellules)
        ]
        if not lot:
            return []
        textes = list(zip(*(cellules for _, cellules in lot), strict=True))
        numeros = [numero for numero, _ in lot]
        valeurs = zip(
            *(self._lire_colonne(numeros, textes, *colonne) for colonne in self.colonnes),
            strict=True,
        )
        refusees = self.rapport.refus
        return [
            (numero, cellules, list(lues))
            for (numero, cellules), lues in zip(lot, valeurs, strict=True)
            if numero not in refusees
        ]

    def _ajuster(self, numero, cellules):
        """Make the row as wide as the headers; refuse it when that would lose a cell.

        Excel leaves out the last separators of rows whose last cells are empty.
        """
        largeur = self.largeur
        if len(cellules) > largeur:
            if any(c.strip() for c in cellules[largeur:]):
                message = f"cette ligne a {len(cellules)} cellules pour {largeur} colonnes"
                self.rapport.refuser(numero, "", "", message)
                return False
            del cellules[largeur:]
        elif not self.rapport.tableau.feuille:
            self.courtes.append((numero, len(cellules)))
        cellules += [""] * (largeur - len(cellules))
        return True

    def conclure(self):
        self._dire_les_corrections()
        self._refuser_la_ligne_tronquee()

    def _dire_les_corrections(self):
        for (nom, avant, apres), nombre in self.corrigees.items():
            s = "s" if nombre > 1 else ""
            phrase = f"{nom} : « {avant} » remplacé partout par « {apres or 'rien'} » "
            phrase += f"({nombre} ligne{s})."
            self.rapport.remarques.append(Remarque(None, phrase))

    def _refuser_la_ligne_tronquee(self):
        """The last row, alone cut short in a file that no line end closes, was not whole."""
        if not (self.rapport.tableau.inacheve and len(self.courtes) == 1):
            return
        ((numero, cellules),) = self.courtes
        if numero == self.derniere:
            self.courtes.clear()
            message = (
                f"le fichier s’arrête au milieu de cette ligne, à la cellule {cellules} sur "
                f"{self.largeur} : il est sans doute tronqué. Exportez-le ou envoyez-le à nouveau"
            )
            self.rapport.refuser(numero, "", "", message)

    def _corriger(self, colonne, textes):
        """The cells of a column as the person said, once for all, that they are meant."""
        table = self.corrections[colonne.nom]
        corriges = []
        for texte in textes:
            apres = table.get(texte.strip())
            if apres is not None:
                self.corrigees[colonne.nom, texte.strip(), apres] += 1
            corriges.append(texte if apres is None else apres)
        return corriges

    def _lire_colonne(self, numeros, textes, colonne, rangs, memoire, longueur):
        if colonne.nom in self.corrections:
            textes = {rangs[0]: self._corriger(colonne, textes[rangs[0]])}
        if longueur is not None or memoire is None:
            self._dire_les_abimes(numeros, textes, colonne, rangs)
        if memoire is not None:
            cellules = zip(*(textes[rang] for rang in rangs), strict=True)
            return self._avec_memoire(numeros, cellules, colonne, memoire)
        if longueur is None:
            cellules = zip(*(textes[rang] for rang in rangs), strict=True)
            return [
                self._lire(numero, colonne, c) for numero, c in zip(numeros, cellules, strict=True)
            ]
        douteux = suspect(colonne.valeur.paragraphes)
        return [
            lu
            if (lu := _texte_simple(texte, longueur, douteux)) is not A_LIRE
            else self._lire(numero, colonne, (texte,))
            for numero, texte in zip(numeros, textes[rangs[0]], strict=True)
        ]

    def _dire_les_abimes(self, numeros, textes, colonne, rangs):
        """Text in UTF-8 that was once read as Windows-1252: kept as it is, and said."""
        if not isinstance(getattr(colonne, "valeur", None), Texte):
            return
        tout = "\n".join(textes[rangs[0]])
        if not any(signe in tout for signe in SIGNES_DE_DEGATS):
            return
        for numero, texte in zip(numeros, textes[rangs[0]], strict=True):
            if repare := sans_double_encodage(texte):
                phrase = f"{colonne.nom} : texte abîmé (« {texte.strip()[:80]} »), sans doute "
                phrase += f"« {repare.strip()[:80]} »."
                self.rapport.remarques.append(Remarque(numero, phrase))

    def _avec_memoire(self, numeros, cellules, colonne, memoire):
        valeurs = []
        for rang, textes in enumerate(cellules):
            lu = memoire.get(textes)
            if lu is None:
                if len(memoire) >= SOUVENIRS:
                    memoire.clear()
                lu = memoire[textes] = _tenter(colonne, textes)
            if lu[1] or lu[2] is not None:
                self._noter(numeros[rang], colonne, textes, lu)
            valeurs.append(lu[0])
        return valeurs

    def _lire(self, numero, colonne, textes):
        lu = _tenter(colonne, textes)
        self._noter(numero, colonne, textes, lu)
        return lu[0]

    def _noter(self, numero, colonne, textes, lu):
        _, remarque, erreur = lu
        if remarque:
            self.rapport.remarques.append(Remarque(numero, f"{colonne.nom} : {remarque}."))
        if erreur is not None:
            self.rapport.refuser(
                numero,
                colonne.nom,
                " ".join(textes),
                str(erreur),
                erreur.motif,
                erreur.proposition,
            )

    def styles(self):
        """How dates, numbers and ends of rows were seen to be written, in a few words."""
        dates, nombres = set(), set()
        for colonne, *_ in self.colonnes:
            valeur = getattr(colonne, "valeur", None)
            if isinstance(valeur, Date):
                dates |= valeur.vus
            elif isinstance(valeur, Nombre):
                nombres |= valeur.vus - {""}
        return [
            *([f"dates {' ou '.join(sorted(dates))}"] if dates else []),
            *([f"décimales après {' ou '.join(sorted(nombres))}"] if nombres else []),
            *([_rangees_courtes(len(self.courtes))] if self.courtes else []),
        ]


def _rangees_courtes(nombre):
    pluriel = "s" if nombre > 1 else ""
    return (
        f"{nombre} ligne{pluriel} plus courte{pluriel} que les en-têtes "
        "(cellules de la fin lues comme vides)"
    )


def _tenter(colonne, textes):
    """(value, remark or None, error or None)."""
    try:
        return (*colonne.lire(textes), None)
    except Illisible as erreur:
        return None, None, erreur


def _longueur_du_texte(colonne):
    """The longest text that needs no look at its field's validators; None: always look.

    A test holds this shortcut to what the field itself says.
    """
    champ, valeur = getattr(colonne, "champ", None), getattr(colonne, "valeur", None)
    if type(valeur) is not Texte or not est_texte_libre(champ):
        return None
    if champ.choices or any(type(v) is not MaxLengthValidator for v in champ.validators):
        return None
    return champ.max_length or 10**9


def _texte_simple(texte, longueur, suspect):
    """This text as its field would keep it, A_LIRE when the field must be asked."""
    debut = texte[:1]
    if debut == "#":
        return A_LIRE  # perhaps what a spreadsheet shows in place of a value
    lu = restaurer(texte).strip() if debut == "'" else texte.strip()
    if not lu or len(lu) > longueur:
        return A_LIRE
    return lu if lu.isprintable() or not suspect(lu) else A_LIRE
