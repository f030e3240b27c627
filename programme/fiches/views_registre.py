"""The national register of obstacles: what the délégation publishes of them, without names."""

import django_filters as filtres

from programme.fiches.models import ObstacleNational
from programme.filtres import Recherche
from territoires.liste_publique import ListePublique


class RegistreFilter(Recherche):
    etat = filtres.ChoiceFilter(choices=ObstacleNational.Etat.choices, label="Où cela en est")

    class Meta:
        model = ObstacleNational
        fields = []


class Registre(ListePublique):
    titre = "Registre national des obstacles"
    jeu = "obstacles_nationaux"
    filterset_class = RegistreFilter
    template_name = "programme/fiches/registre_obstacles.html"
    tris = {
        "-territoires": ("Les plus répandus", "-nombre_territoires"),
        "-publiee": ("Publiés récemment", "-publiee_le"),
        "regle": ("Règle", "regle"),
    }

    def get_queryset(self):
        return ObstacleNational.objects.du_public().avec_comptes()

    def get_paginator(self, queryset, per_page, **kwargs):
        """Counted without what each reaches."""
        paginateur = super().get_paginator(queryset, per_page, **kwargs)
        publies = ObstacleNational.objects.du_public().order_by()
        if self.filterset.is_bound:
            publies = self.filterset.filter_queryset(publies)
        paginateur.count = publies.count()
        return paginateur
