"""Requests of those whom we do not know; what allauth registers in the admin is of no use."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from echanges.exports.listes import AvecClasseur
from echanges.listes.liste import AvecListeLisible
from territoires.acces.models import DemandeAcces
from territoires.saisie.suppression import DitCeQuiDisparait

RESERVES = {"account", "mfa", "usersessions"}

for modele in list(admin.site._registry):
    if modele._meta.app_label in RESERVES:
        admin.site.unregister(modele)


@admin.register(DemandeAcces)
class DemandeAccesAdmin(AvecClasseur, DitCeQuiDisparait, AvecListeLisible, admin.ModelAdmin):
    """Read by the délégation, who answers by making the account: its form comes filled."""

    list_display = ["__str__", "courriel", "siret", "perimetre", "demandee_le", "repondre"]
    hors_du_classeur = ["repondre"]
    search_fields = ["prenom", "nom", "courriel", "siret"]
    tri = "les plus récentes d’abord"
    fields = ["prenom", "nom", "courriel", "siret", "perimetre", "demandee_le", "repondre"]
    readonly_fields = fields
    show_full_result_count = False

    @admin.display(description="périmètre proposé")
    def perimetre(self, demande):
        return demande.propose_nom or "aucun : ce SIRET n’est d’aucune intercommunalité"

    @admin.display(description="réponse")
    def repondre(self, demande):
        champs = {
            "username": demande.courriel,
            "email": demande.courriel,
            "first_name": demande.prenom,
            "last_name": demande.nom,
        }
        if demande.propose:
            champs |= {"niveau": "intercommunalite", "intercommunalites": demande.propose}
        adresse = f"{reverse('admin:territoires_agent_add')}?{urlencode(champs)}"
        return format_html('<a href="{}">Ouvrir un compte</a>', adresse)

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user).avec_proposition()

    def changelist_view(self, request, extra_context=None):
        titre = {"title": "Demandes d’accès"}
        return super().changelist_view(request, titre | (extra_context or {}))

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("territoires.view_demandeacces", obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("territoires.delete_demandeacces", obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
