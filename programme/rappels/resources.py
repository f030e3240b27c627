"""The delays of the régions, by file."""

from echanges.resources import Resource
from programme.rappels.models import NOMS, DelaiDeRappel


class DelaiDeRappelResource(Resource):
    class Meta:
        model = DelaiDeRappel
        nom = "delais_de_rappel"
        fields = ["region", *NOMS]
        import_id_fields = ["region"]
