"""What goes in and out as CSV: assemblées and their parts."""

from echanges.resources import Resource
from evenements.editorial.resources import (
    ActualiteResource,
    LienChoisiResource,
    PageEditorialeResource,
)
from evenements.models import (
    Annonce,
    Assemblee,
    AutreNom,
    Correction,
    Document,
    Intervenant,
    Intervention,
    Sequence,
)
from territoires.geographie.resources import CALCULEE

DE_L_AGENDA = dict.fromkeys(
    ("agenda_empreinte", "agenda_revision", "agenda_revu_le"),
    "ce que les agendas en ont lu, compté à chaque écriture",
)


class AssembleeResource(Resource):
    class Meta:
        model = Assemblee
        nom = "assemblees"
        exemples = {"identifiant": "lyon-2019"}
        fields = ["identifiant", "titre", "date_debut", "date_fin", "ville", "lieu"]
        fields += ["organisateurs", "participants", "resume", "source", "contact", "edition"]
        fields += ["conventions", "publiee_le"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE | DE_L_AGENDA
        laisses |= {"publiee_par": "celui qui publie, sur la page de l’assemblée"}


class SequenceResource(Resource):
    class Meta:
        model = Sequence
        nom = "sequences"
        parent = "assemblee"
        fields = ["assemblee", "ordre", "titre", "type", "jour", "moment", "debut", "fin"]
        fields += ["salle", "compte_rendu", "dit_ensemble", "difficultes", "themes"]
        import_id_fields = ["assemblee", "ordre"]
        laisses = DE_L_AGENDA | {"repere": "celui des agendas, donné à la création"}

    def conflits(self, plans):
        """Two séquences do not hold one room at one time, in the file or with what stands."""
        lus = [(plan.lignes[0], plan.objet) for plan in plans]
        assemblees = {objet.assemblee_id for _, objet in lus}
        restent = Sequence.objects.filter(assemblee__in=assemblees, debut__isnull=False)
        autres = list(restent.exclude(pk__in=[o.pk for _, o in lus if o.pk]))
        for rang, (numero, objet) in enumerate(lus):
            voisines = [*(o for _, o in lus[:rang]), *autres]
            voisines = [o for o in voisines if o.assemblee_id == objet.assemblee_id]
            if autre := next((o for o in voisines if objet.chevauche(o)), None):
                yield numero, "salle", objet.salle, f"la salle est déjà prise par « {autre} »"


class IntervenantResource(Resource):
    class Meta:
        model = Intervenant
        nom = "intervenants"
        exemples = {"identifiant": "prenom-nom"}
        fields = ["identifiant", "prenom", "nom"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE


class AutreNomResource(Resource):
    class Meta:
        model = AutreNom
        nom = "autres_noms"
        parent = "intervenant"
        fields = ["identifiant", "intervenant", "nom"]
        import_id_fields = ["identifiant"]


class InterventionResource(Resource):
    class Meta:
        model = Intervention
        nom = "interventions"
        parent = "sequence__assemblee"
        fields = ["sequence", "ordre", "intervenant", "role", "organisation", "territoire"]
        fields += ["resume", "citation"]
        entetes = ["assemblee", *fields]
        import_id_fields = ["assemblee", "sequence", "ordre"]
        relations = {"sequence": {"assemblee": "assemblee__identifiant", "sequence": "ordre"}}


class DocumentResource(Resource):
    class Meta:
        model = Document
        nom = "documents"
        parent = "assemblee"
        fields = ["assemblee", "titre", "sequence", "auteurs", "date", "lien", "themes"]
        import_id_fields = ["assemblee", "titre"]
        relations = {"sequence": {"assemblee": "assemblee__identifiant", "sequence": "ordre"}}
        laisses = {"fichier": "un fichier se dépose sur la page de l’assemblée"}


class CorrectionResource(Resource):
    class Meta:
        model = Correction
        nom = "corrections"
        parent = "assemblee"
        fields = ["assemblee", "numero", "le", "texte"]
        import_id_fields = ["assemblee", "numero"]


class AnnonceResource(Resource):
    class Meta:
        model = Annonce
        nom = "annonces"
        parent = "sequence__assemblee"
        fields = ["sequence", "ordre", "intervention", "ensemble", "texte", "nature"]
        fields += ["engagement", "convention_signee", "contrat", "fiche", "edition"]
        fields += ["bonne_pratique", "registre"]
        entetes = ["assemblee", "sequence", "ordre", "intervention", "ensemble", "texte"]
        entetes += ["nature", "convention", "engagement", "convention_signee", "contrat"]
        entetes += ["fiche", "edition", "bonne_pratique", "registre"]
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


RESOURCES = [
    AssembleeResource,
    SequenceResource,
    IntervenantResource,
    AutreNomResource,
    InterventionResource,
    DocumentResource,
    CorrectionResource,
    AnnonceResource,
    PageEditorialeResource,
    ActualiteResource,
    LienChoisiResource,
]
