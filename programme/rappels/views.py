"""The calendar of an agent, at an address that only it knows, opened and closed on its account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from programme.rappels.calendrier import calendrier_de
from programme.rappels.models import AbonnementAgenda
from territoires.journal.ecriture import Acte, noter


@require_safe
@never_cache
def agenda(request, jeton):
    """No session: a calendar reads it by its address. 404 for one that nobody has any more."""
    agent = AbonnementAgenda.objects.agent_de(jeton)
    if agent is None:
        raise Http404
    entetes = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(
        calendrier_de(agent), content_type="text/calendar; charset=utf-8", headers=entetes
    )


@never_cache
@require_POST
@login_required
def ouvrir(request):
    """Draw a new address, shown this once."""
    if not request.user.a_un_perimetre:
        raise PermissionDenied("Votre compte n’a pas de périmètre.")
    jeton = AbonnementAgenda.objects.ouvrir(request.user)
    noter(Acte.AGENDA, request=request, detail="adresse ouverte")
    adresse = f"{settings.ADRESSE_DU_SITE}{reverse('agenda', args=[jeton])}"
    return render(request, "programme/rappels/adresse.html", {"adresse": adresse})


@require_POST
@login_required
def fermer(request):
    fermes, _ = AbonnementAgenda.objects.for_user(request.user).delete()
    if fermes:
        noter(Acte.AGENDA, request=request, detail="adresse fermée")
        messages.success(request, "L’adresse de votre agenda ne répond plus.")
    return redirect("mon-compte")
