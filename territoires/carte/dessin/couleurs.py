"""How a map is coloured, and its legend: each nuance has a tint, a pattern and words."""

from dataclasses import dataclass, replace
from functools import cache
from html import escape

from django.db.models import TextChoices
from django.utils.safestring import mark_safe

from territoires.editions.comparaison import Mouvement

# Four tints are enough for no région to have the tint of its neighbour.
TEINTES_DES_REGIONS = {
    **dict.fromkeys(("24", "44", "53", "76", "01", "06"), "#6a6af4"),
    **dict.fromkeys(("28", "27", "75", "94", "02"), "#297254"),
    **dict.fromkeys(("11", "52", "84", "03"), "#b7622a"),
    **dict.fromkeys(("32", "93", "04"), "#a558a0"),
}
TEINTE_DE_REPLI = "#6a6af4"
ICI = ' aria-current="true"'


class Couleur(TextChoices):
    """The colours of every map; each count that is declared adds its own."""

    REGION = "region", "région pilote"
    CHANGEMENT = "changement", "changements"


@dataclass(frozen=True)
class Nuance:
    """`motif` is path data repeated on the tint every eight units, so that no colour stands alone;
    `nombre` says how many territoires have this nuance."""

    cle: str
    libelle: str
    teinte: str
    motif: str = ""
    encre: str = "#fff"
    nombre: int = 0

    @property
    def remplissage(self):
        return f"url(#motif-{self.cle})" if self.motif else self.teinte


MONTANTES = "M-2 2l4-4M0 8l8-8M6 10l4-4"
DESCENDANTES = "M-2 6l4 4M0 0l8 8M6-2l4 4"
HORIZONTALES = "M0 4h8"
VERTICALES = "M4 0v8"
POINTS = "M2 2h1.5v1.5h-1.5zM6 6h1.5v1.5h-1.5z"
PLUS = "M4 1v6M1 4h6"

MOUVEMENTS = {
    Mouvement.ENTRE: Nuance("entre", "entré", "#00614a", PLUS),
    Mouvement.AGRANDI: Nuance("agrandi", "agrandi", "#6a6af4", MONTANTES),
    Mouvement.REDUIT: Nuance("reduit", "réduit", "#b7622a", DESCENDANTES),
    Mouvement.REMANIE: Nuance("remanie", "agrandi et réduit", "#a558a0", HORIZONTALES),
    Mouvement.FUSIONNE: Nuance("fusionne", "issu d’une fusion", "#3a3a3a", VERTICALES),
    Mouvement.SCINDE: Nuance("scinde", "issu d’une scission", "#6e445a", DESCENDANTES + MONTANTES),
    Mouvement.RENOMME: Nuance("renomme", "renommé", "#cecece", POINTS, "#161616"),
    Mouvement.INCHANGE: Nuance("inchange", "inchangé", "#929292"),
}
SORTI = Nuance("sorti", "sorti, dans son ancien périmètre", "#fff", DESCENDANTES, "#ce0500")


def par_region(lignes):
    """({pk: nuance}, []): the legend of the régions is their names on the map, and the links."""
    teintes = {ligne.pk: ligne.region_de_tete for ligne in lignes}
    return {pk: nuance_de_region(code) for pk, code in teintes.items()}, []


@cache
def nuance_de_region(code):
    return Nuance(f"r{code}", "", TEINTES_DES_REGIONS.get(code, TEINTE_DE_REPLI))


def liens_des_regions(noms, choisie=None):
    """The `<li>` of each région of {code: name}, with its tint and a link to its map."""
    return mark_safe(
        "".join(
            f'<li><a href="?region={code}"{ICI * (code == choisie)}>'
            '<svg class="pastille" viewBox="0 0 32 18" aria-hidden="true">'
            f'<rect width="32" height="18" fill="{nuance_de_region(code).teinte}"/></svg>'
            f"{escape(nom)}</a></li>"
            for code, nom in noms.items()
        )
    )


def par_compte(compte, lignes):
    """({pk: nuance}, legend) by what a room above counts (`territoires.carte.comptes`)."""
    nuances = {ligne.pk: compte.nuance(ligne.comptes[compte.cle]) for ligne in lignes}
    return nuances, _compter([nuance for _, nuance in compte.paliers], nuances)


def par_changement(mouvements, sortis):
    """({pk: nuance}, legend) from {pk: mouvement}; `sortis`, how many left."""
    nuances = {pk: MOUVEMENTS[mouvement] for pk, mouvement in mouvements.items()}
    legende = _compter(MOUVEMENTS.values(), nuances)
    return nuances, [n for n in [*legende, replace(SORTI, nombre=sortis)] if n.nombre]


def _compter(ordre, nuances):
    trouvees = list(nuances.values())
    return [replace(nuance, nombre=trouvees.count(nuance)) for nuance in ordre]
