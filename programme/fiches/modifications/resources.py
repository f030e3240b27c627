"""Modifications by file: read by those who work on the fiche, written on their page alone."""

from programme.chargement import ParChargement, PassagesParChargement
from programme.fiches import champs
from programme.fiches.models import ChangementModification, Modification, PassageModification
from programme.fiches.modifications import parcours


class ModificationResource(ParChargement):
    refus = ("reference", "une modification se demande sur la page de la fiche")

    class Meta:
        model = Modification
        nom = "modifications"
        parent = "fiche"
        exemples = {"reference": "FA-7K3M-9QWX-M1"}
        fields = champs.noms(champs.MODIFICATION, champs.FICHIER)
        import_id_fields = ["reference"]
        laisses = champs.laisses(champs.MODIFICATION)


class ChangementResource(ParChargement):
    """Before and after, one row for each thing that a decided modification is about."""

    refus = ("modification", "ce qui change suit de la modification, une fois décidée")

    class Meta:
        model = ChangementModification
        nom = "changements_modifications"
        parent = "modification__fiche"
        fields = champs.noms(champs.CHANGEMENT, champs.FICHIER)
        import_id_fields = ["modification", "ordre"]


class PassageModificationResource(PassagesParChargement):
    """The way of each modification."""

    marcheur, qui = "modification", "La modification"
    permet = staticmethod(parcours.permet)
    refus = ("action", "un passage s’écrit en faisant avancer la modification, sur sa page")

    class Meta:
        model = PassageModification
        nom = "passages_modifications"
        parent = "modification__fiche"
        fields = champs.noms(champs.PASSAGE_MODIFICATION, champs.FICHIER)
        import_id_fields = ["modification", "le"]
