"""Public pages of the contrats, and the files that hang on them."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, View

from programme.contrats.contractualisation import contractualisation
from programme.contrats.filters import ContratFilter
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    DocumentContrat,
    FicheContrat,
    ModificationAvenantContrat,
    SignataireContrat,
)
from programme.fichiers import servir
from territoires.ecrites import ecrite, un_seul
from territoires.liens.models import LienProgramme
from territoires.liste_publique import ListePublique

# What the list shows of each contrat.
LUS = "reference type etat signe_le debut fin territoire__nom territoire__region_pilote__nom"


class ListeContrats(ListePublique):
    titre = "Contrats"
    jeu = "contrats"
    filterset_class = ContratFilter
    template_name = "programme/contrats/contrats.html"
    tris = {
        "-date": ("Signatures les plus récentes", "-signe_le"),
        "date": ("Signatures les plus anciennes", "signe_le"),
        "territoire": ("Territoire", "territoire__nom"),
    }

    def get_queryset(self):
        contrats = Contrat.objects.du_public().select_related("territoire__region_pilote")
        return contrats.only(*LUS.split())

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        formulaire = contexte["filter"].form
        demandee = formulaire.cleaned_data.get("au") if formulaire.is_valid() else None
        au = demandee or timezone.localdate()
        regions, france = contractualisation(au)
        return contexte | {"au": au, "regions": regions, "france": france}


class PageContrat(DetailView):
    template_name = "programme/contrats/contrat.html"
    slug_field = slug_url_kwarg = "reference"

    def get_object(self, queryset=None):
        trouves = _publics(self.kwargs["reference"])
        return un_seul(trouves, "Aucun contrat public ne porte cette référence.")

    def get_context_data(self, **kwargs):
        signataires = _signataires(self.object.pk)
        de_la_lignee = Contrat.objects.du_public().de_la_lignee(self.object.territoire)
        autres = list(de_la_lignee.select_related("territoire").order_by("signe_le", "pk"))
        return super().get_context_data(
            autres=autres if len(autres) > 1 else [],
            precedent=_public(self.object.precedent),
            avenants=_avenants(self.object.pk),
            documents=_documents(self.object.pk),
            liens=_liens(self.object.pk),
            groupes=[
                (groupe.label, [s for s in signataires if s.groupe == groupe])
                for groupe in SignataireContrat.Groupe
            ],
            lignes=_fiches(self.object.pk),
            **kwargs,
        )


@ecrite
def _publics(reference):
    publics = Contrat.objects.du_public().filter(reference=reference)
    return publics.select_related("territoire", "precedent__territoire")


@ecrite
def _signataires(contrat):
    return SignataireContrat.objects.filter(contrat=contrat)


@ecrite
def _avenants(contrat):
    modifications = ModificationAvenantContrat.objects.du_public().select_related("fiche")
    avenants = AvenantContrat.objects.filter(contrat=contrat).order_by("numero")
    return avenants.prefetch_related(Prefetch("modifications", modifications))


@ecrite
def _documents(contrat):
    return DocumentContrat.objects.filter(contrat=contrat)


@ecrite
def _liens(contrat):
    return LienProgramme.objects.du_public().filter(contrats=contrat)


@ecrite
def _fiches(contrat):
    lignes = FicheContrat.objects.du_public().filter(contrat=contrat)
    return lignes.select_related("fiche__axe").order_by("fiche__titre")


def _public(contrat):
    return contrat if contrat and contrat.est_du_public else None


class Telecharger(View):
    """A file of a contrat: everybody's once it is signed, of those who may read it until then."""

    modele = None

    def get(self, request, reference, pk):
        lignes = self.modele.objects.select_related("contrat").exclude(fichier="")
        ligne = get_object_or_404(lignes, contrat__reference=reference, pk=pk)
        contrat = ligne.contrat
        if not (contrat.est_du_public or request.user.has_perm("programme.view_contrat", contrat)):
            raise Http404
        return servir(ligne.fichier, ligne.fichier.name)


class TelechargerDocument(Telecharger):
    modele = DocumentContrat


class TelechargerDeliberation(Telecharger):
    modele = SignataireContrat
