"""Public pages of the partenaires, of their conventions, and of the contrats."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, View

from programme.fichiers import servir
from programme.filters import ContratFilter, ConventionFilter, OffreFilter, PartenaireFilter
from programme.models import (
    Contrat,
    Convention,
    DocumentConvention,
    FicheAction,
    OffreDeService,
    Partenaire,
    SignataireContrat,
)
from programme.pays import contractualisation
from territoires.listes import ListePublique


class ListePartenaires(ListePublique):
    titre = "Partenaires"
    filterset_class = PartenaireFilter
    template_name = "programme/partenaires.html"
    tris = {
        "nom": ("Nom", "nom"),
        "-offres": ("Nombre d’offres", "-nombre_offres"),
        "-conventions": ("Nombre de conventions", "-nombre_conventions"),
    }

    def get_queryset(self):
        publiques = Q(conventions__publiee=True)
        return Partenaire.objects.annotate(
            nombre_offres=Count("offres", distinct=True),
            nombre_conventions=Count("conventions", filter=publiques, distinct=True),
        )


class PagePartenaire(DetailView):
    model = Partenaire
    template_name = "programme/partenaire.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            offres=self.object.offres.prefetch_related("axes__phase").order_by("genre", "intitule"),
            conventions=self.object.conventions.publiques(),
            fiches=FicheAction.objects.publiques()
            .filter(partenaires=self.object)
            .select_related("territoire"),
            **kwargs,
        )


class ListeOffres(ListePublique):
    """« Qui peut m’aider ? »"""

    titre = "Offres de service"
    filterset_class = OffreFilter
    template_name = "programme/offres.html"
    tris = {
        "partenaire": ("Partenaire", "partenaire__nom"),
        "intitule": ("Intitulé", "intitule"),
    }

    def get_queryset(self):
        return OffreDeService.objects.select_related("partenaire").prefetch_related("axes__phase")


class ListeConventions(ListePublique):
    titre = "Conventions"
    filterset_class = ConventionFilter
    template_name = "programme/conventions.html"
    tris = {
        "-date": ("Les plus récentes", "-signee_le"),
        "date": ("Les plus anciennes", "signee_le"),
        "objet": ("Objet", "objet"),
        "partenaire": ("Partenaire", "partenaire__nom"),
    }

    def get_queryset(self):
        return (
            Convention.objects.publiques()
            .select_related("partenaire")
            .annotate(nombre_engagements=Count("engagements"))
        )


class PageConvention(DetailView):
    template_name = "programme/convention.html"
    slug_field = slug_url_kwarg = "reference"

    def get_queryset(self):
        return Convention.objects.publiques().select_related("partenaire")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            assemblees=self.object.assemblees.publiques(),
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
        if not (convention.publiee or permis):
            raise Http404
        return servir(document.fichier, document.fichier.name)


class ListeContrats(ListePublique):
    titre = "Contrats"
    filterset_class = ContratFilter
    template_name = "programme/contrats.html"
    tris = {
        "-date": ("Signatures les plus récentes", "-signe_le"),
        "date": ("Signatures les plus anciennes", "signe_le"),
        "territoire": ("Territoire", "territoire__nom"),
    }

    def get_queryset(self):
        return Contrat.objects.publics().select_related("territoire__region_pilote")

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        formulaire = contexte["filter"].form
        demandee = formulaire.cleaned_data.get("au") if formulaire.is_valid() else None
        au = demandee or timezone.localdate()
        regions, france = contractualisation(au)
        return contexte | {"au": au, "regions": regions, "france": france}


class PageContrat(DetailView):
    template_name = "programme/contrat.html"
    slug_field = slug_url_kwarg = "reference"

    def get_queryset(self):
        return Contrat.objects.publics().select_related("territoire")

    def get_context_data(self, **kwargs):
        signataires = list(self.object.signataires.all())
        lignes = self.object.lignes_fiches.filter(fiche__in=FicheAction.objects.publiques())
        du_territoire = Contrat.objects.publics().filter(territoire=self.object.territoire_id)
        autres = list(du_territoire.order_by("signe_le", "pk"))
        return super().get_context_data(
            autres=autres if len(autres) > 1 else [],
            groupes=[
                (groupe.label, [s for s in signataires if s.groupe == groupe])
                for groupe in SignataireContrat.Groupe
            ],
            lignes=lignes.select_related("fiche__axe").order_by("fiche__titre"),
            **kwargs,
        )
