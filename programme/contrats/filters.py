"""What a visitor may search the public lists by."""

import django_filters as filtres

from programme.contrats.models import Contrat
from programme.filtres import DuTerritoire
from territoires.liens.models import LienProgramme
from territoires.liste_publique import JourFilter


class ContratFilter(DuTerritoire):
    au = JourFilter(field_name="signe_le", lookup_expr="lte", label="À la date du")
    type = filtres.ChoiceFilter(choices=Contrat.Type, label="Type")
    etat = filtres.ChoiceFilter(
        choices=[(etat.value, etat.label) for etat in Contrat.ETATS_PUBLICS],
        label="État",
    )

    programme = filtres.ChoiceFilter(
        label="Lié à", choices=LienProgramme.Genre, method="filtrer_programme"
    )

    class Meta:
        model = Contrat
        fields = []

    def filtrer_programme(self, queryset, nom, valeur):
        """Those that name such a link."""
        liens = LienProgramme.objects.du_public().filter(genre=valeur)
        return queryset.filter(liens__in=liens).distinct()
