"""The forms of what the délégation writes: its address comes from its title."""

from django import forms
from django.core.exceptions import ValidationError

from echanges.textes import identifiant
from evenements.editorial.pages import D_UN_OBJET, chemin_d_une_page, publiques, rien_de_public
from programme.themes.forms import AvecThemes
from territoires.formulaires import FormulaireIntact
from territoires.recherche.moteur import chercher

PROPOSEES = 6  # of the pages that answer
PLUSIEURS = "Plusieurs pages répondent. Recopiez l’adresse de celle que vous voulez\u202f:"


class EditorialForm(FormulaireIntact):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "identifiant" in self.fields:
            champ = self.fields["identifiant"]
            champ.required = False
            champ.help_text = "Termine l’adresse de la page. Laissé vide : tiré du titre."
        if "texte" in self.fields:
            self.fields["texte"].widget = forms.Textarea(attrs={"rows": 20, "cols": 80})

    def clean(self):
        donnees = super().clean()
        if "identifiant" in self.fields and not donnees.get("identifiant"):
            donnees["identifiant"] = identifiant(
                donnees.get("titre", ""), longueur=80, sinon="page"
            )
        return donnees


class ActualiteForm(AvecThemes, EditorialForm):
    dits = ("titre", "chapo", "texte")


class LienChoisiForm(FormulaireIntact):
    """Each page is given by its address, or by words of its title that mean one page alone."""

    def clean_page(self):
        return self._publique("page")

    def clean_cible(self):
        return self._publique("cible")

    def _publique(self, champ):
        """What was not touched stays, public or not."""
        saisi = self.cleaned_data[champ]
        if champ not in self.changed_data:
            return saisi
        trouve = chemin_d_une_page(self._adresse(saisi.strip()), D_UN_OBJET)
        if trouve not in publiques([trouve]):
            raise ValidationError(rien_de_public(trouve))
        return trouve

    def _adresse(self, texte):
        if texte.startswith("/") or "://" in texte:
            return texte
        trouvees = {r.adresse: r.titre for r in _pages(texte)}
        if len(trouvees) == 1:
            return next(iter(trouvees))
        if not trouvees:
            raise ValidationError(f"Aucune page publique ne répond à « {texte} ».")
        lignes = [f"{titre}\u202f: {adresse}" for adresse, titre in trouvees.items()]
        raise ValidationError([PLUSIEURS, *lignes[:PROPOSEES]])


def _pages(texte):
    """What the search finds among the pages of one object."""
    groupes = chercher(texte).groupes
    return [r for genre in D_UN_OBJET.values() for r in groupes.get(genre, ())]
