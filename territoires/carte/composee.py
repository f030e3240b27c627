"""One map as asked for: what is drawn, what is greyed, its legend and the rows of its table."""

from functools import cached_property, partial

from territoires.adresses import adresse
from territoires.carte.comptes import compte
from territoires.carte.dessin.couleurs import (
    SORTI,
    Couleur,
    liens_des_regions,
    par_changement,
    par_compte,
    par_region,
)
from territoires.carte.dessin.plan import plan_de_region, plan_du_pays
from territoires.carte.dessin.svg import Forme, dans_une_page, seule
from territoires.carte.requetes import condense, repere_de_comparaison
from territoires.carte.tableau import assembler, lire_les_lignes, rangees
from territoires.editions.comparaison import Mouvement, comparaison_gardee
from territoires.editions.dates import date_en_texte


class CarteComposee:
    """`lue` is a `CarteLue` whose composition is known, `filtre` a `FiltreCarte`."""

    def __init__(self, lue, filtre):
        self.lue, self.filtre = lue, filtre
        self.edition, self.region = lue.edition, filtre.region_choisie
        self.nom_de_region = lue.regions.get(self.region, "")
        self.couleur = filtre.couleur_choisie
        self.compte = compte(self.couleur)
        self.depuis = filtre.edition_de_depart if self.couleur == Couleur.CHANGEMENT else None

    @cached_property
    def _lues_au_depart(self):
        return lire_les_lignes(self.depuis)

    @cached_property
    def _repere_du_depart(self):
        if not self.depuis:
            return ""
        lues = condense(self.lue.empreinte_des_perimetres, *self._lues_au_depart[:2])
        return repere_de_comparaison(self.depuis, self.edition, lues)

    @cached_property
    def comparaison(self):
        if not self.depuis:
            return None
        return comparaison_gardee(self.depuis, self.edition, self._repere_du_depart)

    @cached_property
    def changements(self):
        """{primary key of a périmètre: what moved}, those that left among them."""
        return {
            perimetre.pk: Mouvement(ligne.mouvement)
            for ligne in (self.comparaison.lignes if self.comparaison else [])
            for perimetre in ligne.nouveaux or ligne.anciens
        }

    @cached_property
    def sorties(self):
        """The rows of the earlier edition that have no sequel."""
        if not self.depuis:
            return []
        partis = {pk for pk, change in self.changements.items() if change == Mouvement.SORTI}
        perimetres, liens, comptes = self._lues_au_depart
        perimetres = [rangee for rangee in perimetres if rangee[0] in partis]
        liens = [lien for lien in liens if lien[0] in partis]
        return assembler(perimetres, liens, comptes, self.lue.regions)

    @cached_property
    def lignes(self):
        """The rows of the table: filtered and sorted."""
        lignes = [*self.lue.lignes, *self.sorties]
        if self.depuis:
            for ligne in lignes:
                ligne.changement = self.changements[ligne.pk].label
        return self.filtre.retenir(lignes)

    @property
    def rangees(self):
        """The rows as HTML."""
        return rangees(self.lignes, avec_changement=bool(self.depuis))

    @cached_property
    def plan(self):
        return self._plan_de(self.edition, self.lue.repere)

    @property
    def suffixe(self):
        """Tells the maps of two editions from those of one, where each has its own date."""
        return f"-depuis-{self.depuis.code}" if self.depuis else ""

    @property
    def empreinte(self):
        """Changes with anything that this map or its table can show."""
        return condense(self.lue.empreinte, self._repere_du_depart)

    @cached_property
    def _nuances_et_legende(self):
        if self.compte:
            return par_compte(self.compte, self.lue.lignes)
        if self.couleur == Couleur.CHANGEMENT:
            presents = {ligne.pk: self.changements[ligne.pk] for ligne in self.lue.lignes}
            return par_changement(presents, len(self.sorties))
        return par_region(self.lue.lignes)

    @property
    def legende(self):
        return self._nuances_et_legende[1]

    @property
    def legende_des_regions(self):
        """The links to each région, for the map that they colour."""
        if self.couleur != Couleur.REGION:
            return ""
        return liens_des_regions(self.lue.regions, self.region)

    @cached_property
    def formes(self):
        """What is drawn with a link and a name: those that left first, under the others."""
        retenues = {ligne.pk for ligne in self.lignes}
        nuances = self._nuances_et_legende[0]
        formes = []
        if any(ligne.pk in retenues for ligne in self.sorties):
            ancien = self._plan_de(self.depuis)
            sorties = [ligne for ligne in self.sorties if ligne.pk in retenues]
            formes = [self._forme(ligne, ancien, SORTI, "sorti") for ligne in sorties]
        formes += [
            self._forme(ligne, self.plan, nuances[ligne.pk])
            for ligne in self.lue.lignes
            if ligne.pk in retenues
        ]
        return [forme for forme in formes if forme.chemin]

    @cached_property
    def estompes(self):
        """Outlines of the rows that the filters leave out."""
        retenues = {ligne.pk for ligne in self.lignes}
        chemins = self.plan.chemins if self.plan else {}
        return [chemin for pk, chemin in chemins.items() if pk not in retenues]

    @property
    def fichiers(self):
        """(address, words) of each file of this map, with the same filters."""
        fichier, suite = partial(adresse, "fichier-carte", self.edition.code), self.filtre.adresse
        return [
            (fichier("carte.svg") + suite, "Image vectorielle (SVG)"),
            (fichier("carte.png") + suite, "Image (PNG)"),
            (fichier("territoires.geojson") + suite, "GeoJSON"),
            (fichier("territoires.topojson") + suite, "TopoJSON"),
            (
                fichier("compositions-excel.csv"),
                "Compositions, membre par membre (CSV pour Excel)",
            ),
        ]

    @property
    def titre(self):
        titre = f"Carte des Territoires d’industrie, {self.edition}"
        return f"{titre}, {self.nom_de_region}" if self.region else titre

    def dans_une_page(self):
        """The `<svg>` of a page; empty when nothing has an outline."""
        if not self.plan or not (self.formes or self.estompes):
            return ""
        return dans_une_page(self.plan, self.formes, self.titre, self.estompes, self.legende)

    def seule(self, racine, adresse):
        """The same map as a whole SVG file, for a map where something is drawn."""
        depuis = f"ce qui a changé depuis l’{self.depuis}" if self.depuis else ""
        if self.compte:
            precisions = f"le nombre de {self.compte.sur_la_carte[1]}"
        else:
            precisions = depuis or "la région pilote de chaque territoire"
        return seule(
            self.plan,
            self.formes,
            titre=self.titre,
            legende=self.legende,
            mentions=[
                f"Édition\u202f: {date_en_texte(self.edition)}, colorée selon {precisions}.",
                f"Source\u202f: {self.edition.source}",
                f"Adresse\u202f: {adresse}",
                "Licence Ouverte 2.0 (Etalab). Contours\u202f: IGN, ADMIN EXPRESS, simplifiés.",
            ],
            description=f"{len(self.formes)} territoires, colorés selon {precisions}. "
            "Chacun porte son nom et mène à sa page. Licence Ouverte 2.0 (Etalab).",
            racine=racine,
            estompes=self.estompes,
        )

    def _plan_de(self, edition, repere=None):
        if self.region:
            return plan_de_region(edition, self.region, repere)
        return plan_du_pays(edition, repere)

    def _forme(self, ligne, plan, nuance, classe=""):
        precision = ""
        if self.compte:
            precision = self.compte.abrege(ligne.comptes[self.compte.cle])
        elif self.couleur == Couleur.CHANGEMENT:
            precision = self.changements[ligne.pk].label
        chemins, agrandis = (plan.chemins, plan.agrandis) if plan else ({}, {})
        return Forme(
            ligne.nom,
            ligne.adresse,
            chemins.get(ligne.pk, ""),
            nuance,
            agrandis.get(ligne.pk, ""),
            precision,
            classe,
        )
