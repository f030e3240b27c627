"""Characters that the XML of a workbook cannot hold, written as Excel does: _x000B_."""

import re

ECHAPPES = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def echapper(texte):
    """Text for XML, which has no control characters: they are written as Excel does, _x000B_."""
    return ECHAPPES.sub(_echapper, texte) if ECHAPPES.search(texte) else texte


def _echapper(trouve):
    signe = trouve[0]
    return ENTITES.get(signe) or f"_x{ord(signe):04X}_"


ENTITES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "\n", "\t": "\t"}
ECHAPPEMENT = re.compile("_x(00[01][0-9A-F]|005F|FFF[EF])_", re.IGNORECASE)


def desechapper(texte):
    """The text that `echapper`, or Excel, wrote so."""
    if "_x" not in texte:
        return texte
    return ECHAPPEMENT.sub(lambda trouve: chr(int(trouve[1], 16)), texte)
