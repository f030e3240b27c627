"""The base of every public list: filters, sorts, pages, without JavaScript."""

import datetime

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator
from django.utils.formats import date_format
from django_filters.views import FilterView

from echanges.textes import LONGUEUR_DE_RECHERCHE
from territoires.champs import ANNEES, ANNEES_DU_PROGRAMME, AnneeVraisemblable
from territoires.nombres import MontantEcrit


def choix(champ):
    """(value, words) of each choice of a field, without making objects where words are a column."""
    lignes = getattr(champ, "queryset", None)
    if lignes is None:
        return champ.choices
    vide = [("", champ.empty_label)] if champ.empty_label is not None else []
    cle, mots = champ.to_field_name or "pk", MOTS.get(lignes.model._meta.label_lower)
    if mots:
        return vide + list(lignes.values_list(cle, mots))
    return vide + [(champ.prepare_value(o), champ.label_from_instance(o)) for o in lignes]


# The column of what each of these is called in a list of choices, as `str` says it; the rooms above
# add theirs.
MOTS = {
    "territoires.territoire": "nom",
    "territoires.region": "nom",
}


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

    titre = ""
    jeu = ""  # the workbook of these rows: a table of the open data, or a list of some of its rows
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
        contexte["poses"] = self._poses(contexte["filter"].form)
        contexte["pages"] = contexte["page_obj"].paginator.get_elided_page_range(
            contexte["page_obj"].number, on_each_side=1, on_ends=1
        )
        contexte["titre_complet"] = self._titre(contexte["page_obj"], contexte["poses"])
        contexte["canonique"] = self._canonique(contexte["page_obj"])
        criteres = list(contexte["filter"].form)
        autres = criteres[self.criteres_visibles :]
        contexte["criteres"] = criteres[: self.criteres_visibles]
        contexte["autres_criteres"] = autres
        contexte["autres_poses"] = any(critere.value() or critere.errors for critere in autres)
        contexte["nom_pluriel"] = self.object_list.model._meta.verbose_name_plural
        contexte["nom_singulier"] = self.object_list.model._meta.verbose_name
        return contexte

    def _poses(self, form):
        """What the list is narrowed by: each in words, with the address without it."""
        poses = []
        if not form.is_bound:
            return poses
        for champ in form:
            valeur = getattr(form, "cleaned_data", {}).get(champ.name)
            if valeur in (None, "", [], ()) or champ.errors:
                continue
            parametres = self.request.GET.copy()
            parametres.pop("page", None)
            parametres.pop(champ.name, None)
            poses.append(
                {
                    "libelle": champ.label,
                    "valeur": _en_mots(champ.field, valeur),
                    "adresse": f"?{parametres.urlencode()}" if parametres else self.request.path,
                }
            )
        return poses

    def _titre(self, page, poses):
        """The list, what narrows it and its page: what tells one tab or bookmark from another."""
        morceaux = [self.titre, *(f"{pose['libelle']}\u202f: {pose['valeur']}" for pose in poses)]
        if self.filterset.form.is_bound and self.filterset.form.errors:
            morceaux.append("critère à corriger")
        if page.paginator.num_pages > 1:
            morceaux.append(f"page {page.number} sur {page.paginator.num_pages}")
        return " – ".join(morceaux)

    def _canonique(self, page):
        """Filters and sorts show the same rows otherwise; a page has rows of its own."""
        suite = f"?page={page.number}" if page.number > 1 else ""
        return self.request.build_absolute_uri(self.request.path) + suite


def _en_mots(champ, valeur):
    """What was chosen, as the list of choices says it; an object says its own name."""
    if isinstance(valeur, datetime.date):
        return date_format(valeur, "j F Y")
    if hasattr(champ, "queryset"):
        return str(valeur)
    return str(dict(getattr(champ, "choices", ())).get(valeur, valeur))


class RechercheFilter(django_filters.CharFilter):
    """A free text: beyond any sensible search, it is refused beside its field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": LONGUEUR_DE_RECHERCHE} | kwargs)


class JourFilter(django_filters.DateFilter):
    """A day of the programme's time; a year written short is told beside the field."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(*args, validators=[AnneeVraisemblable(*ANNEES_DU_PROGRAMME)], **kwargs)


# A field of figures alone hides what was mistyped: this one shows it beside what is wrong.
EN_CHIFFRES = forms.TextInput(attrs={"inputmode": "decimal"})


class AnneeFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        debut, fin = ANNEES
        super().__init__(*args, min_value=debut, max_value=fin, widget=EN_CHIFFRES, **kwargs)

    def get_max_validator(self):
        return MaxValueValidator(ANNEES[1])


class MontantFilter(django_filters.NumberFilter):
    """Euros, from nought to more than the programme will ever cost."""

    field_class = MontantEcrit

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=0, **kwargs)

    def get_max_validator(self):
        return MaxValueValidator(10**12)


OUI_NON = [("oui", "Oui"), ("non", "Non")]
