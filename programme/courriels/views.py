"""How each agent is told, and what mail servers report of it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import RequestDataTooBig
from django.dispatch import receiver
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from programme.courriels import rebonds
from programme.courriels.models import PreferenceCourriel


@receiver(user_logged_in)
def dire_que_l_adresse_refuse(sender, request, user, **autres):
    """Told when one comes in: an e-mail would not arrive."""
    if request is not None and user.courriels.dont_l_adresse_refuse().exists():
        texte = "Votre adresse e-mail refuse nos courriels : demandez à la délégation "
        texte += "de la corriger. La page « Mes courriels » dit ce qu’il en est."
        messages.warning(request, texte, fail_silently=True)


class MesCourriels(LoginRequiredMixin, UpdateView):
    """How this agent wants to be told."""

    fields = ["action", "information", "rappels"]
    template_name = "programme/courriels/mes_courriels.html"

    def get_object(self, queryset=None):
        agent = self.request.user
        return PreferenceCourriel.objects.filter(agent=agent).first() or PreferenceCourriel(
            agent=agent
        )

    def get_context_data(self, **kwargs):
        refus = self.request.user.courriels.dont_l_adresse_refuse()
        return super().get_context_data(adresse_refuse=refus.exists(), **kwargs)

    def form_valid(self, form):
        # Sent twice, or from two windows: the last choice stands.
        PreferenceCourriel.objects.update_or_create(
            agent=self.request.user, defaults=form.cleaned_data
        )
        messages.success(self.request, "Votre choix est enregistré.")
        return redirect("mes-courriels")


@csrf_exempt
@require_POST
def recevoir_un_rebond(request):
    """A report (RFC 3464) as the body, with `Authorization: Bearer <REBONDS_JETON>`."""
    jeton = settings.REBONDS_JETON
    recu = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not jeton or not constant_time_compare(jeton, recu):
        return _dire("Non autorisé.", 401 if jeton else 404)
    try:
        # What is no report is taken and left: a pipe would send it again for ever.
        return _dire(f"Courriels notés : {rebonds.noter(request.body)}.")
    except RequestDataTooBig:
        return _dire("Trop long pour un rapport.", 413)


def _dire(texte, status=200):
    return HttpResponse(f"{texte}\n", status=status, content_type="text/plain; charset=utf-8")
