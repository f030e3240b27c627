"""What an agent filters its fiches by: all that the public list has, and what is not public."""

import django_filters as filtres
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from programme.fiches.filters import CAS, FicheFilter, attend
from programme.fiches.models import FicheAction, Financement, Passage
from programme.partenaires.filters import axes
from territoires.liste_publique import JourFilter


def mois(**options):
    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    return JourFilter(input_formats=["%Y-%m"], widget=widget, **options)


def du_mois(champ, debut):
    """Lookups for an instant of this month, in Paris time."""
    return {f"{champ}__year": debut.year, f"{champ}__month": debut.month}


class FicheSuivieFilter(FicheFilter):
    axe = filtres.ModelChoiceFilter(
        queryset=axes,
        to_field_name="code",
        label="Axe",
        null_label="Sans axe",
        null_value="sans",
    )
    etat = filtres.ChoiceFilter(
        choices=[(etat.value, capfirst(etat.label)) for etat in FicheAction.Etat], label="État"
    )
    financement = filtres.ChoiceFilter(
        choices=[
            ("acquis", "Au moins un acquis"),
            ("demande", "Au moins un demandé"),
            ("verse", "Au moins un versement"),
        ],
        method="filtrer_financement",
        label="Financement",
    )
    creee = mois(method="filtrer_creee", label="Créée au mois de")
    validee = mois(method="filtrer_validee", label="Validée au mois de")
    cas = filtres.ChoiceFilter(
        choices=[
            ("moi", "Attend mon action"),
            *((nom, capfirst(libelle)) for nom, (libelle, _) in CAS.items()),
        ],
        method="filtrer_cas",
        label="À regarder",
    )

    def filtrer_cas(self, rows, nom, cas):
        if cas == "moi":
            return attend(rows, self.request.user)
        return super().filtrer_cas(rows, nom, cas)

    def filtrer_financement(self, rows, nom, colonne):
        siens = Financement.objects.filter(fiche=OuterRef("pk"), **{f"{colonne}__gt": 0})
        return rows.filter(Exists(siens.order_by()))

    def filtrer_creee(self, rows, nom, debut):
        return rows.filter(**du_mois("created_at", debut))

    def filtrer_validee(self, rows, nom, debut):
        validations = Passage.objects.validations().filter(**du_mois("le", debut))
        return rows.filter(pk__in=validations.order_by().values("fiche"))
