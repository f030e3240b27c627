"""The form of a bonne pratique."""

from programme.themes.forms import AvecThemes
from territoires.formulaires import FormulaireIntact


class BonnePratiqueForm(AvecThemes, FormulaireIntact):
    dits = ("titre", "resume", "mise_en_oeuvre")
