"""Contrats with their signatories, fiches, avenants and links to other programmes."""

from django.db.models import Q

from echanges.resources import Resource
from programme.contrats.lignee import avec_leurs_suites
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    FicheContrat,
    ModificationAvenantContrat,
    SignataireContrat,
)
from programme.fiches.models import FicheAction
from territoires.geographie.resources import CALCULEE, DU_TERRITOIRE

DES_CONTRATS = CALCULEE | {"fiches": "dans leur propre fichier, fiches_contrats"}
AILLEURS = "cette fiche est celle d’un autre territoire que celui du contrat"


class ContratResource(Resource):
    class Meta:
        model = Contrat
        nom = "contrats"
        filtres = DU_TERRITOIRE
        exemples = {"reference": "lacq-pau-tarbes-2019"}
        fields = ["reference", "territoire", "type", "etat", "signe_le", "lieu"]
        fields += ["debut", "fin", "nombre_fiches_annonce", "liens", "source"]
        import_id_fields = ["reference"]
        laisses = DES_CONTRATS | {"precedent": "dans son propre fichier, suites_contrats"}


class SuiteContratResource(Resource):
    """What each contrat follows, in a file of its own: both must stand before they are chained."""

    class Meta:
        model = Contrat
        nom = "suites_contrats"
        filtres = DU_TERRITOIRE
        fields = ["reference", "precedent"]
        import_id_fields = ["reference"]
        laisses = DES_CONTRATS | dict.fromkeys(
            [nom for nom in ContratResource._meta.fields if nom != "reference"],
            "dans le fichier contrats",
        )

    def verrou(self, objet, plan):
        if plan.creation:
            manque = "ce contrat n’existe pas\u202f: importez d’abord le fichier contrats"
            return "reference", objet.reference, manque
        return None


class SignataireContratResource(Resource):
    class Meta:
        model = SignataireContrat
        nom = "signataires_contrats"
        parent = "contrat"
        fields = ["contrat", "groupe", "organisation", "personne", "role", "siret"]
        fields += ["deliberation_assemblee", "deliberation_numero", "deliberation_date"]
        import_id_fields = ["contrat", "organisation", "personne"]
        laisses = {"fichier": "un fichier se dépose sur la page du contrat"}


class DUneFiche(Resource):
    """Rows of a contrat that may name a fiche: one that the agent may not read is not told there,
    neither its title nor that it is."""

    def visibles(self):
        lignes = super().visibles()
        if self.agent is None:
            return lignes
        lisibles = FicheAction.objects.lisibles_par(self.agent)
        return lignes.filter(Q(fiche=None) | Q(fiche__in=lisibles))


class FicheContratResource(DUneFiche):
    class Meta:
        model = FicheContrat
        nom = "fiches_contrats"
        parent = "contrat"
        fields = ["contrat", "fiche", "engagement_ferme"]
        import_id_fields = ["contrat", "fiche"]

    def preparer(self):
        self.du_contrat = dict(Contrat.objects.values_list("pk", "territoire"))
        self.de_la_fiche = dict(FicheAction.objects.values_list("pk", "territoire"))
        self.lignees = {}

    def verrou(self, objet, plan):
        territoire = self.du_contrat.get(objet.contrat_id)
        if territoire not in self.lignees:
            self.lignees[territoire] = avec_leurs_suites([territoire])
        if self.de_la_fiche.get(objet.fiche_id) in self.lignees[territoire]:
            return None
        return "fiche", "", AILLEURS


class AvenantContratResource(Resource):
    class Meta:
        model = AvenantContrat
        nom = "avenants_contrats"
        parent = "contrat"
        fields = ["contrat", "numero", "signe_le", "objet", "changements"]
        import_id_fields = ["contrat", "numero"]


class ModificationAvenantContratResource(DUneFiche):
    """What an avenant changed, told; an import rewrites no contrat."""

    class Meta:
        model = ModificationAvenantContrat
        nom = "modifications_avenants_contrats"
        parent = "avenant__contrat"
        fields = ["avenant", "ordre", "champ", "fiche", "avant", "apres"]
        entetes = ["contrat", *fields]
        import_id_fields = ["contrat", "avenant", "ordre"]
        relations = {"avenant": {"contrat": "contrat__reference", "avenant": "numero"}}
