"""The page of an import: what it did, object by object, and taking it back as a whole."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from echanges.erreurs import FichierRefuse
from echanges.imports.annulation import Annulation
from echanges.imports.views import compter, pages_du_journal
from echanges.models import Feuillet, Import
from echanges.registre import resources


def montrer(modele_admin, request, depot):
    """The figures, the lines, and the button when the import can be taken back."""
    contexte = pages_du_journal(depot, request.GET)
    liees = {Feuillet.Genre.MODIFIEES, Feuillet.Genre.CREEES}
    if depot.etat == Import.Etat.ANNULE:
        liees.discard(Feuillet.Genre.CREEES)  # they are no more
    if contexte["vue"] in liees:
        for entree in contexte["page"]:
            entree.adresse = _adresse(modele_admin, depot, entree.pk)
    classe = resources().get(depot.resource)
    contexte |= {
        "title": f"Import « {depot.nom_du_fichier} »",
        "objets": classe.titre() if classe else depot.resource,
        "annulable": depot.etat == Import.Etat.CONFIRME
        and _peut_annuler(request, depot)
        and depot.feuillets.exclude(genre="remarques").exists(),
    }
    return _page(modele_admin, request, "admin/echanges/imports/import.html", depot, contexte)


def annuler(modele_admin, request, pk):
    """What stands in the way; on confirmation, all is given back or nothing."""
    if not modele_admin.has_view_permission(request):
        raise PermissionDenied
    depot = get_object_or_404(modele_admin.get_queryset(request), pk=pk)
    if depot.etat != Import.Etat.CONFIRME:
        raise Http404
    if not _peut_annuler(request, depot):
        raise PermissionDenied("L’annulation d’un import revient à la délégation.")
    with transaction.atomic():
        # Locked until the end: two people undo once, and nothing changes under the comparison.
        get_object_or_404(Import.objects.select_for_update().filter(etat=depot.etat), pk=pk)
        annulation = Annulation(depot, resources()[depot.resource](agent=request.user))
        obstacles = annulation.obstacles()
        if request.method == "POST" and not obstacles:
            return _annuler(request, modele_admin, annulation)
        for obstacle in obstacles:
            obstacle.adresse = _adresse(modele_admin, depot, obstacle.pk)
    contexte = {
        "title": f"Annuler l’import « {depot.nom_du_fichier} »",
        "obstacles": obstacles,
        "nombre": annulation.nombre_d_obstacles,
        "supprimees": len(annulation.supprimes),
        "rendues": len(annulation.carnet),
    }
    return _page(modele_admin, request, "admin/echanges/imports/annuler.html", depot, contexte)


def _annuler(request, modele_admin, annulation):
    adresse = f"{modele_admin.admin_site.name}:echanges_import_change"
    try:
        annulation.ecrire(request.user)
    except FichierRefuse as erreur:
        messages.error(request, str(erreur))
    else:
        messages.success(
            request,
            "Import annulé : "
            + compter(len(annulation.supprimes), "objet supprimé", "objets supprimés")
            + ", "
            + compter(len(annulation.carnet), "objet rétabli", "objets rétablis")
            + ".",
        )
    return redirect(adresse, annulation.depot.pk)


def _peut_annuler(request, depot):
    classe = resources().get(depot.resource)
    return classe is not None and classe(agent=request.user).peut("importer")


def _adresse(modele_admin, depot, pk):
    """The admin page of an object of this import, None for what is a line on another's page."""
    classe = resources().get(depot.resource)
    if pk is None or classe is None:
        return None
    meta = classe._meta.model._meta
    nom = f"{modele_admin.admin_site.name}:{meta.app_label}_{meta.model_name}_change"
    try:
        return reverse(nom, args=[admin.utils.quote(pk)])
    except NoReverseMatch:
        return None


def _page(modele_admin, request, gabarit, depot, contexte):
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": f"{modele_admin.admin_site.name}:echanges_import_changelist",
        "depot": depot,
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)
