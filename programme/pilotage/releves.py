"""What the fiches of each territoire come to, in figures that add up from one to the other."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from programme.comites.models import Avis
from programme.fiches.models import FicheAction, Financement, Passage
from programme.pilotage.delais import Delais, durees
from programme.pilotage.taux import reponses

RIEN = (0, Decimal(0), Decimal(0), Decimal(0))


class Releve:
    """`etats` and `axes` hold {state or axe: [fiches, cost, acquired, asked]}, in euros; `creees`
    and `validees` {first day of the month: how many}; `delais` and `avis` are rows that add up
    (`delais.durees`, `taux.reponses`).
    """

    def __init__(self):
        self.etats, self.axes = defaultdict(_rien), defaultdict(_rien)
        self.creees, self.validees = Counter(), Counter()
        self.delais, self.avis = [], []

    @property
    def total(self):
        return [sum(colonne) for colonne in zip(RIEN, *self.etats.values(), strict=True)]

    def ajouter(self, etat, axe, sommes):
        for groupe in (self.etats[etat], self.axes[axe]):
            groupe[:] = [a + b for a, b in zip(groupe, sommes, strict=True)]

    @classmethod
    def lire(cls, contenu):
        """Back from `en_json`."""
        releve = cls()
        for nom in ("etats", "axes"):
            for cle, nombre, *argent in contenu[nom]:
                getattr(releve, nom)[cle] = [nombre, *map(Decimal, argent)]
        for nom in ("creees", "validees"):
            mois = {date.fromisoformat(mois): nombre for mois, nombre in contenu[nom].items()}
            getattr(releve, nom).update(mois)
        releve.delais, releve.avis = contenu["delais"], contenu["avis"]
        return releve

    def en_json(self):
        return {
            "etats": _ecrire(self.etats),
            "axes": _ecrire(self.axes),
            "creees": {mois.isoformat(): nombre for mois, nombre in self.creees.items()},
            "validees": {mois.isoformat(): nombre for mois, nombre in self.validees.items()},
            "delais": Delais(self.delais).groupes(),
            "avis": self.avis,
        }


def relever(fiches):
    """{territoire: its `Releve`} of these fiches, in six queries."""
    releves, ici = defaultdict(Releve), {"fiche__in": fiches.order_by().values("pk")}
    groupe = ("territoire", "etat", "axe")
    comptes = fiches.order_by().values_list(*groupe).annotate(Count("pk"), Sum("cout_total"))
    for territoire, etat, axe, nombre, cout in comptes:
        releves[territoire].ajouter(etat, axe, [nombre, cout or 0, 0, 0])
    lignes = Financement.objects.filter(**ici)
    for (territoire, etat, axe), s in lignes.sommes_par(*(f"fiche__{c}" for c in groupe)).items():
        releves[territoire].ajouter(etat, axe, [0, 0, s.acquis, s.demande])
    for territoire, mois, nombre in _par_mois(fiches, "territoire", "created_at"):
        releves[territoire].creees[mois] += nombre
    validations = Passage.objects.validations().filter(**ici)
    for territoire, mois, nombre in _par_mois(validations, "fiche__territoire", "le"):
        releves[territoire].validees[mois] += nombre
    avis = Avis.objects.filter(**ici)
    for territoire, *duree in durees(avis, "fiche__territoire"):
        releves[territoire].delais.append(duree)
    for territoire, *reponse in reponses(avis, "fiche__territoire"):
        releves[territoire].avis.append(reponse)
    return releves


def relever_en_deux(fiches):
    """{territoire: (its `Releve` of those that went up, of its brouillons)}: not all read these."""
    montees = relever(fiches.montees())
    brouillons = relever(fiches.filter(etat=FicheAction.Etat.BROUILLON))
    return defaultdict(
        lambda: (Releve(), Releve()),
        {cle: (montees[cle], brouillons[cle]) for cle in {*montees, *brouillons}},
    )


def sommer(releves):
    """One `Releve` of all these."""
    total = Releve()
    for releve in releves:
        for nom in ("etats", "axes"):
            sommes = getattr(total, nom)
            for cle, ajout in getattr(releve, nom).items():
                sommes[cle] = [a + b for a, b in zip(sommes[cle], ajout, strict=True)]
        total.creees.update(releve.creees)
        total.validees.update(releve.validees)
        total.delais += releve.delais
        total.avis += releve.avis
    return total


def _rien():
    return list(RIEN)


def _par_mois(rows, territoire, champ):
    """[(territoire, first day of the month in Paris time, how many)]."""
    mois = rows.order_by().annotate(mois=TruncMonth(champ)).values_list(territoire, "mois")
    for ou, instant, nombre in mois.annotate(Count("pk")):
        yield ou, instant.date(), nombre


def _ecrire(sommes):
    """JSON has no key but text, and no amount that is exact but text."""
    return [[cle, nombre, *map(str, argent)] for cle, (nombre, *argent) in sommes.items()]
