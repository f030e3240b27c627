"""Pages and news as files."""

from echanges.resources import Resource
from evenements.editorial.models import Actualite, LienChoisi, PageEditoriale
from evenements.editorial.pages import publiques, rien_de_public
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

    def conflits(self, plans):
        """A link that is entered leads to what everybody reads; one that is restored may wait."""
        if self.chargement:
            return
        champs = ("page", "cible")
        lues = {getattr(plan.objet, champ) for plan in plans for champ in champs}
        connues = publiques(lues)
        for plan in plans:
            for champ in champs:
                if (chemin := getattr(plan.objet, champ)) not in connues:
                    yield plan.lignes[0], champ, chemin, rien_de_public(chemin)
