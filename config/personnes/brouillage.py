"""What stands in the place of what tells of a person: of the same shape, and saying nothing.

One value always gives the same one within a `Brouillage`, so that a name and its history still
agree; its key is drawn anew each time and kept nowhere, so that nobody computes the way back.
"""

import hmac
import random
import re
import secrets
from pathlib import PurePosixPath

VOYELLES, CONSONNES = "aeiou", "bcdfglmnprstv"
SIGNE = re.compile(r"[^\W_]")
# A code, a date or a number inside a JSON, which pages compute with: no sentence, no name.
CODE = re.compile(r"[a-z0-9_.:+T/-]{0,40}")
DOMAINE = "exemple.invalid"  # RFC 2606: never anybody's
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>"
FICHIER = PDF + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Brouillage:
    def __init__(self, mot_de_passe="!", personnels=frozenset()):
        self.cle, self.mot_de_passe_pose = secrets.token_bytes(32), mot_de_passe
        self.personnels = personnels  # keys of a JSON that hold what tells of somebody

    def empreinte(self, valeur):
        return hmac.new(self.cle, valeur.casefold().encode(), "sha256").hexdigest()

    def texte(self, valeur):
        """As many words, of as many letters; its figures are others."""
        hasard = random.Random(self.empreinte(valeur))
        return SIGNE.sub(lambda trouve: _signe(trouve[0], hasard), valeur)

    nom = texte

    def courriel(self, valeur):
        return f"personne-{self.empreinte(valeur)[:12]}@{DOMAINE}" if valeur else valeur

    def telephone(self, valeur):
        """One of those that the Arcep keeps for works of fiction."""
        rang = int(self.empreinte(valeur)[:8], 16) % 10_000
        return f"01 99 00 {rang // 100:02} {rang % 100:02}" if valeur else valeur

    def identifiant(self, valeur):
        return f"personne-{self.empreinte(valeur)[:12]}" if valeur else valeur

    def reseau(self, valeur):
        """An address of the documentation (RFC 5737)."""
        return f"192.0.2.{1 + int(self.empreinte(valeur)[:4], 16) % 254}" if valeur else valeur

    def lien(self, valeur):
        return f"https://{DOMAINE}/{self.empreinte(valeur)[:12]}" if valeur else valeur

    def fichier(self, valeur):
        """The same folder and the same kind: names of files tell of people too."""
        if not valeur:
            return valeur
        chemin = PurePosixPath(valeur)
        return str(chemin.with_name(f"{self.empreinte(valeur)[:16]}{chemin.suffix[:8]}"))

    def vide(self, valeur):
        return ""

    def octets(self, valeur):
        return b""

    def mot_de_passe(self, valeur):
        return self.mot_de_passe_pose

    def json(self, valeur, cle=""):
        if isinstance(valeur, dict):
            return {nom: self.json(dit, nom) for nom, dit in valeur.items()}
        if isinstance(valeur, list):
            return [self.json(dit, cle) for dit in valeur]
        if isinstance(valeur, str) and (cle in self.personnels or not CODE.fullmatch(valeur)):
            return self.texte(valeur)
        return valeur


def _signe(signe, hasard):
    if signe.isdigit():
        return hasard.choice("0123456789")
    lettre = hasard.choice(VOYELLES if hasard.random() < 0.45 else CONSONNES)
    return lettre.upper() if signe.isupper() else lettre
