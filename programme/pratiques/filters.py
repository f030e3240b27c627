"""What a visitor may search the public lists by."""

import django_filters as filtres

from programme.filtres import Recherche, territoires
from programme.partenaires.filters import axes
from programme.pratiques.models import BonnePratique
from programme.themes.filters import themes
from territoires.liste_publique import OUI_NON


class BonnePratiqueFilter(Recherche):
    axe = filtres.ModelChoiceFilter(queryset=axes, to_field_name="code", label="Axe")
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires, to_field_name="identifiant", label="Territoire"
    )
    theme = filtres.ModelChoiceFilter(
        queryset=themes, field_name="themes", to_field_name="identifiant", label="Thème"
    )
    formalisee_par_un_pilote = filtres.TypedChoiceFilter(
        choices=OUI_NON,
        coerce=lambda valeur: valeur == "oui",
        label="Formalisée par un territoire pilote",
    )

    class Meta:
        model = BonnePratique
        fields = []
