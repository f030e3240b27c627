"""The Atom feed of what is new: assemblées published and fiches validated."""

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from echanges.textes import nettoyer
from evenements.models import Assemblee
from programme.fiches.models import Passage

NOMBRE = 30


class Nouvelles(Feed):
    feed_type = Atom1Feed
    title = "Territoires d’industrie : assemblées et décisions"
    subtitle = "Les comptes rendus publiés et les fiches actions validées."
    link = reverse_lazy("assemblees")

    def items(self):
        """The latest of both, each with its title, its date and its page."""
        assemblees = Assemblee.objects.du_public().order_by("-publiee_le")[:NOMBRE]
        decisions = (
            Passage.objects.validations()
            .select_related("fiche__territoire")
            .order_by("-le")[:NOMBRE]
        )
        nouvelles = [(a.publiee_le, f"Assemblée : {a.titre}", a.resume, a) for a in assemblees]
        nouvelles += [
            (p.le, f"Fiche validée : {p.fiche.titre}", p.fiche.territoire.nom, p.fiche)
            for p in decisions
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
