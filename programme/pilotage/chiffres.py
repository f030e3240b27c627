"""The figures of a set of fiches, in a number of queries that does not depend on their number.

Those of whole territoires are kept (`gardes`), the others counted.

A fiche of an interrégional territoire counts in each région it touches, once in every total.
"""

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst

from programme.comites.models import Avis
from programme.fiches.models import FicheAction, Financement
from programme.partenaires.models import Axe, Partenaire
from programme.pilotage.delais import Delais
from programme.pilotage.gardes import releves_des
from programme.pilotage.releves import RIEN, relever, sommer
from programme.pilotage.tableaux import EUROS, JOURS, PART, Colonne, Tableau
from programme.pilotage.taux import ranger
from territoires.editions.models import Territoire
from territoires.geographie.models import Region

ARGENT = [
    Colonne("fiches", "Fiches"),
    Colonne("cout", "Coût total", EUROS),
    Colonne("acquis", "Acquis", EUROS),
    Colonne("demande", "Demandé, pas encore acquis", EUROS),
]
INTERREGIONAL = (
    "Une fiche d’un territoire interrégional compte dans chacune des régions qu’il touche, et une "
    "seule fois dans le total : la somme des lignes peut le dépasser."
)


class Chiffres:
    """Tables about these fiches; `filtres` are the filters in force, kept in every link.

    `entiers` are the territoires of which these fiches are all, where it is so; all that went up
    if `tous_les_brouillons` are not among them.
    """

    def __init__(self, fiches, filtres, entiers=None, *, tous_les_brouillons=True):
        self.fiches, self.entiers = fiches.order_by(), entiers
        self.tous_les_brouillons = tous_les_brouillons
        self.filtres = {nom: valeur for nom, valeur in filtres.items() if valeur}

    def tableaux(self):
        return [
            *(self.etats(), self.axes(), self.regions(), self.mois(), self.delais()),
            self.avis(),
        ]

    def etats(self):
        sommes = self._releve.etats
        tableau = Tableau("etats", "Où en sont les fiches", "État", ARGENT)
        for etat in FicheAction.Etat:
            if etat.value in sommes:
                self._ajouter(tableau, etat.value, etat.label, sommes[etat.value], etat=etat.value)
        return self._totaliser(tableau)

    def axes(self):
        sommes = self._releve.axes
        tableau = Tableau("axes", "Sur quels axes", "Axe", ARGENT)
        for axe in Axe.objects.select_related("phase").filter(pk__in=[pk for pk in sommes if pk]):
            self._ajouter(tableau, axe.code, str(axe), sommes[axe.pk], axe=axe.code)
        if None in sommes:
            self._ajouter(tableau, "sans", "Sans axe", sommes[None], axe="sans")
        return self._totaliser(tableau)

    def regions(self):
        par_territoire = {cle: releve.total for cle, releve in self._releves.items()}
        touchees = Territoire.objects.filter(pk__in=[c for c, t in par_territoire.items() if t[0]])
        sommes = {}
        for cle, region in touchees.order_by().values_list("pk", "perimetre_courant__regions"):
            ajout = par_territoire[cle]
            sommes[region] = [a + b for a, b in zip(sommes.get(region, RIEN), ajout, strict=True)]
        tableau = Tableau("regions", "Dans quelles régions", "Région", ARGENT, note=INTERREGIONAL)
        for region in Region.objects.filter(pk__in=[pk for pk in sommes if pk]):
            if self.filtres.get("region") in (None, region.pk):
                self._ajouter(tableau, region.pk, region.nom, sommes[region.pk], region=region.pk)
        return self._totaliser(tableau)

    def mois(self):
        """Fiches created, and validated, month by month."""
        creees, validees = self._releve.creees, self._releve.validees
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
        delais = Delais(self._releve.delais)
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
        lignes, axes, regions = ranger(self._releve.avis)
        colonnes = [Colonne("avis", "Avis rendus")]
        colonnes += [Colonne(sens.value, f"{capfirst(sens.label)}s") for sens in Avis.Sens]
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

    @cached_property
    def _releves(self):
        """{territoire: its figures}"""
        if self.entiers is None:
            return relever(self.fiches)
        if self.tous_les_brouillons:
            return releves_des(self.entiers)
        brouillons = self.fiches.filter(etat=FicheAction.Etat.BROUILLON)
        return releves_des(self.entiers, brouillons)

    @cached_property
    def _releve(self):
        return sommer(self._releves.values())

    def _ajouter(self, tableau, code, nom, sommes, **filtres):
        tableau.ajouter(code, nom, sommes, self._listes(**filtres))

    def _totaliser(self, tableau):
        tableau.totaliser("Total", self._releve.total, self._listes())
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
