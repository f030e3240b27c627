"""Comités, their members and séances, with what was decided there."""

from django.utils import timezone

from echanges.erreurs import Remarque
from echanges.resources import Resource
from programme.chargement import ParChargement
from programme.comites.models import (
    Avis,
    ComiteDePilotage,
    MembreComite,
    PointOrdreDuJour,
    Presence,
    Releve,
    RemarqueAvis,
    Seance,
)
from programme.comites.resources import jumelles
from programme.ecritures import jour
from programme.fiches.models import FicheAction

SEANCE = {"comite": "comite__region__code", "seance": "date"}
CLOSE = "cette séance est close : son relevé ne change que par une rectification, sur sa page"


class ComiteResource(Resource):
    class Meta:
        model = ComiteDePilotage
        nom = "comites"
        filtres = {"region": "region"}
        fields = ["region", "presentation", "source", "quorum"]
        import_id_fields = ["region"]


class MembreComiteResource(Resource):
    class Meta:
        model = MembreComite
        nom = "membres_comites"
        parent = "comite"
        fields = ["comite", "nom", "qualite", "fonction", "organisation", "debut", "fin"]
        import_id_fields = ["comite", "nom", "organisation"]


class SeanceResource(Resource):
    class Meta:
        model = Seance
        nom = "seances"
        filtres = {"region": "comite__region"}
        fields = ["comite", "date", "genre", "lieu", "commune_avec", "ordre_du_jour"]
        fields += ["compte_rendu"]
        fields += ["compose_le", "close_le", "close_par"]
        import_id_fields = ["comite", "date"]
        lecture_seule = ["compose_le", "close_le", "close_par"]
        listes = {"commune_avec": jumelles.Jumelle}

    def conflits(self, plans):
        return jumelles.conflits(plans, self.chargement)

    def verrou(self, objet, plan):
        # The compte rendu is written up after the relevé.
        touches = {colonne.nom for colonne, _, _ in plan.changements} - {"compte_rendu"}
        if self.chargement and plan.creation:
            return None
        return ("lieu", "", CLOSE) if objet.close_le and touches else None


class DeLaSeance(Resource):
    """What a closed séance holds no longer changes."""

    def preparer(self):
        self.closes = set(Seance.objects.exclude(close_le=None).values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement and plan.creation:
            return None
        return ("seance", "", CLOSE) if objet.seance_id in self.closes else None


class PointOrdreDuJourResource(DeLaSeance):
    class Meta:
        model = PointOrdreDuJour
        nom = "ordres_du_jour"
        parent = "seance"
        fields = ["seance", "fiche", "demande", "modification", "ordre", "complement"]
        entetes = ["comite", *fields]
        import_id_fields = ["comite", "seance", "fiche", "demande", "modification"]
        relations = {"seance": SEANCE}
        laisses = {"ajoute_le": "la date où la ligne est écrite"}

    def avertissements(self, plans):
        """The fiches that were sent up after the day of the séance that is to judge them."""
        if self.chargement:
            return
        fiches = FicheAction.objects.filter(pk__in={plan.objet.fiche_id for plan in plans})
        envois = dict(fiches.order_by().values_list("pk", "dernier_envoi__le"))
        for plan in plans:
            point, envoi = plan.objet, envois.get(plan.objet.fiche_id)
            if envoi and timezone.localdate(envoi) > point.seance.date:
                quand = jour(timezone.localtime(envoi))
                yield Remarque(
                    plan.lignes[0],
                    f"« {point.fiche} » est transmise le {quand}, après cette "
                    f"séance du {jour(point.seance.date)} : ne confirmez que si c’est bien elle.",
                )

    def verrou(self, objet, plan):
        # A whole base comes back as it was, though its périmètres have changed since.
        if plan.creation and not self.chargement and not objet.concerne_le_comite:
            return "comite", "", "ce point ne concerne pas la région de ce comité"
        return super().verrou(objet, plan)


class PresenceResource(DeLaSeance):
    """The member's comité is the séance's: one column says both."""

    class Meta:
        model = Presence
        nom = "presences"
        parent = "seance"
        fields = ["seance", "membre", "statut"]
        entetes = ["comite", "seance", "nom", "organisation", "statut"]
        import_id_fields = ["comite", "seance", "nom", "organisation"]
        relations = {
            "seance": SEANCE,
            "membre": {
                "comite": "comite__region__code",
                "organisation": "organisation",
                "nom": "nom",  # last: without it there is no member, without organisation there is
            },
        }


class AvisResource(ParChargement):
    """An avis is given in a séance, by a person who answers for it."""

    refus = ("sens", "un avis se rend en séance, sur la page de la fiche")

    class Meta:
        model = Avis
        nom = "avis"
        parent = "seance"
        fields = ["seance", "fiche", "passage", "demande", "modification", "envoi_modification"]
        fields += ["rectification", "sens", "motif", "raison", "rendu_le", "rendu_par", "effet_le"]
        entetes = ["comite", "seance", "fiche", "transmise_le", "demande", "modification"]
        entetes += ["modification_transmise_le", *fields[6:]]
        import_id_fields = ["comite", "seance", "fiche", "transmise_le", "demande"]
        import_id_fields += ["modification", "modification_transmise_le", "rectification"]
        relations = {
            "seance": SEANCE,
            "passage": {"fiche": "fiche__reference", "transmise_le": "le"},
            "envoi_modification": {
                "modification": "modification__reference",
                "modification_transmise_le": "le",
            },
        }

    def valider(self, objet):
        if not self.chargement:  # a loading writes the séances first, closed ones too
            super().valider(objet)


class RemarqueAvisResource(ParChargement):
    """What a comité said of one field of the fiche, and what the territoire answered."""

    refus = ("texte", "une remarque accompagne un avis, sur la page de la fiche")

    class Meta:
        model = RemarqueAvis
        nom = "remarques_avis"
        parent = "avis"
        fields = ["avis", "champ", "texte", "reponse"]
        entetes = ["comite", "seance", "fiche", "transmise_le", "rectification", *fields[1:]]
        import_id_fields = ["comite", "seance", "fiche", "transmise_le", "rectification"]
        import_id_fields += ["champ", "texte"]
        relations = {
            "avis": {
                "comite": "seance__comite__region__code",
                "seance": "seance__date",
                "fiche": "fiche__reference",
                "transmise_le": "passage__le",
                "rectification": "rectification",
            }
        }


class ReleveResource(ParChargement):
    refus = ("numero", "un relevé s’établit sur la page de la séance")

    class Meta:
        model = Releve
        nom = "releves"
        parent = "seance"
        fields = ["seance", "numero", "motif", "etabli_le", "etabli_par", "contenu"]
        entetes = ["comite", *fields]
        import_id_fields = ["comite", "seance", "numero"]
        relations = {"seance": SEANCE}
