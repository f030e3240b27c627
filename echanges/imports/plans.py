"""The plans of an analysis, kept on disk: a file of 100,000 rows takes the memory of a thousand."""

import pickle
from tempfile import SpooledTemporaryFile

from echanges.erreurs import FichierRefuse

EN_MEMOIRE = 4 * 1024 * 1024  # bytes before it goes to disk
LOT = 1000
SANS_PLACE = (
    "Le serveur n’a plus la place de lire ce fichier : rien n’est écrit. Essayez plus tard, et "
    "prévenez la personne qui tient le service."
)


class Carnet:
    """Plans in the order of the file; written once, read as often as needed.

    The file is this process's own, without a name: nothing else can have written in it.
    """

    def __init__(self, colonnes):
        self.colonnes = {colonne.nom: colonne for colonne in colonnes}
        self._fichier = SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115  closed with us
        self._nombre = self.modifications = 0

    def __del__(self):
        self._fichier.close()

    def __len__(self):
        return self._nombre

    def ajouter(self, plans):
        for debut in range(0, len(plans), LOT):
            lot = [plan.condense() for plan in plans[debut : debut + LOT]]
            try:
                self._fichier.seek(0, 2)
                pickle.dump(lot, self._fichier, pickle.HIGHEST_PROTOCOL)
            except OSError as erreur:
                raise FichierRefuse(SANS_PLACE) from erreur
        self._nombre += len(plans)
        self.modifications += sum(not plan.creation for plan in plans)

    def lots(self):
        """Lists of plans, a thousand at most in each."""
        position = 0
        while True:
            self._fichier.seek(position)
            try:
                lot = pickle.load(self._fichier)
            except EOFError:
                return
            position = self._fichier.tell()
            yield [Plan.deplier(condense, self.colonnes) for condense in lot]

    def contient(self, creation):
        """Whether some plans create rows, or change some: looking for none reads all."""
        return bool(self._nombre - self.modifications if creation else self.modifications)

    def __iter__(self):
        for lot in self.lots():
            yield from lot


class Plan:
    """One row to write. `changements` are (column, value before, value after).

    `objet` is the model instance while the row is judged; `ecrits` the values of its concrete
    fields afterwards, ready to be written. Changes that come from the disk are made when asked:
    most readers want the values alone.
    """

    __slots__ = (
        "_changements",
        "_condenses",
        "avant",
        "cle",
        "creation",
        "ecrits",
        "lignes",
        "nom",
        "objet",
        "pk",
    )

    def __init__(self, lignes, objet, creation, cle=""):
        self.lignes, self.objet, self.creation, self.cle = lignes, objet, creation, cle
        self.changements, self.avant, self.ecrits = [], None, None
        self.pk = None if objet is None else objet.pk
        self.nom = ""

    @property
    def changements(self):
        if self._changements is None:
            condenses, colonnes = self._condenses
            self._changements = [(colonnes[nom], avant, apres) for nom, avant, apres in condenses]
        return self._changements

    @changements.setter
    def changements(self, changements):
        self._changements = changements

    def listes(self):
        return [c for c in self.changements if c[0].est_liste]

    def condense(self):
        changements = [(c.nom, avant, apres) for c, avant, apres in self.changements]
        return (self.lignes, self.creation, self.pk, self.cle, self.nom, self.ecrits, changements)

    @classmethod
    def deplier(cls, condense, colonnes):
        plan = cls.__new__(cls)
        (plan.lignes, plan.creation, plan.pk, plan.cle, plan.nom, plan.ecrits, changements) = (
            condense
        )
        plan._condenses = (changements, colonnes)
        plan._changements = plan.objet = plan.avant = None
        return plan

    def en_clair(self, dialecte):
        """[(header, text before, text after)], as the file would write them."""
        return [
            (colonne.nom, colonne.montrer(avant, dialecte), colonne.montrer(apres, dialecte))
            for colonne, avant, apres in self.changements
        ]
