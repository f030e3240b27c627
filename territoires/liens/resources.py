"""The links with other programmes as CSV."""

from echanges.resources import Resource
from territoires.geographie.resources import CALCULEE, DU_TERRITOIRE
from territoires.liens.models import LienProgramme, reference_libre


class LienProgrammeResource(Resource):
    class Meta:
        model = LienProgramme
        nom = "liens_programmes"
        filtres = DU_TERRITOIRE
        exemples = {"reference": "crte-agenais"}
        fields = ["reference", "territoire", "genre", "nom", "adresse"]
        import_id_fields = ["reference"]
        cle_facultative = True
        laisses = CALCULEE

    def preparer(self):
        self.donnees = set()

    def completer(self, objet, creation):
        if creation and not objet.reference:
            base = f"{objet.genre}-{objet.territoire.identifiant}"
            objet.reference = reference_libre(base, self.donnees)
            self.donnees.add(objet.reference)
