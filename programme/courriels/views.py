"""What became of the actions: measures, obstacles and answers, and how each agent is told."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.views.generic import UpdateView

from programme.courriels.models import PreferenceCourriel


class MesCourriels(LoginRequiredMixin, UpdateView):
    """How this agent wants to be told."""

    fields = ["action", "information", "rappels"]
    template_name = "programme/courriels/mes_courriels.html"

    def get_object(self, queryset=None):
        agent = self.request.user
        return PreferenceCourriel.objects.filter(agent=agent).first() or PreferenceCourriel(
            agent=agent
        )

    def form_valid(self, form):
        # Sent twice, or from two windows: the last choice stands.
        PreferenceCourriel.objects.update_or_create(
            agent=self.request.user, defaults=form.cleaned_data
        )
        messages.success(self.request, "Votre choix est enregistré.")
        return redirect("mes-courriels")
