"""Filters of the lists by what stands on the map."""

from django.db.models import F

from territoires.listes.filters import FiltreDuPerimetre


class ParTerritoire(FiltreDuPerimetre):
    """Those of the edition in force first; two of one name are told apart by their edition."""

    avec = ("perimetre_courant__edition",)
    ordre = (F("perimetre_courant__edition__date").desc(nulls_last=True), "recherche")
