"""The journal on screen: searched, filtered, taken away as a file; nobody changes it."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from echanges.listes.liste import AvecListeLisible
from territoires.journal.models import LigneDuJournal
from territoires.journal.resources import JournalResource


@admin.register(LigneDuJournal)
class JournalAdmin(EchangesAdmin, AvecListeLisible, admin.ModelAdmin):
    resource_class = JournalResource
    list_display = ["le", "acte", "par", "objet", "detail", "rangees", "adresse"]
    list_filter = ["acte"]
    tri = "les plus récentes d’abord"
    search_fields = ["nom", "objet", "detail", "adresse"]
    date_hierarchy = "le"
    fields = ["le", "acte", "nom", "objet", "detail", "rangees", "adresse"]
    show_full_result_count = False
    list_per_page = 50
    actions = None

    @admin.display(description="par", ordering="nom")
    def par(self, ligne):
        return ligne.nom or "compte inconnu"

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": "Lignes du journal"} | (extra_context or {})
        )

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("territoires.view_lignedujournal", obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
