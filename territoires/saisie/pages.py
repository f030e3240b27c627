"""The pages that say that nothing was saved, give the text back, and lead on."""

import errno
import sys

from allauth.account import app_settings as comptes
from allauth.account.forms import LoginForm
from allauth.utils import get_form_class
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.signing import BadSignature
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views import defaults
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from territoires.journal.ecriture import Acte, noter
from territoires.saisie.droits import peut_envoyer
from territoires.saisie.rendue import Saisie

TROP = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DECONNECTE = (
    "Vous n’êtes plus connecté",
    "Votre session a pris fin avant cet envoi : rien n’a été enregistré.",
)
AUTRE_COMPTE = (
    "Votre compte n’ouvre pas cette page",
    "Rien n’a été enregistré. Connectez-vous avec le compte qui écrivait.",
)
JETON = (
    "Cette page avait été ouverte avant votre dernière connexion",
    "Son envoi a été refusé par sécurité : rien n’a été enregistré.",
)
AUTRE_AGENT = (
    "Un autre agent s’est connecté",
    "Cette page avait été ouverte par un autre agent : rien n’a été enregistré.",
)
TROP_LOURD = (
    "Cet envoi est trop lourd",
    "Il dépasse ce que le service accepte en une fois : rien n’a été enregistré. Raccourcissez le "
    "texte, ou envoyez-le en plusieurs fois.",
)
DISQUE_PLEIN = (
    "Le disque du service est plein",
    "Rien n’a été enregistré. Gardez votre texte et réessayez plus tard : l’équipe du programme "
    "doit faire de la place.",
)
BASE_ABSENTE = (
    "Le service ne répond pas pour le moment",
    "Sa base de données est injoignable : rien n’a été enregistré. Réessayez dans quelques "
    "minutes.",
)
ERREUR = (
    "Le service a rencontré une erreur",
    "Rien n’a été enregistré. Réessayez dans quelques minutes.",
)
AUTRE_SITE = (
    "Cette demande ne vient pas de ce site",
    "Elle a été refusée par sécurité : rien n’a été enregistré.",
)
REFUSEE = (
    "Accès refusé",
    "Cette page n’est pas, ou n’est plus, de votre périmètre : rien n’a été enregistré.",
)
DISPARUE = (
    "Page introuvable",
    "Ce que vous modifiiez n’existe plus, ou n’est plus de votre périmètre : rien n’a été "
    "enregistré.",
)
A_VERIFIER = (
    "Il reste à donner votre second facteur",
    "Votre mot de passe est le bon ; rien n’est encore enregistré.",
)
RENDUE = ("Votre saisie est gardée", "Elle n’est pas encore enregistrée : relisez-la.")
# What the page lets one do with the text.
LIRE, ENVOYER, CONNEXION, CONFIRMER = "lire", "envoyer", "connexion", "confirmer"
FACTEUR = "facteur"


def rendre(request, saisie, constat, status, geste=LIRE, **contexte):
    """The answer: it needs no database, and no cache keeps it."""
    titre, phrase = constat
    jeton = get_token(request) if geste != LIRE else ""
    page = render_to_string(
        "territoires/saisie/rendue.html",
        {
            "titre": titre,
            "phrase": phrase,
            "saisie": saisie,
            "textes": list(saisie.textes()),
            "caches": saisie.caches() if geste != LIRE else [],
            "geste": geste,
            "jeton": jeton,
            "reprise": reverse("reprendre-la-saisie"),
            **contexte,
        },
    )
    reponse = HttpResponse(page, status=status)
    patch_cache_control(reponse, private=True, no_store=True)
    if status == 503:
        reponse["Retry-After"] = "120"
    return reponse


def vient_d_ici(request):
    """The browser says that a page of this site sent this, or the token already proved it."""
    if getattr(request, "csrf_processing_done", False):
        return True
    ici = f"{request.scheme}://{request.get_host()}"
    if origine := request.headers.get("Origin"):
        return origine == ici
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get(
        "Referer", ""
    ).startswith(f"{ici}/")


def portes():
    """The addresses of sign-in, then those of sign-out: what is sent there is no text to keep."""
    return (
        reverse("admin:login"),
        resolve_url(settings.LOGIN_URL),
        reverse("admin:logout"),
        reverse("account_logout"),
    )


def connexion(request, donnees=None):
    """The form of the sign-in page, with its limits and its second factor."""
    return get_form_class(comptes.FORMS, "login", LoginForm)(donnees, request=request)


def session_perdue(request):
    """Instead of the redirect to the sign-in page, which would forget what was sent."""
    constat = AUTRE_COMPTE if request.user.is_authenticated else DECONNECTE
    return rendre(
        request,
        Saisie.envoyee(request),
        constat,
        403,
        CONNEXION,
        formulaire=connexion(request),
    )


def jeton_refuse(request, reason=""):
    """CSRF_FAILURE_VIEW: signed in again in another tab, or as somebody else, or not from here."""
    if not vient_d_ici(request):
        return rendre(request, Saisie(request.get_full_path()), AUTRE_SITE, 403)
    if request.path == reverse("reprendre-la-saisie"):
        try:
            saisie = Saisie.gardee(request.POST)
        except BadSignature:
            saisie = Saisie("/")
    else:
        saisie = Saisie.envoyee(request)
    if request.path in portes():
        return rendre(request, Saisie(request.path), JETON, 403)
    if not admin.site.has_permission(request):
        return rendre(request, saisie, DECONNECTE, 403, CONNEXION, formulaire=connexion(request))
    return _a_l_agent(request, saisie, JETON, 403)


def autre_agent(request):
    """Somebody else has signed in since this form was opened."""
    return _a_l_agent(request, Saisie.envoyee(request), AUTRE_AGENT, 409)


@sensitive_post_parameters()
@require_POST
@csrf_protect
def reprendre(request):
    """Sign in with the text in hand, then read it again before it is sent; nothing is written."""
    try:
        saisie = Saisie.gardee(request.POST)
    except BadSignature:
        return rendre(request, Saisie("/"), AUTRE_SITE, 400)
    if not admin.site.has_permission(request):
        formulaire = connexion(request, request.POST if "login" in request.POST else None)
        if not formulaire.is_valid():
            return rendre(request, saisie, DECONNECTE, 403, CONNEXION, formulaire=formulaire)
        formulaire.login(request)
        if not request.user.is_authenticated:
            # The code is given in another tab: this one keeps the text until it comes back.
            return rendre(request, saisie, A_VERIFIER, 403, FACTEUR)
        if not admin.site.has_permission(request):
            return rendre(request, saisie, REFUSEE, 403)
    confirme = "confirme" in request.POST
    if confirme and saisie.auteur and saisie.auteur != str(request.user.pk):
        noter(Acte.REPRISE, request=request, objet=saisie.chemin, detail=f"agent {saisie.auteur}")
    return _a_l_agent(request, saisie, RENDUE, 200, confirme=confirme)


def _a_l_agent(request, saisie, constat, status, confirme=False):
    """Send again in one's own name; for another only once it is said, and with the right."""
    agent = request.user
    contexte = {"agent": agent, "autre": saisie.auteur != str(agent.pk)}
    geste = ENVOYER
    if contexte["autre"] and not confirme:
        geste = CONFIRMER if peut_envoyer(request, saisie) else LIRE
    elif contexte["autre"] and not peut_envoyer(request, saisie):
        geste = LIRE
    return rendre(request, saisie, constat, status, geste, **contexte)


# --- Errors of the server: handlers of the root urls ---------------------------------------------


def demande_abimee(request, exception):
    """handler400: what was too large is given back as far as it was read."""
    if isinstance(exception, TROP):
        return _apres_une_panne(request, TROP_LOURD, 413, exception)
    if isinstance(exception, SuspiciousOperation) or request.method != "POST":
        return defaults.bad_request(request, exception)
    return _apres_une_panne(request, ERREUR, 400, exception)


def acces_refuse(request, exception):
    """handler403: a right lost while one was writing."""
    if request.method != "POST":
        return defaults.permission_denied(request, exception)
    titre, phrase = REFUSEE
    # A refusal that says why is told so, before what it means.
    constat = (titre, f"{exception} Rien n’a été enregistré." if str(exception) else phrase)
    return rendre(request, Saisie.envoyee(request), constat, 403)


def introuvable(request, exception):
    """handler404: a row deleted while one was writing."""
    if request.method != "POST" or not vient_d_ici(request):
        return defaults.page_not_found(request, exception)
    return rendre(request, Saisie.envoyee(request), DISPARUE, 404)


def panne(request):
    """handler500: called while the error is being handled, so that one can say which."""
    erreur = sys.exc_info()[1]
    if _disque_plein(erreur):
        return _apres_une_panne(request, DISQUE_PLEIN, 507, erreur)
    if isinstance(erreur, OperationalError | InterfaceError):
        return _apres_une_panne(request, BASE_ABSENTE, 503, erreur)
    if request.method != "POST":
        return defaults.server_error(request)
    return _apres_une_panne(request, ERREUR, 500, erreur)


def _disque_plein(erreur):
    if isinstance(erreur, OSError) and erreur.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return isinstance(erreur, OperationalError) and "disk is full" in str(erreur)


def _apres_une_panne(request, constat, status, erreur):
    """The text, and the way to send it again when it is whole and was sent from here."""
    if request.method != "POST":
        return rendre(request, Saisie(request.get_full_path()), constat, status)
    saisie = Saisie.envoyee(request, erreur)
    geste = ENVOYER if vient_d_ici(request) and saisie.champs else LIRE
    return rendre(request, saisie, constat, status, geste)
