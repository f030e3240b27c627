"""« Mon compte »: password, second factor and sessions of who is signed in."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from territoires.acces.appareils import appareil
from territoires.acces.facteurs import exige
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
