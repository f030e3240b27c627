"""In the list of fiches of a région: who follows which."""

from django.contrib import admin

from programme.instruction.models import Attribution
from territoires.agents.models import Agent


class SuiviePar(admin.SimpleListFilter):
    title = "suivie par"
    parameter_name = "suivie"
    lus_dans_les_lignes = True

    def lookups(self, request, model_admin):
        """Only the agents of a région divide its fiches among themselves."""
        if not (codes := request.user.codes_regions):
            return []
        collegues = Agent.objects.des_regions(codes).exclude(pk=request.user.pk)
        autres = [(str(agent.pk), str(agent)) for agent in collegues]
        return [("moi", "moi"), ("personne", "personne"), *autres]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        siennes = Attribution.objects.for_user(request.user).order_by()
        if self.value() == "personne":
            return queryset.exclude(pk__in=siennes.values("fiche"))
        qui = request.user.pk if self.value() == "moi" else self.value()
        return queryset.filter(pk__in=siennes.filter(agent=qui).values("fiche"))
