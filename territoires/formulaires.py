"""Forms of the admin that write what was changed and nothing else, lines of a table included."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from echanges.imports.cessions import a_l_ecart
from echanges.imports.verifications import unicites

A_COMPARER = (
    "Quelqu’un d’autre a enregistré pendant que vous écriviez. Rien n’est encore enregistré de "
    "votre côté, rien de ce que vous avez saisi n’est perdu : comparez en haut de la page, puis "
    "enregistrez de nouveau."
)


class Intact:
    """What is posted as it was shown did not change: what is stored stays, to the last space."""

    @cached_property
    def changed_data(self):
        return [nom for nom in super().changed_data if not self._tel_que_montre(nom)]

    def _tel_que_montre(self, nom):
        """A browser has line ends of its own, and drops those of a field of one line."""
        lie = self[nom]
        if isinstance(lie.field, forms.FileField) or not isinstance(lie.data, str):
            return False
        montre = lie.field.widget.format_value(lie.field.prepare_value(lie.initial))
        if not isinstance(montre, str):
            return False
        sur_une_ligne = not isinstance(lie.field.widget, forms.Textarea)
        return _tel_que_poste(montre, sur_une_ligne) == _tel_que_poste(lie.data, sur_une_ligne)


class SaisieIntacte(Intact, forms.Form):
    """A form that is no model's, filled with texts that are stored."""

    def _clean_fields(self):
        super()._clean_fields()
        for nom in self.cleaned_data.keys() - set(self.changed_data):
            initial = self.get_initial_for_field(self.fields[nom], nom)
            if isinstance(self.fields[nom], forms.CharField) and isinstance(initial, str):
                self.cleaned_data[nom] = initial


class FormulaireIntact(Intact, forms.ModelForm):
    jugee_avec_les_autres = False  # its unique keys are compared by its formset
    rapprochement = None  # on a POST, what somebody else changed since the page was read

    def clean(self):
        donnees = super().clean()
        if self.rapprochement and self.rapprochement.ecarts:
            self.add_error(None, A_COMPARER)
        return donnees

    def validate_unique(self):
        if not self.jugee_avec_les_autres:
            super().validate_unique()

    def _clean_fields(self):
        super()._clean_fields()
        if self.instance._state.adding:
            return
        stockes = {champ.name for champ in self.instance._meta.concrete_fields}
        for nom in stockes & self.cleaned_data.keys() - set(self.changed_data):
            if isinstance(self.fields[nom], forms.CharField | forms.TimeField):
                self.cleaned_data[nom] = getattr(self.instance, nom)


def _tel_que_poste(texte, sur_une_ligne):
    texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    return (texte.replace("\n", "") if sur_une_ligne else texte).strip()


class LignesEnsemble(BaseInlineFormSet):
    """The lines of a table, judged and written together: two of them may swap their ranks.

    A database judges each row as it is written, and a form alone sees what is stored beside it:
    unique keys are compared here, between all that will stand, and the rows that give up a value
    leave it for a place that nobody else can hold before any is written.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.jugee_avec_les_autres = True
        if self.instance.pk:  # what a row says of its parent is known
            setattr(form.instance, self.fk.name, self.instance)

    def lignes(self):
        """Forms that hold a row to keep."""
        return [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]

    def validate_unique(self):
        saines = [form for form in self.lignes() if not form.errors]
        for attributs, phrase in unicites(self.model):
            tenues = {}
            for form in saines:
                cle = self._cle(form.instance, attributs)
                if cle is None:
                    continue
                autre = tenues.setdefault(cle, form)
                # Of two, the one that was written is the one to mend.
                fautive = form if form.has_changed() else autre
                double = autre is not form or self._prise_ailleurs(form, attributs)
                if double and fautive.has_changed():
                    fautive.add_error(self._champ_a_revoir(fautive, attributs), phrase)

    def _cle(self, ligne, attributs):
        """The values of this unique key, the parent's left out; None when a hole frees it."""
        valeurs = {nom: getattr(ligne, nom) for nom in attributs if nom != self.fk.attname}
        if any(valeur is None and _champ(ligne, nom).null for nom, valeur in valeurs.items()):
            return None
        return tuple(
            _tel_que_poste(valeur, True) if isinstance(valeur, str) else valeur
            for valeur in valeurs.values()
        )

    def _prise_ailleurs(self, form, attributs):
        """A row that this table does not show holds this key."""
        valeurs = {nom: getattr(form.instance, nom) for nom in attributs}
        if None in valeurs.values() or not form.has_changed():
            return False
        montrees = [f.instance.pk for f in self.initial_forms]
        return self.model._base_manager.filter(**valeurs).exclude(pk__in=montrees).exists()

    def _champ_a_revoir(self, form, attributs):
        noms = [_champ(form.instance, nom).name for nom in attributs if nom != self.fk.attname]
        visibles = [n for n in noms if n in form.fields and not form.fields[n].widget.is_hidden]
        return visibles[-1] if visibles else None

    def save_existing_objects(self, commit=True):
        if commit:
            self._ceder()
        return super().save_existing_objects(commit)

    def _ceder(self):
        partantes = [
            form
            for form in self.initial_forms
            if not form.instance._state.adding
            and (form in self.deleted_forms or form.has_changed())
        ]
        for attributs, _ in unicites(self.model):
            champs = [_champ(self.model, nom) for nom in attributs]
            # Away from its parent a row meets no other; it comes back as it is written.
            champs.sort(key=lambda champ: champ.attname != self.fk.attname)
            for form in partantes:
                if form in self.deleted_forms or {c.name for c in champs} & {*form.changed_data}:
                    self._ecarter(form.instance.pk, champs)

    def _ecarter(self, pk, champs):
        """Move this row out of the way of the others, by one value of its key."""
        for champ in champs:
            place = None if champ.choices else a_l_ecart(champ, pk)
            if place is not None:
                self.model._base_manager.filter(pk=pk).update(**{champ.attname: place})
                return


def _champ(modele, attribut):
    return next(c for c in modele._meta.concrete_fields if c.attname == attribut)


def rang_maximal(champ):
    """What the database holds in this column."""
    return connection.ops.integer_field_range(champ.get_internal_type())[1] or 32_767


class RangsAutomatiques(LignesEnsemble):
    """A rank left empty is the one that follows."""

    rang = "ordre"

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.rang in form.fields:  # not for those who only read
            form.fields[self.rang].required = False
            form.fields[self.rang].help_text = "Vide : à la suite."
            if not form.instance.pk:
                form.initial[self.rang] = None

    def clean(self):
        tenus = [getattr(form.instance, self.rang) or 0 for form in self._rangees()]
        dernier = max(tenus, default=0)
        for form in self.lignes():
            if self.rang in form.fields and form.cleaned_data.get(self.rang) is None:
                dernier += 1
                setattr(form.instance, self.rang, dernier)
                if dernier > rang_maximal(self.model._meta.get_field(self.rang)):
                    trop = ValidationError("Aucun rang ne suit : écrivez-en un.")
                    form.add_error(self.rang, trop)
        super().clean()

    def _rangees(self):
        return [form for form in self.lignes() if form.cleaned_data.get(self.rang) is not None]


class NumerosAutomatiques(RangsAutomatiques):
    """A number left empty is the one that follows."""

    rang = "numero"
