"""The figures of a set of fiches, in a number of queries that does not depend on their number.

A fiche of an interrégional territoire counts in each région it touches, once in every total.
"""

from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property

from programme.comites.models import Avis
from programme.fiches.models import FicheAction, Financement, Passage
from programme.partenaires.models import Axe, Partenaire
from programme.pilotage.delais import Delais
from programme.pilotage.tableaux import EUROS, JOURS, PART, Colonne, Tableau
from programme.pilotage.taux import taux
from territoires.editions.models import Territoire
from territoires.geographie.models import Region

ARGENT = [
    Colonne("fiches", "Fiches"),
    Colonne("cout", "Coût total", EUROS),
    Colonne("acquis", "Acquis", EUROS),
    Colonne("demande", "Demandé, pas encore acquis", EUROS),
]
AXES_DE_LECTURE = ("etat", "axe", "territoire")
RIEN = (0, Decimal(0), Decimal(0), Decimal(0))
INTERREGIONAL = (
    "Une fiche d’un territoire interrégional compte dans chacune des régions qu’il touche, et une "
    "seule fois dans le total : la somme des lignes peut le dépasser."
)


class Chiffres:
    """Tables about these fiches; `filtres` are the filters in force, kept in every link."""

    def __init__(self, fiches, filtres):
        self.fiches = fiches.order_by()
        self.filtres = {nom: valeur for nom, valeur in filtres.items() if valeur}

    def tableaux(self):
        return [
            *(self.etats(), self.axes(), self.regions(), self.mois(), self.delais()),
            self.avis(),
        ]

    def etats(self):
        sommes = self._sommes("etat")
        tableau = Tableau("etats", "Où en sont les fiches", "État", ARGENT)
        for etat in FicheAction.Etat:
            if etat.value in sommes:
                self._ajouter(tableau, etat.value, etat.label, sommes[etat.value], etat=etat.value)
        return self._totaliser(tableau, sommes)

    def axes(self):
        sommes = self._sommes("axe")
        tableau = Tableau("axes", "Sur quels axes", "Axe", ARGENT)
        for axe in Axe.objects.select_related("phase").filter(pk__in=[pk for pk in sommes if pk]):
            self._ajouter(tableau, axe.code, str(axe), sommes[axe.pk], axe=axe.code)
        if None in sommes:
            self._ajouter(tableau, "sans", "Sans axe", sommes[None], axe="sans")
        return self._totaliser(tableau, sommes)

    def regions(self):
        par_territoire = self._sommes("territoire")
        touchees = Territoire.objects.filter(pk__in=list(par_territoire)).order_by()
        sommes = {}
        for territoire, region in touchees.values_list("pk", "perimetre_courant__regions"):
            ajout = par_territoire[territoire]
            sommes[region] = [a + b for a, b in zip(sommes.get(region, RIEN), ajout, strict=True)]
        tableau = Tableau("regions", "Dans quelles régions", "Région", ARGENT, note=INTERREGIONAL)
        for region in Region.objects.filter(pk__in=[pk for pk in sommes if pk]):
            if self.filtres.get("region") in (None, region.pk):
                self._ajouter(tableau, region.pk, region.nom, sommes[region.pk], region=region.pk)
        return self._totaliser(tableau, par_territoire)

    def mois(self):
        """Fiches created, and validated, month by month."""
        validations = Passage.objects.validations().filter(fiche__in=self.fiches.values("pk"))
        creees = _par_mois(self.fiches, "created_at")
        validees = _par_mois(validations.order_by(), "le")
        colonnes = [Colonne("creees", "Fiches créées"), Colonne("validees", "Fiches validées")]
        tableau = Tableau("mois", "Au fil des mois", "Mois", colonnes)
        for mois in sorted({*creees, *validees}):
            code = f"{mois:%Y-%m}"
            tableau.ajouter(
                code,
                date_format(mois, "F Y"),
                [creees.get(mois, 0), validees.get(mois, 0)],
                [self._liste(creee=code), self._liste(validee=code)],
            )
        return tableau

    def delais(self):
        """Days between the sending up and the avis, by région of the comité."""
        delais = Delais(Avis.objects.filter(fiche__in=self.fiches.values("pk")))
        colonnes = [
            Colonne("avis", "Avis rendus"),
            Colonne("mediane", "Délai médian", JOURS),
            Colonne("lents", "Dépassé par un avis sur dix", JOURS),
        ]
        tableau = Tableau(
            "delais",
            "En combien de temps les comités répondent",
            "Région",
            colonnes,
            note="Du jour de la transmission au jour de l’avis. La moitié des avis est rendue en "
            "moins que le délai médian.",
        )
        for region in Region.objects.filter(pk__in=list(delais.par_region)):
            serie = delais.par_region[region.pk]
            self._ajouter_delai(tableau, region.pk, region.nom, serie, comite=region.pk)
        if tableau.lignes:
            adresse = self._adresse("pilotage-delais")
            tableau.totaliser("Tous les comités", delais.tous.chiffres(), [adresse] * 3)
        return tableau

    def avis(self):
        """What each région says of each axe: how many avis, and the share in favour."""
        lignes, axes, regions = taux(self.fiches)
        colonnes = [Colonne("avis", "Avis rendus")]
        colonnes += [Colonne(sens.value, f"{sens.label.capitalize()}s") for sens in Avis.Sens]
        colonnes.append(Colonne("part", "Part de favorables", PART))
        tableau = Tableau("avis", "Ce que chaque région dit de chaque axe", "Région", colonnes)
        for region, axe, nombres in lignes:
            filtres = {"comite": region, "axe": axes[axe].code if axe else "sans"}
            total = sum(nombres.values())
            adresses = [
                self._adresse("pilotage-delais", **filtres, **sens)
                for sens in ({}, *({"sens": sens} for sens in Avis.Sens.values))
            ]
            part = round(100 * nombres[Avis.Sens.FAVORABLE] / total)
            tableau.ajouter(
                f"{region}-{filtres['axe']}",
                f"{regions[region].nom}, {axes[axe].nom if axe else 'sans axe'}",
                [total, *(nombres[sens] for sens in Avis.Sens.values), part],
                [*adresses, ""],
            )
        return tableau

    def _ajouter_delai(self, tableau, code, nom, serie, **filtres):
        adresse = self._adresse("pilotage-delais", **filtres)
        tableau.ajouter(code, nom, serie.chiffres(), [adresse] * 3)

    def matrice(self):
        """How many fiches each partenaire is in, territoire by territoire."""
        liens = FicheAction.partenaires.through.objects.filter(
            ficheaction__in=self.fiches.values("pk")
        )
        comptes = {
            (territoire, partenaire): nombre
            for territoire, partenaire, nombre in liens.values_list(
                "ficheaction__territoire", "partenaire"
            ).annotate(nombre=Count("pk"))
        }
        presents = {partenaire for _, partenaire in comptes}
        partenaires = [
            p
            for p in Partenaire.objects.filter(pk__in=presents)
            if self.filtres.get("partenaire") in (None, p.identifiant)
        ]
        colonnes = [Colonne(p.identifiant, p.nom) for p in partenaires]
        tableau = Tableau("matrice", "Partenaires et territoires", "Territoire", colonnes)
        for territoire in Territoire.objects.filter(pk__in={t for t, _ in comptes}):
            tableau.ajouter(
                territoire.identifiant,
                territoire.nom,
                [comptes.get((territoire.pk, p.pk)) for p in partenaires],
                [
                    self._liste(territoire=territoire.identifiant, partenaire=p.identifiant)
                    for p in partenaires
                ],
            )
        return tableau

    def _sommes(self, champ):
        """{value of this field: [fiches, cost, acquired, asked]}"""
        rang, sommes = AXES_DE_LECTURE.index(champ), {}
        for cle, ajout in self._groupes.items():
            somme = sommes.get(cle[rang], RIEN)
            sommes[cle[rang]] = [a + b for a, b in zip(somme, ajout, strict=True)]
        return sommes

    @cached_property
    def _groupes(self):
        """The same for each (state, axe, territoire): each big table is read once."""
        groupes = {
            tuple(cle): [nombre, cout or Decimal(0), Decimal(0), Decimal(0)]
            for *cle, nombre, cout in self.fiches.values_list(*AXES_DE_LECTURE).annotate(
                Count("pk"), Sum("cout_total")
            )
        }
        lignes = Financement.objects.filter(fiche__in=self.fiches.values("pk"))
        champs = [f"fiche__{champ}" for champ in AXES_DE_LECTURE]
        for cle, sommes in lignes.sommes_par(*champs).items():
            groupes[cle][2:] = sommes.acquis, sommes.demande
        return groupes

    def _ajouter(self, tableau, code, nom, sommes, **filtres):
        tableau.ajouter(code, nom, sommes, self._listes(**filtres))

    def _totaliser(self, tableau, sommes):
        total = [sum(colonne) for colonne in zip(*sommes.values(), strict=True)]
        tableau.totaliser("Total", total or [0] * len(ARGENT), self._listes())
        return tableau

    def _listes(self, **filtres):
        """The lists behind the figures of ARGENT."""
        liste = self._liste(**filtres)
        argent = [
            self._liste(**{"financement": statut} | filtres)
            if self.filtres.get("financement") in (None, statut)
            else liste
            for statut in (Financement.Statut.ACQUIS.value, Financement.Statut.DEMANDE.value)
        ]
        return [liste, liste, *argent]

    def _liste(self, **filtres):
        return self._adresse("pilotage-fiches", **filtres)

    def _adresse(self, nom, **filtres):
        return reverse(nom, query=self.filtres | filtres)


def _par_mois(rows, champ):
    """{first day of the month: how many}, in Paris time."""
    mois = rows.annotate(mois=TruncMonth(champ)).values_list("mois")
    return {instant.date(): nombre for instant, nombre in mois.annotate(Count("pk"))}
