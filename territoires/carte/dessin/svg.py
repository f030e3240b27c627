"""From a plan to SVG: inside a page, where links and names are reached by keyboard and by ear,
or as a picture that stands alone with its legend, its source and its licence."""

from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import mark_safe

from territoires.carte.echappement import escape

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
STYLE = (
    "text{font-family:Marianne,Arial,sans-serif;fill:#161616}"
    ".regions path{fill:#f1f1f4;stroke:#8585a0;stroke-width:1.2}"
    "a path,.estompes path{stroke:#fff;stroke-width:1;stroke-linejoin:round}"
    ".estompes path{fill:#d5d5e0}.sorti path{stroke:#ce0500;stroke-dasharray:4 2}"
    ".encarts rect{fill:none;stroke:#929292}.encarts text{font-size:19px}"
    ".noms text{font-size:21px;font-weight:700;text-anchor:middle;stroke:#fff;stroke-width:4px;"
    "paint-order:stroke}"
)


@dataclass(slots=True)
class Forme:
    """One territoire on the map: where it leads, what is said of it, how it is drawn."""

    nom: str
    adresse: str
    chemin: str
    nuance: object
    agrandi: str = ""
    precision: str = ""
    classe: str = ""

    @property
    def titre(self):
        return f"{self.nom} – {self.precision}" if self.precision else self.nom


def dans_une_page(plan, formes, titre, estompes=(), legende=()):
    """The `<svg>` of a page; `estompes` are path data shown in grey, without link or name.

    The patterns of the whole legend are defined in it, drawn or not: the legend refers to them.
    """
    return mark_safe(
        f'<svg class="carte" viewBox="{plan.cadre}" role="group" aria-label="{escape(titre)}">'
        f"{motifs([*legende, *(forme.nuance for forme in formes)])}"
        f"{_interieur(plan, formes, estompes)}</svg>"
    )


def seule(plan, formes, *, titre, legende, mentions, description, racine, estompes=()):
    """A whole SVG file. `mentions`: lines under the map (source, date, licence); `racine`: the
    address of the site, so that its links lead there."""
    gauche, haut, largeur, hauteur = (int(n) for n in plan.cadre.split())
    mentions = [ligne for mention in mentions for ligne in wrap(mention, largeur // 8)]
    bas, lignes = haut + hauteur, [*_legende(legende, gauche), *_mentions(mentions, gauche)]
    corps = min(34, 1.8 * (largeur - 40) / len(titre))  # the title holds on one line
    dessous = "".join(texte.format(y=bas + 40 + 30 * rang) for rang, texte in enumerate(lignes))
    total = hauteur + 70 + 60 + 30 * len(lignes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="fr" role="group" '
        f'viewBox="{gauche} {haut - 70} {largeur} {total}">'
        f"<title>{escape(titre)}</title><desc>{escape(description)}</desc>"
        f'<metadata><license xmlns="http://creativecommons.org/ns#">{LICENCE}</license></metadata>'
        f"<style>{STYLE}</style>"
        f'<rect x="{gauche}" y="{haut - 70}" width="{largeur}" height="{total}" fill="#fff"/>'
        f'<text x="{gauche + 20}" y="{haut - 20}" font-size="{corps:.0f}" font-weight="700">'
        f"{escape(titre)}</text>"
        f"{motifs([*legende, *(f.nuance for f in formes)])}"
        f"{_interieur(plan, formes, estompes, racine)}{dessous}</svg>"
    )


def motifs(nuances):
    """The `<defs>` of the patterns of these nuances."""
    uniques = {nuance.cle: nuance for nuance in nuances if nuance.motif}
    if not uniques:
        return ""
    return "<defs>" + "".join(map(_motif, uniques.values())) + "</defs>"


def _motif(nuance):
    return (
        f'<pattern id="motif-{nuance.cle}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path fill="{nuance.teinte}" d="M0 0h8v8h-8z"/>'
        f'<path stroke="{nuance.encre}" stroke-width="1.2" fill="none" d="{nuance.motif}"/>'
        "</pattern>"
    )


def _interieur(plan, formes, estompes, racine=""):
    morceaux = [
        f'<g class="regions" aria-hidden="true"><path d="{"".join(plan.regions)}"/></g>',
        _encarts(plan),
    ]
    if estompes:
        morceaux.append(
            f'<g class="estompes" aria-hidden="true"><path d="{"".join(estompes)}"/></g>'
        )
    morceaux += [_lien(forme, racine) for forme in formes]
    noms = "".join(f'<text x="{x}" y="{y}">{escape(nom)}</text>' for nom, x, y in plan.etiquettes)
    morceaux.append(f'<g class="noms" aria-hidden="true">{noms}</g>')
    return "".join(morceaux)


def _encarts(plan):
    if not plan.encarts:
        return ""
    cadres = "".join(
        f'<rect x="{x}" y="{y}" width="{largeur}" height="{hauteur}"/>'
        f'<text x="{x + 6}" y="{y - 6}">{escape(nom)}</text>'
        for nom, x, y, largeur, hauteur in plan.encarts
    )
    agrandies = f'<g class="regions"><path d="{"".join(plan.regions_agrandies)}"/></g>'
    return f'<g class="encarts" aria-hidden="true">{cadres}{agrandies}</g>'


def _lien(forme, racine):
    remplissage = forme.nuance.remplissage
    dessins = f'<path fill="{remplissage}" d="{forme.chemin}"/>'
    if forme.agrandi:
        dessins += f'<path fill="{remplissage}" d="{forme.agrandi}"/>'
    classe = f' class="{forme.classe}"' if forme.classe else ""
    adresse = escape(racine + forme.adresse)
    return f'<a href="{adresse}"{classe}><title>{escape(forme.titre)}</title>{dessins}</a>\n'


def _legende(legende, gauche):
    """Lines with a hole {y} for their height."""
    for nuance in legende:
        nom = escape(f"{nuance.libelle} ({nuance.nombre})").replace("{", "").replace("}", "")
        yield (
            f'<g transform="translate({gauche + 20} {{y}})">'
            f'<rect y="-16" width="32" height="18" stroke="#666" fill="{nuance.remplissage}"/>'
            f'<text x="44" font-size="20">{nom}</text></g>'
        )


def _mentions(mentions, gauche):
    for mention in mentions:
        texte = escape(mention).replace("{", "{{").replace("}", "}}")
        yield f'<text x="{gauche + 20}" y="{{y}}" font-size="16">{texte}</text>'
