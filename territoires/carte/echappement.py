"""`html.escape` with a memory: the map writes the same names at each answer.

A name kept with a control character before texts were cleaned would make the drawing unreadable.
"""

from functools import lru_cache
from html import escape as _escape

from echanges.textes import nettoyer


@lru_cache(maxsize=4096)
def escape(texte):
    return _escape(nettoyer(texte))
