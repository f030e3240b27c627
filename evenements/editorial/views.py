"""Public pages of what the délégation writes, and its feed."""

import datetime

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_default_timezone
from django.views.generic import ListView, TemplateView

from echanges.textes import nettoyer
from evenements.editorial.models import Actualite, PageEditoriale
from programme.partenaires.models import Axe, DateCle
from territoires.liste_publique import PaginateurIndulgent

DU_FLUX = 30


class PageEditee(TemplateView):
    """The page of one text; what was published and taken back says so (410)."""

    modele = contexte = None

    def get(self, request, identifiant):
        objet = self.modele.objects.filter(identifiant=identifiant).first()
        if objet is None or not objet.a_ete_publiee:
            raise Http404
        if not objet.est_du_public:
            return TemplateResponse(request, "evenements/editorial/retiree.html", status=410)
        return self.render_to_response(self.get_context_data(**self.contexte(objet)))


class LeProgramme(TemplateView):
    """The programme in brief: how it works, its pages, its axes by phase, its dated figures."""

    template_name = "evenements/editorial/programme_en_bref.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            dates_cles=DateCle.objects.du_public(),
            axes=Axe.objects.du_public().select_related("phase"),
            pages=PageEditoriale.objects.du_public(),
            **kwargs,
        )


def contexte_d_une_page(page):
    autres = PageEditoriale.objects.du_public().exclude(pk=page.pk)
    return {"page": page, "object": page, "autres": autres}


class PageDuProgramme(PageEditee):
    template_name = "evenements/editorial/page.html"
    modele, contexte = PageEditoriale, staticmethod(contexte_d_une_page)


class ListeActualites(ListView):
    template_name = "evenements/editorial/actualites.html"
    jeu = "actualites"  # of the open data: the workbook of this list
    paginate_by = 12
    paginator_class = PaginateurIndulgent

    def get_queryset(self):
        return Actualite.objects.du_public()

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        page = contexte["page_obj"]
        pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return contexte | {"pages": pages, "parametres": ""}


def contexte_d_une_actualite(actualite):
    """With what it speaks of, as far as that is public."""
    liees = [
        ("Territoires", actualite.territoires.du_public()),
        ("Fiches actions", actualite.fiches.du_public()),
        ("Conventions", actualite.conventions.du_public()),
        ("Assemblées", actualite.assemblees.du_public()),
    ]
    return {
        "actualite": actualite,
        "object": actualite,
        "liees": [(nom, lignes) for nom, lignes in liees if lignes],
    }


class PageActualite(PageEditee):
    template_name = "evenements/editorial/actualite.html"
    modele, contexte = Actualite, staticmethod(contexte_d_une_actualite)


class FluxDesActualites(Feed):
    feed_type = Atom1Feed
    title = "Territoires d’industrie : actualités"
    subtitle = "Ce que la délégation publie."
    link = reverse_lazy("actualites")

    def items(self):
        return Actualite.objects.du_public()[:DU_FLUX]

    def item_title(self, item):
        return nettoyer(item.titre)

    def item_description(self, item):
        return nettoyer(item.chapo)

    def item_pubdate(self, item):
        return datetime.datetime.combine(item.le, datetime.time(), get_default_timezone())

    item_updateddate = item_pubdate
