"""What a form shows, what a browser posts of it, and the state that travels between the two.

A state is what a browser would post of an untouched form: {field: [texts]} and, for each group of
rows, {key: {field: [texts]}}. The one that a page shows travels in it, signed: whatever else
stands in the database is somebody else's work, by whichever way it came in.
"""

from contextlib import suppress
from dataclasses import dataclass, field

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from programme.fichiers import deja_recu

SEL = "programme.fiche.lu"
LIGNES_AU_PLUS = 2000


def signer(lu):
    return signing.dumps(lu, salt=SEL, compress=True)


def lire(jeton):
    """The state that the page showed; nothing is known when the page does not say it."""
    vide = {"champs": {}, "lignes": {}, "conflits": {}, "version": None}
    try:
        return vide | signing.loads(jeton or "", salt=SEL)
    except signing.BadSignature:
        return vide


def etat(formulaire, groupes):
    """The state that this form and these formsets, without any data, show."""
    return {
        "champs": {nom: rendu(formulaire[nom]) for nom in formulaire.fields},
        "lignes": {
            groupe.prefix: {
                str(ligne.instance.pk): {nom: rendu(ligne[nom]) for nom in groupe.form.base_fields}
                for ligne in groupe.initial_forms
            }
            for groupe in groupes
        },
    }


def rendu(lie):
    valeur, widget = lie.value(), lie.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if valeur else []
    if isinstance(widget, forms.FileInput):
        return [valeur.name] if valeur else []
    if isinstance(lie.field, forms.ModelMultipleChoiceField):
        return sorted(str(v) for v in valeur or ())
    textes = widget.format_value(valeur)
    return normaliser(textes if isinstance(textes, list) else [textes])


def normaliser(textes):
    """Browsers have line ends of their own, and an empty text for nothing."""
    return [str(t).replace("\r\n", "\n") for t in textes if t not in (None, "")]


@dataclass
class Ligne:
    """One posted row, with the files that came with it; `cle` is empty for a new one."""

    cle: str
    valeurs: dict
    supprimee: bool = False
    fichiers: dict = field(default_factory=dict)

    def est(self, leur):
        """It says what this row of the database says: it was sent twice."""
        textes = {nom: v for nom, v in self.valeurs.items() if nom not in self.fichiers}
        return {nom: leur.get(nom) for nom in textes} == textes and all(
            deja_recu(fichier, leur.get(nom)) for nom, fichier in self.fichiers.items()
        )


class Saisie:
    """What was posted, read as a state, and written back as a POST once it has changed."""

    def __init__(self, donnees, fichiers, formulaire, groupes):
        self.donnees, self.fichiers = donnees.copy(), fichiers
        self.champs = {nom: self._lire(nom, champ) for nom, champ in formulaire.fields.items()}
        self.lignes = {g.prefix: self._lignes(g.prefix, g.form.base_fields) for g in groupes}

    def _lire(self, cle, champ):
        textes = normaliser(self.donnees.getlist(cle))
        if isinstance(champ, forms.ModelMultipleChoiceField):
            return sorted(textes)
        if textes and not isinstance(champ, forms.ChoiceField | forms.BooleanField):
            with suppress(ValidationError):  # 1200000 and 1 200 000 are one amount
                valeur = champ.prepare_value(champ.to_python(textes[0]))
                return normaliser([champ.widget.format_value(valeur)])
        return textes

    def _lignes(self, prefixe, champs):
        try:
            nombre = int(self.donnees.get(f"{prefixe}-TOTAL_FORMS", 0))
        except ValueError:
            nombre = 0
        return [
            self._ligne(f"{prefixe}-{rang}-", champs) for rang in range(min(nombre, LIGNES_AU_PLUS))
        ]

    def _ligne(self, debut, champs):
        valeurs, fichiers = {}, {}
        for nom, champ in champs.items():
            if debut + nom in self.fichiers:
                fichiers[nom] = self.fichiers[debut + nom]
                valeurs[nom] = [fichiers[nom].name]
            elif not isinstance(champ.widget, forms.FileInput):
                valeurs[nom] = self._lire(debut + nom, champ)
        cle = self.donnees.get(f"{debut}id", "")
        return Ligne(cle, valeurs, f"{debut}DELETE" in self.donnees, fichiers)

    def connues(self, prefixe):
        return {ligne.cle: ligne for ligne in self.lignes[prefixe] if ligne.cle}

    def nouvelles(self, prefixe):
        return [ligne for ligne in self.lignes[prefixe] if not ligne.cle]

    def post(self):
        """A POST that says what this has become, and its files under the names it gives them."""
        fichiers = MultiValueDict()
        for nom, textes in self.champs.items():
            self.donnees.setlist(nom, textes)
        for prefixe, lignes in self.lignes.items():
            for cle in list(self.donnees):
                if cle.startswith(f"{prefixe}-") and cle.split("-")[1].isdigit():
                    del self.donnees[cle]
            lignes.sort(key=lambda ligne: not ligne.cle)  # Django reads the known rows first
            for rang, ligne in enumerate(lignes):
                debut = f"{prefixe}-{rang}-"
                self._ecrire(debut, ligne)
                fichiers.update({debut + nom: fichier for nom, fichier in ligne.fichiers.items()})
            self.donnees[f"{prefixe}-TOTAL_FORMS"] = str(len(lignes))
            self.donnees[f"{prefixe}-INITIAL_FORMS"] = str(sum(bool(x.cle) for x in lignes))
        return self.donnees, fichiers

    def _ecrire(self, debut, ligne):
        self.donnees[f"{debut}id"] = ligne.cle
        for nom, textes in ligne.valeurs.items():
            self.donnees.setlist(debut + nom, textes)
        if ligne.supprimee:
            self.donnees[f"{debut}DELETE"] = "on"
