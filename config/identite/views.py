"""A provider of identity for the demonstration alone: who tries it says who one is.

It answers as ProConnect does (code flow with PKCE, signed userinfo), so that the way in, the
request of a newcomer and what the délégation confirms can be tried without an account elsewhere.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.identite import jetons
from programme.demo.agents import AGENTS
from territoires.acces.proconnect import defi
from territoires.agents.models import Agent

DEMANDES = ("state", "nonce", "code_challenge")
NOUVELLE = "nouvelle-personne"
# Invented; the SIRET is that of the seat of the CC de Lacq-Orthez.
PERSONNES = {
    NOUVELLE: {
        "given_name": "Camille",
        "usual_name": "Essai",
        "email": "camille.essai@exemple.invalid",
        "siret": "20003920400019",
    }
}


def personnes():
    """{key: claims}: the agents of the demonstration, and somebody who has no account."""
    connues = Agent.objects.filter(username__in=AGENTS, is_active=True).order_by("pk")
    dites = {
        agent.username: {
            "given_name": agent.first_name,
            "usual_name": agent.last_name,
            "email": agent.email,
        }
        for agent in connues
    }
    return dites | PERSONNES


@require_GET
def configuration(request):
    lieux = {
        f"{nom}_endpoint": settings.ADRESSE_DU_SITE + reverse(f"identite-{nom}")
        for nom in ("authorization", "token", "userinfo")
    }
    cles = settings.ADRESSE_DU_SITE + reverse("identite-cles")
    return JsonResponse(lieux | {"issuer": settings.OIDC_SERVEUR, "jwks_uri": cles})


@require_GET
def cles(request):
    return JsonResponse(jetons.cles_publiques())


@require_http_methods(["GET", "POST"])
def choisir(request):
    """The page where one says who one is; then back to the site with a code."""
    retour = settings.ADRESSE_DU_SITE + reverse("proconnect-retour")
    demande = {nom: request.GET.get(nom, "") for nom in DEMANDES}
    if request.GET.get("redirect_uri") != retour or not all(demande.values()):
        return HttpResponseBadRequest("Demande incomplète.", content_type="text/plain")
    qui = request.POST.get("qui")
    dites = personnes()
    if qui not in dites:
        contexte = {"personnes": dites.items(), "nouvelle": NOUVELLE}
        return render(request, "config/identite/choisir.html", contexte)
    code = jetons.donner(jetons.CODE, demande | {"qui": qui})
    return redirect(f"{retour}?{urlencode({'code': code, 'state': demande['state']})}")


@csrf_exempt
@require_POST
def echanger(request):
    """A code against what it proves; only from who asked for it."""
    try:
        demande = jetons.lire(jetons.CODE, request.POST.get("code", ""))
    except signing.BadSignature:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    juste = (
        request.POST.get("client_id") == settings.OIDC_CLIENT
        and constant_time_compare(request.POST.get("client_secret", ""), settings.OIDC_SECRET)
        and defi(request.POST.get("code_verifier", "")) == demande["code_challenge"]
    )
    if not juste:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    return JsonResponse(
        {
            "access_token": jetons.donner(jetons.ACCES, demande["qui"]),
            "id_token": jetons.signer(sub=demande["qui"], nonce=demande["nonce"]),
            "token_type": "Bearer",
        }
    )


@require_GET
def dire(request):
    """Who this token is of, signed."""
    jeton = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        qui = jetons.lire(jetons.ACCES, jeton)
        dit = personnes()[qui]
    except (signing.BadSignature, KeyError):
        return JsonResponse({"error": "invalid_token"}, status=401)
    signee = jetons.signer(sub=qui, email_verified=True, **dit)
    return HttpResponse(signee, content_type="application/jwt")
