"""Modifications by file: read by those who work on the fiche, written on their page alone."""

from programme.chargement import ParChargement
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


class PassageModificationResource(ParChargement):
    """The way of each modification."""

    refus = ("action", "un passage s’écrit en faisant avancer la modification, sur sa page")

    class Meta:
        model = PassageModification
        nom = "passages_modifications"
        parent = "modification__fiche"
        fields = champs.noms(champs.PASSAGE_MODIFICATION, champs.FICHIER)
        import_id_fields = ["modification", "le"]

    def incoherences(self):
        """A step that the parcours does not have, or that does not follow the one before it."""
        atteints = {}
        passages = PassageModification.objects.order_by("modification", "le", "pk")
        colonnes = ("modification__reference", "action", "avant", "apres")
        for reference, action, avant, apres in passages.values_list(*colonnes):
            atteint = atteints.get(reference, Modification.Etat.BROUILLON)
            if avant != atteint or not parcours.permet(action, avant, apres):
                yield (
                    f"La modification {reference} passe de « {avant} » à « {apres} » ({action}) : "
                    "le parcours ne le permet pas."
                )
            atteints[reference] = apres

    def apres_ecriture(self, pks, progression=iter):
        """The last sending up of each modification follows from its passages."""
        envois = PassageModification.objects.filter(
            pk__in=pks, action=PassageModification.Action.TRANSMETTRE
        )
        derniers = dict(envois.order_by("le", "pk").values_list("modification", "pk"))
        Modification.objects.bulk_update(
            [Modification(pk=pk, dernier_envoi_id=envoi) for pk, envoi in derniers.items()],
            ["dernier_envoi"],
            batch_size=500,
        )
