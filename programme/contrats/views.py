"""Public pages of the contrats, and the files that hang on them."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, View

from programme.contrats.contractualisation import contractualisation
from programme.contrats.filters import ContratFilter
from programme.contrats.models import (
    Contrat,
    DocumentContrat,
    ModificationAvenantContrat,
    SignataireContrat,
)
from programme.fichiers import servir
from territoires.liste_publique import ListePublique


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
        return Contrat.objects.du_public().select_related("territoire__region_pilote")

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

    def get_queryset(self):
        return Contrat.objects.du_public().select_related("territoire", "precedent__territoire")

    def get_context_data(self, **kwargs):
        signataires = list(self.object.signataires.all())
        lignes = self.object.lignes_fiches.du_public()
        de_la_lignee = Contrat.objects.du_public().de_la_lignee(self.object.territoire)
        autres = list(de_la_lignee.select_related("territoire").order_by("signe_le", "pk"))
        modifications = ModificationAvenantContrat.objects.du_public().select_related("fiche")
        avenants = self.object.avenants.order_by("numero")
        return super().get_context_data(
            autres=autres if len(autres) > 1 else [],
            precedent=_public(self.object.precedent),
            avenants=avenants.prefetch_related(Prefetch("modifications", modifications)),
            documents=self.object.documents.all(),
            liens=self.object.liens.du_public(),
            groupes=[
                (groupe.label, [s for s in signataires if s.groupe == groupe])
                for groupe in SignataireContrat.Groupe
            ],
            lignes=lignes.select_related("fiche__axe").order_by("fiche__titre"),
            **kwargs,
        )


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
