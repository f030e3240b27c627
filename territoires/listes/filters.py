"""Filters of the lists of the admin, that offer what stands in the rows of the person."""

from collections import Counter

from django.contrib import admin
from django.db.models import DateTimeField

from territoires.permissions import choix


class FiltreDuPerimetre(admin.RelatedFieldListFilter):
    """Related rows that the person may choose and that its own rows have."""

    lus_dans_les_lignes = True
    ordre = ()  # that of the model

    def has_output(self):
        return True

    def field_choices(self, field, request, model_admin):
        lignes = choix(field.remote_field.model, request.user)
        siennes = model_admin.get_queryset(request).order_by()
        # What it is made of is part of its name.
        lignes = lignes.filter(pk__in=siennes.values(self.field_path)).select_related()
        return _nommees(list(lignes.order_by(*self.ordre) if self.ordre else lignes))


def _nommees(lignes):
    """[(key, name)]; rows of one name are told apart by what dates them."""
    noms = [str(ligne) for ligne in lignes]
    combien = Counter(noms)
    communs = [ligne.pk for ligne in lignes if combien[str(ligne)] > 1]
    dates = _dates(lignes[0].__class__, communs) if communs else {}
    return [
        (ligne.pk, f"{nom} ({dates.get(ligne.pk) or ligne.pk})" if combien[nom] > 1 else nom)
        for ligne, nom in zip(lignes, noms, strict=True)
    ]


def _dates(modele, cles):
    """{key: what tells when this row was} where the model says it."""
    lignes = modele._default_manager.filter(pk__in=cles)
    return lignes.quand() if hasattr(lignes, "quand") else {}


class FiltreFait(admin.EmptyFieldListFilter):
    """Done or not yet, by the date that tells when: « vide » says it to nobody."""

    TITRES = {"publiee_le": "publication", "confirmee_le": "confirmation"}

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = self.TITRES[field_path]

    def choices(self, changelist):
        for lien, mots in zip(
            super().choices(changelist), ("tout", "pas encore", "faite"), strict=True
        ):
            yield lien | {"display": mots}


class FiltreAnnee(admin.FieldListFilter):
    """By the year of a date, the latest first."""

    lus_dans_les_lignes = True

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.parametre = f"{field_path}__year"
        valeurs = params.get(self.parametre)
        super().__init__(field, request, params, model, model_admin, field_path)
        self.valeur = valeurs[-1] if valeurs else None
        lignes = model_admin.get_queryset(request).order_by()
        genre = "datetimes" if isinstance(field, DateTimeField) else "dates"
        self.annees = [d.year for d in getattr(lignes, genre)(field_path, "year", order="DESC")]
        nom = field.verbose_name
        self.title = "année" if nom == "date" else f"année ({nom})"

    def expected_parameters(self):
        return [self.parametre]

    def choices(self, changelist):
        yield {
            "selected": self.valeur is None,
            "query_string": changelist.get_query_string(remove=[self.parametre]),
            "display": "tout",
        }
        for annee in self.annees:
            yield {
                "selected": self.valeur == str(annee),
                "query_string": changelist.get_query_string({self.parametre: annee}),
                "display": str(annee),
            }
