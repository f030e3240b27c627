"""What a visitor may search the public lists by."""

import datetime

import django_filters as filtres
from django import forms
from django.db.models import Q
from django.utils import timezone

from programme.models import (
    Axe,
    BonnePratique,
    Contrat,
    Convention,
    FicheAction,
    OffreDeService,
    Partenaire,
)
from territoires.filters import OUI_NON
from territoires.models import Region, Territoire

SIX_MOIS = datetime.timedelta(days=183)
FINIS = ("realisee", "abandonnee", "refusee")


def sans_budget(fiches):
    """Without a cost, nothing can be financed."""
    return fiches.filter(cout_total=None)


def sans_nouvelle(fiches):
    """Nobody wrote on them for six months, and they are not over."""
    return fiches.filter(updated_at__lt=timezone.now() - SIX_MOIS).exclude(etat__in=FINIS)


CAS = {
    "sans-budget": ("sans budget", sans_budget),
    "sans-nouvelle": ("sans nouvelle depuis six mois", sans_nouvelle),
}


def champ_date():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def axes(request):
    return Axe.objects.select_related("phase")


def territoires(request):
    return Territoire.objects.publies()


def themes():
    """Of the public pratiques only: a draft must not show by its theme."""
    publiques = BonnePratique.objects.publiques().exclude(theme="").order_by("theme")
    return [(theme, theme) for theme in publiques.values_list("theme", flat=True).distinct()]


def demandeurs():
    """Who is named by the offers, each once; an offer may name several, with commas."""
    noms = OffreDeService.objects.order_by().values_list("beneficiaires", flat=True).distinct()
    seuls = {nom.strip() for liste in noms for nom in liste.split(",")} - {""}
    return [(nom, nom[:1].upper() + nom[1:]) for nom in sorted(seuls)]


class Recherche(filtres.FilterSet):
    """A free text, matched word by word, accents typed or not."""

    texte = filtres.CharFilter(method="filtrer_texte", label="Texte")

    def filtrer_texte(self, rows, nom, texte):
        return rows.chercher(texte)


class DuTerritoire(filtres.FilterSet):
    """By territoire, or by any région it touches; an interrégional one is found once."""

    region = filtres.ModelChoiceFilter(
        queryset=Region.objects.all(), method="filtrer_region", label="Région"
    )
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires, to_field_name="identifiant", label="Territoire"
    )

    def filtrer_region(self, rows, nom, region):
        return rows.filter(territoire__in=Territoire.objects.des_regions([region]))


class FicheFilter(Recherche, DuTerritoire):
    axe = filtres.ModelChoiceFilter(queryset=axes, to_field_name="code", label="Axe")
    etat = filtres.ChoiceFilter(
        choices=[(etat.value, etat.label.capitalize()) for etat in FicheAction.ETATS_PUBLICS],
        label="État",
    )
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(),
        field_name="partenaires",
        to_field_name="identifiant",
        label="Partenaire",
    )
    montant_min = filtres.NumberFilter(
        field_name="cout_total", lookup_expr="gte", label="Coût minimal, en euros"
    )
    montant_max = filtres.NumberFilter(
        field_name="cout_total", lookup_expr="lte", label="Coût maximal, en euros"
    )
    debut_min = filtres.DateFilter(
        field_name="date_debut", lookup_expr="gte", label="Commence après le", widget=champ_date()
    )
    debut_max = filtres.DateFilter(
        field_name="date_debut", lookup_expr="lte", label="Commence avant le", widget=champ_date()
    )
    cas = filtres.ChoiceFilter(
        choices=[(nom, libelle.capitalize()) for nom, (libelle, _) in CAS.items()],
        method="filtrer_cas",
        label="À regarder",
    )

    class Meta:
        model = FicheAction
        fields = []

    def filtrer_cas(self, rows, nom, cas):
        return CAS[cas][1](rows)


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
        """An offer without axe is of use to all of them."""
        return rows.filter(Q(axes=axe) | Q(axes=None)).distinct()

    def filtrer_territoire(self, rows, nom, territoire):
        """Offers for the axes of its public fiches; all of them when it has none yet."""
        axes = territoire.fiches.publiques().exclude(axe=None).order_by().values("axe")
        if not axes.exists():
            return rows
        return rows.filter(Q(axes__in=axes) | Q(axes=None)).distinct()

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


class ContratFilter(DuTerritoire):
    au = filtres.DateFilter(
        field_name="signe_le", lookup_expr="lte", label="À la date du", widget=champ_date()
    )
    type = filtres.ChoiceFilter(choices=Contrat.Type, label="Type")
    etat = filtres.ChoiceFilter(
        choices=[
            (etat.value, etat.label) for etat in Contrat.Etat if etat != Contrat.Etat.PREPARATION
        ],
        label="État",
    )

    class Meta:
        model = Contrat
        fields = []


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
