"""Fiches actions and what hangs on them, each in its own file keyed by reference."""

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from echanges.colonnes.valeurs import NombreOuPart
from echanges.erreurs import Remarque
from echanges.imports.journal import brut
from echanges.resources import Resource
from programme.chargement import PassagesParChargement
from programme.fiches import champs, parcours
from programme.fiches.instruction import instruction
from programme.fiches.models import (
    FicheAction,
    Indicateur,
    Mesure,
    Passage,
)
from territoires.editions.models import Territoire
from territoires.geographie.resources import DU_TERRITOIRE

VERROU = "cette fiche est « {} » : elle ne se modifie qu’en brouillon ou ajournée"


class FicheResource(Resource):
    class Meta:
        model = FicheAction
        nom = "fiches"
        totaux = ["cout_total"]
        filtres = DU_TERRITOIRE
        exemples = {"reference": "FA-7K3M-9QWX"}
        fields = champs.noms(champs.FICHE, champs.FICHIER)
        import_id_fields = ["reference"]
        cle_facultative = True
        lecture_seule = ["partagee_le", "saisie_par"]
        laisses = champs.laisses(champs.FICHE)
        parties = dict.fromkeys(("obstacle", "simplification", "reponse"), "obstacles")
        # As action plans and lists of projects say it.
        synonymes = {
            "reference": ["n° de fiche", "numéro de fiche", "code action", "id fiche"],
            "titre": ["intitulé du projet", "intitulé de l’action", "nom du projet", "action"],
            "maitre_ouvrage": ["porteur", "porteur de projet", "bénéficiaire", "nomBeneficiaire"],
            "cout_total": ["coût", "budget", "coût prévisionnel", "coût du projet"],
            "date_debut": ["début", "démarrage", "date de démarrage", "date de lancement"],
            "date_fin": ["fin", "échéance", "date d’achèvement"],
            "avancement": ["taux d’avancement", "% avancement"],
            "contact_courriel": ["courriel", "mail", "email", "adresse mail"],
            "contact_telephone": ["téléphone", "tél"],
            "contact_nom": ["contact", "référent", "interlocuteur"],
        }

    def preparer(self):
        self.en_vigueur = set(Territoire.objects.en_vigueur().values_list("pk", flat=True))
        self.titres = set()

    def verrou(self, objet, plan):
        """The fields that the form of this fiche leaves open, in the state where it is."""
        if self.chargement and plan.creation:
            return None
        changes = set()
        for colonne, avant, apres in plan.changements:
            changes.add(colonne.nom)
            if colonne.nom == "etat" and apres != (avant or FicheAction.Etat.BROUILLON):
                return "etat", apres, "l’état d’une fiche ne change que par son parcours"
        mesures = changes.intersection(champs.noms(champs.FICHE, par=champs.Par.MESURE))
        if mesures and not objet.est_suivie:
            nom = min(mesures)
            libelle = champs.libelle(objet, nom)
            return nom, "", f"« {libelle} » se saisit une fois la fiche validée"
        ouverts = set(mesures)
        if objet.est_du_public:
            ouverts |= {nom for nom, champ in champs.FICHE.items() if champ.suivi}
        if not objet.est_modifiable and changes - ouverts:
            return "reference", objet.reference, VERROU.format(objet.get_etat_display())
        if "territoire" in changes and objet.territoire_id not in self.en_vigueur:
            return "territoire", "", "ce territoire n’est pas dans l’édition en vigueur de la carte"
        return None

    def avertissements(self, plans):
        """A row without reference makes a new fiche each time it comes."""
        sans_cle = [p for p in plans if p.creation and not p.cle]
        existantes = {
            (territoire, titre): reference
            for territoire, titre, reference in FicheAction.objects.filter(
                titre__in={p.objet.titre for p in sans_cle}
            ).values_list("territoire", "titre", "reference")
        }
        for plan in sans_cle:
            cle = (plan.objet.territoire_id, plan.objet.titre)
            deja = existantes.get(cle) or ("une ligne plus haut" if cle in self.titres else None)
            self.titres.add(cle)
            if deja:
                yield Remarque(
                    plan.lignes[0],
                    f"ce territoire a déjà une fiche de ce titre ({deja}) : sans référence, cette "
                    "ligne en crée une autre.",
                )

    def incoherences(self):
        """A state that no passage led to, a fiche decided without the avis of a comité."""
        dernier = Passage.objects.filter(fiche=OuterRef("pk")).order_by("-le", "-pk")
        atteint = Coalesce(Subquery(dernier.values("apres")[:1]), Value(FicheAction.Etat.BROUILLON))
        fiches = FicheAction.objects.annotate(atteint=atteint).exclude(etat=F("atteint"))
        for reference, etat in fiches.values_list("reference", "etat"):
            yield f"La fiche {reference} est dite « {etat} », et aucun passage n’y mène."
        for fiche in instruction().sans_accord(FicheAction.objects.du_public()):
            yield f"La fiche {fiche.reference} est dite décidée, et aucun comité n’y est favorable."

    def completer(self, objet, creation):
        objet.version += 1
        if creation:
            objet.created_by = self.agent


class DeLaFiche(Resource):
    """Rows of a fiche: they follow its lock."""

    def preparer(self):
        modifiables = FicheAction.objects.filter(etat__in=FicheAction.ETATS_MODIFIABLES)
        self.modifiables = set(modifiables.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement or objet.fiche_id in self.modifiables:
            return None
        return "fiche", "", "cette fiche n’est ni un brouillon ni ajournée : elle est verrouillée"


class PassageResource(PassagesParChargement):
    """The way of each fiche."""

    marcheur, qui = "fiche", "La fiche"
    permet = staticmethod(parcours.permet)
    refus = ("action", "un passage s’écrit en faisant avancer la fiche, sur sa page")

    class Meta:
        model = Passage
        nom = "passages"
        parent = "fiche"
        fields = champs.noms(champs.PASSAGE, champs.FICHIER)
        import_id_fields = ["fiche", "le"]


class IndicateurResource(DeLaFiche):
    class Meta:
        model = Indicateur
        nom = "indicateurs"
        parent = "fiche"
        fields = champs.noms(champs.INDICATEUR, champs.FICHIER)
        import_id_fields = ["fiche", "libelle"]
        valeurs = {"cible": NombreOuPart(), "valeur": NombreOuPart()}

    def preparer(self):
        super().preparer()
        suivies = FicheAction.objects.suivies()
        self.suivies = set(suivies.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        """Measures are entered once the fiche is decided; what is measured stays as decided."""
        suivis = champs.noms(champs.INDICATEUR, par=champs.Par.MESURE)
        mesures = {colonne.nom for colonne, _, _ in plan.changements} <= set(suivis)
        if mesures and not plan.creation and objet.fiche_id in self.suivies:
            return None
        return super().verrou(objet, plan)

    def apres_ecriture(self, pks, progression=iter):
        """A value that a file brings joins the series; a whole base brings its own series."""
        if self.chargement:
            return
        valeurs = Indicateur.objects.filter(pk__in=pks).exclude(valeur=None)
        deja = set(
            Mesure.objects.filter(indicateur__in=pks).values_list(
                "indicateur", "mesure_le", "valeur"
            )
        )
        Mesure.objects.bulk_create(
            [
                Mesure(indicateur=i, mesure_le=i.mesure_le, valeur=i.valeur, auteur=self.agent)
                for i in valeurs.exclude(mesure_le=None)
                if (i.pk, i.mesure_le, i.valeur) not in deja
            ],
            update_conflicts=True,
            unique_fields=["indicateur", "mesure_le"],
            update_fields=["valeur", "auteur"],
        )

    def deduits(self):
        return {Mesure: "indicateur"}

    def souvenirs(self, carnet):
        """The measure of the same day that the one of the file replaces, and who signed it."""
        rang = [champ.attname for champ in Indicateur._meta.concrete_fields].index("mesure_le")
        for plans in carnet.lots():
            jours = {plan.pk: (plan.ecrits[rang], plan.lignes[0]) for plan in plans}
            series = Mesure.objects.filter(indicateur__in=[plan.pk for plan in plans if plan.pk])
            for mesure in series:
                jour, ligne = jours[mesure.indicateur_id]
                if mesure.mesure_le == jour:
                    yield ligne, [str(mesure.valeur), mesure.auteur_id]

    def defaire(self, carnet, souvenirs):
        """The measure that a file brought leaves the series, or gives its place back."""
        noms = [champ.attname for champ in Indicateur._meta.concrete_fields]
        for plan in carnet:
            anciens = dict(zip(noms, plan.ecrits, strict=True))
            presents = anciens | {c.nom: present for c, present, _ in plan.changements}
            venue = Mesure.objects.filter(indicateur=plan.pk, mesure_le=presents["mesure_le"])
            if souvenir := souvenirs.get(plan.lignes[0]):
                venue.update(valeur=souvenir[0], auteur=souvenir[1])
            elif anciens["valeur"] is None or anciens["mesure_le"] != presents["mesure_le"]:
                venue.filter(valeur=presents["valeur"], commentaire="").delete()


class MesureResource(Resource):
    """The series of each indicateur."""

    class Meta:
        model = Mesure
        nom = "mesures"
        parent = "indicateur__fiche"
        fields = champs.noms(champs.MESURE, champs.FICHIER)
        entetes = ["fiche", *fields]
        import_id_fields = ["fiche", "indicateur", "mesure_le"]
        relations = {"indicateur": {"fiche": "fiche__reference", "indicateur": "libelle"}}
        lecture_seule = ["auteur"]
        valeurs = {"valeur": NombreOuPart()}

    def preparer(self):
        suivies = Indicateur.objects.filter(fiche__in=FicheAction.objects.suivies().order_by())
        self.suivis = set(suivies.values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement or objet.indicateur_id in self.suivis:
            return None
        return "fiche", "", "un indicateur se mesure une fois la fiche validée, jusqu’à sa fin"

    def completer(self, objet, creation):
        if not self.chargement:
            objet.auteur = self.agent

    def apres_ecriture(self, pks, progression=iter):
        """The latest measure stands on the indicateur."""
        Indicateur.objects.filter(mesures__in=pks).reprendre_la_derniere_mesure()

    def souvenirs(self, carnet):
        """Who signed each measure that changes, and what its indicateur says before."""
        rang = [champ.attname for champ in Mesure._meta.concrete_fields].index("indicateur_id")
        for plans in carnet.lots():
            mesures = Mesure.objects.filter(pk__in=[plan.pk for plan in plans if plan.pk])
            auteurs = dict(mesures.values_list("pk", "auteur"))
            indicateurs = Indicateur.objects.in_bulk({plan.ecrits[rang] for plan in plans})
            for plan in plans:
                avant = indicateurs[plan.ecrits[rang]]
                dit = [avant.pk, brut(avant.valeur), brut(avant.mesure_le)]
                yield plan.lignes[0], [auteurs.get(plan.pk), *dit]

    def defaire(self, carnet, souvenirs):
        """Each measure is again its author's, each indicateur says what it said."""
        for plan in carnet:
            Mesure.objects.filter(pk=plan.pk).update(auteur=souvenirs[plan.lignes[0]][0])
        avant = {pk: (valeur, jour) for _, pk, valeur, jour in souvenirs.values()}
        touches = Indicateur.objects.filter(pk__in=avant)
        touches.reprendre_la_derniere_mesure()
        for pk in touches.filter(mesures=None).values_list("pk", flat=True):
            valeur, jour = avant[pk]
            Indicateur.objects.filter(pk=pk).update(valeur=valeur, mesure_le=jour)
