"""What a visitor may search the assemblées by."""

import django_filters as filtres

from evenements.models import Assemblee


class AssembleeFilter(filtres.FilterSet):
    texte = filtres.CharFilter(method="filtrer_texte", label="Titre ou ville")
    annee = filtres.NumberFilter(field_name="date_debut", lookup_expr="year", label="Année")

    class Meta:
        model = Assemblee
        fields = []

    def filtrer_texte(self, rows, nom, texte):
        return rows.chercher(texte)
