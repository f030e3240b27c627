"""The screens behind « Exporter »: which file, in which dialect, and the file by pieces."""

from django.http import Http404, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from echanges.dialectes import DIALECTES


def choisir_export(modele_admin, request):
    """Which file, in which dialect; the filters of the list stay in the address."""
    liste = modele_admin.get_changelist_instance(request)
    contexte = {
        "title": "Exporter",
        "nombre": liste.get_queryset(request).count(),
        "ressources": [(nom, c.titre()) for nom, c in modele_admin.ressources().items()],
        "dialectes": DIALECTES.values(),
        "filtres": request.GET.urlencode(),
    }
    return _page(modele_admin, request, "admin/echanges/exporter.html", contexte)


def exporter(modele_admin, request, nom, dialecte):
    """The rows of the filtered list, and only those this agent may see, by pieces."""
    if nom not in modele_admin.ressources() or dialecte not in DIALECTES:
        raise Http404
    rangees = modele_admin.get_changelist_instance(request).get_queryset(request)
    ressource = modele_admin.ressources()[nom](agent=request.user)
    if parent := ressource._meta.parent:
        rangees = ressource.modele._default_manager.filter(
            **{f"{parent}__in": rangees.order_by().values("pk")}
        )
    return StreamingHttpResponse(
        ressource.exporter(rangees, DIALECTES[dialecte]),
        content_type="text/csv; charset=utf-8",
        headers=_telechargement(f"{nom}-{timezone.localdate():%Y-%m-%d}.csv"),
    )


def _telechargement(nom):
    return {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}


def _page(modele_admin, request, gabarit, contexte):
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": modele_admin.adresse("changelist"),
        "adresse_export": modele_admin.adresse("fichier"),
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)
