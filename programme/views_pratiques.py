"""Public pages of the bonnes pratiques."""

from django.views.generic import DetailView

from programme.filters import BonnePratiqueFilter
from programme.models import BonnePratique, FicheAction
from territoires.listes import ListePublique


class ListeBonnesPratiques(ListePublique):
    titre = "Bonnes pratiques"
    filterset_class = BonnePratiqueFilter
    template_name = "programme/bonnes_pratiques.html"
    tris = {
        "-date": ("Les plus récentes", "-publiee_le"),
        "titre": ("Titre", "titre"),
        "theme": ("Thème", "theme"),
    }

    def get_queryset(self):
        return BonnePratique.objects.publiques().select_related("territoire", "axe__phase")


class PageBonnePratique(DetailView):
    template_name = "programme/bonne_pratique.html"
    slug_field = slug_url_kwarg = "identifiant"
    context_object_name = "pratique"

    def get_queryset(self):
        return BonnePratique.objects.publiques().select_related("territoire", "axe__phase")

    def get_context_data(self, **kwargs):
        publiques = FicheAction.objects.publiques().select_related("territoire")
        return super().get_context_data(
            origine=publiques.filter(pk=self.object.fiche_id).first(),
            fiches_liees=publiques.filter(pratiques_reprises=self.object),
            **kwargs,
        )
