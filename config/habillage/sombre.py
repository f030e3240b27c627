"""What the State's design system says in dark, said again for a device that asks for it.

It only knows a theme written on the page by a script: without one, this sheet follows the device.
After a new version of the design system: `python -m config.habillage.sombre`.
"""

import re
from pathlib import Path

import dsfr

SOURCES = ("dsfr.min.css", "utility/utility.min.css")
FEUILLE = Path(__file__).with_name("static") / "habillage/sombre.css"
# The opening of a group, a rule, or the end of a group.
RANGEE = r"(@(?:media|supports)[^{}]+)\{|([^{}]+)\{([^{}]*)\}|(\})"
SOMBRE = re.compile(r"(?::root)?\[data-fr-theme=dark\]")
ENTETE = "/* Drawn from the State’s design system (Licence MIT) by config/habillage/sombre.py. */"
SELON_L_APPAREIL = ":root:not([data-fr-theme])"


def regles(css):
    """(its @media or nothing, selectors, body) of each rule that speaks of the dark theme."""
    media = ""
    for ouverte, selecteurs, corps, _ in re.findall(RANGEE, css):
        if ouverte:
            media = ouverte
        elif selecteurs:
            siens = [selecteur for selecteur in selecteurs.split(",") if SOMBRE.search(selecteur)]
            if siens and "forced-colors" not in media and "print" not in media:
                yield media, SOMBRE.sub(SELON_L_APPAREIL, ",".join(siens)), corps
        else:
            media = ""


def feuille():
    dossier = Path(dsfr.__file__).parent / "static/dsfr/dist"
    lignes = [
        f"{media}{{{selecteurs}{{{corps}}}}}" if media else f"{selecteurs}{{{corps}}}"
        for nom in SOURCES
        for media, selecteurs, corps in regles((dossier / nom).read_text(encoding="utf-8"))
    ]
    ouverture = "@media screen and (prefers-color-scheme: dark) {"
    commandes = f"{SELON_L_APPAREIL}{{color-scheme:dark}}"  # what the browser draws by itself
    return "\n".join([ENTETE, ouverture, commandes, *lignes, "}", ""])


if __name__ == "__main__":
    FEUILLE.write_text(feuille(), encoding="utf-8")
