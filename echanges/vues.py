"""The screens behind « Exporter » and « Importer »: upload, preview, confirmation."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from echanges.dialectes import DIALECTES
from echanges.erreurs import FichierRefuse
from echanges.formulaires import DepotForm
from echanges.lecture import TAILLE_MAXIMALE
from echanges.models import Import

PAR_PAGE = 50
CHANGEES = (
    "Les données ont changé depuis cet aperçu : rien n’a été écrit. Relisez l’aperçu refait "
    "ci-dessous, puis confirmez."
)


@dataclass
class Onglet:
    nom: str
    libelle: str
    nombre: int


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


def deposer(modele_admin, request):
    """First step: the file is read and waits; the preview follows."""
    formulaire = DepotForm(
        request.POST or None, request.FILES or None, ressources=modele_admin.ressources()
    )
    if request.method == "POST" and formulaire.is_valid():
        fichier = formulaire.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAXIMALE:
            formulaire.add_error("fichier", "Ce fichier est trop lourd.")
        else:
            depot = Import(
                auteur=request.user,
                ressource=formulaire.cleaned_data["ressource"],
                nom_du_fichier=fichier.name[:200],
                contenu=fichier.read(),
            )
            try:
                depot.noter(_analyser(modele_admin, request, depot))
            except FichierRefuse as erreur:
                formulaire.add_error("fichier", str(erreur))
            else:
                Import.objects.oublier_les_anciens()
                depot.save()
                return redirect(modele_admin.adresse("apercu"), depot.pk)
    contexte = {
        "title": "Importer",
        "formulaire": formulaire,
        "ressources": [
            (classe.titre(), classe.entetes()) for classe in modele_admin.ressources().values()
        ],
    }
    return _page(modele_admin, request, "admin/echanges/importer.html", contexte)


def apercu(modele_admin, request, pk):
    """Second step: what the file would do; confirm or give up."""
    if request.method == "POST":
        return _decider(modele_admin, request, pk)
    depot = _depot(modele_admin, request, pk)
    try:
        rapport = _analyser(modele_admin, request, depot)
    except FichierRefuse as erreur:
        messages.error(request, str(erreur))
        return redirect(modele_admin.adresse("importer"))
    return _montrer(modele_admin, request, depot, rapport)


def refusees(modele_admin, request, pk):
    """The refused rows, with the reason of each, to correct and send again."""
    depot = _depot(modele_admin, request, pk)
    rapport = _analyser(modele_admin, request, depot)
    return HttpResponse(
        rapport.lignes_refusees(),
        content_type="text/csv; charset=utf-8",
        headers=_telechargement(f"{depot.ressource}-lignes-refusees.csv"),
    )


def _decider(modele_admin, request, pk):
    with transaction.atomic():
        depot = _depot(modele_admin, request, pk, verrou=True)
        if "abandonner" in request.POST:
            depot.clore(Import.Etat.ABANDONNE)
            messages.info(request, "Import abandonné : rien n’a été écrit.")
            return redirect(modele_admin.adresse("changelist"))
        try:
            ressource = _ressource(modele_admin, request, depot)
            rapport = ressource.analyser(bytes(depot.contenu))
            if rapport.empreinte() != request.POST.get("empreinte"):
                messages.warning(request, CHANGEES)
                return redirect(modele_admin.adresse("apercu"), depot.pk)
            ressource.appliquer(rapport, depot.raison)
        except FichierRefuse as erreur:
            messages.error(request, str(erreur))
            return redirect(modele_admin.adresse("apercu"), depot.pk)
        depot.noter(rapport)
        depot.clore(Import.Etat.CONFIRME)
    messages.success(
        request,
        f"Import enregistré : {depot.creees} créations, {depot.modifiees} modifications, "
        f"{depot.inchangees} lignes inchangées.",
    )
    return redirect(modele_admin.adresse("changelist"))


def _montrer(modele_admin, request, depot, rapport):
    comptes = rapport.comptes()
    onglets = [
        Onglet("refusees", "Refusées", comptes["refusees"]),
        Onglet("modifiees", "Modifiées", comptes["modifiees"]),
        Onglet("creees", "Créées", comptes["creees"]),
        Onglet("remarques", "Remarques", len(rapport.remarques)),
    ]
    listes = {
        "refusees": rapport.erreurs(),
        "modifiees": rapport.modifications,
        "creees": rapport.creations,
        "remarques": rapport.remarques,
    }
    premier = next((o.nom for o in onglets if o.nombre), "creees")
    vue = request.GET.get("vue")
    vue = vue if vue in listes else premier
    contexte = {
        "title": f"Aperçu de l’import « {depot.nom_du_fichier} »",
        "depot": depot,
        "rapport": rapport,
        "comptes": comptes,
        "onglets": onglets,
        "vue": vue,
        "page": Paginator(listes[vue], PAR_PAGE).get_page(request.GET.get("page")),
    }
    return _page(modele_admin, request, "admin/echanges/apercu.html", contexte)


def _depot(modele_admin, request, pk, verrou=False):
    """A preview belongs to its author, and to the list where it was sent."""
    attente = Import.objects.en_attente(request.user).filter(
        ressource__in=modele_admin.ressources()
    )
    return get_object_or_404(attente.select_for_update() if verrou else attente, pk=pk)


def _ressource(modele_admin, request, depot):
    return modele_admin.ressources()[depot.ressource](agent=request.user)


def _analyser(modele_admin, request, depot):
    return _ressource(modele_admin, request, depot).analyser(bytes(depot.contenu))


def _telechargement(nom):
    return {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}


def _page(modele_admin, request, gabarit, contexte):
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": modele_admin.adresse("changelist"),
        "adresse_refus": modele_admin.adresse("refusees"),
        "adresse_export": modele_admin.adresse("fichier"),
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)


def refuser_sans_droit(modele_admin, request, verbe):
    if not modele_admin.peut(request, verbe):
        raise PermissionDenied("Cette page n’est pas ouverte à votre compte.")
