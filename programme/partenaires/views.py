"""Public pages of the partenaires and of their conventions."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, View

from programme.fichiers import servir
from programme.partenaires.filters import ConventionFilter, PartenaireFilter
from programme.partenaires.models import Convention, DocumentConvention, Partenaire
from territoires.liste_publique import ListePublique


class ListePartenaires(ListePublique):
    titre = "Partenaires"
    filterset_class = PartenaireFilter
    template_name = "programme/partenaires/partenaires.html"
    tris = {
        "nom": ("Nom", "nom"),
        "-offres": ("Nombre d’offres", "-nombre_offres"),
        "-conventions": ("Nombre de conventions", "-nombre_conventions"),
    }

    def get_queryset(self):
        publiques = Q(conventions__in=Convention.objects.du_public())
        return Partenaire.objects.du_public().annotate(
            nombre_offres=Count("offres", distinct=True),
            nombre_conventions=Count("conventions", filter=publiques, distinct=True),
        )


class PagePartenaire(DetailView):
    queryset = Partenaire.objects.du_public()
    template_name = "programme/partenaires/partenaire.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            offres=self.object.offres.prefetch_related("axes__phase").order_by("genre", "intitule"),
            conventions=self.object.conventions.du_public(),
            **kwargs,
        )


class ListeConventions(ListePublique):
    titre = "Conventions"
    filterset_class = ConventionFilter
    template_name = "programme/partenaires/conventions.html"
    tris = {
        "-date": ("Les plus récentes", "-signee_le"),
        "date": ("Les plus anciennes", "signee_le"),
        "objet": ("Objet", "objet"),
        "partenaire": ("Partenaire", "partenaire__nom"),
    }

    def get_queryset(self):
        return (
            Convention.objects.du_public()
            .select_related("partenaire")
            .annotate(nombre_engagements=Count("engagements"))
        )


class PageConvention(DetailView):
    template_name = "programme/partenaires/convention.html"
    slug_field = slug_url_kwarg = "reference"

    def get_queryset(self):
        return Convention.objects.du_public().select_related("partenaire")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            avenants=self.object.avenants.prefetch_related("modifications__engagement"),
            engagements=self.object.engagements.all(),
            **kwargs,
        )


class TelechargerDocumentConvention(View):
    """Public with its convention; before that, for those who may change the convention."""

    def get(self, request, reference, pk):
        documents = DocumentConvention.objects.select_related("convention")
        document = get_object_or_404(documents, convention__reference=reference, pk=pk)
        convention = document.convention
        permis = request.user.has_perm("programme.change_convention", convention)
        if not (convention.est_du_public or permis):
            raise Http404
        return servir(document.fichier, document.fichier.name)
