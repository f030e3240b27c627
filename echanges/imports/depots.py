"""What every screen of an import shares: the file that waits, its resource, its page."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from echanges.imports import journal
from echanges.lecture.tableau import Choix
from echanges.models import Import


def depot_de(modele_admin, request, pk, verrou=False):
    """A preview belongs to its author, and to the list where it was sent."""
    attente = Import.objects.en_attente(request.user).filter(resource__in=modele_admin.resources())
    return get_object_or_404(attente.select_for_update() if verrou else attente, pk=pk)


def resource_de(modele_admin, request, depot):
    return modele_admin.resources()[depot.resource](agent=request.user)


def analyser(modele_admin, request, depot):
    resource = resource_de(modele_admin, request, depot)
    return resource.analyser(depot.fichier, choix=Choix(**depot.choix))


@transaction.atomic
def retenir(depot, rapport):
    """The preview that everybody reads from now on, whatever the web process."""
    depot.noter(rapport)
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
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)
