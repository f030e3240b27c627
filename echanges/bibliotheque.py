"""The documented API of django-import-export on our resources, answered by our engine.

`export` gives a tablib Dataset, `import_data` a Result with its rows, diffs and errors; so the
commands and the admin mixins of the library work on any resource. What it does row by row, we do
by sets, and nothing is written while one row is refused. See docs/bibliotheque.md.
"""

import datetime
from collections import OrderedDict

import tablib
from diff_match_patch import diff_match_patch
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.safestring import mark_safe
from import_export.exceptions import ImportError as ImportRefuse
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult

from echanges.dialectes import MACHINE, ecrire_instant
from echanges.erreurs import FichierRefuse
from echanges.exports.extraction import Extraction
from echanges.lecture.tableau import Tableau

PREMIERE = 2  # number of the first row, under the headers
RAISON = "import par django-import-export"


class DeLaBibliotheque(ModelResource):
    """The part of the library: who comes after says how files are judged and written."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = OrderedDict(self._champs())

    def _champs(self):
        """(header, Field of the library) of each column; that of a list has no attribute."""
        vus = set()
        for colonne in (self._colonne(nom) for nom in self._meta.fields):
            for entete, chemin, valeur in colonne.parties():
                if entete not in vus:
                    vus.add(entete)
                    yield entete, Field(attribute=chemin, column_name=entete, widget=valeur)

    def get_fields(self, **kwargs):
        return [self.fields[entete] for entete in self.entetes()]

    get_import_fields = get_fields

    def get_export_fields(self, selected_fields=None):
        choisis = self._choisis(selected_fields)
        return [self.fields[entete] for entete in choisis]

    def get_import_order(self):
        return self.entetes()

    get_export_order = get_diff_headers = get_import_order

    def get_queryset(self):
        return self.visibles()

    def _choisis(self, selected_fields):
        return [e for e in self.entetes() if not selected_fields or e in selected_fields]

    # --- Out ---------------------------------------------------------------------------------

    def export(self, queryset=None, **kwargs):
        """A Dataset of the rows that the agent may see, in the cells of the CSV for machines."""
        self.before_export(queryset, **kwargs)
        if queryset is not None and not isinstance(queryset, QuerySet):
            pks = [objet.pk for objet in queryset]
            queryset = self.modele._default_manager.filter(pk__in=pks)
        queryset = self.filter_export(self.visibles() if queryset is None else queryset, **kwargs)
        extraction = Extraction(self, queryset, colonnes=self._choisis(kwargs.get("export_fields")))
        dataset = tablib.Dataset(headers=extraction.entetes, title=self.titre()[:31])
        for lot in extraction.lots():
            colonnes = zip(extraction.valeurs, lot, strict=True)
            textes = [valeur.textes(colonne, MACHINE) for valeur, colonne in colonnes]
            dataset.extend(zip(*textes, strict=True))
        self.after_export(queryset, dataset, **kwargs)
        return dataset

    # --- In ----------------------------------------------------------------------------------

    def import_data(self, dataset, dry_run=False, raise_errors=False, **kwargs):
        """A Result, one RowResult a row of the Dataset; `user` is the agent whose rights hold.

        All or nothing: `use_transactions` and `rollback_on_validation_errors` are always so.
        """
        if kwargs.get("user") is not None:
            self.agent = kwargs["user"]
        self.before_import(dataset, dry_run=dry_run, **kwargs)
        resultat = self.get_result_class()()
        resultat.diff_headers = self.get_diff_headers()
        resultat.total_rows = len(dataset)
        resultat.add_dataset_headers(dataset.headers)
        try:
            rapport = self.analyser_le_tableau(_en_tableau(dataset))
            if not dry_run and not rapport.refus:
                _dater(rapport, self.appliquer(rapport, RAISON))
        except (FichierRefuse, PermissionDenied) as erreur:
            if raise_errors:
                raise ImportRefuse(erreur) from erreur
            resultat.append_base_error(self.get_error_result_class()(erreur))
            return resultat
        self._remplir(resultat, dataset, rapport, raise_errors, **kwargs)
        self.after_import(dataset, resultat, dry_run=dry_run, **kwargs)
        return resultat

    def _remplir(self, resultat, dataset, rapport, raise_errors, **kwargs):
        plans = {numero: plan for plan in rapport.carnet for numero in plan.lignes}
        objets = {}
        if kwargs.get("retain_instance_in_row_result"):
            pks = {plan.pk for plan in plans.values() if plan.pk}
            objets = self.modele._default_manager.in_bulk(pks)
        for numero, rangee in enumerate(dataset.dict, PREMIERE):
            ligne = self.get_row_result_class()()
            if refus := rapport.refus.get(numero):
                self._refuser(resultat, ligne, numero, rangee, refus, raise_errors)
                if kwargs.get("collect_failed_rows"):
                    resultat.append_failed_row(rangee, ligne.errors[0])
            else:
                self._decrire(ligne, plans.get(numero), rangee)
                ligne.instance = objets.get(ligne.object_id)
            resultat.increment_row_result_total(ligne)
            resultat.append_row_result(ligne)

    def _refuser(self, resultat, ligne, numero, rangee, refus, raise_errors):
        """An error that stops the whole, and a row that a person may mend, by column."""
        ordre, par_colonne = numero - PREMIERE + 1, {}
        for un in refus:
            colonne = un.colonne if un.colonne in self.fields else "__all__"
            par_colonne.setdefault(colonne, []).append(un.message)
        erreur = ValidationError(par_colonne)
        if raise_errors:
            raise ImportRefuse(erreur, number=ordre, row=rangee)
        ligne.import_type, ligne.validation_error = RowResult.IMPORT_TYPE_ERROR, erreur
        ligne.errors = [self.get_error_result_class()(erreur, row=rangee, number=ordre)]
        resultat.append_error_row(ordre, rangee, ligne.errors)
        resultat.append_invalid_row(ordre, rangee, erreur)

    def _decrire(self, ligne, plan, rangee):
        """What becomes of a row: its kind, its object, and each of its cells before and after."""
        cellules = {entete: _en_texte(rangee.get(entete)) for entete in self.entetes()}
        avant = dict(cellules)
        ligne.import_type = RowResult.IMPORT_TYPE_SKIP
        if plan is not None:
            types = RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_NEW
            ligne.import_type = types[plan.creation]
            ligne.object_id, ligne.object_repr = plan.pk, str(plan.nom or plan.cle)
            avant |= dict.fromkeys(avant, "") if plan.creation else {}
            for entete, ancien, nouveau in () if plan.creation else plan.en_clair(MACHINE):
                avant[entete], cellules[entete] = ancien, nouveau
        ligne.diff = [_difference(avant[entete], cellules[entete]) for entete in cellules]
        ligne.row_values = rangee


def _dater(rapport, pks):
    """Rows that were created have a key now."""
    for plan, pk in zip(rapport.carnet, pks, strict=True):
        plan.pk = pk


def _en_tableau(dataset):
    """The Dataset as the engine walks through it, cells as texts."""
    if not dataset.headers:
        raise FichierRefuse("Ce jeu de données n’a pas d’en-têtes.")
    lignes = [(numero, [_en_texte(c) for c in ligne]) for numero, ligne in enumerate(dataset, 2)]
    return Tableau([str(entete or "").strip() for entete in dataset.headers], lignes.__iter__, 1)


def _en_texte(valeur):
    """A cell that a format of tablib may have typed, as a CSV for machines writes it."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime.datetime):
        return ecrire_instant(valeur, MACHINE)
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return str(valeur)


def _difference(avant, apres):
    """HTML of what changes in a cell, as the library shows it."""
    outil = diff_match_patch()
    morceaux = outil.diff_main(avant, apres)
    outil.diff_cleanupSemantic(morceaux)
    return mark_safe(outil.diff_prettyHtml(morceaux))
