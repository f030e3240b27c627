"""What goes in and out as CSV: geography, editions, périmètres, agents."""

from echanges.colonnes.colonne import Cles
from echanges.colonnes.listes import Enfants
from echanges.dialectes import MACHINE
from echanges.lecture.tableau import SELON_LE_FICHIER
from echanges.resources import Resource
from territoires.editions import national
from territoires.editions.composition import brouillons_traces_par, calculer
from territoires.editions.models import (
    EditionCarte,
    Filiation,
    MembrePerimetre,
    Perimetre,
    Territoire,
    Trace,
)
from territoires.geographie.models import (
    Commune,
    Contour,
    Intercommunalite,
)
from territoires.geographie.resources import CALCULEE

DEJA_MEMBRE = "ce membre appartient déjà à un territoire de cette édition : {}"


class EditionResource(Resource):
    class Meta:
        model = EditionCarte
        nom = "editions"
        exemples = {"code": "2023-11"}
        fields = ["code", "date", "precision", "nombre_annonce", "occasion", "source"]
        fields += ["composition_connue", "publiee_le", "publiee_par"]
        import_id_fields = ["code"]
        lecture_seule = ["publiee_par"]

    def verrou(self, objet, plan):
        if self.chargement:
            return None
        champs = {colonne.nom for colonne, _, _ in plan.changements}
        if plan.creation and "publiee_le" not in champs:
            return None
        if "publiee_le" in champs:
            return "publiee_le", "", "une édition se publie depuis sa page, pas par un import"
        if objet.est_du_public:
            return "", "", "cette édition est publiée : elle ne change plus"
        return None


class TerritoireResource(Resource):
    class Meta:
        model = Territoire
        nom = "territoires"
        filtres = {"region": "perimetre_courant__regions", "territoire": "identifiant"}
        exemples = {"identifiant": "agenais"}
        fields = ["identifiant", "nom", "region_pilote", "pilote", "presentation"]
        import_id_fields = ["identifiant"]
        parties = dict.fromkeys(
            ("elu nom", "elu fonction", "industriel nom", "industriel fonction"), "mandats"
        )
        laisses = CALCULEE | {"perimetre_courant": "suit la publication des éditions"}


class Membres(Enfants):
    """Members of a périmètre: a SIREN is an intercommunalité, five characters a commune."""

    CIBLES = (("intercommunalite", Intercommunalite), ("commune", Commune))

    def __init__(self, nom):
        super().__init__(nom, MembrePerimetre, "perimetre")

    def preparer(self, cles_du_fichier=()):
        self.cles = {}
        for cible, modele in self.CIBLES:
            self.cles[cible] = Cles(modele, [modele._meta.pk.name])
            self.cles[cible].preparer()

    def lire_element(self, mot):
        cible = "intercommunalite" if len(mot) > 5 else "commune"
        cle, remarque = self.cles[cible].trouver([mot])
        return (cible, cle), remarque

    def ecrire_element(self, element):
        return element[1]

    def montrer(self, valeur, dialecte=MACHINE):
        return " ".join(sorted(cle for _, cle in valeur))

    def lignes(self, pks=None):
        membres = MembrePerimetre.objects.order_by()
        if pks is not None:
            membres = membres.filter(perimetre__in=pks)
        return membres.values_list("perimetre", "intercommunalite", "commune")

    @staticmethod
    def element(intercommunalite, commune):
        return ("intercommunalite", intercommunalite) if intercommunalite else ("commune", commune)

    def element_de(self, membre):
        return self.element(membre.intercommunalite_id, membre.commune_id)

    def construire(self, ajouts):
        editions = dict(
            Perimetre.objects.filter(pk__in={pk for pk, _ in ajouts}).values_list("pk", "edition")
        )
        return [
            MembrePerimetre(perimetre_id=pk, edition_id=editions[pk], **{f"{cible}_id": cle})
            for pk, (cible, cle) in ajouts
        ]


class PerimetreResource(Resource):
    """One row a member: the file holds the whole composition of each périmètre it names."""

    class Meta:
        model = Perimetre
        nom = "perimetres"
        filtres = {"region": "regions", "territoire": "territoire__identifiant"}
        exemples = {"code": "84-1"}
        fields = ["edition", "code", "nom", "territoire", "membre"]
        import_id_fields = ["edition", "code"]
        listes = {"membre": Membres}
        une_ligne_par = "membre"
        laisses = CALCULEE | {
            "regions": "calculées depuis les membres",
            "population": "calculée depuis les membres",
        }

    def ouvrir(self, contenu, choix=SELON_LE_FICHIER):
        """The file of the périmètres, or the national one with a row a commune."""
        tableau = super().ouvrir(contenu, choix)
        return national.en_perimetres(tableau) if national.est_national(tableau) else tableau

    def preparer(self):
        self.figees = set(EditionCarte.objects.composees().values_list("pk", flat=True))

    def verrou(self, objet, plan):
        if self.chargement or objet.edition_id not in self.figees:
            return None
        return "edition", "", "cette édition est publiée : sa composition ne change plus"

    def conflits(self, plans):
        """One edition places a member once; the database says so too, but without the row."""
        dans_le_fichier = {plan.objet.pk for plan in plans if plan.objet.pk}
        editions = {plan.objet.edition_id for plan in plans}
        autres = MembrePerimetre.objects.filter(edition__in=editions).exclude(
            perimetre__in=dans_le_fichier
        )
        pris = {
            (m.edition_id, Membres.element(m.intercommunalite_id, m.commune_id)): m.perimetre.nom
            for m in autres.select_related("perimetre")
        }
        for plan in plans:
            for colonne, _, membres in plan.listes():
                for membre in membres:
                    place = (plan.objet.edition_id, membre)
                    if place in pris:
                        message = DEJA_MEMBRE.format(pris[place])
                        yield plan.lignes[0], colonne.nom, membre[1], message
                    pris.setdefault(place, f"ligne {plan.lignes[0]}")

    def deduits(self):
        return {Trace: "perimetre", Perimetre.regions.through: "perimetre"}

    def apres_ecriture(self, pks, progression=iter):
        calculer(Perimetre.objects.filter(pk__in=pks), progression)
        Territoire.objects.actualiser_perimetres()


class FiliationResource(Resource):
    class Meta:
        model = Filiation
        nom = "filiations"
        # A person confirms or refuses, not a file.
        lecture_seule = ["confirmee_par", "confirmee_le", "refusee_par", "refusee_le"]
        fields = ["ancien", "nouveau", "nature", "source", *lecture_seule]
        entetes = ["ancien_edition", "ancien_code", "nouveau_edition", "nouveau_code"]
        entetes += fields[2:]
        import_id_fields = entetes[:4]
        relations = {
            "ancien": {"ancien_edition": "edition__code", "ancien_code": "code"},
            "nouveau": {"nouveau_edition": "edition__code", "nouveau_code": "code"},
        }


class ContourResource(Resource):
    class Meta:
        model = Contour
        nom = "contours"
        fields = ["region", "intercommunalite", "commune", "geometrie"]
        import_id_fields = ["region", "intercommunalite", "commune"]

    def apres_ecriture(self, pks, progression=iter):
        calculer(brouillons_traces_par(pks), progression)
