"""Contrats with their signatories and fiches; bonnes pratiques."""

from echanges.resources import Resource
from programme.chargement import ParChargement
from programme.pratiques.models import BonnePratique, Utilite
from territoires.geographie.resources import CALCULEE, DU_TERRITOIRE


class BonnePratiqueResource(Resource):
    class Meta:
        model = BonnePratique
        nom = "bonnes_pratiques"
        filtres = DU_TERRITOIRE
        fields = ["identifiant", "titre", "territoire", "axe", "themes", "fiche", "fiches_liees"]
        fields += ["resume", "mise_en_oeuvre", "cout", "contact", "formalisee_par_un_pilote"]
        fields += ["publiee_le", "publiee_par"]
        import_id_fields = ["identifiant"]
        lecture_seule = ["publiee_le", "publiee_par"]
        laisses = CALCULEE
        synonymes = {"themes": ["theme"]}


class UtiliteResource(ParChargement):
    """To whom a pratique is of use."""

    refus = ("agent", "chacun dit pour soi qu’une pratique lui est utile, sur la page de celle-ci")

    class Meta:
        model = Utilite
        nom = "utilites"
        parent = "pratique"
        fields = ["pratique", "agent", "le"]
        import_id_fields = ["pratique", "agent"]
