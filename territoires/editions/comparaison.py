"""What moved between two editions of the map: each périmètre, each member.

Two périmètres are tied when a person confirmed it (`Filiation`), and otherwise
proposed when they share enough inhabitants, unless a person refused it; a code is never a tie.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices

from territoires.champs import cle_de_recherche
from territoires.editions.models import Filiation, Perimetre
from territoires.geographie.models import Commune

# Share of the inhabitants of one périmètre that another must hold to be proposed as its sequel.
SEUIL = 0.5


class Mouvement(TextChoices):
    ENTRE = "entre", "entré"
    SORTI = "sorti", "sorti"
    AGRANDI = "agrandi", "agrandi"
    REDUIT = "reduit", "réduit"
    REMANIE = "remanie", "agrandi et réduit"
    RENOMME = "renomme", "renommé"
    FUSIONNE = "fusionne", "fusionné"
    SCINDE = "scinde", "scindé"
    INCHANGE = "inchange", "inchangé"

    @property
    def pluriel(self):
        return " et ".join(f"{mot}s" for mot in self.label.split(" et "))


@dataclass
class Ligne:
    """One territoire of the comparison: what it was, what it is, what moved."""

    mouvement: str
    anciens: list = field(default_factory=list)
    nouveaux: list = field(default_factory=list)
    entrees: list = field(default_factory=list)
    sorties: list = field(default_factory=list)
    confirmee: bool = False

    @property
    def libelle(self):
        return Mouvement(self.mouvement).label

    @property
    def noms(self):
        return ", ".join(p.nom for p in self.nouveaux or self.anciens)


class Comparaison:
    """Two editions side by side; the cost in queries does not grow with the map."""

    def __init__(self, avant, apres, anciens=None, nouveaux=None, decidees=None):
        """`anciens`, `nouveaux` and `decidees` stand for what is otherwise read from the base."""
        self.avant, self.apres = avant, apres
        self.anciens = anciens or Composition.de(avant)
        self.nouveaux = nouveaux or Composition.de(apres)
        if decidees is not None:
            self.decidees = decidees

    @cached_property
    def lignes(self):
        """Lines of the comparison, by name; each périmètre of both editions stands in one."""
        lignes = [self._ligne(anciens, nouveaux) for anciens, nouveaux in self._groupes()]
        return sorted(lignes, key=lambda ligne: cle_de_recherche(ligne.noms))

    @cached_property
    def comptes(self):
        """How many lines of each kind, in the order of `Mouvement`, zeros left out."""
        nombres = Counter(ligne.mouvement for ligne in self.lignes)
        return [(m, nombres[m.value]) for m in Mouvement if nombres[m.value]]

    @cached_property
    def decidees(self):
        """What is recorded: {(ancien, nouveau): True confirmed, False refused, None proposed}."""
        liens = Filiation.objects.filter(ancien__edition=self.avant, nouveau__edition=self.apres)
        return {(lien.ancien_id, lien.nouveau_id): lien.decision for lien in liens.order_by()}

    @cached_property
    def confirmees(self):
        return {lien for lien, decision in self.decidees.items() if decision}

    @cached_property
    def communs(self):
        """Inhabitants that an old périmètre shares with a new one, where there are communes."""
        communs = Counter()
        for commune, ancien in self.anciens.perimetre_de.items():
            if nouveau := self.nouveaux.perimetre_de.get(commune):
                communs[ancien, nouveau] += self.anciens.populations[commune]
        return communs

    @cached_property
    def proposees(self):
        """Ties nobody decided: by the inhabitants they share, or entered without a decision."""
        saisies = {lien for lien, decision in self.decidees.items() if decision is None}
        return saisies | {
            (ancien, nouveau)
            for (ancien, nouveau), partagee in self.communs.items()
            if (ancien, nouveau) not in self.decidees
            and partagee
            >= SEUIL * min(self.anciens.habitants[ancien], self.nouveaux.habitants[nouveau])
        }

    def nature(self, ancien, nouveau):
        """What this tie would be called, seen among all those confirmed or proposed."""
        liens = self.confirmees | self.proposees | {(ancien, nouveau)}
        if sum(1 for a, _ in liens if a == ancien) > 1:
            return Filiation.Nature.SCISSION
        if sum(1 for _, n in liens if n == nouveau) > 1:
            return Filiation.Nature.FUSION
        meme = self.anciens.perimetres[ancien].nom == self.nouveaux.perimetres[nouveau].nom
        return Filiation.Nature.SUITE if meme else Filiation.Nature.RENOMMAGE

    def _groupes(self):
        """Connected groups of ties: (anciens, nouveaux), singletons included."""
        voisins = defaultdict(set)
        for ancien, nouveau in self.confirmees | self.proposees:
            voisins[ancien].add(nouveau)
            voisins[nouveau].add(ancien)
        vus = set()
        for depart in [*self.anciens.perimetres, *self.nouveaux.perimetres]:
            if depart in vus:
                continue
            groupe, pile = set(), [depart]
            while pile:
                perimetre = pile.pop()
                if perimetre not in groupe:
                    groupe.add(perimetre)
                    pile.extend(voisins[perimetre])
            vus |= groupe
            yield (
                [p for p in self.anciens.perimetres if p in groupe],
                [p for p in self.nouveaux.perimetres if p in groupe],
            )

    def _ligne(self, anciens, nouveaux):
        avant = set().union(*(self.anciens.communes[p] for p in anciens))
        apres = set().union(*(self.nouveaux.communes[p] for p in nouveaux))
        liens = {(a, n) for a in anciens for n in nouveaux}
        tenus = liens & self.confirmees
        return Ligne(
            mouvement=self._mouvement(anciens, nouveaux, avant, apres),
            anciens=[self.anciens.perimetres[p] for p in anciens],
            nouveaux=[self.nouveaux.perimetres[p] for p in nouveaux],
            entrees=sorted(apres - avant) if anciens and nouveaux else [],
            sorties=sorted(avant - apres) if anciens and nouveaux else [],
            confirmee=bool(tenus) and not liens & self.proposees,
        )

    def _mouvement(self, anciens, nouveaux, avant, apres):
        if not anciens:
            return Mouvement.ENTRE
        if not nouveaux:
            return Mouvement.SORTI
        if len(anciens) > 1 and len(nouveaux) == 1:
            return Mouvement.FUSIONNE
        if len(nouveaux) > 1 and len(anciens) == 1:
            return Mouvement.SCINDE
        if len(anciens) > 1:  # several on both sides: communes went from one to another
            return Mouvement.REMANIE
        if avant != apres:
            if avant < apres:
                return Mouvement.AGRANDI
            return Mouvement.REDUIT if apres < avant else Mouvement.REMANIE
        meme_nom = {self.anciens.perimetres[p].nom for p in anciens} == {
            self.nouveaux.perimetres[p].nom for p in nouveaux
        }
        return Mouvement.INCHANGE if meme_nom else Mouvement.RENOMME


_gardees = {}
GARDEES = 10


def comparaison_gardee(avant, apres, repere):
    """The comparison of two public editions, made again only once `repere` has changed."""
    cle = (avant.pk, apres.pk, repere)
    if cle not in _gardees:
        if len(_gardees) >= GARDEES:
            _gardees.clear()
        _gardees[cle] = Comparaison(avant, apres)
    return _gardees[cle]


class Composition:
    """The communes of each périmètre of an edition, as the geography of today draws them."""

    # A dissolved member stands for the communes of those that succeeded it.
    VOIES = (
        "membres",
        "intercommunalite__membres",
        "ept__membres",
        "intercommunalite__predecesseurs__membres",
    )

    def __init__(self, perimetres):
        """`perimetres`: {key: périmètre}, without a commune yet."""
        self.perimetres = perimetres
        self.communes = {pk: set() for pk in perimetres}
        self.perimetre_de, self.populations = {}, {}

    @classmethod
    def de(cls, edition):
        perimetres = Perimetre.objects.filter(edition=edition).select_related("territoire")
        composition = cls({p.pk: p for p in perimetres.order_by("recherche")})
        for voie in cls.VOIES:
            composition._lire(edition, voie)
        return composition

    @cached_property
    def habitants(self):
        return {
            pk: sum(self.populations[commune] for commune in communes)
            for pk, communes in self.communes.items()
        }

    def placer(self, commune, population, perimetre):
        self.communes[perimetre].add(commune)
        self.perimetre_de[commune] = perimetre
        self.populations[commune] = population or 0

    def _lire(self, edition, voie):
        conditions = {f"{voie}__edition": edition}
        if "predecesseurs" in voie:
            conditions["intercommunalite__predecesseurs__dissoute_le__isnull"] = False
        # One call: a second one would join another row, of any edition.
        lignes = Commune.objects.filter(**conditions)
        for commune, population, perimetre in lignes.values_list(
            "pk", "population", f"{voie}__perimetre"
        ):
            self.placer(commune, population, perimetre)
