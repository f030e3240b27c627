"""Pages and news as files."""

from echanges.resources import Resource
from evenements.editorial.models import Actualite, LienChoisi, PageEditoriale
from territoires.geographie.resources import CALCULEE

LAISSES = CALCULEE | {"publiee_par": "celui qui publie, sur la page elle-même"}


class PageEditorialeResource(Resource):
    class Meta:
        model = PageEditoriale
        nom = "pages_programme"
        exemples = {"identifiant": "phases"}
        fields = ["identifiant", "titre", "ordre", "chapo", "texte", "publiee_le"]
        import_id_fields = ["identifiant"]
        laisses = LAISSES


class ActualiteResource(Resource):
    class Meta:
        model = Actualite
        nom = "actualites"
        exemples = {"identifiant": "premier-contrat"}
        fields = ["identifiant", "le", "titre", "chapo", "texte", "themes", "territoires"]
        fields += ["fiches", "conventions", "assemblees", "publiee_le"]
        import_id_fields = ["identifiant"]
        laisses = LAISSES


class LienChoisiResource(Resource):
    class Meta:
        model = LienChoisi
        nom = "liens_choisis"
        fields = ["page", "cible", "rang", "retire"]
        import_id_fields = ["page", "cible"]
