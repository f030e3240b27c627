"""What is said when something is refused: in French, as JSON."""

from django.http import JsonResponse
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.views import exception_handler

from territoires.saisie import pages

MOTS = {
    exceptions.NotAuthenticated: "cle_attendue",
    exceptions.AuthenticationFailed: "cle_refusee",
    exceptions.MethodNotAllowed: "lecture_seule",
    exceptions.Throttled: "trop_de_demandes",
    exceptions.ValidationError: "demande_mal_ecrite",
}


def en_erreur(erreur, contexte):
    """{"code", "message", "champs"} of what is refused; None for what is a failure of ours."""
    reponse = exception_handler(erreur, contexte)
    if reponse is None:
        return None
    classe = type(erreur)
    code = MOTS.get(classe, "introuvable" if reponse.status_code == 404 else "refus")
    champs = reponse.data if isinstance(erreur, exceptions.ValidationError) else {}
    reponse.data = {"code": code, "message": _message(erreur, reponse), "champs": champs}
    return reponse


def _message(erreur, reponse):
    if isinstance(erreur, exceptions.Throttled):
        reponse["Retry-After"] = str(max(1, round(erreur.wait or 60)))
        return f"Trop de demandes : réessayez dans {reponse['Retry-After']} secondes."
    if isinstance(erreur, exceptions.ValidationError):
        return "La demande n’est pas comprise : voyez « champs »."
    if isinstance(erreur, exceptions.MethodNotAllowed):
        return "Cette interface ne fait que lire."
    if reponse.status_code == 404:
        return str(erreur) or "Cela n’existe pas, ou n’est pas public."
    return str(reponse.data.get("detail", erreur))


def panne(request):
    """handler500 of the whole site: a program that asks for JSON is told so in JSON."""
    page = pages.panne(request)
    if not request.path.startswith(reverse("api-v1")):
        return page
    code, message = ("panne", "Le service a rencontré une erreur.")
    if page.status_code == 503:
        code, message = "base_injoignable", "La base de données est injoignable."
    message += " Réessayez dans quelques minutes."
    dit = {"code": code, "message": message, "champs": {}}
    reponse = JsonResponse(dit, status=page.status_code)
    if attente := page.get("Retry-After"):
        reponse["Retry-After"] = attente
    return reponse
