"""What people look for beside the communes of today: the rows of `localites.csv`."""

from collections.abc import Iterator

from territoires.geographie.reconstruction.decoupage import Decoupage

NATURES = {
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
    "arrondissement-municipal": "arrondissement",
    "commune-actuelle": "outre_mer",  # those of the 18 régions are communes of ours
}


def lignes(table: Decoupage) -> Iterator[tuple]:
    """(code, nature, name, commune, collectivité, postcodes), former codes without a name last."""
    nommees = sorted(_nommee(table, lieu) for lieu in table.autres)
    yield from nommees
    connus = {code for code, *_ in nommees}
    for ancien, code in sorted(table.actuelle_de.items()):
        if ancien != code and ancien not in connus:
            yield ancien, "ancienne", "", code, "", ""


def _nommee(table: Decoupage, lieu: dict) -> tuple:
    commune = lieu.get("chefLieu") or lieu.get("commune") or ""
    collectivite = "" if commune else table.collectivites[lieu["departement"]]
    codes_postaux = " ".join(sorted(lieu.get("codesPostaux", ())))
    nature = NATURES[lieu["type"]]
    return lieu["code"], nature, lieu["nom"], commune, collectivite, codes_postaux
