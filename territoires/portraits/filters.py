"""Filters of the public lists of the map."""

import django_filters
from django.db.models import Count

from territoires.editions.models import Territoire
from territoires.geographie.models import Region
from territoires.liens.models import LienProgramme
from territoires.liste_publique import OUI_NON, RechercheFilter


class TerritoireFilter(django_filters.FilterSet):
    texte = RechercheFilter(label="Nom", method="filtrer_texte")
    region = django_filters.ModelChoiceFilter(
        label="Région", queryset=Region.objects.all(), method="filtrer_region"
    )
    interregional = django_filters.ChoiceFilter(
        label="Interrégional", choices=OUI_NON, method="filtrer_interregional"
    )
    pilote = django_filters.ChoiceFilter(
        label="Territoire pilote", choices=OUI_NON, method="filtrer_pilote"
    )

    programme = django_filters.ChoiceFilter(
        label="Autre programme", choices=LienProgramme.Genre, method="filtrer_programme"
    )

    class Meta:
        model = Territoire
        fields = []

    def filtrer_texte(self, queryset, nom, valeur):
        return queryset.chercher(valeur)

    def filtrer_region(self, queryset, nom, valeur):
        return queryset.des_regions([valeur.pk])

    def filtrer_interregional(self, queryset, nom, valeur):
        queryset = queryset.annotate(nombre_regions=Count("perimetre_courant__regions"))
        if valeur == "oui":
            return queryset.filter(nombre_regions__gt=1)
        return queryset.filter(nombre_regions__lte=1)

    def filtrer_pilote(self, queryset, nom, valeur):
        return queryset.filter(pilote=valeur == "oui")

    def filtrer_programme(self, queryset, nom, valeur):
        liens = LienProgramme.objects.du_public().filter(genre=valeur)
        return queryset.filter(pk__in=liens.order_by().values("territoire"))
