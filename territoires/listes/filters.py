"""Filters of the lists of the admin, that offer what stands in the rows of the person."""

from collections import Counter

from django.contrib import admin
from django.db.models import DateTimeField

from territoires.permissions import choix


class FiltreDuPerimetre(admin.RelatedFieldListFilter):
    """Related rows that the person may choose and that its own rows have."""

    lus_dans_les_lignes = True
    ordre = ()  # that of the model
    avec = ()  # relations that the names, or what dates them, are made of

    def has_output(self):
        return True

    def field_choices(self, field, request, model_admin):
        lignes = choix(field.remote_field.model, request.user)
        siennes = model_admin.get_queryset(request).order_by()
        lignes = lignes.filter(pk__in=siennes.values(self.field_path)).select_related(*self.avec)
        return _nommees(list(lignes.order_by(*self.ordre) if self.ordre else lignes))


def _nommees(lignes):
    """[(key, name)]; rows of one name are told apart by what dates them."""
    noms = [str(ligne) for ligne in lignes]
    combien = Counter(noms)
    return [
        (ligne.pk, f"{nom} ({getattr(ligne, 'quand', ligne.pk)})" if combien[nom] > 1 else nom)
        for ligne, nom in zip(lignes, noms, strict=True)
    ]


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
