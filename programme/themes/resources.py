"""Themes as a file."""

from echanges.resources import Resource
from programme.themes.models import Theme
from territoires.geographie.resources import CALCULEE


class ThemeResource(Resource):
    class Meta:
        model = Theme
        nom = "themes"
        exemples = {"identifiant": "decarbonation"}
        fields = ["identifiant", "nom", "ordre", "description", "mots"]
        import_id_fields = ["identifiant"]
        laisses = CALCULEE
