"""What is said when something is refused: in French, as JSON."""

from rest_framework import exceptions
from rest_framework.views import exception_handler

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
