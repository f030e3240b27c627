"""What the DSFR draws in the dark, for browsers that run no script: its own rules, by media query.

`python -m config.habillage.sombre` writes the sheet anew after an upgrade of the DSFR.
"""

import re
from pathlib import Path

import dsfr

SOURCE = Path(dsfr.__file__).parent / "static/dsfr/dist/dsfr.min.css"
FEUILLE = Path(__file__).parent / "static/habillage/sombre.css"
REGLE = re.compile(r"([^{}]*\[data-fr-theme=dark\][^{}]*)\{([^{}]*)\}")
# Printers, colours that the system forces: rules of their own, which have no dark.
CONDITION = re.compile(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
ENTETE = "/* Written by config/habillage/sombre.py from the DSFR (MIT). */\n"


def feuille():
    texte = CONDITION.sub("", SOURCE.read_text(encoding="utf-8"))
    regles = []
    for choix, dit in REGLE.findall(texte):
        sombres = [c for c in choix.split(",") if "[data-fr-theme=dark]" in c]
        noms = ",".join(c.replace("[data-fr-theme=dark]", "").strip() for c in sombres)
        regles.append(f"{noms}{{{dit}}}")
    corps = "\n".join(dict.fromkeys(regles))
    sombre = "@media (prefers-color-scheme: dark)"
    return f"{ENTETE}{sombre} {{\n:root{{color-scheme:dark}}\n{corps}\n}}\n"


if __name__ == "__main__":
    FEUILLE.write_text(feuille(), encoding="utf-8")
