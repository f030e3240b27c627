"""The Atom feed of what is new: assemblées published, fiches validated, and their news."""

import datetime

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_default_timezone

from echanges.textes import nettoyer
from evenements.models import Assemblee, Intervention
from programme.fiches.models import Nouvelle, Passage
from territoires.editions.models import Territoire

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


class NouvellesDuTerritoire(Nouvelles):
    """What is new of one territoire: its fiches decided, their news, what was said in its name."""

    def get_object(self, request, identifiant):
        return get_object_or_404(Territoire.objects.du_public(), identifiant=identifiant)

    def title(self, territoire):
        return nettoyer(f"{territoire.nom}, Territoire d’industrie")

    def subtitle(self, territoire):
        return "Les fiches actions validées, leurs nouvelles et ce qui a été dit en son nom."

    def link(self, territoire):
        return territoire.get_absolute_url()

    def items(self, territoire):
        siennes = Passage.objects.validations().filter(fiche__territoire=territoire)
        decisions = siennes.select_related("fiche").order_by("-le")[:NOMBRE]
        recits = Nouvelle.objects.du_public().filter(fiche__territoire=territoire)
        paroles = Intervention.objects.du_public().filter(territoire=territoire).des_plus_recentes()
        nouvelles = [(p.le, f"Fiche validée : {p.fiche.titre}", "", p.fiche) for p in decisions]
        nouvelles += [
            (_minuit(n.le), f"{n.titre} ({n.fiche.titre})", n.texte, n.fiche)
            for n in recits.select_related("fiche")[:NOMBRE]
        ]
        nouvelles += [
            (
                _minuit(i.sequence.jour),
                f"{i.sequence.titre} : {i}",
                i.resume,
                i.sequence.assemblee,
            )
            for i in paroles[:NOMBRE]
        ]
        return sorted(nouvelles, key=lambda nouvelle: nouvelle[0], reverse=True)[:NOMBRE]
