"""All that waits of one kind, page by page."""

from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse

from config.a_faire import attentes

PAR_PAGE = 50


def liste(site, request, cle):
    """404 for a kind that is not this person's."""
    attente = next((un for un in attentes(request.user) if un.cle == cle), None)
    if attente is None:
        raise Http404
    page = Paginator(attente.lignes(request.user), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = site.each_context(request) | {
        "title": attente.titre,
        "page_obj": page,
        "nombre": page.paginator.count,
        "lignes": attente.dire(list(page), request.user),
    }
    return TemplateResponse(request, "admin/a_faire/liste.html", contexte)
