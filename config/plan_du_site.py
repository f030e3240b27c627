"""What search engines are told of: every public page with an address of its own, nothing else."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.urls import reverse

from evenements.models import Actualite, Assemblee, Intervenant, PageEditoriale
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.partenaires.models import Convention, Partenaire
from programme.pratiques.models import BonnePratique
from programme.themes.models import Theme
from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Intercommunalite, Region


class Pages(Sitemap):
    """The pages that stand alone: lists, map, data, help."""

    def items(self):
        return [
            *("accueil", "carte-en-vigueur", "territoires", "regions", "fiches", "partenaires"),
            "registre-obstacles",
            *("offres", "mobilisation", "conventions", "contrats", "bonnes-pratiques"),
            *("assemblees", "donnees", "donnees-carte", "api", "aide", "accessibilite"),
            *("mentions-legales", "donnees-personnelles", "plan", "programme", "interventions"),
            *("themes", "actualites"),
        ]

    def location(self, item):
        return reverse(item)


class Objets(GenericSitemap):
    limit = 5000  # one answer stays under a second

    def __init__(self, modele, date_field=None):
        publics = modele.objects.du_public().order_by("pk")
        super().__init__({"queryset": publics, "date_field": date_field})


PLANS = {
    "pages": Pages,
    "editions": Objets(EditionCarte),
    "regions": Objets(Region),
    "territoires": Objets(Territoire),
    "intercommunalites": Objets(Intercommunalite),
    "fiches": Objets(FicheAction, "updated_at"),
    "partenaires": Objets(Partenaire),
    "conventions": Objets(Convention),
    "contrats": Objets(Contrat),
    "themes": Objets(Theme),
    "bonnes-pratiques": Objets(BonnePratique),
    "assemblees": Objets(Assemblee),
    "pages-du-programme": Objets(PageEditoriale),
    "actualites": Objets(Actualite),
    "intervenants": Objets(Intervenant),
}
