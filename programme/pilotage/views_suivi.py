"""What became of the actions: measures, obstacles and answers, and how each agent is told."""

import django_filters as filtres
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView

from programme.fiches.champs import Par
from programme.fiches.filters import FicheFilter
from programme.fiches.models import FicheAction, Mesure
from programme.fiches.suivi import mesurer, repondre
from programme.graphiques import serie
from programme.pilotage.views import DesAgents
from territoires.liste_publique import ListePublique


class ObstacleFilter(FicheFilter):
    reponse = filtres.ChoiceFilter(
        choices=[("attendue", "Attendue"), ("donnee", "Donnée")],
        method="filtrer_reponse",
        label="Réponse de la délégation",
    )

    class Meta:
        model = FicheAction
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        gardes = ("texte", "region", "territoire", "axe", "reponse")
        self.filters = {nom: self.filters[nom] for nom in gardes}

    def filtrer_reponse(self, rows, nom, valeur):
        return rows.filter(reponse="") if valeur == "attendue" else rows.exclude(reponse="")


class Obstacles(DesAgents, ListePublique):
    """The fourth axis: what slows actions down, and what would help, with the answers."""

    titre = "Obstacles et simplifications"
    filterset_class = ObstacleFilter
    template_name = "programme/pilotage/obstacles.html"
    tris = {
        "-maj": ("Modifiées récemment", "-updated_at"),
        "maj": ("Modifiées il y a longtemps", "updated_at"),
        "titre": ("Titre", "titre"),
    }

    def get_queryset(self):
        fiches = FicheAction.objects.for_user(self.request.user)
        return fiches.exclude(obstacle="", simplification="").select_related("territoire", "axe")


class ReponseForm(forms.Form):
    texte = forms.CharField(
        label="Réponse",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "fr-input"}),
        help_text="Lue par les agents du périmètre, jamais publiée. Le territoire est prévenu.",
    )


class DeLaFiche(DesAgents, DetailView):
    """A page about one fiche of the perimeter."""

    slug_field = slug_url_kwarg = "reference"
    context_object_name = "fiche"

    def get_queryset(self):
        return FicheAction.objects.for_user(self.request.user).select_related(
            "territoire__perimetre_courant"
        )


class PageObstacle(DeLaFiche):
    template_name = "programme/pilotage/obstacle.html"

    def get_context_data(self, form=None, **kwargs):
        peut = self.request.user.has_perm(Par.DELEGATION, self.object)
        return super().get_context_data(
            form=(form or ReponseForm()) if peut else None,
            reponses=self.object.reponses.select_related("auteur"),
            **kwargs,
        )

    def post(self, request, reference):
        self.object = self.get_object()
        form = ReponseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        repondre(self.object, texte=form.cleaned_data["texte"], agent=request.user)
        messages.success(request, "La réponse est enregistrée et le territoire est prévenu.")
        return redirect("obstacle", reference)


class MesureForm(forms.ModelForm):
    class Meta:
        model = Mesure
        fields = ["valeur", "mesure_le", "commentaire"]
        widgets = {"mesure_le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valeur"].localize = True
        self.fields["valeur"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields["valeur"].widget.is_localized = True
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
        cle = request.POST.get("indicateur", "")
        indicateurs = fiche.indicateurs.filter(pk=cle if cle.isdigit() else None)
        indicateur = get_object_or_404(indicateurs)
        form = MesureForm(request.POST, prefix=str(indicateur.pk))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(envoye=form))
        mesurer(indicateur, agent=request.user, **form.cleaned_data)
        messages.success(request, f"Mesure enregistrée : {indicateur.libelle}.")
        return redirect("resultats", reference)
