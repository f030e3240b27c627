"""The plan and the calendar by file: written before the decision, followed up after it.

What was decided is refused in words; what happens since joins the ledger and the reports.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from echanges.colonnes.valeurs import Nombre
from echanges.erreurs import Remarque
from echanges.resources import Resource
from programme.chargement import ParChargement
from programme.fiches import bilans, calendrier, champs, financement
from programme.fiches.models import (
    Bilan,
    Etape,
    FicheAction,
    Financement,
    MouvementFinancier,
    ReportEtape,
)
from programme.fiches.resources import DeLaFiche

PLAN_DECIDE = (
    "le plan décidé ne change plus : ce qu’un financeur accorde, verse ou refuse s’écrit dans le "
    "fichier « mouvements »"
)
CALENDRIER_DECIDE = (
    "d’une étape décidée, seuls changent les dates et le fait qu’elle est faite : l’ordre et "
    "l’intitulé restent"
)
AJOUT = "une ligne ne s’ajoute ainsi qu’à une fiche décidée, une fois le jour venu"


class LigneSuivie(DeLaFiche):
    """Rows of a fiche that, once it is decided, take new rows marked with their day."""

    etats = FicheAction.ETATS_PUBLICS

    def preparer(self):
        super().preparer()
        suivies = FicheAction.objects.filter(etat__in=self.etats)
        self.suivies = set(suivies.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement:
            return None
        if objet.fiche_id not in self.suivies:
            if objet.ajoutee_le:
                return "ajoutee_le", "", AJOUT
            return super().verrou(objet, plan)
        if objet.ajoutee_le and objet.ajoutee_le > timezone.localdate():
            return "ajoutee_le", "", AJOUT
        return self.verrou_du_suivi(objet, plan)

    def completer(self, objet, creation):
        if creation and not self.chargement and objet.fiche_id in self.suivies:
            objet.ajoutee_le = objet.ajoutee_le or timezone.localdate()


class FinancementResource(LigneSuivie):
    class Meta:
        model = Financement
        nom = "financements"
        totaux = ["montant", "acquis", "verse", "demande", "refuse"]
        parent = "fiche"
        fields = champs.noms(champs.FINANCEMENT, champs.FICHIER)
        entetes = [*fields]
        entetes.insert(fields.index("engagement"), "convention")
        relations = {"engagement": {"convention": "convention__reference", "engagement": "numero"}}
        import_id_fields = ["fiche", "financeur", "statut"]
        lecture_seule = ["acquis", "verse", "demande", "refuse"]
        valeurs = {"acquis": Nombre(), "demande": Nombre()}
        laisses = champs.laisses(champs.FINANCEMENT)
        # As lists of grants and plans with one row a funder say it.
        synonymes = {
            "fiche": ["n° de fiche", "référence de l’action", "id fiche", "action", "projet"],
            "financeur": ["nomAttribuant", "co-financeur", "source de financement", "bailleur"],
            "montant": ["montant attribué", "montant de l’aide", "subvention", "montant accordé"],
            "statut": ["état du financement", "acquis ou sollicité", "situation"],
        }

    def preparer(self):
        super().preparer()
        connus = Financement.objects.filter(fiche__in=FicheAction.objects.du_public())
        self.financeurs = {
            (fiche, nom.casefold()) for fiche, nom in connus.values_list("fiche", "financeur")
        }

    def verrou_du_suivi(self, objet, plan):
        if plan.creation:
            cle = (objet.fiche_id, objet.financeur.casefold())
            if cle in self.financeurs:
                return "financeur", objet.financeur, PLAN_DECIDE
            self.financeurs.add(cle)  # the file may name it again
            return None
        decides = [c.nom for c, _, _ in plan.changements if c.nom != "engagement"]
        if not decides and (plan.changements or objet.ajoutee_le):  # without any, it is undone
            return None
        return decides[0] if decides else "fiche", "", PLAN_DECIDE


class MouvementResource(Resource):
    """What happened to the lines of decided fiches: added, never changed."""

    class Meta:
        model = MouvementFinancier
        nom = "mouvements"
        parent = "financement__fiche"
        fields = ["financement", "nature", "montant", "le", "reference", "auteur", "saisi_le"]
        fields += ["annule_le", "annule_par", "motif_annulation"]
        entetes = ["fiche", "financeur", "statut", *fields[1:]]
        import_id_fields = ["fiche", "financeur", "statut", "nature", "montant", "le", "reference"]
        relations = {
            "financement": {
                "fiche": "fiche__reference",
                "financeur": "financeur",
                "statut": "statut",
            }
        }
        lecture_seule = ["auteur", "saisi_le", "annule_le", "annule_par", "motif_annulation"]
        laisses = champs.laisses(champs.MOUVEMENT)

    def preparer(self):
        suivies = Financement.objects.filter(fiche__in=FicheAction.objects.du_public())
        noms = ("pk", "financeur", "montant", "statut", *Financement.SUIVI)
        lignes = suivies.values_list(*noms).iterator(chunk_size=5000)
        # As values: a base has far more lines than a file names.
        self.lignes = {valeurs[0]: dict(zip(noms, valeurs, strict=True)) for valeurs in lignes}
        self.doutes = []

    def verrou(self, objet, plan):
        if self.chargement:
            return None
        if objet.financement_id not in self.lignes:
            return "fiche", "", "l’argent d’une fiche se note une fois qu’elle est décidée"
        if not plan.creation:
            return None
        try:
            ligne = self._ligne(objet.financement_id)
            financement.refuser_s_il_ne_tient_pas(objet, ligne)
        except ValidationError as erreur:
            ((nom, phrases),) = erreur.message_dict.items()
            return nom, champs.ecrire(objet, nom), " ".join(phrases)
        if doute := financement.a_verifier(objet, ligne):
            self.doutes.append(Remarque(plan.lignes[0], doute))
        ligne.compter(financement.colonne(objet.nature), objet.montant)
        return None

    def avertissements(self, plans):
        return self.doutes

    def _ligne(self, pk):
        """This line, with the moves of the rows before."""
        if isinstance(self.lignes[pk], dict):
            self.lignes[pk] = Financement(**self.lignes[pk])
        return self.lignes[pk]

    def completer(self, objet, creation):
        if creation and not self.chargement:
            objet.auteur = self.agent

    def apres_ecriture(self, pks, progression=iter):
        """Lines say what they come to; those who follow the fiches are told, as from the page."""
        if not pks:
            return
        financement.recompter(Financement.objects.filter(mouvements__in=pks))
        if self.chargement:
            return
        fiches = FicheAction.objects.filter(financements__mouvements__in=pks)
        FicheAction.objects.filter(pk__in=fiches.order_by().values("pk")).update(
            updated_at=timezone.now()
        )
        if self.agent:
            mouvements = MouvementFinancier.objects.filter(pk__in=pks, nature__in=ANNONCEES)
            for mouvement in mouvements.select_related("financement__fiche__territoire"):
                financement.annoncer(mouvement, self.agent)

    def defaire(self, carnet, souvenirs):
        """The moves of the file are gone: every line is added up again."""
        financement.recompter(Financement.objects.all())


ANNONCEES = tuple(financement.ANNONCES)


class EtapeResource(LigneSuivie):
    etats = FicheAction.ETATS_SUIVIS

    class Meta:
        model = Etape
        nom = "etapes"
        parent = "fiche"
        fields = champs.noms(champs.ETAPE, champs.FICHIER)
        import_id_fields = ["fiche", "ordre"]

    def verrou_du_suivi(self, objet, plan):
        if objet.faite_le and objet.faite_le > timezone.localdate():
            return "faite_le", f"{objet.faite_le:%d/%m/%Y}", "ce jour n’est pas encore venu"
        autres = [c.nom for c, _, _ in plan.changements if c.nom not in calendrier.LU]
        if plan.creation or (plan.changements and not autres):
            return None
        if not plan.changements and objet.ajoutee_le:  # an import that is undone
            return None
        return autres[0] if autres else "fiche", "", CALENDRIER_DECIDE

    @transaction.atomic
    def appliquer(self, rapport, raison, progression=iter):
        """New dates that a file brings are kept and told as those of the page."""
        pks = super().appliquer(rapport, raison, progression)
        if self.chargement:
            return pks
        for plan, pk in zip(rapport.carnet, pks, strict=True):
            dates = {c.nom: avant for c, avant, _ in plan.changements if c.nom in ("debut", "fin")}
            if plan.creation or not dates:
                continue
            etape = Etape.objects.select_related("fiche__territoire").get(pk=pk)
            if etape.fiche_id in self.suivies:
                avant = (dates.get("debut", etape.debut), dates.get("fin", etape.fin))
                calendrier.reporter(etape, avant, self.agent)
        return pks

    def deduits(self):
        return {ReportEtape: "etape"}

    def defaire(self, carnet, souvenirs):
        """The new dates that a file brought were not; what came between is told, and its end."""
        for plan in carnet:
            dates = {c.nom: avant for c, avant, _ in plan.changements if c.nom in ("debut", "fin")}
            etape = Etape.objects.select_related("fiche__territoire").get(pk=plan.pk)
            if not dates or etape.fiche_id not in self.suivies:
                continue
            avant = (dates.get("debut", etape.debut), dates.get("fin", etape.fin))
            report = etape.reports.last()
            if report and (report.ancien_debut, report.ancienne_fin, report.debut, report.fin) == (
                *(etape.debut, etape.fin),
                *avant,
            ):
                report.delete()
            else:
                calendrier.reporter(etape, avant, self.agent)


class ReportResource(ParChargement):
    """The former dates of the steps."""

    refus = ("etape", "une étape se reporte sur sa page, ou par le fichier « etapes »")

    class Meta:
        model = ReportEtape
        nom = "reports_etapes"
        parent = "etape__fiche"
        fields = ["etape", "le", "ancien_debut", "ancienne_fin", "debut", "fin", "motif", "auteur"]
        entetes = ["fiche", *fields]
        import_id_fields = ["fiche", "etape", "le"]
        relations = {"etape": {"fiche": "fiche__reference", "etape": "ordre"}}


class BilanResource(Resource):
    """What the actions came to: written as on its page, once the action is under way."""

    class Meta:
        model = Bilan
        nom = "bilans"
        totaux = ["cout_final"]
        parent = "fiche"
        fields = champs.noms(champs.BILAN, champs.FICHIER)
        import_id_fields = ["fiche"]
        lecture_seule = ["auteur", "saisi_le"]

    def preparer(self):
        fiches = FicheAction.objects.filter(etat__in=bilans.ETATS)
        self.ouvertes = set(fiches.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement:
            return None
        if objet.fiche_id not in self.ouvertes:
            return "fiche", "", "le bilan se dresse une fois l’action engagée"
        if objet.etabli_le and objet.etabli_le > timezone.localdate():
            return "etabli_le", f"{objet.etabli_le:%d/%m/%Y}", "ce jour n’est pas encore venu"
        return None

    def completer(self, objet, creation):
        if not self.chargement:
            objet.auteur, objet.saisi_le = self.agent, timezone.now()
