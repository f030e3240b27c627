"""What became of the actions: their measures, in time."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView

from echanges.textes import en_cle
from programme.fiches.champs import Par
from programme.fiches.models import FicheAction, Mesure
from programme.fiches.suivi import mesurer
from programme.graphiques import serie
from programme.pilotage.views import DesAgents
from territoires.nombres import NombreEcrit


class DeLaFiche(DesAgents, DetailView):
    """A page about one fiche of the perimeter."""

    slug_field = slug_url_kwarg = "reference"
    context_object_name = "fiche"

    def get_queryset(self):
        return FicheAction.objects.for_user(self.request.user).select_related(
            "territoire__perimetre_courant"
        )

    def choisi(self, lignes, nom):
        """The one of these rows that the form named; 404 when it is none of them."""
        return get_object_or_404(lignes.filter(pk=en_cle(self.request.POST.get(nom))))


class MesureForm(forms.ModelForm):
    class Meta:
        model = Mesure
        fields = ["valeur", "mesure_le", "commentaire"]
        field_classes = {"valeur": NombreEcrit}
        widgets = {"mesure_le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.widget.attrs["class"] = "fr-input"

    def clean_mesure_le(self):
        le = self.cleaned_data["mesure_le"]
        if le > timezone.localdate():
            raise forms.ValidationError("Une mesure ne se date pas dans le futur.")
        return le


class Resultats(DeLaFiche):
    """The series of a fiche; who follows it adds values there, one form for one indicateur."""

    template_name = "programme/pilotage/resultats.html"

    def get_context_data(self, envoye=None, **kwargs):
        fiche = self.object
        suit = self.request.user.has_perm(Par.MESURE, fiche)
        series = []
        for indicateur in fiche.indicateurs.prefetch_related("mesures__auteur"):
            mesures = list(indicateur.mesures.all())
            form = envoye if envoye and envoye.prefix == str(indicateur.pk) else None
            vide = MesureForm(
                prefix=str(indicateur.pk), initial={"mesure_le": timezone.localdate()}
            )
            series.append((indicateur, mesures, serie(indicateur, mesures), form or vide))
        return super().get_context_data(
            suit=suit, series=series, totaux=fiche.financement_par_statut(), **kwargs
        )

    @transaction.atomic
    def post(self, request, reference):
        self.object = fiche = self.get_object()
        if not request.user.has_perm(Par.MESURE, fiche):
            raise PermissionDenied("Cette fiche n’est pas à mesurer en ce moment.")
        indicateur = self.choisi(fiche.indicateurs, "indicateur")
        form = MesureForm(request.POST, prefix=str(indicateur.pk))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(envoye=form))
        mesurer(indicateur, agent=request.user, **form.cleaned_data)
        messages.success(request, f"Mesure enregistrée : {indicateur.libelle}.")
        return redirect("resultats", reference)
