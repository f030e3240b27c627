"""What an import would do, or did: created, changed, unchanged, refused."""

import csv
import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass, field

from echanges.dialectes import EXCEL
from echanges.erreurs import Refus


@dataclass
class Plan:
    """One row to write. `changements` are (column, value before, value after)."""

    lignes: list
    objet: object
    creation: bool
    changements: list = field(default_factory=list)

    def listes(self):
        return [c for c in self.changements if not hasattr(c[0], "attribut")]

    @property
    def nom(self):
        """What it is called, without a query: the keys it is found by come with the cells."""
        for attribut in ("nom", "titre", "intitule", "objet", "libelle", "reference", "code"):
            if valeur := getattr(self.objet, attribut, None):
                return valeur
        return ""

    def en_clair(self):
        """[(header, text before, text after)], as the file would write them."""
        return [
            (colonne.nom, colonne.montrer(avant, EXCEL), colonne.montrer(apres, EXCEL))
            for colonne, avant, apres in self.changements
        ]


@dataclass
class Rapport:
    tableau: object
    creations: list = field(default_factory=list)
    modifications: list = field(default_factory=list)
    inchangees: int = 0
    refus: dict = field(default_factory=lambda: defaultdict(list))
    remarques: list = field(default_factory=list)

    def refuser(self, numero, colonne, valeur, message):
        message = message if message.endswith(".") else message + "."
        if valeur and valeur not in message:
            message = f"« {valeur[:80]} » : {message}"
        self.refus[numero].append(Refus(numero, colonne, valeur, message))

    @property
    def plans(self):
        return self.creations + self.modifications

    def comptes(self):
        return {
            "creees": len(self.creations),
            "modifiees": len(self.modifications),
            "inchangees": self.inchangees,
            "refusees": len(self.refus),
        }

    def erreurs(self):
        """Every Refus, in the order of the file."""
        return [refus for ligne in sorted(self.refus) for refus in self.refus[ligne]]

    def empreinte(self):
        """Changes when the same file would no longer do the same thing."""
        texte = hashlib.sha256()
        for plan in self.plans:
            changements = "|".join(map(repr, plan.en_clair()))
            texte.update(f"{plan.lignes}{plan.creation}{changements}\n".encode())
        texte.update("\n".join(map(str, self.erreurs())).encode())
        return texte.hexdigest()

    def lignes_refusees(self):
        """Bytes of the refused rows as they came, with an `erreur` column, for French Excel."""
        sortie = io.StringIO()
        ecrivain = csv.writer(sortie, delimiter=EXCEL.separateur, lineterminator="\r\n")
        entetes = self.tableau.entetes
        if "erreur" in entetes:
            entetes = [e for e in entetes if e != "erreur"]
        ecrivain.writerow([*entetes, "erreur"])
        for numero, cellules in self.tableau.lignes:
            if numero in self.refus:
                cellules = [*cellules, *[""] * len(self.tableau.entetes)][: len(entetes)]
                ecrivain.writerow([*cellules, " ".join(str(r) for r in self.refus[numero])])
        return EXCEL.bom + sortie.getvalue().encode()
