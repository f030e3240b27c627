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
from django.core.files.storage import default_storage
from django.utils.datastructures import MultiValueDict

SEL = "territoires.saisie.lu"
LIGNES_AU_PLUS = 2000


def signer(lu):
    return signing.dumps(lu, salt=SEL, compress=True)


def lire(jeton):
    """The state that the page showed; nothing is known when the page does not say it."""
    vide = {"champs": {}, "lignes": {}, "conflits": {}}
    try:
        return vide | signing.loads(jeton or "", salt=SEL)
    except signing.BadSignature:
        return vide


def etat(formulaire, groupes):
    """The state that this form and these formsets, without any data, show."""
    return {
        "champs": {nom: rendu(formulaire[nom]) for nom in ecrits(formulaire.fields)},
        "lignes": {
            groupe.prefix: {
                str(ligne.instance.pk): {nom: rendu(ligne[nom]) for nom in groupe.form.base_fields}
                for ligne in groupe.initial_forms
            }
            for groupe in groupes
        },
    }


def ecrits(champs):
    """{name: field} of what a person writes there and may read again: no password among them."""
    return {
        nom: champ
        for nom, champ in champs.items()
        if not champ.disabled and not isinstance(champ.widget, forms.PasswordInput)
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
    autres: dict = field(default_factory=dict)  # what the widgets of the row send besides

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
        siens = ecrits(formulaire.fields)
        self.champs = {nom: self._lire(nom, champ) for nom, champ in siens.items()}
        self.cles = {g.prefix: g.model._meta.pk.name for g in groupes}
        self.lignes = {g.prefix: self._lignes(g.prefix, g.form.base_fields) for g in groupes}

    def _lire(self, cle, champ):
        textes = normaliser(self.donnees.getlist(cle))
        if isinstance(champ, forms.ModelMultipleChoiceField):
            return sorted(textes)
        if isinstance(champ, forms.FileField):
            return []
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
        envoyees = {}
        for cle in self.donnees:
            rang = _rang(prefixe, cle)
            if rang is not None:
                envoyees.setdefault(rang, set()).add(cle)
        return [
            self._ligne(prefixe, rang, champs, envoyees.get(rang, set()))
            for rang in range(min(nombre, LIGNES_AU_PLUS))
        ]

    def _ligne(self, prefixe, rang, champs, envoyees):
        debut, valeurs, fichiers = f"{prefixe}-{rang}-", {}, {}
        for nom, champ in champs.items():
            if debut + nom in self.fichiers:
                fichiers[nom] = self.fichiers[debut + nom]
                valeurs[nom] = [fichiers[nom].name]
            elif not isinstance(champ.widget, forms.FileInput):
                valeurs[nom] = self._lire(debut + nom, champ)
        dits = {debut + nom for nom in (*champs, self.cles[prefixe], "DELETE")}
        autres = {c.removeprefix(debut): self.donnees.getlist(c) for c in envoyees - dits}
        cle = self.donnees.get(debut + self.cles[prefixe], "")
        return Ligne(cle, valeurs, f"{debut}DELETE" in self.donnees, fichiers, autres)

    def connues(self, prefixe):
        return {ligne.cle: ligne for ligne in self.lignes[prefixe] if ligne.cle}

    def nouvelles(self, prefixe):
        return [ligne for ligne in self.lignes[prefixe] if not ligne.cle]

    def post(self):
        """A POST that says what this has become, and its files under the names it gives them."""
        fichiers = MultiValueDict(
            (cle, self.fichiers.getlist(cle))
            for cle in self.fichiers
            if all(_rang(prefixe, cle) is None for prefixe in self.lignes)
        )
        for nom, textes in self.champs.items():
            self.donnees.setlist(nom, textes)
        for prefixe, lignes in self.lignes.items():
            for cle in list(self.donnees):
                if _rang(prefixe, cle) is not None:
                    del self.donnees[cle]
            lignes.sort(key=lambda ligne: not ligne.cle)  # Django reads the known rows first
            for rang, ligne in enumerate(lignes):
                debut = f"{prefixe}-{rang}-"
                self._ecrire(debut, self.cles[prefixe], ligne)
                for nom, fichier in ligne.fichiers.items():
                    fichiers[debut + nom] = fichier
            self.donnees[f"{prefixe}-TOTAL_FORMS"] = str(len(lignes))
            self.donnees[f"{prefixe}-INITIAL_FORMS"] = str(sum(bool(x.cle) for x in lignes))
        return self.donnees, fichiers

    def _ecrire(self, debut, cle, ligne):
        self.donnees[debut + cle] = ligne.cle
        for nom, textes in (ligne.autres | ligne.valeurs).items():
            self.donnees.setlist(debut + nom, textes)
        if ligne.supprimee:
            self.donnees[f"{debut}DELETE"] = "on"


class Relue(Saisie):
    """The page that was read, as one that came back without a change."""

    def __init__(self, lu, formulaire, groupes):
        self.champs = {nom: lu["champs"].get(nom, []) for nom in ecrits(formulaire.fields)}
        self.lignes = {
            g.prefix: [Ligne(cle, dict(x)) for cle, x in lu["lignes"].get(g.prefix, {}).items()]
            for g in groupes
        }


def _rang(prefixe, cle):
    """The number of the row of this group to which this name belongs, or None."""
    debut, _, reste = cle.removeprefix(f"{prefixe}-").partition("-")
    est_du_groupe = cle.startswith(f"{prefixe}-") and reste and debut.isdecimal()
    return int(debut) if est_du_groupe and len(debut) < 9 else None


def deja_recu(fichier, noms):
    """Whether this upload is, byte for byte, the file stored under the first of these names."""
    try:
        if not noms or default_storage.size(noms[0]) != fichier.size:
            return False
        fichier.seek(0)
        with default_storage.open(noms[0]) as depose:
            return all(a == b for a, b in zip(depose.chunks(), fichier.chunks(), strict=True))
    except (OSError, ValueError):
        return False  # it has left the disk, or was not kept
