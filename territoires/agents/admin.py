"""Agents: who they are and the perimeter they work for."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.safestring import mark_safe

from territoires.administration import PerimetreAdmin
from territoires.agents.models import Agent
from territoires.formulaires import FormulaireIntact

admin.site.unregister(Group)  # rights come from the perimeter, never from a group


class PerimetreCoherent:
    """The level of an agent and its perimeter say the same thing."""

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        niveau = donnees.get("niveau")
        attendus = {"region": "regions", "intercommunalite": "intercommunalites"}
        for valeur, champ in attendus.items():
            remplis = donnees.get(champ)
            if niveau == valeur and not remplis:
                self.add_error(champ, "Choisissez-en au moins une pour ce niveau.")
            elif niveau != valeur and remplis:
                self.add_error(champ, "Ne va pas avec ce niveau : videz ce champ.")
        return donnees


class AgentForm(PerimetreCoherent, FormulaireIntact, UserAdmin.form):
    pass


# Passwords are the only way in: the stock texts speak of others, one of them in English.
class NouvelAgentForm(PerimetreCoherent, UserAdmin.add_form):
    usable_password = UserAdmin.add_form.create_usable_password_field(
        "Désactivée, l’agent ne peut pas se connecter tant qu’il n’a pas reçu de mot de passe."
    )

    class Meta(UserAdmin.add_form.Meta):
        model = Agent
        field_classes = {"username": forms.CharField}


class MotDePasseForm(UserAdmin.change_password_form):
    usable_password_help_text = mark_safe(
        "Désactivée, l’agent ne peut plus se connecter."
        '<ul id="id_unusable_warning" class="messagelist">'
        '<li class="warning">Le mot de passe qu’il a sera perdu.</li></ul>'
    )


IDENTITE = ["username", "last_name", "first_name", "email"]
TERRAIN = ["niveau", "regions", "intercommunalites"]


@admin.register(Agent)
class AgentAdmin(PerimetreAdmin, UserAdmin):
    form = AgentForm
    add_form = NouvelAgentForm
    add_form_template = None  # its introduction is the stock one, misspelt
    change_password_form = MotDePasseForm
    list_display = ["nom_complet", "username", "email", "niveau", "is_active"]
    list_display_links = list_display[:1]
    list_filter = ["niveau", "is_active"]
    search_fields = ["last_name", "first_name", "username", "email"]
    tri = "par nom"
    ordering = ["last_name", "first_name", "username"]
    filter_horizontal = []
    autocomplete_fields = ["regions", "intercommunalites"]
    fieldsets = [
        (None, {"fields": [*IDENTITE, "password", "is_active"]}),
        ("Périmètre", {"fields": TERRAIN}),
    ]
    add_fieldsets = [
        (None, {"fields": [*IDENTITE, "usable_password", "password1", "password2"]}),
        ("Périmètre", {"fields": TERRAIN}),
    ]

    @admin.display(description="nom", ordering="last_name")
    def nom_complet(self, agent):
        return str(agent)

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["last_name", "first_name", "email", *TERRAIN]})]
        blocs = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            blocs = [*blocs, ("Administration du serveur", {"fields": ["is_superuser"]})]
        return blocs

    def get_list_display(self, request):
        if self.has_change_permission(request):
            return self.list_display
        return ["nom_complet", "email", "niveau"]

    def get_list_filter(self, request):
        return self.list_filter if self.has_change_permission(request) else ["niveau"]

    def save_model(self, request, obj, form, change):
        # The admin is where agents work: whoever has a level may enter it.
        obj.is_staff = bool(obj.niveau) or obj.is_superuser
        super().save_model(request, obj, form, change)
