"""Addresses of the open data that are no table: catalogue, archives, norms of others."""

from django.http import FileResponse, Http404, HttpResponse
from django.views import View

from config.api.filtres import filtres_de
from config.donnees import archives, scdl
from config.donnees.catalogue import Catalogue
from config.donnees.graphe import en_json_ld, en_turtle
from config.jeux_de_donnees import JEUX
from echanges.dialectes import MACHINE
from echanges.exports import lecture
from echanges.exports.lecture import Sujet, suites
from echanges.exports.views import CLASSEURS_A_LIRE, telecharger
from echanges.registre import resources
from programme.mobilisation.filters import MobilisationFilter
from programme.mobilisation.financements import financements_mobilises
from territoires.portraits.regions import colonnes_comptees

CATALOGUES = {
    "jsonld": (en_json_ld, "application/ld+json; charset=utf-8"),
    "ttl": (en_turtle, "text/turtle; charset=utf-8"),
}
# Public lists of some rows of a table: (the table, what they are filtered by, their rows).
LISTES = {
    "financements-mobilises": ("financements", MobilisationFilter, financements_mobilises),
}
# What the page of a table counts besides its columns.
COMPTES = {"regions": colonnes_comptees}
A_TOUS = {"Access-Control-Allow-Origin": "*"}


class LireCatalogue(View):
    """The catalogue of all the data sets, for a portal."""

    def get(self, request, genre):
        ecrire, type_mime = CATALOGUES[genre]
        noeuds = Catalogue(request.build_absolute_uri("/")).noeuds()
        return HttpResponse(ecrire(noeuds), content_type=type_mime, headers=A_TOUS)


class FichierScdl(View):
    def get(self, request, nom):
        if nom not in scdl.FICHIERS:
            raise Http404("Ce fichier n’existe pas.")
        reponse = telecharger(request, scdl.ecrire(scdl.FICHIERS[nom]), MACHINE, nom)
        reponse["Access-Control-Allow-Origin"] = "*"
        return reponse


class ClasseurALire(View):
    """A public list as it is filtered, to be read: its rows and those that hang on them."""

    def get(self, request, nom, dialecte):
        if (nom not in JEUX and nom not in LISTES) or dialecte not in CLASSEURS_A_LIRE:
            raise Http404("Ce fichier n’existe pas.")
        jeu, filtres, lignes = LISTES[nom] if nom in LISTES else (nom, filtres_de(nom), None)
        dialecte, resource = CLASSEURS_A_LIRE[dialecte], resources()[jeu]()
        publiques = resource.modele._default_manager.du_public()
        choisies = filtres(request.GET, lignes() if lignes else publiques, request=request).qs
        cles = choisies.order_by().values("pk")
        sujets = [Sujet(resource, publiques.filter(pk__in=cles), JEUX[jeu].colonnes)]
        sujets[0].colonnes += COMPTES[nom]() if nom in COMPTES else []
        for classe in suites(resource, JEUX):
            siennes = classe._meta.model._default_manager.du_public()
            siennes = siennes.filter(**{f"{classe._meta.parent}__in": cles})
            sujets.append(Sujet(classe(), siennes, JEUX[classe._meta.nom].colonnes))
        return telecharger(request, lecture.ecrire(sujets, dialecte), dialecte, f"{nom}-a-lire")


class TelechargerArchive(View):
    """The archive of a month: the last one that was made of it."""

    def get(self, request, mois):
        archive = next((une for une in archives.gardees() if une.mois == mois), None)
        if archive is None:
            raise Http404("Il n’y a pas d’archive de ce mois.")
        return FileResponse(
            archives.ouvrir(archive),
            as_attachment=True,
            filename=f"territoires-d-industrie-{archive.le}.zip",
            content_type="application/zip",
            headers=A_TOUS,
        )
