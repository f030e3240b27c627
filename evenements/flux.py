"""The Atom feed of what is new: assemblées published, fiches validated, and their news."""

import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_default_timezone

from echanges.textes import nettoyer
from evenements.models import Assemblee
from programme.fiches.models import Nouvelle, Passage

NOMBRE = 30


def _minuit(jour):
    return datetime.datetime.combine(jour, datetime.time(), get_default_timezone())


class Nouvelles(Feed):
    feed_type = Atom1Feed
    title = "Territoires d’industrie : assemblées et décisions"
    subtitle = "Les comptes rendus publiés, les fiches actions validées et leurs nouvelles."
    link = reverse_lazy("assemblees")

    def items(self):
        """The latest of all, each with its title, its date and its page."""
        assemblees = Assemblee.objects.du_public().order_by("-publiee_le")[:NOMBRE]
        decisions = (
            Passage.objects.validations()
            .select_related("fiche__territoire")
            .order_by("-le")[:NOMBRE]
        )
        recits = Nouvelle.objects.du_public().select_related("fiche")[:NOMBRE]
        nouvelles = [(a.publiee_le, f"Assemblée : {a.titre}", a.resume, a) for a in assemblees]
        nouvelles += [
            (p.le, f"Fiche validée : {p.fiche.titre}", p.fiche.territoire.nom, p.fiche)
            for p in decisions
        ]
        nouvelles += [
            (_minuit(n.le), f"{n.titre} ({n.fiche.titre})", n.texte, n.fiche) for n in recits
        ]
        return sorted(nouvelles, key=lambda nouvelle: nouvelle[0], reverse=True)[:NOMBRE]

    # A feed with one control character is no XML any more, and nobody reads any of its news.
    def item_title(self, item):
        return nettoyer(item[1])

    def item_description(self, item):
        return nettoyer(item[2], paragraphes=True)

    def item_link(self, item):
        return item[3].get_absolute_url()

    def item_pubdate(self, item):
        return item[0]

    item_updateddate = item_pubdate
