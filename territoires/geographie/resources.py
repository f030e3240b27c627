"""What goes in and out as CSV: geography, editions, périmètres, agents."""

from echanges.colonnes.listes import Enfants
from echanges.colonnes.valeurs import Code
from echanges.resources import Resource
from territoires.geographie.models import (
    CodePostal,
    Commune,
    Departement,
    Intercommunalite,
    Localite,
    Region,
)

DU_TERRITOIRE = {
    "region": "territoire__perimetre_courant__regions",
    "territoire": "territoire__identifiant",
}


CALCULEE = {"recherche": "clé de recherche, calculée à chaque écriture"}


class RegionResource(Resource):
    class Meta:
        model = Region
        nom = "regions"
        filtres = {"region": "code"}
        exemples = {"code": "84"}
        fields = ["code", "nom"]
        import_id_fields = ["code"]
        laisses = CALCULEE


class DepartementResource(Resource):
    class Meta:
        model = Departement
        nom = "departements"
        filtres = {"region": "region"}
        exemples = {"code": "01"}
        fields = ["code", "nom", "region"]
        import_id_fields = ["code"]
        # Three digits start with 97 or 98: a lost zero can only make two.
        valeurs = {"code": Code(2)}
        laisses = CALCULEE
        synonymes = {"code": ["dep", "dpt"]}


class IntercommunaliteResource(Resource):
    class Meta:
        model = Intercommunalite
        nom = "intercommunalites"
        totaux = ["population"]
        filtres = {"region": "departement__region"}
        exemples = {"siren": "200093201"}
        fields = ["siren", "nom", "nature", "departement", "population", "dissoute_le"]
        fields += ["successeurs"]
        import_id_fields = ["siren"]
        laisses = CALCULEE
        # As the files of the DGCL, of Banatic and of the Insee say it.
        synonymes = {
            "siren": ["siren epci", "siren du groupement", "epci", "code siren"],
            "nom": ["raison sociale", "nom du groupement", "libepci", "nom complet"],
            "nature": ["nature juridique", "nature de l’epci", "nature_epci", "forme juridique"],
            "departement": ["dep epci", "département siège", "dept"],
            "population": ["total pop tot", "total pop mun", "ptot", "pmun", "population totale"],
        }


class CommuneResource(Resource):
    class Meta:
        model = Commune
        nom = "communes"
        totaux = ["population"]
        filtres = {"region": "departement__region"}
        exemples = {"code": "01004", "codes_postaux": "01500"}
        fields = ["code", "nom", "departement", "intercommunalite", "ept", "population"]
        fields += ["codes_postaux"]
        import_id_fields = ["code"]
        listes = {
            "codes_postaux": lambda nom: Enfants(nom, CodePostal, "commune", valeur=Code(5)),
        }
        laisses = CALCULEE
        # As the files of the DGCL, of the Insee and of La Poste say it.
        synonymes = {
            "code": ["insee", "insee_com", "com_insee", "code commune insee", "depcom", "codgeo"],
            "nom": ["nom membre", "libgeo", "nccenr", "nom de la commune", "lib_com"],
            "departement": ["dep", "dep_com", "code_departement"],
            "intercommunalite": ["epci", "siren epci", "siren du groupement", "code_epci"],
            "population": ["pmun", "ptot", "population municipale", "population totale"],
            "codes_postaux": ["code postal", "code_postal", "cp", "postal_code"],
        }


class LocaliteResource(Resource):
    class Meta:
        model = Localite
        nom = "localites"
        filtres = {"region": "commune__departement__region"}
        exemples = {"code": "49006", "nature": "deleguee", "codes_postaux": "49600"}
        fields = ["code", "nature", "nom", "commune", "collectivite", "codes_postaux"]
        import_id_fields = ["code", "nature"]
        valeurs = {"code": Code(5)}
        laisses = CALCULEE
