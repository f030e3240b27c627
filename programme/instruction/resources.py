"""What was said while the fiches were examined, by file: exported by who may read it."""

from echanges.resources import Resource
from programme.chargement import ParChargement
from programme.instruction.models import (
    Attribution,
    AvisTechnique,
    Coche,
    DemandeComplement,
    Message,
    NoteInterne,
    PointDeControle,
)

SUR_LA_PAGE = "cela s’écrit sur la page « Instruction » de la fiche"


ENVOI = {"fiche": "fiche__reference", "transmise_le": "le"}


class AvisTechniqueResource(ParChargement):
    refus = ("texte", SUR_LA_PAGE)

    class Meta:
        model = AvisTechnique
        nom = "avis_techniques"
        parent = "fiche"
        fields = ["fiche", "envoi", "service", "sens", "texte", "le", "auteur"]
        entetes = ["fiche", "transmise_le", *fields[2:]]
        import_id_fields = ["fiche", "transmise_le", "service"]
        relations = {"envoi": ENVOI}


class ComplementResource(ParChargement):
    refus = ("question", SUR_LA_PAGE)

    class Meta:
        model = DemandeComplement
        nom = "complements"
        parent = "fiche"
        fields = ["fiche", "envoi", "numero", "service", "question", "champs", "lignes"]
        fields += ["attendue_le"]
        fields += ["demandee_le", "demandee_par", "reponse", "repondue_le", "repondue_par"]
        fields += ["retiree_le"]
        entetes = ["fiche", "transmise_le", *fields[2:]]
        import_id_fields = ["fiche", "numero"]
        relations = {"envoi": ENVOI}


class MessageResource(ParChargement):
    refus = ("texte", SUR_LA_PAGE)

    class Meta:
        model = Message
        nom = "messages"
        parent = "fiche"
        fields = ["fiche", "le", "auteur", "texte", "au_brouillon"]
        import_id_fields = ["fiche", "le"]


class NoteInterneResource(ParChargement):
    refus = ("texte", SUR_LA_PAGE)

    class Meta:
        model = NoteInterne
        nom = "notes_internes"
        parent = "fiche"
        fields = ["fiche", "region", "le", "auteur", "texte"]
        import_id_fields = ["fiche", "region", "le"]


class AttributionResource(ParChargement):
    refus = ("agent", SUR_LA_PAGE)

    class Meta:
        model = Attribution
        nom = "attributions"
        parent = "fiche"
        fields = ["fiche", "region", "agent"]
        import_id_fields = ["fiche", "region"]


class PointDeControleResource(Resource):
    """The checklists of the régions, that the délégation may bring in for them."""

    class Meta:
        model = PointDeControle
        nom = "points_de_controle"
        exemples = {"intitule": "Le plan de financement est équilibré"}
        fields = ["region", "intitule", "ordre", "actif"]
        import_id_fields = ["region", "intitule"]


class CocheResource(ParChargement):
    refus = ("le", SUR_LA_PAGE)

    class Meta:
        model = Coche
        nom = "coches"
        parent = "fiche"
        fields = ["fiche", "point", "le", "auteur"]
        entetes = ["fiche", "region", "intitule", "le", "auteur"]
        import_id_fields = ["fiche", "region", "intitule"]
        relations = {"point": {"region": "region__code", "intitule": "intitule"}}
