"""Public pages of the bonnes pratiques."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, View

from programme.fiches.models import FicheAction
from programme.pratiques.filters import BonnePratiqueFilter
from programme.pratiques.models import BonnePratique, Utilite
from territoires.liste_publique import ListePublique


class ListeBonnesPratiques(ListePublique):
    titre = "Bonnes pratiques"
    jeu = "bonnes_pratiques"
    filterset_class = BonnePratiqueFilter
    template_name = "programme/pratiques/bonnes_pratiques.html"
    tris = {
        "-date": ("Les plus récentes", "-publiee_le"),
        "-utile": ("Les plus utiles", "-nombre_utile"),
        "titre": ("Titre", "titre"),
    }

    def get_queryset(self):
        return (
            BonnePratique.objects.du_public()
            .select_related("territoire", "axe__phase")
            .prefetch_related("themes")
            .annotate(nombre_utile=Count("utilites"))
        )


class PageBonnePratique(DetailView):
    template_name = "programme/pratiques/bonne_pratique.html"
    slug_field = slug_url_kwarg = "identifiant"
    context_object_name = "pratique"

    def get_queryset(self):
        return (
            BonnePratique.objects.du_public()
            .select_related("territoire", "axe__phase")
            .annotate(nombre_utile=Count("utilites"))
        )

    def get_context_data(self, **kwargs):
        publiques = FicheAction.objects.du_public().select_related("territoire")
        agent = self.request.user
        peut_dire = agent.has_perm("programme.dire_utile")
        return super().get_context_data(
            origine=publiques.filter(pk=self.object.fiche_id).first(),
            fiches_liees=publiques.filter(pratiques_reprises=self.object),
            peut_dire=peut_dire,
            deja_dit=peut_dire and self.object.utilites.filter(agent=agent).exists(),
            **kwargs,
        )


class DireUtile(PermissionRequiredMixin, View):
    """« Utile pour moi »: said once by each agent, and taken back as simply."""

    permission_required = "programme.dire_utile"
    http_method_names = ["post"]

    def post(self, request, identifiant):
        pratique = get_object_or_404(BonnePratique.objects.du_public(), identifiant=identifiant)
        if "retirer" in request.POST:
            Utilite.objects.filter(pratique=pratique, agent=request.user).delete()
        else:
            Utilite.objects.get_or_create(pratique=pratique, agent=request.user)
        return redirect(pratique)
