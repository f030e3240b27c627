"""An import that the worker has in hand: where it stands; and all those of one person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from echanges.imports import avancement
from echanges.imports.depots import depot_de, listes_par_resource, rendre
from echanges.imports.en_fond import faire_ecrire, faire_lire
from echanges.imports.views import ce_qui_est_ecrit, deja_decide
from echanges.models import Import
from echanges.registre import resources
from echanges.textes import en_cle
from echanges.travaux import attend, essais, est_servi, relancer

Etat, Travail = Import.Etat, Import.Travail
PAR_PAGE = 25
INTERROMPU = {
    Travail.LECTURE: "La lecture s’est interrompue : rien n’a été écrit. Recommencez-la.",
    Travail.ECRITURE: (
        "L’écriture s’est interrompue avant la fin : rien n’a été écrit, la base est comme avant. "
        "Recommencez-la."
    ),
}
EST_ECRIT = "L’écriture est en cours : elle ne s’abandonne plus. Une fois finie, elle s’annule."


def suivre(modele_admin, request, pk):
    """Where the worker is with this import; once it is done, what came of it."""
    attente = Import.objects.en_attente(request.user).filter(resource__in=modele_admin.resources())
    depot = attente.defer("contenu").filter(pk=pk).first()
    if request.method == "POST" and depot is not None:
        return _agir(modele_admin, request, depot)
    if depot is None or (not depot.travail and (depot.marque or not depot.echec)):
        if "X-Suivi" in request.headers:  # the script asks whether it is over: the page tells
            return HttpResponse(status=204)
        return _fini(modele_admin, request, pk, depot)
    contexte = etape(depot) | {
        "title": f"Import de « {depot.nom_du_fichier} »",
        "depot": depot,
        "titre_des_objets": modele_admin.resources()[depot.resource].titre(),
    }
    return rendre(modele_admin, request, "admin/echanges/imports/suivi.html", contexte)


def _fini(modele_admin, request, pk, depot):
    if depot is not None:
        return redirect(modele_admin.adresse("apercu"), pk)
    depots = Import.objects.de(request.user).filter(resource__in=modele_admin.resources(), pk=pk)
    depot = depots.filter(etat=Etat.CONFIRME).defer("contenu").first()
    if depot is not None:
        messages.success(request, ce_qui_est_ecrit(depot))
        return redirect(f"{modele_admin.admin_site.name}:echanges_import_change", pk)
    if ailleurs := deja_decide(modele_admin, request, pk):
        return ailleurs
    raise Http404


def etape(depot):
    """What a page says of the work in hand: its step, in words, and its figures."""
    attente = attend(depot.tache)
    lu = avancement.lu(depot.pk)
    return {
        "attente": attente,
        "servi": est_servi(),
        "interrompu": depot.travail and attente is None and INTERROMPU[depot.travail],
        "reprise": attente is not None and essais(depot.tache) > 1,
        "ecrit": bool(lu["a_ecrire"]),
        "fait": lu["ecrites"] if lu["a_ecrire"] else lu["lues"],
        "total": lu["a_ecrire"] or lu["a_lire"],
    }


def _agir(modele_admin, request, depot):
    if "relancer" in request.POST:
        if depot.travail and attend(depot.tache) is None:
            _reprendre(depot)
            messages.info(request, "Le travail reprend du début.")
        return redirect(modele_admin.adresse("import_suivi"), depot.pk)
    if depot.travail == Travail.ECRITURE and attend(depot.tache) is False:
        messages.warning(request, EST_ECRIT)
        return redirect(modele_admin.adresse("import_suivi"), depot.pk)
    with transaction.atomic():
        depot_de(modele_admin, request, depot.pk, verrou=True).clore(Etat.ABANDONNE)
    messages.info(request, "Import abandonné : rien n’a été écrit.")
    return redirect(modele_admin.adresse("importer"))


def _reprendre(depot):
    """The task that failed, or another when nothing is left of it: a base that was restored."""
    if relancer(depot.tache):
        return
    if depot.travail == Travail.ECRITURE:
        faire_ecrire(depot, depot.marque)
    else:
        faire_lire(depot, tout=True)


# --- One's own -----------------------------------------------------------------------------------


def miens(modele_admin, request):
    """Every import of this person, with where it stands and what is left to do."""
    if not modele_admin.has_view_permission(request):
        raise PermissionDenied("L’import revient à la délégation.")
    listes = listes_par_resource(modele_admin.admin_site)
    if request.method == "POST":
        return _oublier(request, en_cle(request.POST.get("oublier", "")))
    depots = Import.objects.de(request.user).defer("contenu").order_by("-cree_le", "-pk")
    page = Paginator(depots, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = modele_admin.admin_site.each_context(request) | {
        "title": "Mes imports",
        "opts": modele_admin.opts,
        "page_obj": page,
        "lignes": [_ligne(depot, listes) for depot in page],
        "entrees": [
            (capfirst(liste.opts.verbose_name_plural), reverse(liste.adresse("importer")))
            for liste in dict.fromkeys(listes.values())
            if liste.peut(request, "importer")
        ],
    }
    return TemplateResponse(request, "admin/echanges/imports/miens.html", contexte)


def _ligne(depot, listes):
    classe = resources().get(depot.resource)
    return {
        "depot": depot,
        "objets": classe.titre() if classe else depot.resource,
        "situation": situation(depot),
        "adresse": _adresse(depot, listes),
        "oubliable": depot.est_en_attente and not _est_ecrit(depot),
    }


def situation(depot):
    """Where this import stands, in words."""
    if not depot.est_en_attente:
        return depot.get_etat_display()
    if depot.travail:
        attente = attend(depot.tache)
        if attente is None:
            return "interrompu : à recommencer"
        return "en attente d’un ouvrier" if attente else depot.get_travail_display()
    if depot.echec:
        return f"rien n’a été écrit : {depot.echec}"
    return "aperçu à relire et à confirmer" if depot.marque else "colonnes à reconnaître"


def _est_ecrit(depot):
    return depot.travail == Travail.ECRITURE and attend(depot.tache) is False


def _adresse(depot, listes):
    """Where it goes on; what it did, once it went through; nothing when it was given up."""
    if depot.est_en_attente and depot.resource in listes:
        page = "import_suivi" if depot.travail else "apercu"
        return reverse(listes[depot.resource].adresse(page), args=[depot.pk])
    if depot.decide_le and depot.etat != Etat.ABANDONNE:
        return reverse("admin:echanges_import_change", args=[depot.pk])
    return ""


def _oublier(request, cle):
    depot = get_object_or_404(Import.objects.en_attente(request.user).defer("contenu"), pk=cle)
    if _est_ecrit(depot):
        messages.warning(request, EST_ECRIT)
        return redirect("admin:echanges_import_miens")
    with transaction.atomic():
        attente = Import.objects.en_attente(request.user).select_for_update()
        get_object_or_404(attente, pk=cle).clore(Etat.ABANDONNE)
    messages.info(request, "Import oublié : rien n’a été écrit, son fichier n’est plus gardé.")
    return redirect("admin:echanges_import_miens")
