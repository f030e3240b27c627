"""An edition before it is public: drawn, compared and checked for those who prepare it."""

from functools import cached_property

from django.urls import reverse

from territoires.carte.dessin.couleurs import MOUVEMENTS, par_changement
from territoires.carte.dessin.plan import plan_du_pays
from territoires.carte.dessin.svg import Forme, dans_une_page
from territoires.editions.comparaison import Comparaison, Mouvement
from territoires.geographie.models import Commune
from territoires.preparation import brouillons
from territoires.preparation.attentes import attentes


class Apercu:
    def __init__(self, edition):
        self.edition, self.precedente = edition, edition.precedente()

    @cached_property
    def conflits(self):
        return brouillons.conflits(self.edition)

    @cached_property
    def comparaison(self):
        """With the edition before it, as the public will read it; None for the first of all."""
        return Comparaison(self.precedente, self.edition) if self.precedente else None

    @cached_property
    def attentes(self):
        return attentes(self.edition, self.comparaison)

    @property
    def comptes(self):
        return [(m.label, n) for m, n in self.comparaison.comptes] if self.comparaison else []

    @cached_property
    def changements(self):
        lignes = self.comparaison.lignes if self.comparaison else []
        return [ligne for ligne in lignes if ligne.mouvement != Mouvement.INCHANGE]

    @cached_property
    def communes(self):
        """Names of the communes that come or go."""
        codes = {c for ligne in self.changements for c in [*ligne.entrees, *ligne.sorties]}
        return {commune.pk: str(commune) for commune in Commune.objects.filter(pk__in=codes)}

    @cached_property
    def _mouvements(self):
        """{primary key of a périmètre: what moved}; all enter when there is nothing before."""
        lignes = self.comparaison.lignes if self.comparaison else []
        connus = {p.pk: Mouvement(ligne.mouvement) for ligne in lignes for p in ligne.nouveaux}
        return {p.pk: connus.get(p.pk, Mouvement.ENTRE) for p in self.perimetres}

    @cached_property
    def perimetres(self):
        return list(self.edition.perimetres.select_related("edition").order_by("recherche"))

    @property
    def legende(self):
        return par_changement(self._mouvements, 0)[1]

    def carte(self):
        """The outlines, each leading to its périmètre; empty when nothing can be drawn."""
        plan = plan_du_pays(self.edition)
        formes = [
            Forme(
                perimetre.nom,
                reverse("admin:territoires_perimetre_change", args=[perimetre.pk]),
                plan.chemins[perimetre.pk],
                MOUVEMENTS[self._mouvements[perimetre.pk]],
                plan.agrandis.get(perimetre.pk, ""),
                self._mouvements[perimetre.pk].label,
            )
            for perimetre in self.perimetres
            if plan.chemins.get(perimetre.pk)
        ]
        titre = f"Carte en préparation, {self.edition}"
        return dans_une_page(plan, formes, titre) if formes else ""
