"""Public pages of territoires, régions and intercommunalités."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, ListView

from territoires.carte import vignettes
from territoires.carte.composee import CarteComposee
from territoires.carte.dessin.situations import dessin_de_territoire
from territoires.carte.filtre import FiltreCarte
from territoires.carte.tableau import CarteLue
from territoires.ecrites import ecrite, un_seul
from territoires.editions.models import MembrePerimetre, Perimetre, Territoire
from territoires.geographie.models import Intercommunalite, Region
from territoires.liste_publique import ListePublique
from territoires.mandats.portage import porteurs
from territoires.portraits import donnees_liees
from territoires.portraits.filters import TerritoireFilter
from territoires.portraits.lecture import ChoisirUnJour
from territoires.portraits.parentes import a_confirmer, chronologie, editions_composees
from territoires.portraits.regions import regions_comptees
from territoires.portraits.views_lecture import lire, membres_de


class ListeTerritoires(ListePublique):
    titre = "Territoires"
    jeu = "territoires"
    filterset_class = TerritoireFilter
    template_name = "territoires/portraits/territoires.html"
    tris = {
        "nom": ("Nom", "recherche"),
        "-population": ("Population la plus forte", "-perimetre_courant__population"),
        "population": ("Population la plus faible", "perimetre_courant__population"),
    }

    def get_queryset(self):
        return (
            Territoire.objects.en_vigueur()
            .select_related("region_pilote", "perimetre_courant")
            .prefetch_related("perimetre_courant__regions")
        )


class PageTerritoire(DetailView):
    template_name = "territoires/portraits/territoire.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_object(self, queryset=None):
        return un_seul(_publics(self.kwargs["identifiant"]), "Aucun territoire n’a cette adresse.")

    def get(self, request, identifiant):
        try:
            if request.GET.get("le"):
                return lire(request, self.get_object())
            return super().get(request, identifiant=identifiant)
        except Http404:
            # Announced only: its page comes with its day, its périmètre is already on a map.
            annonces = Perimetre.objects.du_public().filter(territoire__identifiant=identifiant)
            annonce = annonces.select_related("edition").order_by("edition__date").first()
            if annonce is None:
                raise
            return redirect(annonce.edition)

    def get_context_data(self, **kwargs):
        territoire = self.object
        perimetre = territoire.perimetre_courant
        montre = f"{territoire.nom}, Territoire d’industrie, parmi ses voisins"
        editions = editions_composees()
        etapes, membres = chronologie(territoire, editions), membres_de(perimetre)
        return super().get_context_data(
            en_une_phrase=_en_une_phrase(perimetre, membres),
            carte=dessin_de_territoire(perimetre),
            vignette=vignettes.Vignette.de("vignette-territoire", territoire.identifiant, montre),
            porteurs=porteurs(territoire),
            en_vigueur=perimetre.edition == _en_vigueur(editions),
            membres=membres,
            formulaire=ChoisirUnJour(),
            chronologie=etapes,
            liens_proposes=a_confirmer(etapes),
            adresse_du_site=self.request.build_absolute_uri("/").rstrip("/"),
            donnees_liees=donnees_liees.territoire(territoire, self.request),
            **kwargs,
        )


@ecrite
def _publics(identifiant):
    publics = Territoire.objects.du_public().filter(identifiant=identifiant)
    return publics.select_related("region_pilote", "perimetre_courant__edition")


def _en_vigueur(editions):
    """The latest of these whose day has come, or None."""
    return next((edition for edition in reversed(editions) if not edition.est_annoncee), None)


def vignette(request, identifiant):
    """The picture of its link when it is shared."""
    territoire = get_object_or_404(
        Territoire.objects.du_public().select_related("perimetre_courant__edition"),
        identifiant=identifiant,
    )
    perimetre = territoire.perimetre_courant
    return vignettes.repondre(
        surtitre="Territoire d’industrie",
        titre=territoire.nom,
        lignes=[
            ", ".join(region.nom for region in territoire.regions),
            f"{intcomma(perimetre.population)} habitants" if perimetre.population else "",
        ],
        carte=vignettes.carte_de(territoire),
    )


def _en_une_phrase(perimetre, membres):
    """Who acts there and for how many people: what can be said of any territoire."""
    if len(membres) == 1:
        phrase = f"{membres[0]} le porte"
    else:
        phrase = f"{len(membres)} membres y agissent ensemble"
    if perimetre.population:
        phrase += f", au service de {intcomma(perimetre.population)} habitants"
    return f"{phrase}."


class ListeRegions(ListView):
    template_name = "territoires/portraits/regions.html"

    jeu = "regions"  # of the open data: the workbook of this list

    def get_queryset(self):
        return regions_comptees()


class PageRegion(DetailView):
    queryset = Region.objects.du_public()
    template_name = "territoires/portraits/region.html"
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **kwargs):
        lue = CarteLue()
        filtre = FiltreCarte({"region": self.object.pk}, lue)
        return super().get_context_data(
            edition=lue.edition,
            carte=CarteComposee(lue, filtre) if lue.edition else None,
            **kwargs,
        )


class PageIntercommunalite(DetailView):
    template_name = "territoires/portraits/intercommunalite.html"
    slug_field = slug_url_kwarg = "siren"

    def get_queryset(self):
        publiques = Intercommunalite.objects.du_public().select_related("departement__region")
        return publiques.prefetch_related("successeurs", "predecesseurs")

    def get_context_data(self, **kwargs):
        communes = self.object.communes()
        membres = MembrePerimetre.objects.filter(
            Q(intercommunalite=self.object) | Q(commune__in=communes)
        )
        return super().get_context_data(
            communes=communes,
            perimetres=Perimetre.objects.du_public()
            .filter(pk__in=membres.values("perimetre"))
            .select_related("edition", "territoire")
            .order_by("-edition__date", "recherche"),
            **kwargs,
        )
