"""A table of figures: each one knows the list behind it, and the whole goes out as CSV."""

from dataclasses import dataclass, field

from echanges.dialectes import neutraliser
from echanges.exports.csv import encoder

NOMBRE, EUROS, JOURS, PART = "nombre", "euros", "jours", "part"


@dataclass(frozen=True)
class Colonne:
    code: str
    titre: str
    genre: str = NOMBRE

    @property
    def entete(self):
        """Its title on a page, with the unit that its figures do not say."""
        return f"{self.titre}, en jours" if self.genre == JOURS else self.titre


@dataclass(frozen=True)
class Cellule:
    """`part` is the length of its bar, from 0 to 100."""

    valeur: object
    adresse: str
    colonne: Colonne
    part: float = 0


@dataclass(frozen=True)
class Ligne:
    code: str
    nom: str
    cellules: list


@dataclass
class Tableau:
    code: str
    titre: str
    premiere: str  # title of the first column
    colonnes: list
    lignes: list = field(default_factory=list)
    total: Ligne | None = None
    note: str = ""

    def ajouter(self, code, nom, valeurs, adresses):
        """Append a row; a value without address is not a link."""
        self.lignes.append(self._ligne(code, nom, valeurs, adresses))

    def totaliser(self, nom, valeurs, adresses):
        self.total = self._ligne("", nom, valeurs, adresses)

    def _ligne(self, code, nom, valeurs, adresses):
        rangs = zip(valeurs, adresses, self.colonnes, strict=True)
        return Ligne(code, nom, [Cellule(*rang) for rang in rangs])

    @property
    def barres(self):
        """[(row, length of the bar of its first figure, from 0 to 100)]."""
        premieres = [ligne.cellules[0].valeur or 0 for ligne in self.lignes]
        plus_grand = max(premieres, default=0) or 1
        parts = [round(100 * float(valeur) / float(plus_grand), 1) for valeur in premieres]
        return list(zip(self.lignes, parts, strict=True))

    def en_csv(self, dialecte):
        """Bytes of the rows; totals are not rows."""
        codes = [self.premiere.lower().replace("é", "e"), "nom"]
        rangees = [[*codes, *(colonne.code for colonne in self.colonnes)]]
        for ligne in self.lignes:
            valeurs = [ecrire(cellule, dialecte) for cellule in ligne.cellules]
            rangees.append([neutraliser(ligne.code), neutraliser(ligne.nom), *valeurs])
        return dialecte.bom + encoder(rangees, dialecte)


def ecrire(cellule, dialecte):
    if cellule.valeur is None:
        return ""
    if cellule.colonne.genre != EUROS:
        return str(cellule.valeur)
    return f"{cellule.valeur:.2f}".replace(".", "," if dialecte.virgule else ".")
