"""Contrats with their signatories and fiches; bonnes pratiques."""

from echanges.resources import Resource
from programme.contrats.models import Contrat, FicheContrat, SignataireContrat
from programme.fiches.models import FicheAction
from territoires.geographie.resources import CALCULEE, DU_TERRITOIRE


class ContratResource(Resource):
    class Meta:
        model = Contrat
        nom = "contrats"
        filtres = DU_TERRITOIRE
        exemples = {"reference": "lacq-pau-tarbes-2019"}
        fields = ["reference", "territoire", "type", "etat", "signe_le", "lieu", "debut", "fin"]
        fields += ["nombre_fiches_annonce", "source"]
        import_id_fields = ["reference"]
        laisses = CALCULEE | {"fiches": "dans leur propre fichier, fiches_contrats"}


class SignataireContratResource(Resource):
    class Meta:
        model = SignataireContrat
        nom = "signataires_contrats"
        parent = "contrat"
        fields = ["contrat", "groupe", "organisation", "personne", "role", "siret"]
        fields += ["deliberation_assemblee", "deliberation_numero", "deliberation_date"]
        import_id_fields = ["contrat", "organisation", "personne"]


class FicheContratResource(Resource):
    class Meta:
        model = FicheContrat
        nom = "fiches_contrats"
        parent = "contrat"
        fields = ["contrat", "fiche", "engagement_ferme"]
        import_id_fields = ["contrat", "fiche"]

    def preparer(self):
        self.du_contrat = dict(Contrat.objects.values_list("pk", "territoire"))
        self.de_la_fiche = dict(FicheAction.objects.values_list("pk", "territoire"))

    def verrou(self, objet, plan):
        if self.du_contrat.get(objet.contrat_id) == self.de_la_fiche.get(objet.fiche_id):
            return None
        return "fiche", "", "cette fiche est celle d’un autre territoire que celui du contrat"
