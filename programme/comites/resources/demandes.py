"""Requests to adapt a périmètre: written on their page, decided by the comités."""

from django.db.models import Exists, OuterRef

from echanges.colonnes.listes import Enfants
from programme.chargement import ParChargement
from programme.comites.models import Avis, DemandePerimetre, MouvementDemande
from territoires.editions.resources import Membres

SENS = {
    DemandePerimetre.Etat.ACCEPTEE: Avis.Sens.FAVORABLE,
    DemandePerimetre.Etat.REFUSEE: Avis.Sens.DEFAVORABLE,
}


class Mouvements(Membres):
    """The members that a request adds, or takes away."""

    def __init__(self, nom, sens):
        Enfants.__init__(self, nom, MouvementDemande, "demande")
        self.sens = sens

    def lignes(self, pks=None):
        mouvements = MouvementDemande.objects.order_by().filter(sens=self.sens)
        if pks is not None:
            mouvements = mouvements.filter(demande__in=pks)
        return mouvements.values_list("demande", "intercommunalite", "commune")

    def construire(self, ajouts):
        return [
            MouvementDemande(demande_id=pk, sens=self.sens, **{f"{cible}_id": cle})
            for pk, (cible, cle) in ajouts
        ]


class DemandeResource(ParChargement):
    refus = ("reference", "une demande se dépose sur sa page, et son comité y répond en séance")

    class Meta:
        model = DemandePerimetre
        nom = "demandes"
        exemples = {"reference": "DP-7K3M9QWX"}
        fields = ["reference", "perimetre", "motif", "ajouts", "retraits", "etat", "deposee_le"]
        fields += ["deposee_par", "appliquee_a", "appliquee_le", "appliquee_par", "application"]
        entetes = ["reference", "edition", "code", *fields[2:]]
        import_id_fields = ["reference"]
        relations = {"perimetre": {"edition": "edition__code", "code": "code"}}
        listes = {
            "ajouts": lambda nom: Mouvements(nom, MouvementDemande.Sens.AJOUT),
            "retraits": lambda nom: Mouvements(nom, MouvementDemande.Sens.RETRAIT),
        }

    def incoherences(self):
        """A request that is answered without the avis that answers it."""
        for etat, sens in SENS.items():
            avis = Avis.objects.en_effet().filter(demande=OuterRef("pk"), sens=sens)
            sans = DemandePerimetre.objects.filter(~Exists(avis), etat=etat)
            for reference in sans.values_list("reference", flat=True):
                yield (
                    f"La demande {reference} est dite « {etat.label} », et aucun comité n’a rendu "
                    f"d’avis {sens.label}."
                )
