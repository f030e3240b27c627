"""« Mon compte »: password, second factor and sessions of who is signed in."""

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from territoires.acces import proconnect
from territoires.acces.appareils import appareil
from territoires.acces.facteurs import exige
from territoires.acces.liens import agent_de, demander
from territoires.journal.ecriture import Acte, noter


@never_cache
@login_required
def mon_compte(request):
    agent = request.user
    sessions = sorted(
        UserSession.objects.purge_and_list(agent), key=lambda s: s.last_seen_at, reverse=True
    )
    contexte = {
        "agent": agent,
        "second_facteur": is_mfa_enabled(agent),
        "exige": exige(agent),
        "minutes": settings.SESSION_COOKIE_AGE // 60,
        "sessions": [
            (session, appareil(session.user_agent), session.session_key == _cle(request))
            for session in sessions
        ],
    }
    return render(request, "territoires/acces/mon_compte.html", contexte)


@require_POST
@login_required
def fermer_session(request, pk):
    """Revoke one of one's own sessions; the browser that had it is signed out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key != _cle(request):
        session.end()
        noter(Acte.SESSION, request=request, detail=appareil(session.user_agent))
        messages.success(request, "La session est fermée.")
    return redirect("mon-compte")


@require_POST
@login_required
def fermer_les_autres(request):
    autres = [
        session
        for session in UserSession.objects.filter(user=request.user)
        if session.session_key != _cle(request)
    ]
    for session in autres:
        session.end()
    if autres:
        noter(Acte.SESSION, request=request, detail=f"toutes les autres : {len(autres)}")
    messages.success(request, "Les autres sessions sont fermées.")
    return redirect("mon-compte")


def _cle(request):
    return request.session.session_key


@require_POST
def vers_proconnect(request):
    """Leave for the provider; where one was going is kept for the way back."""
    if not settings.OIDC_SERVEUR:
        raise Http404
    suite = get_next_redirect_url(request) or ""
    try:
        return redirect(proconnect.depart(request, suite))
    except requests.RequestException:
        return _refuser(request, "le fournisseur ne répond pas")


def de_proconnect(request):
    """Back from the provider: in with one's account, or a request that the délégation reads."""
    if not settings.OIDC_SERVEUR:
        raise Http404
    try:
        identite, suite = proconnect.identifier(request)
    except proconnect.Refus as refus:
        return _refuser(request, str(refus))
    agent = agent_de(identite)
    if agent is None:
        demande = demander(identite)
        noter(Acte.ECHEC, request=request, objet="compte inconnu", detail="ProConnect")
        contexte = {"demande": demande, "identite": identite}
        return render(request, "territoires/acces/demande.html", contexte, status=403)
    record_authentication(request, agent, method="proconnect")
    return perform_login(request, agent, redirect_url=suite or None)


def _refuser(request, raison):
    noter(Acte.ECHEC, request=request, detail=f"ProConnect : {raison}")
    messages.error(request, "ProConnect n’a pas pu dire qui vous êtes. Réessayez.")
    return redirect("account_login")
