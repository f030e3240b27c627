"""What a visitor may search the public lists by."""

import datetime

import django_filters as filtres
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from programme.fiches.bilans import a_dresser
from programme.fiches.instruction import instruction
from programme.fiches.models import FicheAction, Modification
from programme.filtres import DuTerritoire, Recherche
from programme.partenaires.filters import axes
from programme.partenaires.models import Partenaire
from programme.themes.filters import themes
from territoires.liste_publique import JourFilter, MontantFilter

SIX_MOIS = datetime.timedelta(days=183)


def sans_budget(fiches):
    """Without a cost, nothing can be financed."""
    return fiches.filter(cout_total=None)


def sans_nouvelle(fiches):
    """Nobody wrote on them for six months, and they are not over."""
    return fiches.filter(updated_at__lt=timezone.now() - SIX_MOIS).exclude(
        etat__in=FicheAction.ETATS_FINIS
    )


CAS = {
    "sans-budget": ("sans budget", sans_budget),
    "sans-nouvelle": ("sans nouvelle depuis six mois", sans_nouvelle),
    "sans-bilan": ("réalisées, sans bilan", a_dresser),
}


def attend(fiches, user):
    """Fiches whose next step is this person's: write them or their modification, or examine it."""
    if user.sirens:
        reprises = Modification.objects.filter(etat__in=Modification.ETATS_MODIFIABLES)
        ecrites = Q(etat__in=FicheAction.ETATS_MODIFIABLES)
        return fiches.filter(ecrites | Q(pk__in=reprises.order_by().values("fiche")))
    a_juger = instruction().modifications_a_instruire(user).order_by().values("fiche")
    return fiches.filter(instruction().a_instruire(user) | Q(pk__in=a_juger))


class FicheFilter(Recherche, DuTerritoire):
    axe = filtres.ModelChoiceFilter(queryset=axes, to_field_name="code", label="Axe")
    etat = filtres.ChoiceFilter(
        choices=[(etat.value, capfirst(etat.label)) for etat in FicheAction.ETATS_PUBLICS],
        label="État",
    )
    theme = filtres.ModelChoiceFilter(
        queryset=themes, field_name="themes", to_field_name="identifiant", label="Thème"
    )
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(),
        field_name="partenaires",
        to_field_name="identifiant",
        label="Partenaire",
    )
    montant_min = MontantFilter(
        field_name="cout_total", lookup_expr="gte", label="Coût minimal, en euros"
    )
    montant_max = MontantFilter(
        field_name="cout_total", lookup_expr="lte", label="Coût maximal, en euros"
    )
    debut_min = JourFilter(field_name="date_debut", lookup_expr="gte", label="Commence après le")
    debut_max = JourFilter(field_name="date_debut", lookup_expr="lte", label="Commence avant le")
    cas = filtres.ChoiceFilter(
        choices=[(nom, capfirst(libelle)) for nom, (libelle, _) in CAS.items()],
        method="filtrer_cas",
        label="À regarder",
    )

    class Meta:
        model = FicheAction
        fields = []

    def filtrer_cas(self, rows, nom, cas):
        return CAS[cas][1](rows)
