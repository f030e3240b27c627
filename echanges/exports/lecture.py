"""Workbooks for people: names and labels instead of keys, régions, totals, one sheet a subject.

They are read, never imported: what goes in and out again is in `morceaux`.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.utils.text import capfirst

from echanges.colonnes.colonne import Relation, champ_au_bout
from echanges.colonnes.listes import Plusieurs
from echanges.colonnes.schemas import decrire
from echanges.colonnes.valeurs import Choix, Date, Entier, Instant, Json, Nombre, OuiNon, Texte
from echanges.dialectes import EXCEL, XLSX
from echanges.exports.classeur import Feuille, ecrire_classeur
from echanges.exports.morceaux import CARACTERES_D_UNE_CELLULE, CLASSEURS, LIGNES_D_UNE_FEUILLE
from echanges.registre import resources

LOT = 2000  # rows held in memory at once
NOMS = ("nom", "titre", "objet", "intitule", "libelle")
LIMITE = CARACTERES_D_UNE_CELLULE[XLSX] // 2 - 1  # characters, were all of them emoji
LARGEURS = ((Instant, 20), (Date, 12), ((Entier, Nombre), 16))
LARGE, MOYENNE = 48, 28  # of texts, of names


class TelQuel(Texte):
    """What a person typed, sign by sign: these files are never read back, and cells of text never
    run."""

    def formateur(self, dialecte):
        return str


@dataclass(frozen=True)
class Colonne:
    titre: str
    source: object  # a path of the model, or {primary key: text} of a batch of them
    valeur: object
    lire: object = None  # what a cell says of the value that is read
    somme: bool = False

    @property
    def largeur(self):
        connue = next((n for genre, n in LARGEURS if isinstance(self.valeur, genre)), None)
        if connue is None:
            connue = LARGE if getattr(self.valeur, "paragraphes", False) else MOYENNE
        return max(connue, min(len(self.titre) + 4, LARGE))


class Rangees:
    """One sheet: rows, and the columns that are read of them."""

    def __init__(self, titre, rangees, colonnes, ordre=()):
        self.titre, self.rangees, self.ordre = titre, rangees, ordre
        self.colonnes = [*_distinctes(colonnes)]

    def feuille(self):
        colonnes = self.colonnes
        return Feuille(
            self.titre,
            [colonne.titre for colonne in colonnes],
            [colonne.valeur for colonne in colonnes],
            largeurs=tuple(colonne.largeur for colonne in colonnes),
            sommes=tuple(rang for rang, colonne in enumerate(colonnes) if colonne.somme),
            a_lire=True,
        )

    def triees(self):
        return self.rangees.order_by(*self.ordre, "pk")

    def lots(self):
        """Batches of rows, each a list of columns of values."""
        chemins = [c.source for c in self.colonnes if isinstance(c.source, str)]
        lues = self.triees().values_list("pk", *chemins).iterator(chunk_size=LOT)
        while lot := list(islice(lues, LOT)):
            pks, *valeurs = zip(*lot, strict=True)
            valeurs = iter(valeurs)
            yield [
                cellules(colonne, next(valeurs))
                if isinstance(colonne.source, str)
                else cellules(colonne, map(colonne.source(pks).get, pks))
                for colonne in self.colonnes
            ]


class Sujet(Rangees):
    """The rows of a resource, in those of its columns that may be read; None is all of them."""

    def __init__(self, resource, rangees, admises=None, ordre=()):
        self.resource, self.admises = resource, admises
        super().__init__(resource.titre(), rangees, self._des_champs(), ordre)
        titres = {colonne.titre for colonne in self.colonnes}
        self.colonnes += [colonne for colonne in self._du_lieu() if colonne.titre not in titres]

    def triees(self):
        cles = [chemin for colonne in self.resource.cles for chemin in colonne.chemins]
        try:
            return self.rangees.order_by(*self.ordre, *cles, "pk")
        except FieldError:  # the list is sorted by what it computes itself
            return self.rangees.order_by(*cles, "pk")

    def _des_champs(self):
        libelles = {d.nom: d.libelle for d in decrire(self.resource)}
        vus, sommes = set(), self.resource._meta.totaux
        for colonne in self.resource.colonnes:
            for entete, chemin, valeur in colonne.parties():
                if entete in vus or (self.admises is not None and entete not in self.admises):
                    continue
                vus.add(entete)
                titre = capfirst(libelles[entete])
                if chemin is None:
                    yield Colonne(titre, _liste(colonne), TelQuel())
                elif isinstance(colonne, Relation):
                    yield from self._de_la_relation(colonne, titre, chemin, valeur)
                elif not isinstance(valeur, Json):
                    yield simple(titre, chemin, valeur, entete in sommes)

    def _de_la_relation(self, colonne, titre, chemin, valeur):
        """The name of the row that it names; of what these rows hang on, its own key too."""
        modele = self.resource.modele
        nom, cle = _vers_le_nom(modele, chemin), champ_au_bout(modele, chemin)
        if nom != chemin and nom in colonne.chemins:  # the name has a column of its own
            nom = None
        loin, bout = chemin.count("__") > 1, capfirst(str(cle.model._meta.verbose_name))
        if not nom:
            titre = f"{bout} ({colonne.champ.verbose_name})" if loin and cle.unique else titre
            yield simple(titre, chemin, valeur)
            return
        if len(colonne.entetes) > 1:  # a key in several columns: each says of what it is
            titre = bout if loin else capfirst(str(colonne.champ.verbose_name))
        yield Colonne(titre, nom, TelQuel())
        if cle.unique and colonne.champ.name == (self.resource._meta.parent or "").split("__")[0]:
            yield simple(f"{titre}\u202f: {cle.verbose_name}", chemin, valeur)

    def _du_lieu(self):
        """The territoire and the régions of what these rows hang on."""
        parent, modele = self.resource._meta.parent, self.resource.modele
        filtres, avant = self.resource._meta.filtres, ""
        if parent:
            cible = self.resource.modele_parent()
            classes = [c for c in resources().values() if c._meta.model is cible]
            filtres, avant = (classes[0]._meta.filtres if classes else {}), f"{parent}__"
        territoire = filtres.get("territoire")
        if territoire and avant and (nom := _vers_le_nom(modele, avant + territoire)):
            yield Colonne("Territoire", nom, TelQuel())
        chemin = avant + filtres.get("region", "")
        if chemin != avant and _mene_a_un_nom(modele, chemin):
            yield Colonne("Régions", jointes(modele, f"{chemin}__nom"), TelQuel())


def ecrire(sujets, dialecte):
    """Pieces of bytes of a workbook of these."""
    feuilles = [(sujet.feuille(), sujet.lots()) for sujet in sujets]
    yield from ecrire_classeur(CLASSEURS[dialecte], feuilles)


def empechement(sujets):
    """Why these would not stand in a workbook, in a sentence, or an empty text."""
    derniere = LIGNES_D_UNE_FEUILLE - 2  # headers and totals have theirs
    if any(sujet.rangees.order_by()[derniere : derniere + 1].exists() for sujet in sujets):
        return (
            f"Une feuille s’arrête à {LIGNES_D_UNE_FEUILLE} lignes et il y en a davantage : "
            "filtrez la liste, ou prenez un CSV."
        )
    return ""


def sujets_de(classes, agent, rangees, ordre=()):
    """What this agent may read of these rows, by the first of these resources, and of what hangs on
    them, by the others."""
    premiere, *autres = [classe(agent=agent) for classe in classes]
    cles = rangees.order_by().values("pk")
    sujets = [Sujet(premiere, premiere.visibles().filter(pk__in=cles), ordre=ordre)]
    for resource in autres:
        if voie := _voie(resource, premiere.modele):
            sujets.append(Sujet(resource, resource.visibles().filter(**{f"{voie}__in": cles})))
    return sujets


def _voie(resource, modele):
    """The part of the path to its parent that leads to this model; None when none does."""
    voie, bout = [], resource.modele
    for nom in filter(None, (resource._meta.parent or "").split("__")):
        voie, bout = [*voie, nom], bout._meta.get_field(nom).related_model
        if bout is modele:
            return "__".join(voie)
    return None


def suites(resource, noms=None):
    """The resources of what hangs on the rows of this one; `noms` limits them."""
    return [
        classe
        for nom, classe in resources().items()
        if (noms is None or nom in noms) and classe.modele_parent() is resource._meta.model
    ]


def simple(titre, chemin, valeur, somme=False):
    if isinstance(valeur, Choix):
        libelles = valeur.libelles
        return Colonne(titre, chemin, TelQuel(), lambda v: libelles.get(v, str(v)))
    if isinstance(valeur, OuiNon):
        return Colonne(titre, chemin, TelQuel(), valeur.formateur(EXCEL))
    if isinstance(valeur, Instant):  # a cell tells seconds
        return Colonne(titre, chemin, valeur, lambda instant: instant.replace(microsecond=0))
    if isinstance(valeur, Texte):
        valeur = TelQuel(paragraphes=valeur.paragraphes)
        return Colonne(titre, chemin, valeur, _ce_qui_tient)
    return Colonne(titre, chemin, valeur, somme=somme)


def cellules(colonne, valeurs):
    if colonne.lire is None:
        return list(valeurs)
    return [None if valeur is None else colonne.lire(valeur) for valeur in valeurs]


def _ce_qui_tient(texte):
    return texte if len(texte) <= LIMITE else f"{texte[:LIMITE]}…"


def _vers_le_nom(modele, chemin):
    """The path of the name of the row that this path names by its key; None when it has none."""
    relation, _, _ = chemin.rpartition("__")
    bout = champ_au_bout(modele, chemin).model
    connus = {champ.name for champ in bout._meta.fields}
    nom = next((nom for nom in NOMS if nom in connus), None)
    return f"{relation}__{nom}" if relation and nom else None


def _mene_a_un_nom(modele, chemin):
    try:
        cible = champ_au_bout(modele, chemin).related_model
        return cible is not None and cible._meta.get_field("nom") is not None
    except FieldDoesNotExist:
        return False


def jointes(modele, chemin):
    """The function that gives {primary key: the names at the end of this path}."""

    def lire(pks):
        lignes = modele._default_manager.filter(pk__in=pks).order_by("pk", chemin)
        return _reunir(lignes.values_list("pk", chemin).distinct())

    return lire


def _liste(colonne):
    """The function that gives {primary key: what this list names}, by names if it can."""
    if isinstance(colonne, Plusieurs):
        cible = colonne.champ.related_model
        nom = next((n for n in NOMS if n in {c.name for c in cible._meta.fields}), None)
        if nom:
            chemin = f"{colonne.champ.m2m_reverse_field_name()}__{nom}"

            def lire(pks):
                liens = colonne.lignes_liees._default_manager
                liens = liens.filter(**{f"{colonne.parent}__in": pks}).order_by(chemin)
                return _reunir(liens.values_list(colonne.parent, chemin))

            return lire
    return lambda pks: {pk: ", ".join(mots) for pk, mots in colonne.mots(pks).items()}


def _reunir(paires):
    reunis = {}
    for pk, nom in paires:
        if nom:
            reunis.setdefault(pk, []).append(nom)
    return {pk: ", ".join(noms) for pk, noms in reunis.items()}


def _distinctes(colonnes):
    """The filters of a spreadsheet want headers that differ."""
    vus = Counter()
    for colonne in colonnes:
        vus[colonne.titre] += 1
        fois = vus[colonne.titre]
        yield colonne if fois == 1 else replace(colonne, titre=f"{colonne.titre} ({fois})")
