"""The form of a fiche: what someone else saved meanwhile is never overwritten unseen."""

from django import forms
from django.contrib.admin.utils import display_for_value
from django.utils.timezone import localtime


class FicheForm(forms.ModelForm):
    version_lue = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "version_lue" in self.fields:
            self.fields["version_lue"].initial = self.instance.version

    def clean(self):
        donnees = super().clean()
        if not self.instance.pk:
            return donnees
        lue = donnees.get("version_lue")
        if lue == self.instance.version:
            return donnees
        self._signaler()
        # Saving once more keeps what is typed here, now that the person has seen the rest.
        self.data = self.data.copy()
        self.data[self.add_prefix("version_lue")] = self.instance.version
        return donnees

    def _signaler(self):
        derniere = self.instance.history.select_related("history_user").first()
        qui = derniere.history_user if derniere and derniere.history_user else "quelqu’un"
        quand = localtime(self.instance.updated_at)
        self.add_error(
            None,
            f"Cette fiche a changé pendant que vous l’écriviez : {qui} l’a enregistrée le "
            f"{quand:%d/%m/%Y à %H:%M}. Rien n’a été remplacé. Comparez ci-dessous, puis "
            "enregistrez de nouveau pour garder ce que vous avez saisi.",
        )
        for nom in self.changed_data:
            if nom in self.cleaned_data and nom != "version_lue":
                self.add_error(
                    nom,
                    f"Vous : {self._en_clair(self.cleaned_data[nom])}. "
                    f"Enregistré entre-temps : {self._en_clair(self._en_base(nom))}.",
                )

    def _en_base(self, nom):
        valeur = self.initial.get(nom)
        champ = self.fields[nom]
        if valeur and isinstance(champ, forms.ModelChoiceField) and not isinstance(valeur, list):
            return champ.queryset.model._default_manager.filter(pk=valeur).first()
        return valeur

    @staticmethod
    def _en_clair(valeur):
        if valeur is None or valeur == "":
            return "(vide)"
        if hasattr(valeur, "__iter__") and not isinstance(valeur, str):
            return ", ".join(str(element) for element in valeur) or "(vide)"
        return display_for_value(valeur, "(vide)")
