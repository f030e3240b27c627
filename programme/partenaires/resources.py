"""Phases, axes, partenaires, offers, conventions and their parts."""

from echanges.resources import Resource
from programme.partenaires.models import (
    Avenant,
    Axe,
    Convention,
    DateCle,
    Engagement,
    ModificationAvenant,
    OffreDeService,
    Partenaire,
    Phase,
    SignataireConvention,
)
from territoires.geographie.resources import CALCULEE


class PhaseResource(Resource):
    class Meta:
        model = Phase
        nom = "phases"
        exemples = {"numero": "1"}
        fields = ["numero", "nom", "debut", "fin"]
        import_id_fields = ["numero"]


class AxeResource(Resource):
    class Meta:
        model = Axe
        nom = "axes"
        exemples = {"code": "recruter"}
        fields = ["code", "phase", "nom", "ordre"]
        import_id_fields = ["code"]
        laisses = CALCULEE


class DateCleResource(Resource):
    class Meta:
        model = DateCle
        nom = "dates_cles"
        exemples = {"code": "lancement"}
        fields = ["code", "le", "precision", "chiffre", "texte", "source"]
        import_id_fields = ["code"]


class PartenaireResource(Resource):
    class Meta:
        model = Partenaire
        nom = "partenaires"
        exemples = {"identifiant": "banque-des-territoires"}
        fields = ["identifiant", "nom", "nature", "presentation", "site", "siret"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE
        synonymes = {
            "nom": ["organisme", "structure", "raison sociale"],
            "site": ["site internet", "site web", "url", "adresse internet"],
            "presentation": ["description", "descriptif"],
        }


class OffreResource(Resource):
    class Meta:
        model = OffreDeService
        nom = "offres"
        exemples = {"reference": "banque-des-territoires-generique"}
        fields = ["reference", "partenaire", "intitule", "genre", "description", "axes"]
        fields += ["beneficiaires", "contact"]
        import_id_fields = ["reference"]
        laisses = CALCULEE


class ConventionResource(Resource):
    class Meta:
        model = Convention
        nom = "conventions"
        exemples = {"reference": "mobilisation-bpifrance-2019"}
        fields = ["reference", "partenaire", "objet", "description", "signee_le", "lieu"]
        fields += ["debut", "fin", "publiee", "source"]
        import_id_fields = ["reference"]
        laisses = CALCULEE


class SignataireConventionResource(Resource):
    class Meta:
        model = SignataireConvention
        nom = "signataires_conventions"
        parent = "convention"
        fields = ["convention", "ordre", "organisation", "personne", "fonction"]
        import_id_fields = ["convention", "ordre"]


class EngagementResource(Resource):
    class Meta:
        model = Engagement
        nom = "engagements"
        totaux = ["montant"]
        parent = "convention"
        fields = ["convention", "numero", "intitule", "montant", "echeance", "etat"]
        fields += ["nouvelle", "nouvelle_du"]
        import_id_fields = ["convention", "numero"]


class AvenantResource(Resource):
    class Meta:
        model = Avenant
        nom = "avenants"
        parent = "convention"
        fields = ["convention", "numero", "signe_le", "objet", "changements"]
        import_id_fields = ["convention", "numero"]


class ModificationAvenantResource(Resource):
    """What an avenant changed, told; an import rewrites neither convention nor engagement."""

    class Meta:
        model = ModificationAvenant
        nom = "modifications_avenants"
        parent = "avenant__convention"
        fields = ["avenant", "ordre", "champ", "engagement", "avant", "apres"]
        entetes = ["convention", *fields]
        import_id_fields = ["convention", "avenant", "ordre"]
        relations = {
            "avenant": {"convention": "convention__reference", "avenant": "numero"},
            "engagement": {"convention": "convention__reference", "engagement": "numero"},
        }
