"""Obstacles, the answers to them and the news of an action by file; the national register."""

from django.db import transaction
from django.utils import timezone

from echanges.erreurs import Remarque
from echanges.imports.journal import brut
from echanges.resources import Resource
from programme.chargement import ParChargement
from programme.fiches import champs
from programme.fiches.models import FicheAction, Nouvelle, Obstacle, ObstacleNational, Reponse
from programme.fiches.obstacles import annoncer_la_levee, signer_la_reponse
from programme.fiches.suivi import annoncer_la_nouvelle

AU_COMITE = (
    "cette fiche est au comité, ou refusée : ses obstacles ne changent pas, hormis la réponse, la "
    "levée et l’entrée nationale"
)
A_TOUT_MOMENT = champs.noms(champs.OBSTACLE, par=champs.Par.REPONSE) + champs.noms(
    champs.OBSTACLE, par=champs.Par.DELEGATION
)


class ObstacleNationalResource(Resource):
    class Meta:
        model = ObstacleNational
        nom = "obstacles_nationaux"
        exemples = {"reference": "ON-7K3M-9QWX"}
        fields = champs.noms(champs.OBSTACLE_NATIONAL, champs.FICHIER)
        import_id_fields = ["reference"]
        cle_facultative = True
        lecture_seule = ["publiee_le", "publiee_par"]
        laisses = champs.laisses(champs.OBSTACLE_NATIONAL)


class ObstacleResource(Resource):
    """Written as long as the fiche is, and again once it is decided; answered at any time."""

    class Meta:
        model = Obstacle
        nom = "obstacles"
        totaux = ["emplois", "montant"]
        parent = "fiche"
        fields = champs.noms(champs.OBSTACLE, champs.FICHIER)
        import_id_fields = ["fiche", "ordre"]
        lecture_seule = ["repondu_le"]
        laisses = champs.laisses(champs.OBSTACLE)

    def preparer(self):
        ouverts = (*FicheAction.ETATS_MODIFIABLES, *FicheAction.ETATS_PUBLICS)
        ouvertes = FicheAction.objects.filter(etat__in=ouverts)
        self.ouvertes, self.signature_dite = set(ouvertes.values_list("pk", flat=True)), False

    def verrou(self, objet, plan):
        changes = {colonne.nom for colonne, _, _ in plan.changements}
        objet.repond = "reponse" in changes
        if self.chargement or objet.fiche_id in self.ouvertes:
            return None
        if changes and not plan.creation and changes <= set(A_TOUT_MOMENT):
            return None
        return "fiche", "", AU_COMITE

    def avertissements(self, plans):
        if self.agent and not self.signature_dite and any(map(_repond, plans)):
            self.signature_dite = True
            yield Remarque(
                None,
                "les réponses aux obstacles seront signées de votre nom, et ceux qui suivent les "
                "fiches prévenus.",
            )

    def completer(self, objet, creation):
        if self.chargement:
            return
        if creation and objet.signale_le is None:
            objet.signale_le = timezone.localdate()
        if objet.repond:
            objet.repondu_le = timezone.localdate() if objet.reponse else None

    @transaction.atomic
    def appliquer(self, rapport, raison, progression=iter):
        """Answers and liftings that a file brings are signed, dated and told as those of a page."""
        pks = super().appliquer(rapport, raison, progression)
        if self.chargement or not self.agent:
            return pks
        suites = {
            pk: {colonne.nom for colonne, _, apres in plan.changements if apres}
            for plan, pk in zip(rapport.carnet, pks, strict=True)
        }
        suites = {pk: noms for pk, noms in suites.items() if noms & {"reponse", "leve_le"}}
        lignes = Obstacle.objects.select_related("fiche__territoire__perimetre_courant")
        for obstacle in lignes.filter(pk__in=suites).order_by("pk"):
            if "reponse" in suites[obstacle.pk]:
                signer_la_reponse(obstacle, self.agent)
            if "leve_le" in suites[obstacle.pk]:
                annoncer_la_levee(obstacle, self.agent)
        return pks

    def deduits(self):
        return {Reponse: "obstacle"}

    def souvenirs(self, carnet):
        """The day of the answer that the one of the file replaces."""
        for plans in carnet.lots():
            lignes = Obstacle.objects.filter(pk__in=[plan.pk for plan in plans if plan.pk])
            jours = dict(lignes.values_list("pk", "repondu_le"))
            for plan in plans:
                yield plan.lignes[0], brut(jours.get(plan.pk))

    def defaire(self, carnet, souvenirs):
        """The answer that a file brought is not one any more; the one before it has its day."""
        for plan in carnet:
            avant = [present for c, present, _ in plan.changements if c.nom == "reponse"]
            if not avant:
                continue
            Obstacle.objects.filter(pk=plan.pk).update(repondu_le=souvenirs[plan.lignes[0]])
            derniere = Reponse.objects.filter(obstacle=plan.pk).last()
            if derniere and derniere.texte == avant[0]:
                derniere.delete()


def _repond(plan):
    return any(c.nom == "reponse" and apres.strip() for c, _, apres in plan.changements)


class ReponseResource(ParChargement):
    """What was answered."""

    refus = ("texte", "une réponse se donne sur la page des obstacles, ou par leur fichier")

    class Meta:
        model = Reponse
        nom = "reponses"
        parent = "obstacle__fiche"
        fields = champs.noms(champs.REPONSE, champs.FICHIER)
        entetes = ["fiche", *fields]
        import_id_fields = ["fiche", "obstacle", "le"]
        relations = {"obstacle": {"fiche": "fiche__reference", "obstacle": "ordre"}}


class NouvelleResource(Resource):
    """News of decided fiches."""

    class Meta:
        model = Nouvelle
        nom = "nouvelles"
        parent = "fiche"
        fields = champs.noms(champs.NOUVELLE, champs.FICHIER)
        import_id_fields = ["fiche", "le", "titre"]
        lecture_seule = ["auteur"]

    def preparer(self):
        decidees = FicheAction.objects.du_public()
        self.decidees = set(decidees.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement or objet.fiche_id in self.decidees:
            return None
        return "fiche", "", "les nouvelles d’une fiche se donnent une fois qu’elle est décidée"

    def completer(self, objet, creation):
        if creation and not self.chargement:
            objet.auteur = self.agent

    def apres_ecriture(self, pks, progression=iter):
        """These fiches were heard of today; a whole base says itself when they were."""
        if not self.chargement:
            dites = FicheAction.objects.filter(nouvelles__in=pks).order_by()
            FicheAction.objects.filter(pk__in=dites.values("pk")).update(updated_at=timezone.now())

    @transaction.atomic
    def appliquer(self, rapport, raison, progression=iter):
        """What is new is told as from the page."""
        pks = super().appliquer(rapport, raison, progression)
        if self.agent and not self.chargement:
            neuves = [pk for plan, pk in zip(rapport.carnet, pks, strict=True) if plan.creation]
            lignes = Nouvelle.objects.select_related("fiche__territoire__perimetre_courant")
            for nouvelle in lignes.filter(pk__in=neuves).order_by("pk"):
                annoncer_la_nouvelle(nouvelle, self.agent)
        return pks
