"""Documents for paper: data in, an accessible PDF out (PDF/UA-1), drawn by Typst.

What people typed goes in as JSON: it is text and can never become markup.
"""

import json
import re
import unicodedata

import typst
from django.conf import settings

MODELES = settings.BASE_DIR / "templates"
COMMUN = "programme/documents/commun.typ"
# What the fonts shipped with Typst can draw: a document that cannot show a sign is not accessible.
DESSINABLES = re.compile(
    "[\\n\\t -~\\u00a0-\\u0484\\u0487-\\u04ff\\u1e00-\\u2029\\u202f-\\u2040\\u2044-\\u2052"
    "\\u2054-\\u2065\\u206a-\\u20c0\\u2100-\\u211e\\u2126-\\u2151\\u2153-\\u2184\\u2190-\\u23ff"
    "\\u2460-\\u2606]"
)
ABSENT = "\u25a1"


def pdf(modele, donnees, date, images=None):
    """Bytes of the PDF of this template (its path under templates/), the same for the same data.

    `date` (a datetime) is the one it bears as its own; `images` are {name: bytes} it may show.
    """
    fichiers = {
        "main.typ": (MODELES / modele).read_bytes(),
        "commun.typ": (MODELES / COMMUN).read_bytes(),
        "donnees.json": json.dumps(dessinable(donnees)).encode(),
        **(images or {}),
    }
    return typst.compile(
        fichiers,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=int(date.timestamp()),
    )


def dessinable(valeur):
    """The same data, with a white square for each sign that the document's fonts do not have."""
    if isinstance(valeur, dict):
        return {cle: dessinable(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [dessinable(v) for v in valeur]
    if not isinstance(valeur, str):
        return valeur
    texte = valeur.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        signe
        if DESSINABLES.match(signe) and unicodedata.category(signe) not in ("Cn", "Co", "Cs")
        else ABSENT
        for signe in texte
    )
