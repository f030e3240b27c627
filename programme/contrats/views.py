"""Public pages of the partenaires, of their conventions, and of the contrats."""

from django.utils import timezone
from django.views.generic import DetailView

from programme.contrats.contractualisation import contractualisation
from programme.contrats.filters import ContratFilter
from programme.contrats.models import Contrat, SignataireContrat
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
        return Contrat.objects.du_public().select_related("territoire")

    def get_context_data(self, **kwargs):
        signataires = list(self.object.signataires.all())
        lignes = self.object.lignes_fiches.du_public()
        du_territoire = Contrat.objects.du_public().filter(territoire=self.object.territoire_id)
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
