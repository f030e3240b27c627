"""The national file of the territoires, one row a commune: insee_com, lib_com, id_ti, lib_ti.

It is read as the file of the périmètres: where all the communes of an intercommunalité are in one
territoire, the intercommunalité is the member; otherwise each commune is.
"""

from collections import Counter, defaultdict
from dataclasses import replace

from echanges.erreurs import FichierRefuse, Remarque
from echanges.lecture.tableau import cle_d_entete
from territoires.editions.comparaison import Composition
from territoires.editions.models import EditionCarte, Perimetre
from territoires.geographie.models import Commune

ENTETES = ["insee_com", "lib_com", "id_ti", "lib_ti"]
EN_PERIMETRES = ["edition", "code", "nom", "territoire", "membre"]
PLACE = ("edition__code", "code", "territoire__identifiant")
LU = (
    "fichier national, une ligne par commune : lu comme celui des périmètres, où une "
    "intercommunalité dont toutes les communes sont là est un seul membre."
)


def lignes_nationales(edition):
    """Rows of the file of this edition, by commune; those of today's geography."""
    composition = Composition.de(edition)
    noms = dict(Commune.objects.order_by().values_list("pk", "nom"))
    for commune, perimetre in sorted(composition.perimetre_de.items()):
        territoire = composition.perimetres[perimetre]
        yield [commune, noms[commune], territoire.code, territoire.nom]


def est_national(tableau):
    return {cle_d_entete(nom) for nom in ENTETES} <= set(tableau.cles)


def en_perimetres(tableau):
    """The same file as a Tableau of périmètres: of the edition that a column of that name says,
    else of the only one in preparation.

    Raises FichierRefuse when it is not clear which edition that is.
    """
    rangs = [tableau.cles.index(cle_d_entete(nom)) for nom in ENTETES]
    dite = tableau.cles.index("edition") if "edition" in tableau.cles else None
    seule = _edition() if dite is None else ""
    groupes = defaultdict(dict)  # {(edition, code, name): {commune: row number}}
    for numero, cellules in tableau.lignes:
        cellules = [*(c.strip() for c in cellules), *[""] * len(tableau.entetes)]
        commune, _, code, nom = (cellules[rang] for rang in rangs)
        edition = seule or cellules[dite]
        groupes[edition, code, nom].setdefault(_code(commune), numero)
    membres = _Membres()
    places = Perimetre.objects.filter(edition__code__in={edition for edition, _, _ in groupes})
    connus = {(e, c): t for e, c, t in places.values_list(*PLACE).iterator()}
    lignes = [
        # An edition that does not know the code yet has the territoire of that name, alone.
        (numero, [edition, code, nom, connus.get((edition, code), nom), membre])
        for (edition, code, nom), communes in groupes.items()
        for numero, membre in membres.reunir(communes)
    ]
    return replace(
        tableau,
        entetes=EN_PERIMETRES,
        brutes=lambda: iter(sorted(lignes)),
        remarques=[*tableau.remarques, Remarque(None, LU)],
    )


def _edition():
    codes = EditionCarte.objects.filter(publiee_le=None).order_by("code")
    codes = list(codes.values_list("code", flat=True))
    if len(codes) == 1:
        return codes[0]
    raise FichierRefuse(
        "C’est le fichier national, une ligne par commune : il ne dit pas de quelle édition, et "
        + (
            f"plusieurs sont en préparation ({', '.join(codes)})"
            if codes
            else "aucune ne se prépare"
        )
        + ". Ajoutez-lui une colonne « edition »."
    )


def _code(commune):
    return commune.upper().zfill(5)  # a spreadsheet eats the first zero


class _Membres:
    """The whole intercommunalités among communes, by the geography of today."""

    def __init__(self):
        lignes = Commune.objects.order_by().values_list("pk", "intercommunalite", "ept")
        self.groupe = {commune: ept or siren for commune, siren, ept in lignes.iterator()}
        self.tailles = Counter(self.groupe.values())

    def reunir(self, communes):
        """[(row number, SIREN or Insee code)] of these {Insee code: row number}."""
        siennes = Counter(self.groupe.get(commune) for commune in communes)
        membres = {}
        for commune, numero in communes.items():
            siren = self.groupe.get(commune)
            entiere = siren and siennes[siren] == self.tailles[siren]
            membres.setdefault(siren if entiere else commune, numero)
        return [(numero, membre) for membre, numero in membres.items()]
