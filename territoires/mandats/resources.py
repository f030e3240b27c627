"""The mandats as CSV: everything that is entered, addresses included, for who works there."""

from itertools import combinations

from echanges.resources import Resource
from territoires.geographie.resources import CALCULEE
from territoires.mandats.models import Mandat


class MandatResource(Resource):
    class Meta:
        model = Mandat
        nom = "mandats"
        filtres = {"region": "territoire__perimetre_courant__regions"}
        filtres |= {"territoire": "territoire__identifiant"}
        exemples = {"territoire": "agenais", "role": "elu", "nom": "Camille Exemple"}
        fields = ["territoire", "role", "nom", "fonction", "debut", "constate", "fin"]
        fields += ["courriel", "telephone", "note"]
        import_id_fields = ["territoire", "role", "nom", "debut"]
        laisses = CALCULEE

    def valider(self, objet):
        """A file closes nothing by itself: what crosses is judged with all its rows, below."""

    def conflits(self, plans):
        """Two mandats of one function that run on one day, as the base would stand afterwards."""
        dans_le_fichier = {plan.objet.pk: plan for plan in plans if plan.objet.pk}
        touches = {plan.objet.territoire_id for plan in plans}
        tenus = Mandat.objects.filter(territoire__in=touches).exclude(pk__in=dans_le_fichier)
        par_place = {}
        for objet, plan in [(m, None) for m in tenus] + [(p.objet, p) for p in plans]:
            par_place.setdefault(objet.place, []).append((objet, plan))
        for ensemble in par_place.values():
            for (un, son_plan), (autre, autre_plan) in combinations(ensemble, 2):
                plan = autre_plan or son_plan
                if plan and un.croise(autre):
                    contre = un if plan is autre_plan else autre
                    yield (
                        plan.lignes[0],
                        "debut",
                        str(plan.objet.debut or ""),
                        f"{contre.nom} est déjà {contre.get_role_display()} de ce territoire, "
                        f"{contre.periode}\u202f: terminez d’abord ce mandat dans le fichier",
                    )
