"""What is taken from the map: files, and pages that other sites show in a frame."""

from django.http import Http404, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic import TemplateView, View

from territoires.carte import comptes, exports, vignettes
from territoires.carte.composee import CarteComposee
from territoires.carte.dessin.situations import dessin_de_territoire
from territoires.carte.filtre import FiltreCarte
from territoires.carte.geopaquet import geopaquet
from territoires.carte.reponses import repondre
from territoires.carte.requetes import condense
from territoires.carte.tableau import CarteLue
from territoires.editions.dates import date_de_fichier
from territoires.editions.models import EditionCarte, Territoire

FICHIERS = {
    "territoires.geojson": "application/geo+json",
    "territoires.topojson": "application/topo+json",
    "territoires.gpkg": "application/geopackage+sqlite3",
    "communes.csv": "text/csv; charset=utf-8",
    "compositions.csv": "text/csv; charset=utf-8",
    "compositions-excel.csv": "text/csv; charset=utf-8",
    "carte.svg": "image/svg+xml",
    "carte.png": "image/png",
}
GEOGRAPHIQUES = ("geojson", "topojson", "gpkg")


class FichierDeCarte(View):
    """`/carte/2023-11/territoires.geojson`, or without code for the edition in force.

    GeoJSON, TopoJSON, GeoPackage and pictures take the filters of the map; compositions are
    always whole.
    """

    def get(self, request, fichier, code=None):
        radical, _, genre = fichier.partition(".")
        try:
            lue, filtre, carte = _lire(request, code)
            if genre != "csv" and not (carte.lignes if genre in GEOGRAPHIQUES else carte.formes):
                raise Http404("Aucun territoire ne répond à cette demande.")
        except Http404 as raison:
            return HttpResponseNotFound(f"{raison}\n", content_type="text/plain; charset=utf-8")
        cle, empreinte = f"contours-{code or 'en-vigueur'}{carte.suffixe}", carte.empreinte
        if genre == "csv":
            contenu = _en_csv(radical, lue.edition)
            cle, empreinte = f"{radical}-{code or 'en-vigueur'}", condense(contenu)
        region = f"-{carte.region}" if carte.region else ""
        return repondre(
            request,
            lambda: contenu if genre == "csv" else _produire(request, genre, lue, carte),
            cle=cle,
            empreinte=empreinte,
            type_mime=FICHIERS[fichier],
            nom=f"{radical}-{date_de_fichier(lue.edition)}{region}.{genre}",
            garder=filtre.est_vide,
        )


def vignette(request):
    """The picture of the site, for every page that has none of its own."""
    nombre = Territoire.objects.en_vigueur().count()
    return vignettes.repondre(
        surtitre="République française",
        titre="Territoires d’industrie",
        lignes=[
            "Qui les porte, ce qui s’y fait, ce qui a été promis.",
            f"{nombre} territoires" if nombre > 1 else "",
        ],
        carte=vignettes.carte_du_pays(),
    )


def _lire(request, code):
    """The edition, its filters and its map; Http404 with a sentence for what does not exist."""
    lue = CarteLue(code)
    if not lue.edition:
        raise Http404("Cette édition de la carte n’existe pas, ou n’est pas publiée.")
    if not lue.est_connue:
        raise Http404("La composition de cette édition n’est pas connue : il n’y a pas de fichier.")
    filtre = FiltreCarte(request.GET, lue)
    if filtre.errors:
        raise Http404(" ".join(erreur for erreurs in filtre.errors.values() for erreur in erreurs))
    return lue, filtre, CarteComposee(lue, filtre)


def _en_csv(radical, edition):
    if radical == "communes":
        return exports.fichier_national(edition)
    return exports.compositions(edition, "excel" if "excel" in radical else "machine")


def _produire(request, genre, lue, carte):
    racine = request.build_absolute_uri("/").rstrip("/")
    if genre in ("svg", "png"):
        svg = carte.seule(racine, request.build_absolute_uri(lue.edition.get_absolute_url()))
        return exports.en_png(svg) if genre == "png" else svg
    lignes = [ligne for ligne in carte.lignes if ligne not in carte.sorties]
    collection = exports.geojson(lue, lignes, racine)
    if genre == "topojson":
        collection = exports.topojson(collection)
    if genre == "gpkg":
        return geopaquet(collection)
    return exports.en_json(collection)


@method_decorator(xframe_options_exempt, name="dispatch")
class CarteIntegree(View):
    """The map alone, light, for the frame of another site; same parameters as the map."""

    def get(self, request, code=None):
        try:
            lue, filtre, carte = _lire(request, code)
        except Http404 as raison:
            return _introuvable(request, raison)
        contexte = {"carte": carte, "edition": lue.edition, "filtre": filtre}
        return repondre(
            request,
            lambda: render_to_string("territoires/carte/integration_carte.html", contexte, request),
            cle=f"cadre-{code or 'en-vigueur'}{carte.suffixe}",
            empreinte=carte.empreinte,
            garder=filtre.est_vide,
        )


@method_decorator(xframe_options_exempt, name="dispatch")
class TerritoireIntegre(View):
    """One territoire, light, for the frame of another site."""

    def get(self, request, identifiant):
        try:
            territoire = get_object_or_404(
                Territoire.objects.du_public().select_related("perimetre_courant__edition"),
                identifiant=identifiant,
            )
        except Http404:
            return _introuvable(request, "Aucun territoire publié n’a cette adresse.")
        edition = territoire.perimetre_courant.edition
        lue = CarteLue(edition.code)
        ligne = next(li for li in lue.lignes if li.pk == territoire.perimetre_courant.pk)
        contexte = {
            "territoire": territoire,
            "ligne": ligne,
            "edition": edition,
            "carte": dessin_de_territoire(territoire.perimetre_courant),
        }
        return repondre(
            request,
            lambda: render_to_string(
                "territoires/carte/integration_territoire.html", contexte, request
            ),
            cle=f"cadre-territoire-{territoire.pk}",
            empreinte=condense(lue.empreinte, territoire.nom),
            garder=not request.GET,
        )


def _introuvable(request, raison):
    page = render_to_string(
        "territoires/carte/integration_absente.html", {"raison": raison}, request
    )
    return HttpResponseNotFound(page)


class DonneesDeLaCarte(TemplateView):
    """What can be taken from the map, under which addresses and which licence."""

    template_name = "territoires/carte/donnees_carte.html"

    def get_context_data(self, **kwargs):
        editions = list(EditionCarte.objects.composees())
        exemple = Territoire.objects.en_vigueur().order_by("recherche").first()
        return super().get_context_data(
            editions=editions,
            en_vigueur=EditionCarte.objects.en_vigueur(),
            colonnes=exports.COLONNES,
            comptes=comptes.declares(),
            exemple=exemple.identifiant if exemple else "identifiant",
            nom_exemple=exemple.nom if exemple else "Nom",
            adresse_du_site=self.request.build_absolute_uri("/").rstrip("/"),
            **kwargs,
        )
