"""The base of every public list: filters, sorts, pages, without JavaScript."""

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator
from django_filters.views import FilterView

from echanges.textes import LONGUEUR_DE_RECHERCHE
from territoires.champs import ANNEES, ANNEES_DU_PROGRAMME, AnneeVraisemblable
from territoires.nombres import MontantEcrit


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


class RechercheFilter(django_filters.CharFilter):
    """A free text: beyond any sensible search, it is refused beside its field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": LONGUEUR_DE_RECHERCHE} | kwargs)


class JourFilter(django_filters.DateFilter):
    """A day of the programme's time; a year written short is told beside the field."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(*args, validators=[AnneeVraisemblable(*ANNEES_DU_PROGRAMME)], **kwargs)


class AnneeFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        debut, fin = ANNEES
        super().__init__(*args, min_value=debut, max_value=fin, **kwargs)

    def get_max_validator(self):
        return MaxValueValidator(ANNEES[1])


class MontantFilter(django_filters.NumberFilter):
    """Euros, from nought to more than the programme will ever cost."""

    field_class = MontantEcrit

    def get_max_validator(self):
        return MaxValueValidator(10**12)


OUI_NON = [("oui", "Oui"), ("non", "Non")]
