"""What the public map shows of an edition: its rows, and the stamp that changes with them."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import mark_safe

from territoires.adresses import adresse
from territoires.carte import comptes, requetes
from territoires.carte.echappement import escape
from territoires.ecrites import ecrite
from territoires.editions.models import EditionCarte


@dataclass(slots=True)
class Ligne:
    """One périmètre of the map and what is said of it: plain values, no query."""

    pk: int
    code: str
    nom: str
    recherche: str
    population: int | None
    identifiant: str
    region_pilote: str | None
    adresse: str
    regions: list = field(default_factory=list)
    noms_des_regions: list = field(default_factory=list)
    comptes: dict = field(default_factory=dict)
    changement: str = ""

    @property
    def regions_en_texte(self):
        """Its régions; of several, which one leads it is said: a colour alone would not do."""
        if len(self.regions) < 2 or self.region_pilote not in self.regions:
            return ", ".join(self.noms_des_regions)
        noms = dict(zip(self.regions, self.noms_des_regions, strict=True))
        pilote = noms.pop(self.region_pilote)
        return ", ".join([f"{pilote} (pilote)", *noms.values()])

    @property
    def comptes_en_texte(self):
        return [compte.en_texte(self.comptes[compte.cle]) for compte in comptes.declares()]

    @property
    def habitants(self):
        """The population as it is read: thousands apart, a dash when it is not known."""
        return "–" if self.population is None else f"{self.population:,}".replace(",", "\u202f")

    @property
    def region_de_tete(self):
        """The région that leads it, or else the first one it touches."""
        if self.region_pilote in self.regions or not self.regions:
            return self.region_pilote
        return self.regions[0]


@ecrite
def _editions():
    return EditionCarte.objects.du_public()


class CarteLue:
    """One reading of the database: the editions, the one asked for (maybe None) and its rows."""

    def __init__(self, code=None):
        self.editions = _editions()
        connues = (e for e in self.editions if e.composition_connue)
        self.en_vigueur = next((e for e in connues if not e.est_annoncee), None)
        if code:
            self.edition = next((e for e in self.editions if e.code == code), None)
        else:
            self.edition = self.en_vigueur
        self.regions = dict(requetes.lire(requetes.regions))
        self._lues = lire_les_lignes(self.edition) if self.est_connue else ([], [], [])

    @property
    def comparaisons(self):
        """(address, edition) of the comparison with each other edition."""
        return [
            (adresse("comparaison", *sorted((autre.code, self.edition.code), key=dates.get)), autre)
            for dates in [{edition.code: edition.date for edition in self.editions}]
            for autre in self.editions
            if autre != self.edition
        ]

    @property
    def est_connue(self):
        return bool(self.edition and self.edition.composition_connue)

    @cached_property
    def anterieures(self):
        """Published editions before this one whose composition is known, the latest first."""
        return [e for e in self.editions if e.composition_connue and e.date < self.edition.date]

    @cached_property
    def lignes(self):
        return assembler(*self._lues, self.regions)

    @cached_property
    def empreinte_des_perimetres(self):
        return requetes.condense(*self._lues[:2])

    @cached_property
    def repere(self):
        return requetes.repere_des_traces(self.edition)

    @cached_property
    def empreinte(self):
        """Changes with anything that the map and its table can show of this edition."""
        editions = [[v for nom, v in vars(e).items() if nom != "_state"] for e in self.editions]
        code = self.edition and self.edition.code
        # The day of an edition changes its page without anything being written.
        en_vigueur = self.en_vigueur and self.en_vigueur.code
        lues, comptees = self.empreinte_des_perimetres, self._lues[2]
        return requetes.condense(
            code, en_vigueur, editions, self.regions, lues, comptees, self.repere
        )


def lire_les_lignes(edition):
    """What the rows of an edition are made of: périmètres, their régions, what is counted."""
    return (
        requetes.lire(requetes.perimetres, edition),
        requetes.lire(requetes.regions_des_perimetres, edition),
        [(compte.cle, requetes.lire(compte.requete)) for compte in comptes.declares()],
    )


def assembler(perimetres, liens, comptes_lus, regions):
    """The rows, by name; `regions` are the names of the régions by code."""
    racine, nombres = reverse("territoires"), [(cle, dict(lus)) for cle, lus in comptes_lus]
    lignes = {}
    for *valeurs, identifiant, pilote in perimetres:
        ligne = Ligne(*valeurs, identifiant, pilote, f"{racine}{identifiant}/")
        ligne.comptes = {cle: par_territoire.get(identifiant, 0) for cle, par_territoire in nombres}
        lignes[ligne.pk] = ligne
    for perimetre, region in liens:
        lignes[perimetre].regions.append(region)
        lignes[perimetre].noms_des_regions.append(regions[region])
    return list(lignes.values())


def rangees(lignes, avec_changement=False):
    """The `<tr>` of the table beside the map: by hand, a template takes half of the page's time."""
    return mark_safe(
        "\n".join(
            f'<tr><th scope="row"><a href="{ligne.adresse}">{escape(ligne.nom)}</a></th>'
            f"<td>{escape(ligne.code)}</td><td>{escape(ligne.regions_en_texte)}</td>"
            f'<td class="nombre">{ligne.habitants}</td>'
            + "".join(f'<td class="nombre">{nombre}</td>' for nombre in ligne.comptes.values())
            + (f"<td>{escape(ligne.changement)}</td>" if avec_changement else "")
            + "</tr>"
            for ligne in lignes
        )
    )
