"""Columns that hold a list, separated by spaces: a many-to-many relation, or rows of a child."""

import json
import re
from collections import defaultdict

from django.db import connection
from django.db.models.expressions import RawSQL

from echanges.colonnes.colonne import Cles, chemin_naturel, verifier
from echanges.colonnes.valeurs import valeur_du_champ
from echanges.dialectes import MACHINE
from echanges.erreurs import Illisible
from echanges.historisation import historiser
from echanges.lots import par_lots

SEPARATEURS = re.compile(r"[\s,;|]+")  # written with spaces, read as people write lists


def parmi(champ, pks):
    """Filter of the rows whose `champ` is one of these keys, and maybe of a few others.

    Thousands of keys take longer to write in a query than to find: those that follow each other
    are named by the first and the last, the others by one parameter.
    """
    if isinstance(pks[0], int) and max(pks) - min(pks) < 3 * len(pks):
        return {f"{champ}__gte": min(pks), f"{champ}__lte": max(pks)}
    if connection.vendor == "postgresql":
        genre = "bigint" if isinstance(pks[0], int) else "text"
        return {f"{champ}__in": RawSQL(f"SELECT unnest(%s::{genre}[])", [list(pks)])}
    return {f"{champ}__in": RawSQL("SELECT value FROM json_each(%s)", [json.dumps(pks)])}


class Liste:
    """What every list column does; a value is a sorted tuple without repetition."""

    est_liste = True
    absente = ()  # what stands where nothing was
    memorable = True
    cle = False
    soi = False  # rows of the same file may name each other

    def __init__(self, nom):
        self.nom, self.entetes = nom, (nom,)

    def lire(self, textes):
        elements, remarques = set(), []
        for mot in SEPARATEURS.split(textes[0] or ""):
            if not mot:
                continue
            element, remarque = self.lire_element(mot)
            elements.add(element)
            remarques += [remarque] if remarque else []
        return tuple(sorted(elements)), " ; ".join(remarques) or None

    def vide(self):
        return ()

    def pareil(self, avant, apres, textes):
        return avant == apres

    def montrer(self, valeur, dialecte=MACHINE):
        return " ".join(self.ecrire_element(element) for element in valeur)

    def relire(self, valeur):
        """A value as it was kept in JSON."""
        return tuple(tuple(e) if isinstance(e, list) else e for e in valeur)

    def parties(self):
        """(header, path from the model of the column, kind of value): a list has no path."""
        return [(self.nom, None, None)]

    def mots(self, pks):
        """{primary key of the parent: the words of its list, sorted}: what a file says of it."""
        listes = defaultdict(list)
        for parent, *element in self.lignes_en_clair(pks):
            listes[parent].append(element[0] or element[-1])
        for mots in listes.values():
            if len(mots) > 1:
                mots.sort()
        return listes

    def lignes_en_clair(self, pks):
        """(parent's key, word), or one column a kind of word, one of which is filled."""
        for lot in par_lots(pks):
            yield from self.lignes(lot)

    def courants(self, pks=None):
        """{primary key of the parent: its present list}, for all or for these parents."""
        listes = defaultdict(list)
        for lot in [None] if pks is None else par_lots(pks):
            for parent, *element in self.lignes(lot).iterator(chunk_size=5000):
                listes[parent].append(self.element(*element))
        return {parent: tuple(sorted(elements)) for parent, elements in listes.items()}


class Plusieurs(Liste):
    """A many-to-many relation, named by natural keys."""

    def __init__(self, nom, champ):
        super().__init__(nom)
        self.champ, self.lignes_liees = champ, champ.remote_field.through
        self.parent = champ.m2m_column_name()
        self.cible = champ.m2m_reverse_name()
        self.parent_nomme = champ.m2m_field_name()
        self.cles = Cles(champ.related_model, [chemin_naturel(champ.related_model)])
        self.soi = champ.model == champ.related_model  # successors of an intercommunalité

    def preparer(self, cles_du_fichier=()):
        self.cles.preparer(cles_du_fichier)

    def lire(self, textes):
        """Keys, or else exact names, that spaces do not separate."""
        try:
            return super().lire(textes)
        except Illisible:
            noms = [nom for nom in re.split(r"[;|\n]", textes[0]) if nom.strip()]
            if not all(" " in nom.strip() or len(noms) > 1 for nom in noms):
                raise
            try:
                lus = [self.cles.trouver([nom]) for nom in noms]
            except Illisible:
                lus = None
            if lus is None:
                raise
        return tuple(sorted({pk for pk, _ in lus})), " ; ".join(r for _, r in lus if r) or None

    def lire_element(self, mot):
        return self.cles.trouver([mot])

    def ecrire_element(self, element):
        return self.cles.ecrire(element)[0]

    def lignes(self, pks=None):
        liens = self.lignes_liees._default_manager.order_by()
        if pks is not None:
            liens = liens.filter(**{f"{self.parent}__in": pks})
        return liens.values_list(self.parent, self.cible)

    def lignes_en_clair(self, pks):
        liens = self.lignes_liees._default_manager.order_by().filter(**parmi(self.parent, pks))
        chemin = f"{self.champ.m2m_reverse_field_name()}__{self.cles.chemins[0]}"
        return liens.values_list(self.parent, chemin)

    def element(self, pk):
        return pk

    def qui_vise(self, pks):
        """The links by which a row that is not one of these names one of them in its list."""
        liens = self.lignes_liees._default_manager.filter(**{f"{self.cible}__in": pks})
        return liens.exclude(**{f"{self.parent}__in": pks})

    def enregistrer(self, changements, auteur, raison):
        """Write [(parent's key, list before, list after)]; its history tells the change."""
        for lot in par_lots(changements):
            parents = [pk for pk, avant, _ in lot if avant]
            self.lignes_liees.objects.filter(**{f"{self.parent}__in": parents}).delete()
        self.lignes_liees.objects.bulk_create(
            (
                self.lignes_liees(**{self.parent: pk, self.cible: element})
                for pk, _, apres in changements
                for element in apres
            ),
            batch_size=1000,
        )


class Enfants(Liste):
    """Rows of a child model that are one value each (the postcodes of a commune)."""

    def __init__(self, nom, modele, parent, champ="code", valeur=None):
        super().__init__(nom)
        self.modele = self.lignes_liees = modele
        self.parent = f"{parent}_id"
        self.nom_du_champ = champ
        self.valeur = valeur

    def preparer(self, cles_du_fichier=()):
        self.champ = self.modele._meta.get_field(self.nom_du_champ)
        self.valeur = self.valeur or valeur_du_champ(self.champ)

    def lire_element(self, mot):
        return verifier(self.champ, self.valeur, self.valeur.clean(mot))

    def ecrire_element(self, element):
        return element

    def lignes(self, pks=None):
        enfants = self.modele._default_manager.order_by()
        if pks is not None:
            enfants = enfants.filter(**{f"{self.parent}__in": pks})
        return enfants.values_list(self.parent, self.nom_du_champ)

    def element(self, valeur):
        return valeur

    def construire(self, ajouts):
        """Child rows not yet saved, from [(parent's key, element)]."""
        return [
            self.modele(**{self.parent: parent, self.nom_du_champ: element})
            for parent, element in ajouts
        ]

    def enregistrer(self, changements, auteur, raison):
        """Write [(parent's key, list before, list after)]: removals first, for what moves."""
        retraits = {
            (pk, element) for pk, avant, apres in changements for element in set(avant) - set(apres)
        }
        self._retirer(retraits, auteur, raison)
        ajouts = self.construire(
            [
                (pk, element)
                for pk, avant, apres in changements
                for element in apres
                if element not in avant
            ]
        )
        ajouts = self.modele._default_manager.bulk_create(ajouts, batch_size=1000)
        historiser(self.modele, [ajout.pk for ajout in ajouts], "+", auteur, raison)

    def _retirer(self, retraits, auteur, raison):
        parents = sorted({parent for parent, _ in retraits})
        for cles in par_lots(parents):
            lot = {f"{self.parent}__in": cles}
            condamnes = [
                enfant
                for enfant in self.modele._default_manager.filter(**lot)
                if (getattr(enfant, self.parent), self.element_de(enfant)) in retraits
            ]
            condamnes = [condamne.pk for condamne in condamnes]
            historiser(self.modele, condamnes, "-", auteur, raison)
            self.modele._default_manager.filter(pk__in=condamnes).delete()

    def element_de(self, enfant):
        return getattr(enfant, self.nom_du_champ)
