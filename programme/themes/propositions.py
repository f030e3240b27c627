"""Which themes a text speaks of: those whose words it uses, in whatever form."""

from programme.themes.models import Theme
from territoires.recherche.semblables import racines_de


def proposes(textes, themes=None):
    """{theme: its words found in these texts}, in the order of the themes."""
    presentes = racines_de(*textes)
    trouves = {}
    for theme in Theme.objects.all() if themes is None else themes:
        if dits := [mot for mot in theme.mots.splitlines() if _dit(mot, presentes)]:
            trouves[theme] = [mot.strip() for mot in dits]
    return trouves


def _dit(mot, presentes):
    """All the words of an expression stand in the text."""
    racines = racines_de(mot)
    return bool(racines) and racines.keys() <= presentes.keys()
