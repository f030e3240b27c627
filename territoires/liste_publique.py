"""The base of every public list: filters, sorts, pages, without JavaScript."""

from django.core.paginator import Paginator
from django_filters.views import FilterView


class PaginateurIndulgent(Paginator):
    """A page that does not exist is answered by the nearest one: old links keep working."""

    def validate_number(self, number):
        try:
            number = int(number)
        except (TypeError, ValueError):
            return 1
        return min(max(number, 1), self.num_pages)


class ListePublique(FilterView):
    """`tris` maps the value of `?tri=` to (label, field to order by); the first is the default."""

    paginate_by = 20
    paginator_class = PaginateurIndulgent
    # A malformed filter is told beside its field and left out; the list still answers.
    strict = False
    tris = {}
    # Beyond a row of fields and its button, what is seldom asked waits folded.
    criteres_visibles = 4

    @property
    def tri(self):
        demande = self.request.GET.get("tri")
        return demande if demande in self.tris else next(iter(self.tris), None)

    def paginate_queryset(self, queryset, page_size):
        if self.tri:
            queryset = queryset.order_by(self.tris[self.tri][1], "pk")
        paginateur = self.get_paginator(queryset, page_size)
        page = paginateur.page(self.request.GET.get(self.page_kwarg, 1))
        return paginateur, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        parametres = self.request.GET.copy()
        parametres.pop("page", None)
        contexte["parametres"] = parametres.urlencode()
        parametres.pop("tri", None)
        sans_tri = parametres.urlencode()
        contexte["liens_tri"] = [
            {
                "cle": cle,
                "libelle": libelle,
                "actif": cle == self.tri,
                "adresse": f"?{sans_tri}&tri={cle}" if sans_tri else f"?tri={cle}",
            }
            for cle, (libelle, _) in self.tris.items()
        ]
        criteres = list(contexte["filter"].form)
        autres = criteres[self.criteres_visibles :]
        contexte["criteres"] = criteres[: self.criteres_visibles]
        contexte["autres_criteres"] = autres
        contexte["autres_poses"] = any(critere.value() or critere.errors for critere in autres)
        contexte["nom_pluriel"] = self.object_list.model._meta.verbose_name_plural
        contexte["nom_singulier"] = self.object_list.model._meta.verbose_name
        return contexte


OUI_NON = [("oui", "Oui"), ("non", "Non")]
