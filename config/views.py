"""The pages that need every app: the home, the plan of the site."""

from django.conf import settings
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from config import accessibilite
from config.contexte import SITE
from config.personnes.durees import AUTRES, REGLES
from evenements.models import Actualite, PageEditoriale
from evenements.views import assemblees_publiques
from programme.fiches.models import FicheAction, Passage
from programme.partenaires.models import Convention, DateCle
from territoires.carte.composee import CarteComposee
from territoires.carte.filtre import FiltreCarte
from territoires.carte.tableau import CarteLue
from territoires.ecrites import ecrite
from territoires.editions.models import EditionCarte
from territoires.geographie.models import Region

DECISIONS = 6
ACTUALITES = 3


class Accueil(TemplateView):
    template_name = "accueil.html"

    def get_context_data(self, **kwargs):
        lue = CarteLue()
        prochaine, derniere = _autour_d_aujourdhui(assemblees_publiques())
        return super().get_context_data(
            edition=lue.edition,
            carte=CarteComposee(lue, FiltreCarte({}, lue)) if lue.edition else None,
            chiffres=_chiffres(lue),
            decisions=_decisions(),
            dates_cles=_dates_cles(),
            actualites=_actualites(),
            prochaine=prochaine,
            derniere=derniere,
            donnees_liees=_donnees_liees(self.request),
            **kwargs,
        )


@ecrite
def _decisions():
    decisions = Passage.objects.du_public().filter(apres__in=FicheAction.ETATS_PUBLICS)
    decisions = decisions.select_related("fiche__territoire", "fiche__axe")
    return decisions.order_by("-le", "-pk")[:DECISIONS]


@ecrite
def _dates_cles():
    return DateCle.objects.du_public()


@ecrite
def _actualites():
    return Actualite.objects.du_public()[:ACTUALITES]


def _autour_d_aujourdhui(assemblees):
    """The first of these to come and the last that was held, or None."""
    aujourdhui = timezone.localdate()
    a_venir = (une for une in assemblees if une.date_debut >= aujourdhui)
    tenues = (une for une in reversed(assemblees) if une.date_debut < aujourdhui)
    return next(a_venir, None), next(tenues, None)


def _chiffres(lue):
    """(address, number, words for one, for several, unit) of what counts most, with its list."""
    fiches = _fiches_par_etat()
    nombre, cout = sum(n for _, n, _ in fiches), sum(cout or 0 for *_, cout in fiches)
    habitants = sum(ligne.population or 0 for ligne in lue.lignes)
    return [
        ("territoires", len(lue.lignes), "territoire", "territoires", ""),
        ("carte-en-vigueur", habitants, "habitant", "habitants y vivent", ""),
        ("fiches", nombre, "fiche action publique", "fiches actions publiques", ""),
        ("fiches", cout, "de projets décidés", "de projets décidés", "euros"),
        ("conventions", len(_conventions()), "convention signée", "conventions signées", ""),
    ]


@ecrite
def _fiches_par_etat():
    """[(state, how many, what they cost)]"""
    fiches = FicheAction.objects.du_public().order_by().values_list("etat")
    return fiches.annotate(Count("pk"), Sum("cout_total"))


@ecrite
def _conventions():
    return Convention.objects.du_public().order_by().values_list("pk")


def _donnees_liees(request):
    """What a search engine reads of the site as a whole, and how to ask it: schema.org, JSON-LD."""
    racine = request.build_absolute_uri(reverse("accueil"))
    recherche = request.build_absolute_uri(reverse("recherche"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": SITE.site_title,
        "description": SITE.site_tagline,
        "url": racine,
        "inLanguage": "fr",
        "publisher": {"@type": "GovernmentOrganization", "name": "République française"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{recherche}?q={{commune}}",
            "query-input": "required name=commune",
        },
    }


class PlanDuSite(TemplateView):
    template_name = "plan_du_site.html"

    def get_context_data(self, **kwargs):
        editions = EditionCarte.objects.du_public().order_by("-date")
        rubriques = [
            ("Comprendre le programme", PageEditoriale.objects.du_public()),
            ("La carte, édition par édition", editions),
            ("Région par région", Region.objects.du_public()),
        ]
        return super().get_context_data(rubriques=rubriques, **kwargs)


class Accessibilite(TemplateView):
    template_name = "accessibilite.html"

    def get_context_data(self, **kwargs):
        contact = settings.OPERATEUR_DU_SITE["accessibilite"]
        return super().get_context_data(audit=accessibilite.audit(), contact=contact, **kwargs)


class MentionsLegales(TemplateView):
    """Who answers for this installation: its settings say so, or the page says that they do not."""

    template_name = "mentions_legales.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(operateur=settings.OPERATEUR_DU_SITE, **kwargs)


class DonneesPersonnelles(TemplateView):
    """What is held on people, how long and why: the table that the worker applies each night."""

    template_name = "donnees_personnelles.html"

    def get_context_data(self, **kwargs):
        operateur = settings.OPERATEUR_DU_SITE
        return super().get_context_data(
            regles=REGLES, autres=AUTRES, operateur=operateur, sentry=settings.SENTRY_DSN, **kwargs
        )
