"""The sentence of a text that says why it was found, with the words found in it marked."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from territoires.recherche.mots import MOT, formes

LONGUEUR = 240  # signs of a sentence of context
PHRASES = re.compile(r"(?<=[.!?…])\s+|\n+")


class Reperage:
    """Tells the words that answer a search from the others."""

    def __init__(self, demande):
        utiles = demande.utiles
        self.entiers = {t.cle for t in utiles} | {m for t in utiles for m in t.proches}
        self.racines = {r for t in utiles for r in t.racines} | self.entiers
        self.debuts = tuple(t.cle for t in utiles if t.debut)

    def repond(self, mot):
        cle, racines = formes(mot)
        if cle in self.racines or (self.debuts and cle.startswith(self.debuts)):
            return True
        return not self.racines.isdisjoint(racines)

    def marquer(self, texte):
        """The text as HTML, each word found in a `<mark>`."""
        morceaux, fin = [], 0
        for mot in MOT.finditer(texte):
            if self.repond(mot[0]):
                morceaux += [escape(texte[fin : mot.start()]), f"<mark>{escape(mot[0])}</mark>"]
                fin = mot.end()
        return mark_safe("".join([*morceaux, escape(texte[fin:])]))

    def extrait(self, texte):
        """The sentence that holds the most of what was looked for, else the first one."""
        phrases = [phrase for phrase in PHRASES.split(texte) if phrase.strip()]
        if not phrases:
            return ""
        meilleure = max(phrases, key=self._touches)
        return self.marquer(self._raccourcir(meilleure))

    def _touches(self, phrase):
        return len({formes(mot)[0] for mot in MOT.findall(phrase) if self.repond(mot)})

    def _raccourcir(self, phrase):
        """Around the first word found, cut between words."""
        if len(phrase) <= LONGUEUR:
            return phrase
        touche = next((m.start() for m in MOT.finditer(phrase) if self.repond(m[0])), 0)
        debut = max(0, min(touche - LONGUEUR // 3, len(phrase) - LONGUEUR))
        coupe = phrase[debut : debut + LONGUEUR]
        if debut:
            coupe = "… " + coupe.partition(" ")[2]
        if debut + LONGUEUR < len(phrase):
            coupe = coupe.rpartition(" ")[0] + " …"
        return coupe
