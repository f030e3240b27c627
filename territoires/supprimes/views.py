"""« Objets supprimés »: the délégation finds what was deleted, reads it again, brings it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from territoires.historique import lisible_par, valeurs
from territoires.journal.ecriture import Acte, noter
from territoires.supprimes.lecture import (
    derniers_disparus,
    disparus,
    emportees,
    genres,
    nom,
    perdues,
)
from territoires.supprimes.retour import RetourImpossible, ramener

PAR_PAGE = 50
AU_PLUS = 1000  # beyond, one chooses a kind


def liste(site, request):
    """The latest deleted objects, of all kinds or of one."""
    _permis(request)
    connus = genres(site)
    choisi = request.GET.get("genre", "")
    if choisi and choisi not in connus:
        raise Http404
    modeles = [connus[choisi].model] if choisi else [page.model for page in connus.values()]
    page = Paginator(derniers_disparus(modeles, AU_PLUS), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    contexte = site.each_context(request) | {
        "title": "Objets supprimés",
        "page_obj": page,
        "lignes": [(ligne, nom(ligne), *_genre(ligne)) for ligne in page],
        "genres": [(cle, p.opts.verbose_name_plural) for cle, p in connus.items()],
        "choisi": choisi,
    }
    return TemplateResponse(request, "territoires/supprimes/liste.html", contexte)


def objet(site, request, genre, pk):
    """One of them: what stood in it, what comes back with it, and the button that does it."""
    _permis(request)
    page = genres(site).get(genre)
    ligne = page and disparus(page.model).filter(pk=pk).first()
    if ligne is None:
        raise Http404("Cet objet n’est pas, ou n’est plus, parmi les objets supprimés.")
    erreurs = []
    if request.method == "POST":
        try:
            revenu, remarques = ramener(ligne)
        except RetourImpossible as refus:
            erreurs = refus.messages
        else:
            return _est_revenu(page, request, revenu, remarques)
    contexte = site.each_context(request) | {
        "title": f"Objet supprimé : {nom(ligne)}",
        "opts": page.opts,
        "ligne": ligne,
        "valeurs": [
            (libelle, avant)
            for libelle, avant, _ in valeurs(page.model, None, ligne, lisible_par(request.user))
        ],
        "emportees": [(x.instance_type._meta.verbose_name, nom(x)) for x in emportees(ligne)],
        "perdues": perdues(page.model),
        "erreurs": erreurs,
    }
    return TemplateResponse(
        request, "territoires/supprimes/objet.html", contexte, status=409 if erreurs else 200
    )


def _est_revenu(page, request, revenu, remarques):
    page.apres_retour(revenu)
    noter(Acte.RETOUR, request=request, objet=f"{revenu} ({page.opts.verbose_name})")
    page.log_addition(request, revenu, "Ramené après sa suppression.")
    page.message_user(request, f"« {revenu} » est revenu.", messages.SUCCESS)
    for remarque in remarques:
        page.message_user(request, remarque, messages.WARNING)
    return redirect(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", revenu.pk)


def _permis(request):
    if not request.user.has_perm("territoires.ramener"):
        raise PermissionDenied("La délégation seule retrouve ce qui a été supprimé.")


def _genre(ligne):
    meta = ligne.instance_type._meta
    return meta.label_lower, meta.verbose_name
