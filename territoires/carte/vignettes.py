"""The picture that goes with a shared link: what the page is about, with its map where it has one.

The words of people reach Typst as JSON: they never are markup.
"""

import json
from dataclasses import dataclass
from hashlib import sha1

import typst
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import reverse

from territoires.carte.dessin.plan import plan_du_pays
from territoires.carte.dessin.situations import dessin_de_territoire, svg_de_territoire
from territoires.carte.echappement import escape
from territoires.carte.tableau import CarteLue

GABARIT = settings.BASE_DIR / "templates" / "territoires/carte/vignette.typ"


@dataclass(frozen=True)
class Vignette:
    """Where the picture of a page is, and what it shows in words."""

    adresse: str
    texte: str

    @classmethod
    def de(cls, nom, cle, texte):
        return cls(reverse(nom, args=[cle]), texte)


def repondre(*, surtitre, titre, lignes, carte=""):
    """The PNG, drawn once for the same words and the same map (SVG)."""
    donnees = {"surtitre": surtitre, "titre": titre, "lignes": [x for x in lignes if x]}
    texte = json.dumps(donnees | {"carte": bool(carte)}).encode()
    dessin = carte.encode()
    cle = "vignette-" + sha1(texte + dessin, usedforsecurity=False).hexdigest()
    octets = caches["dessins"].get_or_set(cle, lambda: dessiner(texte, dessin), timeout=None)
    return HttpResponse(octets, content_type="image/png")


def dessiner(donnees, carte=b""):
    fichiers = {"main.typ": GABARIT.read_bytes(), "donnees.json": donnees}
    if carte:
        fichiers["carte.svg"] = carte
    return typst.compile(fichiers, format="png", ppi=72, ignore_system_fonts=True)


def carte_de(territoire):
    """The SVG of a territoire among its neighbours; empty when it has no outline."""
    perimetre = territoire.perimetre_courant
    dessin = dessin_de_territoire(perimetre) if perimetre else None
    return svg_de_territoire(dessin) if dessin else ""


def carte_du_pays(code=None):
    """The SVG of all the périmètres of an edition, or of the one in force, without names.

    Empty as long as its composition is not public.
    """
    lue = CarteLue(code)
    if not lue.edition or not lue.est_connue:
        return ""
    plan = plan_du_pays(lue.edition)
    cadres = "".join(
        f'<rect x="{x}" y="{y}" width="{largeur}" height="{hauteur}"/>'
        for _, x, y, largeur, hauteur in plan.encarts
    )
    dessines = [*plan.chemins.values(), *plan.agrandis.values()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{escape(plan.cadre)}">'
        f'<g fill="none" stroke="#929292">{cadres}</g>'
        '<g fill="#f1f1f4" stroke="#8585a0" stroke-width="1.2">'
        f'<path d="{"".join([*plan.regions, *plan.regions_agrandies])}"/></g>'
        f'<path fill="#000091" stroke="#fff" d="{"".join(dessines)}"/></svg>'
    )
