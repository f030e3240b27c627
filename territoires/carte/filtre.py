"""The form beside the map: what is kept of its rows, in what order, and how it is coloured."""

from html import escape
from urllib.parse import urlencode

from django import forms
from django.utils.safestring import mark_safe

from territoires.carte import comptes
from territoires.carte.dessin.couleurs import Couleur
from territoires.champs import cle_de_recherche
from territoires.editions.dates import date_en_texte
from territoires.liste_publique import OUI_NON

INDIFFERENT = [("", "Indifférent")]
TRIS = {
    "nom": lambda ligne: ligne.recherche,
    "code": lambda ligne: ligne.code,
    "habitants": lambda ligne: ligne.population or 0,
}
COLONNES = (
    ("nom", "Territoire"),
    ("code", "Code"),
    ("habitants", "Habitants"),
)


class FiltreCarte(forms.Form):
    """What is wrong in it is told at its field and otherwise left out."""

    couleur = forms.ChoiceField(label="Colorer selon", required=False)
    depuis = forms.ChoiceField(label="Changements depuis l’édition", required=False)
    region = forms.ChoiceField(label="Région", required=False)
    interregional = forms.ChoiceField(
        label="Interrégional", choices=INDIFFERENT + OUI_NON, required=False
    )
    texte = forms.CharField(label="Nom ou code", max_length=100, required=False)

    def __init__(self, donnees, lue):
        super().__init__(donnees)
        self.lue, self.comptes = lue, comptes.declares()
        self._ajouter_les_comptes()
        self.fields["region"].choices = [("", "France entière"), *lue.regions.items()]
        self.fields["region"].error_messages["invalid_choice"] = (
            "Aucune région ne porte le code « %(value)s »."
        )
        anterieures = [(e.code, date_en_texte(e)) for e in lue.anterieures] if lue.edition else []
        self.fields["depuis"].choices = [("", "La précédente"), *anterieures]
        self.fields["depuis"].error_messages["invalid_choice"] = (
            "« %(value)s » n’est pas une édition antérieure dont la composition est connue."
        )
        tri = donnees.get("tri")
        self.tri = tri if (tri or "").removeprefix("-") in self._cles else "nom"
        self.full_clean()

    def _ajouter_les_comptes(self):
        """The choices that the rooms above declare, before the field of text."""
        for compte in self.comptes:
            self.fields[compte.cle] = forms.ChoiceField(
                label=compte.filtre, choices=INDIFFERENT + OUI_NON, required=False
            )
        self.fields["texte"] = self.fields.pop("texte")
        self.fields["couleur"].choices = self._couleurs = [
            (Couleur.REGION.value, Couleur.REGION.label),
            *((compte.cle, compte.couleur) for compte in self.comptes),
            (Couleur.CHANGEMENT.value, Couleur.CHANGEMENT.label),
        ]
        self._cles = {**TRIS, **{c.cle: _nombre_de(c.cle) for c in self.comptes}}

    @property
    def region_choisie(self):
        """Its code, or None for the whole country."""
        return self.cleaned_data.get("region") or None

    @property
    def edition_de_depart(self):
        """The edition to compare with: the one asked for, else the one just before; maybe None."""
        code = self.cleaned_data.get("depuis")
        return next((e for e in self.lue.anterieures if code in ("", None, e.code)), None)

    @property
    def couleur_choisie(self):
        couleur = self.cleaned_data.get("couleur") or Couleur.REGION
        if couleur == Couleur.CHANGEMENT and not self.edition_de_depart:
            return Couleur.REGION
        return couleur

    @property
    def est_vide(self):
        """Nothing asked: the address alone."""
        return not self.data

    @property
    def parametres(self):
        """What was asked and understood, to be said again in another address."""
        demande = {**self.cleaned_data, "tri": "" if self.tri == "nom" else self.tri}
        return {nom: valeur for nom, valeur in demande.items() if valeur}

    @property
    def adresse(self):
        """The same as the end of an address; empty when nothing is asked."""
        return f"?{urlencode(self.parametres)}" if self.parametres else ""

    @property
    def couleurs(self):
        """(code, words, chosen?) of each way to colour that is possible here."""
        return [
            (couleur, libelle, choisie)
            for couleur, libelle in self._couleurs
            for choisie in [couleur == self.couleur_choisie]
            if couleur != Couleur.CHANGEMENT or self.lue.anterieures
        ]

    @property
    def champs(self):
        """(field, `<option>`s of its list) but for the colours: by hand, a template is slow."""
        return [(champ, self._options(champ)) for champ in self if champ.name != "couleur"]

    def _options(self, champ):
        valeur = champ.value()
        return mark_safe(
            "".join(
                f'<option value="{escape(code)}"{" selected" * (code == valeur)}>'
                f"{escape(libelle)}</option>"
                for code, libelle in getattr(champ.field, "choices", ())
            )
        )

    @property
    def a_ouvrir(self):
        """Whether something was asked in the fields: they are then in view."""
        return bool(self.errors or self.parametres.keys() - {"couleur", "region", "tri"})

    @property
    def tris(self):
        """Each column that sorts: where its heading leads, and how it sorts now."""
        sens = {self.tri.removeprefix("-"): "descending" if self.tri[0] == "-" else "ascending"}
        return {
            cle: {
                "libelle": libelle,
                "est_nombre": cle not in ("nom", "code"),
                "sens": sens.get(cle),
                "adresse": "?"
                + urlencode(self.parametres | {"tri": f"-{cle}" if self.tri == cle else cle}),
            }
            for cle, libelle in (*COLONNES, *((c.cle, c.colonne) for c in self.comptes))
        }

    def retenir(self, lignes):
        """The rows that answer all the filters, in the order asked for."""
        voulu = self.cleaned_data
        mots = cle_de_recherche(voulu.get("texte") or "").split()
        region = self.region_choisie
        cle, inverse = self._cles[self.tri.removeprefix("-")], self.tri[0] == "-"
        return sorted(
            (
                ligne
                for ligne in lignes
                if (not region or region in ligne.regions)
                and _oui_non(voulu.get("interregional"), len(ligne.regions) > 1)
                and all(_oui_non(voulu.get(c.cle), ligne.comptes[c.cle] > 0) for c in self.comptes)
                and all(mot in ligne.recherche for mot in mots)
            ),
            key=cle,
            reverse=inverse,
        )


def _nombre_de(compte):
    return lambda ligne: ligne.comptes[compte]


def _oui_non(voulu, vrai):
    return not voulu or (voulu == "oui") is vrai
