"""What a visitor may search the public lists by."""

import django_filters as filtres

from programme.filtres import Recherche, territoires
from programme.partenaires.filters import axes
from programme.pratiques.models import BonnePratique
from territoires.liste_publique import OUI_NON


def themes():
    """Of the public pratiques only: a draft must not show by its theme."""
    publiques = BonnePratique.objects.du_public().exclude(theme="").order_by("theme")
    return [(theme, theme) for theme in publiques.values_list("theme", flat=True).distinct()]


class BonnePratiqueFilter(Recherche):
    axe = filtres.ModelChoiceFilter(queryset=axes, to_field_name="code", label="Axe")
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires, to_field_name="identifiant", label="Territoire"
    )
    theme = filtres.ChoiceFilter(choices=themes, label="Thème")
    formalisee_par_un_pilote = filtres.TypedChoiceFilter(
        choices=OUI_NON,
        coerce=lambda valeur: valeur == "oui",
        label="Formalisée par un territoire pilote",
    )

    class Meta:
        model = BonnePratique
        fields = []
