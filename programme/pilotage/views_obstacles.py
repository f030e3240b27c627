"""What slows the actions down, with the answers: listed for the perimeter, answered by fiche."""

import django_filters as filtres
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect

from echanges.exports.lecture import sujets_de
from programme.fiches.champs import Par
from programme.fiches.models import Obstacle
from programme.fiches.models.obstacles import ATTENDU, LEVE, REPONDU
from programme.fiches.obstacles import lever, lu, repondre
from programme.fiches.resources_obstacles import ObstacleResource, ReponseResource
from programme.filtres import DuTerritoire, Recherche
from programme.partenaires.filters import axes
from programme.pilotage.views import ListeDAgents
from programme.pilotage.views_suivi import DeLaFiche
from territoires.editions.models import Territoire

SUITES = {
    "attendue": ("Réponse attendue", ATTENDU),
    "donnee": ("Réponse donnée", REPONDU),
    "leve": ("Levé", LEVE),
}


class ObstacleFilter(Recherche, DuTerritoire):
    """By the words of the rule or of its fiche, by its territoire and its axe."""

    territoire = filtres.ModelChoiceFilter(
        queryset=lambda request: Territoire.objects.du_public(),
        field_name="fiche__territoire",
        to_field_name="identifiant",
        label="Territoire",
    )
    axe = filtres.ModelChoiceFilter(
        queryset=axes, field_name="fiche__axe", to_field_name="code", label="Axe"
    )
    reponse = filtres.ChoiceFilter(
        choices=[(cle, libelle) for cle, (libelle, _) in SUITES.items()],
        method="filtrer_reponse",
        label="Où cela en est",
    )

    class Meta:
        model = Obstacle
        fields = []

    def filtrer_region(self, rows, nom, region):
        territoires = Territoire.objects.des_regions([region])
        return rows.filter(fiche__territoire__in=territoires.order_by())

    def filtrer_reponse(self, rows, nom, valeur):
        return rows.filter(SUITES[valeur][1])


class Obstacles(ListeDAgents):
    """The fourth axis: what slows actions down, and what would help, with the answers."""

    titre = "Obstacles et simplifications"
    classeur = "obstacles-classeur"
    filterset_class = ObstacleFilter
    template_name = "programme/pilotage/obstacles.html"
    tris = {
        "-signale": ("Signalés récemment", "-signale_le"),
        "signale": ("Signalés il y a longtemps", "signale_le"),
        "fiche": ("Fiche", "fiche__titre"),
    }

    def get_queryset(self):
        obstacles = Obstacle.objects.for_user(self.request.user)
        return obstacles.select_related("fiche__territoire", "nationale")

    def sujets(self, lignes, ordre):
        return sujets_de((ObstacleResource, ReponseResource), self.request.user, lignes, ordre)


class SuiteForm(forms.Form):
    """What is said of one obstacle: an answer, the day when it was lifted, or both."""

    texte = forms.CharField(
        label="Réponse",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "fr-input"}),
        help_text="Lue par les agents du périmètre, jamais publiée.",
    )
    leve_le = forms.DateField(
        label="Levé le",
        required=False,
        widget=forms.DateInput({"type": "date", "class": "fr-input"}, format="%Y-%m-%d"),
        help_text="Le jour où la règle a cessé de retenir l’action ; vide tant qu’elle la retient.",
    )
    montre = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, obstacle, data=None):
        initial = {"leve_le": obstacle.leve_le, "montre": lu(obstacle)}
        super().__init__(data, prefix=str(obstacle.pk), initial=initial)
        self.obstacle = obstacle

    def clean(self):
        donnees = super().clean()
        levee = donnees.get("leve_le") != self.obstacle.leve_le
        if not self.errors and not donnees.get("texte") and not levee:
            self.add_error("texte", "Écrivez une réponse, ou le jour où l’obstacle a été levé.")
        return donnees

    @transaction.atomic
    def faire(self, agent):
        """Raises ValidationError when somebody else said otherwise meanwhile."""
        donnees = self.cleaned_data
        lever(self.obstacle, le=donnees["leve_le"], agent=agent, montre=donnees["montre"])
        if donnees["texte"]:
            repondre(self.obstacle, texte=donnees["texte"], agent=agent)


class ObstaclesDeLaFiche(DeLaFiche):
    template_name = "programme/pilotage/obstacle.html"

    def get_context_data(self, envoye=None, **kwargs):
        peut = self.request.user.has_perm(Par.REPONSE, self.object)
        lignes = self.object.obstacles.select_related("nationale")
        suites = []
        for obstacle in lignes.prefetch_related("reponses__auteur"):
            sien = envoye is not None and envoye.obstacle.pk == obstacle.pk
            form = envoye if sien else SuiteForm(obstacle)
            suites.append((obstacle, list(obstacle.reponses.all()), form if peut else None))
        return super().get_context_data(suites=suites, **kwargs)

    def post(self, request, reference):
        self.object = fiche = self.get_object()
        if not request.user.has_perm(Par.REPONSE, fiche):
            raise PermissionDenied("La réponse revient à la région ou à la délégation.")
        obstacle = self.choisi(fiche.obstacles, "obstacle")
        form = SuiteForm(obstacle, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(envoye=form))
        try:
            form.faire(request.user)
        except ValidationError as erreur:
            for nom, phrases in erreur.error_dict.items():
                form.add_error(nom, phrases)
            # It is told what changed meanwhile: the next sending is judged from there.
            obstacle.refresh_from_db()
            form.data = form.data.copy()
            form.data[form.add_prefix("montre")] = lu(obstacle)
            return self.render_to_response(self.get_context_data(envoye=form))
        messages.success(request, "C’est enregistré, et ceux qui suivent la fiche sont prévenus.")
        return redirect("obstacle", reference)
