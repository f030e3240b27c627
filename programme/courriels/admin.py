"""What the application wrote to agents, and what became of it: read by the délégation."""

from django.contrib import admin, messages

from echanges.listes.actes import confirmer
from programme.courriels.models import Courriel
from programme.courriels.renvoi import empechement, renvoyer
from territoires.administration import PerimetreAdmin


class ParSituation(admin.SimpleListFilter):
    title = "situation"
    parameter_name = "situation"
    CAS = {
        "attente": ("en attente", lambda lignes: lignes.en_chemin()),
        "envoye": ("envoyés", lambda lignes: lignes.filter(refuse_le=None).exclude(envoye_le=None)),
        "retenu": ("retenus", lambda lignes: lignes.retenus()),
        "echec": ("en échec", lambda lignes: lignes.abandonnes()),
        "refuse": ("refusés", lambda lignes: lignes.refuses()),
    }

    def lookups(self, request, model_admin):
        return [(cle, libelle) for cle, (libelle, _) in self.CAS.items()]

    def queryset(self, request, queryset):
        return self.CAS[self.value()][1](queryset) if self.value() in self.CAS else queryset


@admin.register(Courriel)
class CourrielAdmin(PerimetreAdmin):
    list_display = ["objet", "agent", "ecrit_le", "situation_en_clair"]
    list_filter = [ParSituation, "genre"]
    list_select_related = ["agent"]
    search_fields = ["objet", "agent__last_name", "agent__first_name", "agent__username"]
    ordering = ["-pk"]
    tri = "les derniers écrits d’abord"
    actions = ["renvoyer"]
    fields = ["objet", "agent", "adresse_de_l_agent", "genre", "situation_en_clair", "ecrit_le"]
    fields += [
        "envoye_le",
        "retenu_le",
        "refuse_le",
        "refuse_a",
        "tentatives",
        "derniere_erreur",
        "corps",
    ]
    readonly_fields = fields

    @admin.display(description="situation")
    def situation_en_clair(self, courriel):
        return courriel.situation

    @admin.display(description="adresse")
    def adresse_de_l_agent(self, courriel):
        return courriel.agent.email or "aucune"

    def ses_etapes(self, objet, lisible):
        """Nobody writes it after it was written."""
        return []

    def has_renvoyer_permission(self, request):
        return request.user.has_perm("programme.renvoyer_courriel")

    @admin.action(description="Renvoyer les courriels choisis", permissions=["renvoyer"])
    def renvoyer(self, request, queryset):
        if "confirme" not in request.POST:
            raisons = {courriel: empechement(courriel) for courriel in queryset}
            return confirmer(
                self,
                request,
                "renvoyer",
                title="Renvoyer des courriels",
                consequence="Ils repartent au prochain passage, s’ils ont encore un objet.",
                lignes=[(c, f"{c.agent} : {c.objet}") for c, non in raisons.items() if not non],
                ecartees=[(c, f"ne repart pas, {non}") for c, non in raisons.items() if non],
                bouton="Renvoyer",
            )
        remis, restent = renvoyer(queryset.values("pk"), agent=request.user)
        for courriel in remis:
            self.log_change(request, courriel, "Remis parmi ceux qui attendent.")
        if remis:
            self.message_user(
                request, f"Repartent au prochain passage : {len(remis)}.", messages.SUCCESS
            )
        for courriel, raison in restent:
            self.message_user(request, f"{courriel} : ne repart pas, {raison}.", messages.WARNING)
        return None
