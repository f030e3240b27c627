"""Contrats with their signatories and fiches; bonnes pratiques."""

from echanges.ressources import Ressource
from programme.models import (
    BonnePratique,
    Contrat,
    FicheAction,
    FicheContrat,
    SignataireContrat,
    Utilite,
)
from territoires.resources import CALCULEE, DU_TERRITOIRE

from .chargement import ParChargement


class ContratResource(Ressource):
    class Meta:
        model = Contrat
        nom = "contrats"
        filtres = DU_TERRITOIRE
        exemples = {"reference": "lacq-pau-tarbes-2019"}
        fields = ["reference", "territoire", "type", "etat", "signe_le", "lieu", "debut", "fin"]
        fields += ["nombre_fiches_annonce", "source"]
        import_id_fields = ["reference"]
        laisses = CALCULEE | {"fiches": "dans leur propre fichier, fiches_contrats"}


class SignataireContratResource(Ressource):
    class Meta:
        model = SignataireContrat
        nom = "signataires_contrats"
        parent = "contrat"
        fields = ["contrat", "groupe", "organisation", "personne", "role"]
        fields += ["deliberation_assemblee", "deliberation_numero", "deliberation_date"]
        import_id_fields = ["contrat", "organisation", "personne"]


class FicheContratResource(Ressource):
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


class BonnePratiqueResource(Ressource):
    class Meta:
        model = BonnePratique
        nom = "bonnes_pratiques"
        filtres = DU_TERRITOIRE
        fields = ["identifiant", "titre", "territoire", "axe", "theme", "fiche", "fiches_liees"]
        fields += ["resume", "mise_en_oeuvre", "cout", "contact", "formalisee_par_un_pilote"]
        fields += ["publiee_le", "publiee_par"]
        import_id_fields = ["identifiant"]
        lecture_seule = ["publiee_le", "publiee_par"]
        internes = ["publiee_par"]
        laisses = CALCULEE


class UtiliteResource(ParChargement):
    """To whom a pratique is of use."""

    refus = ("agent", "chacun dit pour soi qu’une pratique lui est utile, sur la page de celle-ci")

    class Meta:
        model = Utilite
        nom = "utilites"
        parent = "pratique"
        fields = ["pratique", "agent", "le"]
        import_id_fields = ["pratique", "agent"]
        internes = ["agent"]
