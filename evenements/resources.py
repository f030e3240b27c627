"""What goes in and out as CSV: assemblées and their parts."""

from echanges.ressources import Ressource
from evenements.models import Annonce, Assemblee, Document, Intervenant, Intervention, Sequence
from territoires.resources import CALCULEE


class AssembleeResource(Ressource):
    class Meta:
        model = Assemblee
        nom = "assemblees"
        fields = ["identifiant", "titre", "date_debut", "date_fin", "ville", "lieu"]
        fields += ["organisateurs", "participants", "resume", "source", "contact", "edition"]
        fields += ["conventions", "publiee_le"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE | {"publiee_par": "celui qui publie, sur la page de l’assemblée"}


class SequenceResource(Ressource):
    class Meta:
        model = Sequence
        nom = "sequences"
        parent = "assemblee"
        fields = ["assemblee", "ordre", "titre", "type", "jour", "moment", "debut", "fin"]
        fields += ["salle", "compte_rendu"]
        import_id_fields = ["assemblee", "ordre"]


class IntervenantResource(Ressource):
    class Meta:
        model = Intervenant
        nom = "intervenants"
        fields = ["identifiant", "prenom", "nom"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE


class InterventionResource(Ressource):
    class Meta:
        model = Intervention
        nom = "interventions"
        parent = "sequence__assemblee"
        fields = ["sequence", "ordre", "intervenant", "role", "organisation", "territoire"]
        fields += ["resume", "citation"]
        entetes = ["assemblee", *fields]
        import_id_fields = ["assemblee", "sequence", "ordre"]
        relations = {"sequence": {"assemblee": "assemblee__identifiant", "sequence": "ordre"}}


class DocumentResource(Ressource):
    class Meta:
        model = Document
        nom = "documents"
        parent = "assemblee"
        fields = ["assemblee", "titre", "sequence", "auteurs", "date", "lien"]
        import_id_fields = ["assemblee", "titre"]
        relations = {"sequence": {"assemblee": "assemblee__identifiant", "sequence": "ordre"}}
        laisses = {"fichier": "un fichier se dépose sur la page de l’assemblée"}


class AnnonceResource(Ressource):
    class Meta:
        model = Annonce
        nom = "annonces"
        parent = "sequence__assemblee"
        fields = ["sequence", "ordre", "intervention", "texte", "engagement", "contrat"]
        fields += ["fiche", "edition", "bonne_pratique"]
        entetes = ["assemblee", "sequence", "ordre", "intervention", "texte", "convention"]
        entetes += ["engagement", "contrat", "fiche", "edition", "bonne_pratique"]
        import_id_fields = ["assemblee", "sequence", "ordre"]
        relations = {
            "sequence": {"assemblee": "assemblee__identifiant", "sequence": "ordre"},
            "intervention": {
                "assemblee": "sequence__assemblee__identifiant",
                "sequence": "sequence__ordre",
                "intervention": "ordre",
            },
            "engagement": {"convention": "convention__reference", "engagement": "numero"},
        }


RESSOURCES = [
    AssembleeResource,
    SequenceResource,
    IntervenantResource,
    InterventionResource,
    DocumentResource,
    AnnonceResource,
]
