"""Fiches actions and what hangs on them, each in its own file keyed by reference."""

from echanges.ressources import Ressource
from programme.models import Etape, FicheAction, Financement, Indicateur
from territoires.resources import CALCULEE

CONTACT = ["contact_nom", "contact_courriel", "contact_telephone"]
VERROU = "cette fiche est « {} » : elle ne se modifie qu’en brouillon ou ajournée"


class FicheResource(Ressource):
    class Meta:
        model = FicheAction
        nom = "fiches"
        fields = ["reference", "titre", "territoire", "axe", "contexte", "objectifs"]
        fields += ["description", "resultats_attendus", "maitre_ouvrage", "intercommunalites"]
        fields += ["partenaires", "date_debut", "date_fin", "cout_total", "obstacle"]
        fields += ["simplification", "reponse", "avancement", *CONTACT, "etat"]
        import_id_fields = ["reference"]
        internes = CONTACT
        laisses = CALCULEE | {
            "dernier_envoi": "une étape du parcours",
            "version": "compte les enregistrements",
            "created_at": "écrit par l’application",
            "created_by": "celui qui importe",
            "updated_at": "écrit par l’application",
        }

    def verrou(self, objet, plan):
        for colonne, avant, apres in plan.changements:
            if colonne.nom == "etat" and apres != (avant or FicheAction.Etat.BROUILLON):
                return "etat", apres, "l’état d’une fiche ne change que par son parcours"
        if not plan.creation and not objet.est_modifiable:
            return "reference", objet.reference, VERROU.format(objet.get_etat_display())
        return None

    def completer(self, objet, creation):
        objet.version += 1
        if creation:
            objet.created_by = self.agent


class DeLaFiche(Ressource):
    """Rows of a fiche: they follow its lock."""

    def preparer(self):
        modifiables = FicheAction.objects.filter(etat__in=FicheAction.ETATS_MODIFIABLES)
        self.modifiables = set(modifiables.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if objet.fiche_id in self.modifiables:
            return None
        return "fiche", "", "cette fiche n’est ni un brouillon ni ajournée : elle est verrouillée"


class FinancementResource(DeLaFiche):
    class Meta:
        model = Financement
        nom = "financements"
        parent = "fiche"
        fields = ["fiche", "financeur", "partenaire", "montant", "statut"]
        import_id_fields = ["fiche", "financeur", "statut"]


class EtapeResource(DeLaFiche):
    class Meta:
        model = Etape
        nom = "etapes"
        parent = "fiche"
        fields = ["fiche", "ordre", "intitule", "debut", "fin", "faite"]
        import_id_fields = ["fiche", "ordre"]


class IndicateurResource(DeLaFiche):
    class Meta:
        model = Indicateur
        nom = "indicateurs"
        parent = "fiche"
        fields = ["fiche", "libelle", "unite", "cible", "valeur", "mesure_le"]
        import_id_fields = ["fiche", "libelle"]
