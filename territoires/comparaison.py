"""What moved between two editions of the map: each périmètre, each member.

Two périmètres are tied when a person confirmed it (`Filiation`), and otherwise
proposed when they share enough inhabitants; a code is never a tie.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices

from territoires.champs import cle_de_recherche
from territoires.models import Commune, Filiation, Perimetre

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

    def __init__(self, avant, apres):
        self.avant, self.apres = avant, apres
        self.anciens = Composition(avant)
        self.nouveaux = Composition(apres)

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
    def confirmees(self):
        liens = Filiation.objects.filter(
            ancien__edition=self.avant, nouveau__edition=self.apres, confirmee_le__isnull=False
        )
        return set(liens.values_list("ancien", "nouveau"))

    @cached_property
    def proposees(self):
        """Ties proposed by the inhabitants they share: {(ancien, nouveau): inhabitants}.

        Whoever has a confirmed tie gets no other proposal: the person knew better.
        """
        communs = Counter()
        for commune, ancien in self.anciens.perimetre_de.items():
            if nouveau := self.nouveaux.perimetre_de.get(commune):
                communs[ancien, nouveau] += self.anciens.populations[commune]
        connus = {p for lien in self.confirmees for p in lien}
        return {
            (ancien, nouveau): partagee
            for (ancien, nouveau), partagee in communs.items()
            if ancien not in connus
            and nouveau not in connus
            and partagee
            >= SEUIL * min(self.anciens.habitants[ancien], self.nouveaux.habitants[nouveau])
        }

    def _groupes(self):
        """Connected groups of ties: (anciens, nouveaux), singletons included."""
        voisins = defaultdict(set)
        for ancien, nouveau in self.confirmees | set(self.proposees):
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
        return Ligne(
            mouvement=self._mouvement(anciens, nouveaux, avant, apres),
            anciens=[self.anciens.perimetres[p] for p in anciens],
            nouveaux=[self.nouveaux.perimetres[p] for p in nouveaux],
            entrees=sorted(apres - avant) if anciens and nouveaux else [],
            sorties=sorted(avant - apres) if anciens and nouveaux else [],
            confirmee=bool(liens & self.confirmees),
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
        if avant != apres:
            if avant < apres:
                return Mouvement.AGRANDI
            return Mouvement.REDUIT if apres < avant else Mouvement.REMANIE
        meme_nom = {self.anciens.perimetres[p].nom for p in anciens} == {
            self.nouveaux.perimetres[p].nom for p in nouveaux
        }
        return Mouvement.INCHANGE if meme_nom else Mouvement.RENOMME


class Composition:
    """The communes of each périmètre of an edition, as the geography of today draws them."""

    # A dissolved member stands for the communes of those that succeeded it.
    VOIES = (
        "membres",
        "intercommunalite__membres",
        "ept__membres",
        "intercommunalite__predecesseurs__membres",
    )

    def __init__(self, edition):
        perimetres = Perimetre.objects.filter(edition=edition).select_related("territoire")
        self.perimetres = {p.pk: p for p in perimetres.order_by("recherche")}
        self.communes = {pk: set() for pk in self.perimetres}
        self.perimetre_de, self.populations = {}, {}
        for voie in self.VOIES:
            self._lire(edition, voie)
        self.habitants = {
            pk: sum(self.populations[commune] for commune in communes)
            for pk, communes in self.communes.items()
        }

    def _lire(self, edition, voie):
        lignes = Commune.objects.filter(**{f"{voie}__edition": edition})
        if "predecesseurs" in voie:
            lignes = lignes.filter(
                intercommunalite__predecesseurs__dissoute_le__isnull=False,
            )
        for commune, population, perimetre in lignes.values_list(
            "pk", "population", f"{voie}__perimetre"
        ):
            self.communes[perimetre].add(commune)
            self.perimetre_de[commune] = perimetre
            self.populations[commune] = population or 0
