"""What a visitor may search the public lists by."""

import django_filters as filtres

from programme.filtres import Recherche
from programme.partenaires.models import Axe, Convention, Partenaire


def axes(request):
    return Axe.objects.select_related("phase")


class PartenaireFilter(Recherche):
    nature = filtres.ChoiceFilter(choices=Partenaire.Nature, label="Nature")

    class Meta:
        model = Partenaire
        fields = []


class ConventionFilter(Recherche):
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(), to_field_name="identifiant", label="Partenaire"
    )

    class Meta:
        model = Convention
        fields = []
