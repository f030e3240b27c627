"""« Travail de fond »: who works, what waits, what failed, when each schedule last ran."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from config.taches import etat
from config.taches.models import Echeance, Ouvrier
from echanges.travaux import relancer

FERMEE = "La délégation seule voit le travail de fond."
PLUS_EN_ECHEC = "Cette tâche n’est plus en échec : rien n’a été relancé."


def page(site, request):
    """What is there; on a POST, start a failed task again, or bring a schedule forward."""
    if not request.user.has_perm("taches.voir"):
        raise PermissionDenied(FERMEE)
    if request.method == "POST":
        return _agir(request)
    contexte = site.each_context(request) | {
        "title": "Travail de fond",
        "ouvriers": Ouvrier.objects.presents(),
        "passages": etat.passages(),
        "files": etat.files(),
        "echecs": etat.echecs(),
        "montres": etat.MONTRES,
    }
    return TemplateResponse(request, "config/taches/etat.html", contexte)


def _agir(request):
    if not request.user.has_perm("taches.relancer"):
        raise PermissionDenied(FERMEE)
    if "avancer" in request.POST:
        nom = request.POST["avancer"].replace("\x00", "")
        if Echeance.objects.filter(nom=nom).update(prochaine_le=timezone.now()):
            messages.success(request, "Cette échéance passera dans les secondes qui viennent.")
        return redirect("admin:taches")
    cle = _cle(request.POST.get("relancer", ""))
    if cle is not None and relancer(cle):
        messages.success(request, "La tâche est relancée.")
    else:
        messages.warning(request, PLUS_EN_ECHEC)
    return redirect("admin:taches")


def _cle(texte):
    try:
        return UUID(texte)
    except ValueError:
        return None
