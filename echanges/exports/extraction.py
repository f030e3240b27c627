"""Rows of one kind of object on their way out: which ones, which columns, a batch at a time."""

from itertools import islice

from django.core.exceptions import FieldError

from echanges.colonnes.valeurs import Valeur

LOT = 2000  # rows held in memory at once
VIDES = (None, "")


class Extraction:
    """What leaves in one file.

    `queryset` limits the rows to those that the agent may see of it. `colonnes` keeps only these
    headers, `ordre` puts other fields than the key first.
    """

    def __init__(self, resource, queryset=None, *, colonnes=None, ordre=()):
        self.resource, self.queryset = resource, queryset
        self.entetes = [
            entete for entete in resource.entetes() if colonnes is None or entete in colonnes
        ]
        self.sources = {entete: [] for entete in self.entetes}
        for colonne in resource.colonnes:
            self._ajouter(colonne)
        self.valeurs = [self.sources[entete][0][1] for entete in self.entetes]
        self.ordre = ordre
        self.progression = iter  # what to walk through the rows with

    def _ajouter(self, colonne):
        """Where each header of this column comes from: (path or list column, kind of value)."""
        for entete, chemin, valeur in colonne.parties():
            if entete in self.sources:
                self.sources[entete].append((chemin or colonne, valeur or Valeur()))

    def champ(self, entete):
        """The model field under this header, None when it comes from another row."""
        source = self.sources[entete][0][0]
        noms = {champ.attname: champ for champ in self.resource.modele._meta.fields}
        return noms.get(source) if _simple(source) else None

    def est_liste(self, entete):
        """Whether its cells hold several keys, with a space between them."""
        return not _simple(self.sources[entete][0][0]) and (
            entete != self.resource._meta.une_ligne_par
        )

    def rangees(self):
        """The rows that the agent may see, in their order."""
        resource = self.resource
        rangees = resource.visibles()
        if self.queryset is not None:
            rangees = rangees.filter(pk__in=self.queryset.order_by().values("pk"))
        cles = [chemin for colonne in resource.cles for chemin in colonne.chemins]
        try:
            return rangees.order_by(*self.ordre, *cles, "pk")
        except FieldError:  # the list is sorted by what it computes itself
            return rangees.order_by(*cles, "pk")

    def lots(self):
        """Batches of rows, each a list of columns of Python values in the order of the headers."""
        chemins = self._chemins()
        rangees = self.rangees().values_list("pk", *chemins).iterator(chunk_size=LOT)
        rangees = iter(self.progression(rangees))
        while lot := list(islice(rangees, LOT)):
            lues = list(zip(*lot, strict=True))
            yield self._deplier(
                [self._colonne(self.sources[entete], lues, chemins) for entete in self.entetes]
            )

    def par_cle(self, pks):
        """{primary key: values in the order of the headers} of these rows; lists are lists."""
        chemins = self._chemins()
        rangees = self.rangees().filter(pk__in=pks)
        lues = list(zip(*rangees.values_list("pk", *chemins), strict=True))
        if not lues:
            return {}
        colonnes = [self._colonne(self.sources[e], lues, chemins) for e in self.entetes]
        return dict(zip(lues[0], zip(*colonnes, strict=True), strict=True))

    def _chemins(self):
        """{path: its rank in the rows that are read}"""
        simples = {s: None for sources in self.sources.values() for s, _ in sources if _simple(s)}
        return {source: rang for rang, source in enumerate(simples, 1)}

    def _colonne(self, sources, lues, chemins):
        premiere, *autres = [
            lues[chemins[source]] if _simple(source) else _mots(source, lues[0])
            for source, _ in sources
        ]
        for autre in autres:  # two relations that share a header say the same, or one says nothing
            premiere = [b if a in VIDES else a for a, b in zip(premiere, autre, strict=True)]
        return premiere

    def _deplier(self, colonnes):
        """Lists as text; one row a member for the resources that are written so."""
        repete = self.resource._meta.une_ligne_par
        listes = [not _simple(self.sources[entete][0][0]) for entete in self.entetes]
        fois = None
        if repete in self.entetes:
            fois = [len(membres) or 1 for membres in colonnes[self.entetes.index(repete)]]
        sorties = []
        for entete, colonne, est_liste in zip(self.entetes, colonnes, listes, strict=True):
            if est_liste and entete == repete:
                colonne = [mot for membres in colonne for mot in membres or [""]]
            elif est_liste:
                colonne = [" ".join(mots) for mots in colonne]
            if fois and entete != repete:
                paires = zip(colonne, fois, strict=True)
                colonne = [valeur for valeur, n in paires for _ in range(n)]
            sorties.append(colonne)
        return sorties


def _simple(source):
    return isinstance(source, str)


def _mots(liste, pks):
    mots = liste.mots(pks)
    return [mots.get(pk, ()) for pk in pks]
