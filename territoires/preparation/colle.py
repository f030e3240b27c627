"""One paste that puts members into several périmètres of an edition in preparation.

A line names a périmètre (its code in this edition, or its name) and a member (its SIREN, its Insee
code, or the name of the intercommunalité), in the cells of a spreadsheet or one after the other.
"""

import re
from dataclasses import dataclass

from django.db import transaction

from territoires.champs import cle_de_recherche
from territoires.editions.models import MembrePerimetre
from territoires.geographie.models import Commune, Intercommunalite
from territoires.preparation import brouillons

LIGNES = 3_000  # more than there are members of a whole edition
CELLULES = re.compile(r"[\t;|]")
CODE = re.compile(r"\d{9}|\d{5}|2[AB]\d{3}", re.IGNORECASE)
MOTS_D_ENTETE = {"code", "siren", "insee", "territoire", "perimetre", "membre", "intercommunalite"}
MONTRES = 5  # namesakes told in one sentence


@dataclass
class LigneCollee:
    """What one line says, and what it would do; `refus` says why it can do nothing."""

    numero: int
    texte: str
    perimetre: object = None
    membre: object = None
    quitte: object = None  # the périmètre that the member would leave
    refus: str = ""

    @property
    def deja(self):
        """The member is there already: nothing to do."""
        return not self.refus and self.quitte == self.perimetre

    @property
    def dit(self):
        """What would happen, in a sentence."""
        if self.refus:
            return self.refus
        if self.deja:
            return "Y est déjà."
        if self.quitte:
            return f"Quitte « {self.quitte.nom} »."
        return "Entre dans l’édition."


def lire(texte, edition):
    """[LigneCollee] of a pasted text, in a number of queries that does not grow with it."""
    lignes = [
        LigneCollee(numero, brute.strip())
        for numero, brute in enumerate(texte.splitlines()[:LIGNES], start=1)
        if brute.strip()
    ]
    if lignes and _est_un_entete(lignes[0].texte):
        lignes = lignes[1:]
    index = _Index(edition, lignes)
    vus = {}
    for ligne in lignes:
        index.comprendre(ligne)
        if ligne.membre and (autre := vus.setdefault(ligne.membre, ligne)) is not ligne:
            ligne.refus = f"Ce membre est déjà à la ligne {autre.numero}."
    return lignes


def _est_un_entete(texte):
    mots = set(cle_de_recherche(texte).split())
    return bool(mots & MOTS_D_ENTETE) and not re.search(r"\d", texte)


def _cellules(texte):
    """The cells of a line; without a separator, what comes before and after its first space."""
    cellules = [c.strip(' "  ') for c in CELLULES.split(texte)]
    cellules = [cellule for cellule in cellules if cellule]
    if len(cellules) == 1:
        # « 12, Alpha » and « 12 Alpha » alike.
        cellules = [c.strip(' ,"  ') for c in re.split(r"[,\s]+", texte, maxsplit=1)]
    return cellules


def _code(cellule):
    """The SIREN or Insee code of a cell, whatever spaces stand in it; empty when it is none."""
    nu = re.sub(r"\s", "", cellule).upper()
    return nu if CODE.fullmatch(nu) else ""


class _Index:
    """What the lines may name, read once for all of them."""

    def __init__(self, edition, lignes):
        perimetres = list(edition.perimetres.order_by("pk"))
        self.codes = {p.code.casefold(): p for p in perimetres}
        self.noms = {cle_de_recherche(p.nom): p for p in perimetres}
        cellules = {c for ligne in lignes for c in _cellules(ligne.texte)}
        codes = {code for c in cellules if (code := _code(c))}
        self.membres = Intercommunalite.objects.in_bulk([c for c in codes if len(c) == 9])
        self.membres |= Commune.objects.in_bulk([c for c in codes if len(c) == 5])
        self.homonymes = {}
        for un in Intercommunalite.objects.existantes():
            cle = un.recherche.removesuffix(f" {un.pk}")  # its key holds its SIREN too
            self.homonymes.setdefault(cle, []).append(un)
        places = MembrePerimetre.objects.filter(edition=edition)
        places = places.select_related("perimetre", "intercommunalite", "commune")
        self.places = {place.intercommunalite or place.commune: place.perimetre for place in places}

    def comprendre(self, ligne):
        """Fill what this line says."""
        premiere, *autres = _cellules(ligne.texte)
        ligne.perimetre = self.codes.get(premiere.casefold()) or self.noms.get(
            cle_de_recherche(premiere)
        )
        if ligne.perimetre is None:
            ligne.refus = (
                f"Aucun territoire de cette édition ne porte le code ni le nom « {premiere} »."
            )
        elif not autres:
            ligne.refus = "Il manque le membre : son SIREN, son code Insee ou son nom."
        else:
            self._trouver_le_membre(ligne, autres)
            ligne.quitte = self.places.get(ligne.membre)

    def _trouver_le_membre(self, ligne, cellules):
        """A code says it for sure; a name, when one intercommunalité alone has it."""
        codes = [code for c in cellules if (code := _code(c))]
        if codes:
            ligne.membre = next((self.membres[c] for c in codes if c in self.membres), None)
            if ligne.membre is None:
                ligne.refus = (
                    f"Aucune intercommunalité ni commune connue ne porte le code {codes[0]}."
                )
            return
        trouves = [un for c in cellules for un in self.homonymes.get(cle_de_recherche(c), ())]
        if len(trouves) == 1:
            ligne.membre = trouves[0]
        elif trouves:
            sirens = ", ".join(f"{un} ({un.pk})" for un in trouves[:MONTRES])
            ligne.refus = f"Plusieurs portent ce nom, écrivez le SIREN : {sirens}."
        else:
            ligne.refus = (
                f"Aucune intercommunalité ne s’appelle « {cellules[0]} » : écrivez son SIREN."
            )


@transaction.atomic
def repartir(edition, lignes):
    """Do what these lines say, all of it or nothing; how many members moved."""
    brouillons.verrouiller(edition)
    par_perimetre = {}
    for ligne in lignes:
        par_perimetre.setdefault(ligne.perimetre, []).append(ligne.membre)
    return sum(len(brouillons.deplacer(p, membres)) for p, membres in par_perimetre.items())
