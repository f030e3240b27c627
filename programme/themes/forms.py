"""Choosing the themes of an object: all of them as boxes, with why one is proposed."""

from django import forms

from programme.themes.models import Theme
from programme.themes.propositions import proposes

AIDE = "Ceux dont le texte parle. Ce qui est enregistré en propose, avec les mots qui le disent."


class AvecThemes:
    """Mixin of a ModelForm whose model has `themes`; `dits` are the fields that propose some."""

    dits = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "themes" not in self.fields:
            return
        themes = list(Theme.objects.all())
        textes = (
            [getattr(self.instance, nom) or "" for nom in self.dits] if self.instance.pk else []
        )
        mots = proposes(textes, themes)
        champ = self.fields["themes"]
        champ.widget = forms.CheckboxSelectMultiple()
        champ.choices = [(theme.pk, _dire(theme, mots.get(theme))) for theme in themes]
        champ.help_text = AIDE


def _dire(theme, mots):
    if not mots:
        return theme.nom
    cites = ", ".join(f"«\u00a0{mot}\u00a0»" for mot in mots[:3])
    return f"{theme.nom} (proposé\u202f: {cites})"
