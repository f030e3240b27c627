"""What the rooms above say of an object on its page, without the page knowing them.

A page names a place, `{% encarts "territoire" territoire %}`; each room above declares, in its own
`encarts.py`, what it shows there. Its AppConfig imports that module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.template.loader import get_template
from django.utils.safestring import mark_safe

_encarts = {}  # {place: [Encart], in the order of the page}


@dataclass(frozen=True)
class Encart:
    """`contexte` takes the object and the request; it returns None when there is nothing to show.

    `si`, on the map alone, is a query of `territoires.carte.requetes`: no row, nothing to show.
    """

    gabarit: str
    rang: int
    contexte: Callable
    si: Callable | None = None


def encart(lieu, gabarit, *, rang, si=None):
    """Show this template at this place of a page, with what the decorated function returns."""

    def inscrire(contexte):
        declares = [*de(lieu), Encart(gabarit, rang, contexte, si)]
        _encarts[lieu] = sorted(declares, key=attrgetter("rang"))
        return contexte

    return inscrire


def de(lieu):
    return _encarts.get(lieu, [])


def rendre(encarts, objet, request):
    """The HTML of these, one after the other."""
    contextes = [(encart, encart.contexte(objet, request)) for encart in encarts]
    return mark_safe(
        "".join(
            get_template(encart.gabarit).render(contexte)
            for encart, contexte in contextes
            if contexte is not None
        )
    )
