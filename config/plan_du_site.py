"""What search engines are told of: every public page with an address of its own, nothing else."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.urls import reverse

from evenements.models.assemblees import Assemblee, Intervenant
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.partenaires.models import Convention, Partenaire
from programme.pratiques.models import BonnePratique
from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Intercommunalite, Region


class Pages(Sitemap):
    """The pages that stand alone: lists, map, data, help."""

    def items(self):
        return [
            *("accueil", "carte-en-vigueur", "territoires", "regions", "fiches", "partenaires"),
            *("offres", "mobilisation", "conventions", "contrats", "bonnes-pratiques"),
            *("assemblees", "donnees", "donnees-carte", "aide", "accessibilite"),
            "mentions-legales",
        ]

    def location(self, item):
        return reverse(item)


class Objets(GenericSitemap):
    limit = 5000  # one answer stays under a second

    def __init__(self, publics, date_field=None):
        super().__init__({"queryset": publics.order_by("pk"), "date_field": date_field})


PLANS = {
    "pages": Pages,
    "editions": Objets(EditionCarte.objects.publiees()),
    "regions": Objets(Region.objects.all()),
    "territoires": Objets(Territoire.objects.publies()),
    "intercommunalites": Objets(Intercommunalite.objects.all()),
    "fiches": Objets(FicheAction.objects.publiques(), "updated_at"),
    "partenaires": Objets(Partenaire.objects.all()),
    "conventions": Objets(Convention.objects.publiques()),
    "contrats": Objets(Contrat.objects.publics()),
    "bonnes-pratiques": Objets(BonnePratique.objects.publiques()),
    "assemblees": Objets(Assemblee.objects.publiques()),
    "intervenants": Objets(Intervenant.objects.publics()),
}
