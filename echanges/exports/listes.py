"""The workbook of every list of the admin: the rows it shows this person, to be read."""

from dataclasses import replace
from itertools import islice
from operator import attrgetter

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from echanges.colonnes.valeurs import OuiNon, valeur_du_champ
from echanges.dialectes import EXCEL
from echanges.exports import views
from echanges.exports.lecture import (
    LOT,
    Colonne,
    Rangees,
    TelQuel,
    cellules,
    simple,
    sujets_de,
)

FERMEE = "Cette page n’est pas ouverte à votre compte."
OUI_NON = OuiNon().formateur(EXCEL)


class AvecClasseur:
    """Mixin of a ModelAdmin: its list leaves as a workbook, as it is filtered.

    `classeur_de` are the resources of its rows and of what hangs on them, a sheet each; without
    them the sheet has the columns of the list, but for those of `hors_du_classeur`.
    """

    classeur_de = ()
    hors_du_classeur = ()
    change_list_template = "admin/echanges/liste.html"

    def adresse(self, page):
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_urls(self):
        chemin, page = "classeur/<str:dialecte>/", self.adresse("classeur")
        vue = self.admin_site.admin_view(self.classeur)
        return [path(chemin, vue, name=page.partition(":")[2]), *super().get_urls()]

    def avant(self, request, verbe):
        """An answer that stands before the pages of this verb; None when nothing does."""

    def classeur(self, request, dialecte):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied(FERMEE)
        if reponse := self.avant(request, "exporter"):
            return reponse
        try:
            return views.classeur(self, request, dialecte)
        except IncorrectLookupParameters:
            return redirect(self.adresse("changelist"))

    def resources_a_lire(self, request):
        return self.classeur_de

    def page_des_fichiers(self, request):
        """Where it is offered, and where it is said why it cannot leave."""
        return "changelist"

    def sujets(self, request, rangees, ordre):
        """The sheets of these rows of the list."""
        classes = [*self.resources_a_lire(request)]
        if not classes:
            return [DeLaListe(self, request, rangees)]
        return sujets_de(classes, request.user, rangees, ordre)

    def changelist_view(self, request, extra_context=None):
        """Where there is a page of files, it is offered there."""
        ici = self.page_des_fichiers(request) == "changelist"
        classeurs = {"adresse_classeur": self.adresse("classeur") if ici else ""}
        classeurs["classeurs"] = views.CLASSEURS_A_LIRE.values()
        return super().changelist_view(request, classeurs | (extra_context or {}))


class DeLaListe(Rangees):
    """The rows of a list in the columns that it shows, in its order."""

    def __init__(self, modele_admin, request, rangees):
        self.modele_admin = modele_admin
        noms = modele_admin.get_list_display(request)
        colonnes = [self._colonne(n) for n in noms if n not in modele_admin.hors_du_classeur]
        super().__init__(str(modele_admin.opts.verbose_name_plural), rangees, colonnes)

    def lots(self):
        lignes = self.rangees.iterator(chunk_size=LOT)
        while lot := list(islice(lignes, LOT)):
            yield [cellules(colonne, map(colonne.source, lot)) for colonne in self.colonnes]

    def _colonne(self, nom):
        opts = self.modele_admin.opts
        titre = capfirst(str(label_for_field(nom, opts.model, self.modele_admin)))
        try:
            champ = opts.get_field(nom)
        except FieldDoesNotExist:
            champ = None
        if champ is not None and not champ.is_relation:
            return replace(simple(titre, nom, valeur_du_champ(champ)), source=attrgetter(nom))
        return Colonne(titre, lambda o: lookup_field(nom, o, self.modele_admin)[2], TelQuel(), _dit)


def _dit(valeur):
    """What the page shows, without its marks."""
    if isinstance(valeur, bool):
        return OUI_NON(valeur)
    return strip_tags(valeur) if isinstance(valeur, SafeString) else str(localize(valeur))
