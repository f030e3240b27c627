"""The columns of a resource: a plain value, a relation by natural key, a list of keys."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from rapidfuzz import fuzz, process

from echanges.dialectes import MACHINE, restaurer
from echanges.erreurs import Illisible
from echanges.lecture import sans_accents
from echanges.valeurs import Code, Texte, valeur_du_champ

OBLIGATOIRE = "cette valeur est obligatoire"


def cle_naturelle(modele):
    """The field by which a file names a row of this model, None when it takes several."""
    if not isinstance(modele._meta.pk, models.AutoField):
        return modele._meta.pk
    return next((c for c in modele._meta.fields if c.unique and not c.primary_key), None)


def chemin_naturel(modele):
    champ = cle_naturelle(modele)
    if champ.is_relation:
        return f"{champ.name}__{chemin_naturel(champ.related_model)}"
    return champ.name


def champ_au_bout(modele, chemin):
    *relations, nom = chemin.split("__")
    for relation in relations:
        modele = modele._meta.get_field(relation).related_model
    return modele._meta.get_field(nom)


def verifier(champ, valeur, lu):
    """(value, remark or None) once the field's own validators agree. Raises Illisible."""
    try:
        return champ.clean(lu, None), None
    except ValidationError as erreur:
        if isinstance(valeur, Code) and (repare := valeur.reparer(lu, partial(_admis, champ))):
            return repare
        raise Illisible(" ".join(erreur.messages)) from erreur


def _admis(champ, code):
    try:
        champ.clean(code, None)
    except ValidationError:
        return False
    return True


class Colonne:
    """One model field, one header."""

    def __init__(self, nom, champ, *, cle=False, valeur=None, facultative=False):
        self.entetes, self.facultative = (nom,), facultative
        self.nom, self.champ, self.cle = nom, champ, cle
        self.attribut = champ.attname
        self.chemins = (champ.attname,)
        self.valeur = valeur or valeur_du_champ(champ)
        self.valeurs = (self.valeur,)
        self.memorable = self.valeur.memorable

    def preparer(self, cles_du_fichier=()):
        """Called once before the rows are read."""

    def lire(self, textes):
        """(value, remark or None) of these cells. Raises Illisible."""
        (texte,) = textes
        if not texte or not texte.strip():
            return self.vide(), None
        valeur = self.valeur.clean(texte)
        if isinstance(valeur, str):
            valeur = valeur.strip()
        return verifier(self.champ, self.valeur, valeur)

    def vide(self):
        champ = self.champ
        if champ.null or self.facultative:
            return None
        if champ.blank and champ.empty_strings_allowed:
            return ""
        if champ.has_default() and not self.cle:
            return champ.get_default()
        raise Illisible(OBLIGATOIRE)

    def pareil(self, avant, apres, textes):
        """The cell says what the row already holds; a line break of another system counts not."""
        if avant == apres:
            return True
        if not isinstance(self.valeur, Texte) or not isinstance(avant, str):
            return False
        brut = restaurer(textes[0] or "")
        return brut == avant or _lignes(brut) == _lignes(avant) or _lignes(apres) == _lignes(avant)

    def montrer(self, valeur, dialecte):
        return self.valeur.render(valeur, dialecte=dialecte)


def _lignes(texte):
    return texte.replace("\r\n", "\n").replace("\r", "\n")


class Cles:
    """The rows that a natural key may name, loaded once: never a query a row."""

    def __init__(self, modele, chemins):
        self.modele, self.chemins = modele, tuple(chemins)
        self.valeurs = [valeur_du_champ(champ_au_bout(modele, chemin)) for chemin in self.chemins]
        self.noms = None

    def preparer(self, ajouts=()):
        requete = self.modele._default_manager.order_by().values_list("pk", *self.chemins)
        self.pks = {ligne[1:]: ligne[0] for ligne in requete.iterator(chunk_size=5000)}
        self.pks |= {(cle,): cle for cle in ajouts}
        self.textes = {pk: cle for cle, pk in self.pks.items()}

    def trouver(self, textes):
        """(pk, remark or None). Raises Illisible with the nearest known key."""
        cle = tuple(
            valeur.clean(texte.strip()) for valeur, texte in zip(self.valeurs, textes, strict=True)
        )
        if cle in self.pks:
            return self.pks[cle], None
        if len(cle) == 1 and isinstance(self.valeurs[0], Code):
            repare = self.valeurs[0].reparer(cle[0], lambda code: (code,) in self.pks)
            if repare:
                return repare
        raise Illisible(self._inconnu(textes))

    def _inconnu(self, textes):
        nom = self.modele._meta.verbose_name
        texte = " ".join(textes).strip()
        phrase = f"« {texte} » n’est pas une clé connue ({nom})"
        if proche := self.proche(texte):
            phrase += f" ; la plus proche est {proche}"
        return phrase

    def proche(self, texte):
        if self.noms is None:
            attributs = {c.name for c in self.modele._meta.fields}
            nom = next((a for a in ("nom", "titre", "objet", "intitule") if a in attributs), None)
            noms = dict(self.modele._default_manager.values_list("pk", nom)) if nom else {}
            self.noms = {pk: noms.get(pk, "") for pk in self.textes}
            self.candidats = {("nom", pk): sans_accents(n) for pk, n in self.noms.items() if n}
            self.candidats |= {
                ("cle", pk): sans_accents(" ".join(map(str, cle)))
                for pk, cle in self.textes.items()
            }
        trouve = process.extractOne(
            sans_accents(texte), self.candidats, scorer=fuzz.WRatio, score_cutoff=65
        )
        if not trouve:
            return None
        pk = trouve[2][1]
        cle = " ".join(map(str, self.textes[pk]))
        return f"{cle} ({self.noms[pk]})" if self.noms[pk] else cle

    def ecrire(self, pk, dialecte=MACHINE):
        cle = self.textes.get(pk, (pk,))
        return [v.render(c, dialecte=dialecte) for v, c in zip(self.valeurs, cle, strict=True)]


class Relation(Colonne):
    """A foreign key, written in one or several columns that name its row."""

    memorable = True
    facultative = False

    def __init__(self, nom, champ, *, cle=False, chemins=None):
        self.nom, self.champ, self.cle = nom, champ, cle
        self.attribut = champ.attname
        chemins = chemins or {nom: chemin_naturel(champ.related_model)}
        self.entetes = tuple(chemins)
        self.cles = Cles(champ.related_model, chemins.values())
        self.chemins = tuple(f"{champ.name}__{chemin}" for chemin in chemins.values())
        self.valeurs = tuple(self.cles.valeurs)

    def preparer(self, cles_du_fichier=()):
        self.cles.preparer()

    def lire(self, textes):
        if not (textes[-1] or "").strip():
            return self.vide(), None
        return self.cles.trouver(textes)

    def pareil(self, avant, apres, textes):
        return avant == apres

    def montrer(self, valeur, dialecte):
        return "" if valeur is None else " ".join(self.cles.ecrire(valeur, dialecte))
