"""What an import would do, or did: created, changed, unchanged, refused."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace

from echanges.erreurs import Refus
from echanges.imports.plans import Carnet
from echanges.imports.refusees import lignes_refusees


def _sans_la_valeur(message, valeur):
    sans = message.replace(f"« {valeur} »", "") if valeur else message
    return " ".join(sans.split()).strip("  :;.")[:200]


def _complet(refus, objet, cellules, positions):
    """This refusal with what the row says; a rule of the model names a column without its cell."""
    valeur = refus.valeur
    message = refus.message
    if not valeur and refus.colonne in positions:
        valeur = cellules[positions[refus.colonne]].strip()
        if valeur and f"« {valeur} »" not in message:
            message = f"« {valeur[:80]} » : {message}"
    return replace(refus, valeur=valeur, message=message, objet=objet)


@dataclass
class Rapport:
    tableau: object
    carnet: Carnet
    creees: int = 0
    modifiees: int = 0
    inchangees: int = 0
    refus: dict = field(default_factory=lambda: defaultdict(list))
    remarques: list = field(default_factory=list)
    marque: object = field(default_factory=hashlib.sha256)

    def refuser(self, numero, colonne, valeur, message, motif="", proposition=""):
        message = message if message.endswith(".") else message + "."
        motif = motif or _sans_la_valeur(message, valeur)
        if valeur and f"« {valeur} »" not in message:
            message = f"« {valeur[:80]} » : {message}"
        self.refus[numero].append(Refus(numero, colonne, valeur, message, motif, proposition))

    def completer_les_refus(self, positions, noms):
        """Give each refusal its object and its cell, from the row; `noms` are ranks, best first."""
        for numero, cellules in self.tableau.lignes if self.refus else ():
            if numero not in self.refus:
                continue
            cellules = [*cellules, *[""] * len(self.tableau.entetes)]
            objet = next((t for rang in noms if (t := cellules[rang].strip())), "")[:120]
            self.refus[numero] = [
                _complet(refus, objet, cellules, positions) for refus in self.refus[numero]
            ]

    def ranger(self, plans):
        """Keep these plans; they are counted, and what they do is part of the fingerprint."""
        for plan in plans:
            changements = [(c.nom, avant, apres) for c, avant, apres in plan.changements]
            self.marque.update(f"{plan.lignes}{plan.creation}{changements!r}\n".encode())
            if plan.creation:
                self.creees += 1
            else:
                self.modifiees += 1
        self.carnet.ajouter(plans)

    def oublier_les_refusees(self):
        """Plans already kept whose row is refused in the end."""
        if self.refus and any(not self.refus.keys().isdisjoint(p.lignes) for p in self.carnet):
            plans = [p for p in self.carnet if self.refus.keys().isdisjoint(p.lignes)]
            self.carnet = Carnet(self.carnet.colonnes.values())
            self.creees = self.modifiees = 0
            self.ranger(plans)

    @property
    def plans(self):
        return list(self.carnet)

    @property
    def creations(self):
        return [plan for plan in self.carnet if plan.creation]

    @property
    def modifications(self):
        return [plan for plan in self.carnet if not plan.creation]

    def comptes(self):
        return {
            "creees": self.creees,
            "modifiees": self.modifiees,
            "inchangees": self.inchangees,
            "refusees": len(self.refus),
        }

    def erreurs(self):
        """Every Refus, in the order of the file."""
        return [refus for ligne in sorted(self.refus) for refus in self.refus[ligne]]

    def empreinte(self):
        """Changes when the same file would no longer do the same thing."""
        texte = self.marque.copy()
        texte.update("\n".join(map(str, self.erreurs())).encode())
        return texte.hexdigest()

    def lignes_refusees(self):
        """Bytes of the refused rows, to be corrected; see `refusees`."""
        raisons = {n: " ".join(str(refus) for refus in refus_) for n, refus_ in self.refus.items()}
        return lignes_refusees(self.tableau, raisons)
