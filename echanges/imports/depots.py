"""What every screen of an import shares: the file that waits, its resource, its page."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from echanges.erreurs import Remarque
from echanges.imports import journal
from echanges.imports.correspondances import tout_est_clair
from echanges.imports.memoire import retrouver
from echanges.lecture.tableau import Choix
from echanges.models import Import

COMME_LA_DERNIERE_FOIS = (
    "les colonnes sont lues comme vous l’aviez choisi pour un fichier aux mêmes en-têtes ; "
    "« Revoir les colonnes » permet d’en changer."
)


def depot_de(modele_admin, request, pk, verrou=False):
    """A preview belongs to its author, and to the list where it was sent."""
    attente = Import.objects.en_attente(request.user).filter(resource__in=modele_admin.resources())
    return get_object_or_404(attente.select_for_update() if verrou else attente, pk=pk)


def en_travail(request, pk):
    """Whether the worker has it in hand: nothing else is done of it meanwhile."""
    return Import.objects.en_attente(request.user).filter(pk=pk).exclude(travail="").exists()


def resource_de(modele_admin, request, depot):
    return modele_admin.resources()[depot.resource](agent=request.user)


def reconnaitre(resource, depot, progression=iter):
    """The report of this file; None when a person must first say what its columns are."""
    choix = Choix(**depot.choix)
    tableau = resource.ouvrir(depot.fichier, choix)
    retrouve = retrouver(depot.auteur, resource, tableau, choix)
    if retrouve is not choix:
        depot.choix = depot.choix | {"colonnes": retrouve.colonnes, "ligne": retrouve.ligne}
        tableau = resource.ouvrir(depot.fichier, retrouve)
    depot.feuilles = tableau.feuilles
    if not tout_est_clair(resource, tableau, retrouve):
        return None
    rapport = resource.analyser(depot.fichier, progression, Choix(**depot.choix))
    if retrouve is not choix:
        rapport.remarques.insert(0, Remarque(None, COMME_LA_DERNIERE_FOIS))
    if not depot.marque and (deja := Import.objects.deja_confirme(depot)):
        date = timezone.localtime(deja.decide_le)
        deja_vu = f"ce même fichier a déjà été importé le {date:%d/%m/%Y} (import nᵒ {deja.pk})."
        rapport.remarques.insert(0, Remarque(None, deja_vu))
    return rapport


def analyser(modele_admin, request, depot):
    resource = resource_de(modele_admin, request, depot)
    return resource.analyser(depot.fichier, choix=Choix(**depot.choix))


@transaction.atomic
def retenir(depot, rapport, echec=""):
    """The preview that everybody reads from now on, whatever the web process."""
    depot.noter(rapport, echec)
    depot.save()
    journal.ecrire_apercu(depot, rapport)


def rendre(modele_admin, request, gabarit, contexte):
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": modele_admin.adresse("changelist"),
        "adresse_colonnes": modele_admin.adresse("colonnes"),
        "adresse_correspondances": modele_admin.adresse("correspondances"),
        "adresse_importer": modele_admin.adresse("importer"),
        "adresse_apercu": modele_admin.adresse("apercu"),
        "adresse_refus": modele_admin.adresse("refusees"),
        "adresse_suivi": modele_admin.adresse("import_suivi"),
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)


def listes_par_resource(site):
    """{name of a resource: the ModelAdmin whose list brings it in}"""
    return {
        nom: liste
        for liste in site._registry.values()
        for nom in getattr(liste, "resources", dict)()
    }
