"""What a visitor may search partenaires, offers, conventions and their money by."""

import django_filters as filtres
from django.db.models import Q
from django.utils.text import capfirst

from programme.fiches.models import FicheAction, Financement
from programme.filtres import Recherche, territoires
from programme.mobilisation.financements import REGIONS
from programme.partenaires.filters import axes
from programme.partenaires.models import Convention, OffreDeService, Partenaire
from territoires.geographie.models import Region


def demandeurs():
    """Who is named by the offers, each once; an offer may name several, with commas."""
    noms = OffreDeService.objects.order_by().values_list("beneficiaires", flat=True).distinct()
    seuls = {nom.strip() for liste in noms for nom in liste.split(",")} - {""}
    return [(nom, capfirst(nom)) for nom in sorted(seuls)]


class PartenaireFilter(Recherche):
    nature = filtres.ChoiceFilter(choices=Partenaire.Nature, label="Nature")

    class Meta:
        model = Partenaire
        fields = []


class OffreFilter(Recherche):
    axe = filtres.ModelChoiceFilter(
        queryset=axes, to_field_name="code", method="filtrer_axe", label="Axe"
    )
    beneficiaires = filtres.ChoiceFilter(
        choices=demandeurs, method="filtrer_beneficiaires", label="Qui peut la demander"
    )
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires,
        to_field_name="identifiant",
        method="filtrer_territoire",
        label="Pour les actions du territoire",
    )
    genre = filtres.ChoiceFilter(choices=OffreDeService.Genre, label="Genre")
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(), to_field_name="identifiant", label="Partenaire"
    )

    class Meta:
        model = OffreDeService
        fields = []

    def filtrer_axe(self, rows, nom, axe):
        return rows.pour_les_axes([axe])

    def filtrer_territoire(self, rows, nom, territoire):
        """Offers for the axes of its public fiches; all of them when it has none yet."""
        fiches = FicheAction.objects.du_public().filter(territoire=territoire)
        axes = fiches.exclude(axe=None).order_by().values("axe")
        if not axes.exists():
            return rows
        return rows.pour_les_axes(axes)

    def filtrer_beneficiaires(self, rows, nom, texte):
        """Offers that say nothing of it may be asked for by anyone."""
        return rows.filter(Q(beneficiaires__icontains=texte) | Q(beneficiaires=""))


class ConventionFilter(Recherche):
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(), to_field_name="identifiant", label="Partenaire"
    )

    class Meta:
        model = Convention
        fields = []


class MobilisationFilter(filtres.FilterSet):
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(), to_field_name="identifiant", label="Partenaire"
    )
    region = filtres.ModelChoiceFilter(
        queryset=Region.objects.all(), field_name=REGIONS, label="Région"
    )

    class Meta:
        model = Financement
        fields = []
