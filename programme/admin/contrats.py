"""Protocoles and contrats of the territoires."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from programme import models
from programme.resources import contrats as resources
from territoires.administration import FiltreDuPerimetre, LignesTabulaires, PerimetreAdmin
from territoires.historique import HistoriqueLisible


class Signataires(LignesTabulaires):
    model = models.SignataireContrat


class Fiches(LignesTabulaires):
    model = models.FicheContrat
    autocomplete_fields = ["fiche"]


@admin.register(models.Contrat)
class ContratAdmin(HistoriqueLisible, EchangesAdmin, PerimetreAdmin):
    resource_class = resources.ContratResource
    ressources_liees = (resources.SignataireContratResource, resources.FicheContratResource)
    list_display = ["reference", "territoire", "type", "etat", "signe_le"]
    list_filter = ["type", "etat", ("territoire", FiltreDuPerimetre)]
    list_select_related = ["territoire"]
    search_fields = ["recherche", "territoire__recherche"]
    champs_cles = ("reference",)
    autocomplete_fields = ["territoire"]
    fieldsets = [
        (None, {"fields": ["reference", "territoire", "type", "etat"]}),
        ("Signature et période", {"fields": [("signe_le", "lieu"), ("debut", "fin")]}),
        ("Contenu", {"fields": ["nombre_fiches_annonce", "source"]}),
    ]
    inlines = [Signataires, Fiches]
