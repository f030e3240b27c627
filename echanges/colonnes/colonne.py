"""The columns of a resource: a plain value, a relation by natural key, a list of keys."""

import re
from functools import partial
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import models

from echanges.colonnes.conseils import ERREURS_DE_TABLEUR, dit_aucun
from echanges.colonnes.proches import Noms
from echanges.colonnes.valeurs import Code, Texte, valeur_du_champ
from echanges.dialectes import MACHINE, restaurer
from echanges.erreurs import Illisible
from echanges.textes import sans_accents

OBLIGATOIRE = "cette valeur est obligatoire"
INSECABLES = re.compile("[\u00a0\u2007\u2009\u202f]")
RECHERCHES = 200  # of a nearest value, in one file: it takes a moment among 35,000 communes


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
        if champ.primary_key and (lue := _lire_autrement(champ.model, str(lu))):
            return lue
        raise Illisible(_motif(erreur)) from erreur


def _lire_autrement(modele, texte):
    """(key, remark) of what names a row of this model in another way, when the model knows it."""
    autrement = getattr(modele, "cle_lue_autrement", None)
    return autrement(texte) if autrement else None


def _motif(erreur):
    """What the field says; its length is no news when its form already is wrong."""
    erreurs = [e for e in erreur.error_list if e.code != "max_length"] or erreur.error_list
    return " ".join(ValidationError(erreurs).messages)


def _admis(champ, code):
    try:
        champ.clean(code, None)
    except ValidationError:
        return False
    return True


class Colonne:
    """One model field, one header."""

    est_liste = False
    absente = None  # what stands where nothing was

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
        valeur, remarque = verifier(self.champ, self.valeur, valeur)
        remarque = remarque or self.valeur.remarque(texte)
        if isinstance(valeur, str) and ERREURS_DE_TABLEUR.fullmatch(valeur):
            remarque = f"« {valeur} » : le tableur n’a pas pu calculer cette cellule"
        return valeur, remarque

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
        """The cell says what the row already holds, were it kept before texts were cleaned."""
        if avant == apres:
            return True
        if not isinstance(self.valeur, Texte) or not isinstance(avant, str):
            return False
        brut, propre = restaurer(textes[0] or ""), self.valeur.propre(avant)
        if brut == avant or propre in (self.valeur.propre(brut), apres):
            return True
        # What an old encoding cannot write, a spreadsheet replaces by a question mark.
        return "?" in brut and brut.strip() == INSECABLES.sub("?", avant)

    def montrer(self, valeur, dialecte):
        return self.valeur.render(valeur, dialecte=dialecte)

    def relire(self, valeur):
        """A value as it was kept in JSON."""
        return self.champ.to_python(valeur)

    def parties(self):
        """(header, path from the model of the column, kind of value) of each of its headers."""
        return zip(self.entetes, self.chemins, self.valeurs, strict=True)


def _nom_compare(nom):
    return " ".join(re.sub(r"[\s\-–]+", " ", sans_accents(str(nom))).split())


class Cles:
    """The rows that a natural key may name, loaded once: never a query a row."""

    def __init__(self, modele, chemins):
        self.modele, self.chemins = modele, tuple(chemins)
        self.valeurs = [valeur_du_champ(champ_au_bout(modele, chemin)) for chemin in self.chemins]
        self.noms, self.du_nom, self.recherches = None, None, 0

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
        if len(cle) == 1 and (lue := self._lire_autrement(cle[0], textes[0])):
            return lue
        raise self._refus(textes)

    def _lire_autrement(self, cle, texte):
        """A code that lost or took a zero, the exact name of one row alone, another of its keys."""
        if isinstance(self.valeurs[0], Code):
            repare = self.valeurs[0].reparer(cle, lambda code: (code,) in self.pks)
            if repare:
                return self.pks[(repare[0],)], repare[1]
        if (pk := self._du_nom(texte)) is not None:
            return pk, f"« {texte.strip()} » lu {' '.join(map(str, self.textes[pk]))}"
        lue = _lire_autrement(self.modele, cle)
        return lue if lue and (lue[0],) in self.pks else None

    def _du_nom(self, texte):
        """The key of the only row of this name, letter case and accents apart."""
        if self.du_nom is None:
            self.du_nom, doubles = {}, set()
            for pk, nom in self._noms().items():
                nom = _nom_compare(nom)
                if self.du_nom.setdefault(nom, pk) != pk:
                    doubles.add(nom)
            for nom in {*doubles, ""} & self.du_nom.keys():
                del self.du_nom[nom]
        return self.du_nom.get(_nom_compare(texte))

    def _noms(self):
        """{key: name} of every row; empty where rows have no name."""
        attributs = {c.name for c in self.modele._meta.fields}
        nom = next((a for a in ("nom", "titre", "objet", "intitule") if a in attributs), None)
        noms = dict(self.modele._default_manager.values_list("pk", nom)) if nom else {}
        return {pk: noms.get(pk, "") for pk in self.textes}

    def _refus(self, textes):
        """Why no row is found, as an Illisible."""
        nom, texte = self.modele._meta.verbose_name, " ".join(textes).strip()
        if dit_aucun(texte):
            return Illisible(
                f"« {texte} » veut dire qu’il n’y en a pas : laissez la cellule vide",
                motif=f"une façon d’écrire qu’il n’y a pas de {nom} : laissez la cellule vide",
            )
        devenu = getattr(self.modele, "ce_que_c_est_devenu", None)
        if devenu and (dit := devenu(texte)):
            return Illisible(dit[0], motif=f"{nom} d’avant", proposition=dit[1])
        phrase, cle = self._inconnu(texte)
        return Illisible(phrase, motif=f"{nom} inconnu{'e' * self._au_feminin()}", proposition=cle)

    def _au_feminin(self):
        return bool(getattr(self.modele, "feminin", False))

    def connait(self, texte):
        """Whether this text is the key of a row, alone; what cannot be read is none."""
        try:
            return (self.valeurs[0].clean(texte.strip()),) in self.pks
        except Illisible:
            return False

    def _inconnu(self, texte):
        """(sentence, nearest key or nothing)"""
        phrase = f"« {texte} » n’est pas une clé connue ({self.modele._meta.verbose_name})"
        self.recherches += 1
        pk = self.proche(texte) if self.recherches <= RECHERCHES else None
        if pk is None:
            return phrase, ""
        cle = " ".join(map(str, self.textes[pk]))
        nom = f" ({self.noms[pk]})" if self.noms[pk] else ""
        return f"{phrase} ; la plus proche est {cle}{nom}", cle

    def proche(self, texte):
        """The key of the row that this text names but for one slip, or clearly; else None."""
        if self.noms is None:
            self.noms = self._noms()
            self.par_nom = Noms(self.noms)
            self.par_cle = Noms({pk: " ".join(map(str, k)) for pk, k in self.textes.items()})
        trouves = filter(None, (self.par_nom.proche(texte), self.par_cle.proche(texte)))
        return max(trouves, key=itemgetter(1), default=(None, 0))[0]

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
