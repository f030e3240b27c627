"""Public pages of territoires, régions and intercommunalités."""

from django.views.generic import DetailView, ListView

from territoires.filters import TerritoireFilter
from territoires.listes import ListePublique
from territoires.models import Intercommunalite, MembrePerimetre, Perimetre, Region, Territoire


class ListeTerritoires(ListePublique):
    filterset_class = TerritoireFilter
    template_name = "territoires/territoires.html"
    tris = {
        "nom": ("Nom", "nom"),
        "-population": ("Population la plus forte", "-perimetre_courant__population"),
        "population": ("Population la plus faible", "perimetre_courant__population"),
    }

    def get_queryset(self):
        return (
            Territoire.objects.en_vigueur()
            .select_related("region_pilote", "perimetre_courant")
            .prefetch_related("perimetre_courant__regions")
        )


class PageTerritoire(DetailView):
    template_name = "territoires/territoire.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_queryset(self):
        return Territoire.objects.publies().select_related(
            "region_pilote", "perimetre_courant__edition"
        )

    def get_context_data(self, **kwargs):
        territoire = self.object
        return super().get_context_data(
            membres=territoire.perimetre_courant.membres.select_related(
                "intercommunalite", "commune__intercommunalite"
            ),
            perimetres=territoire.perimetres.publies()
            .select_related("edition")
            .order_by("edition__date"),
            fiches=territoire.fiches.publiques(),
            contrats=territoire.contrats.publics(),
            pratiques=territoire.bonnes_pratiques.publiques(),
            **kwargs,
        )


class ListeRegions(ListView):
    queryset = Region.objects.all()
    template_name = "territoires/regions.html"


class PageRegion(DetailView):
    queryset = Region.objects.all()
    template_name = "territoires/region.html"
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            territoires=Territoire.objects.en_vigueur().des_regions([self.object.pk]), **kwargs
        )


class PageIntercommunalite(DetailView):
    template_name = "territoires/intercommunalite.html"
    slug_field = slug_url_kwarg = "siren"

    def get_queryset(self):
        return Intercommunalite.objects.select_related("departement").prefetch_related(
            "successeurs"
        )

    def get_context_data(self, **kwargs):
        membres = MembrePerimetre.objects.filter(intercommunalite=self.object)
        perimetres = Perimetre.objects.publies().filter(membres__in=membres)
        return super().get_context_data(
            communes=self.object.communes(),
            perimetres=perimetres.select_related("edition", "territoire").order_by(
                "-edition__date"
            ),
            **kwargs,
        )
