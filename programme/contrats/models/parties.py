"""What a contrat is made of: signatories with their délibérations, fiches, documents."""

from django.db import models
from simple_history.models import HistoricalRecords

from programme.contrats.models.contrats import Contrat
from programme.fiches.models import FicheAction
from programme.fichiers import chemin_de_piece, valider_fichier
from territoires.champs import Jour, cle_de_recherche, valider_siret
from territoires.contraintes import parmi, unique
from territoires.publics import cles_publiques

# How the name of a collectivité begins, once accents and capitals are gone.
COLLECTIVITES = (
    *("region", "conseil regional", "departement", "conseil departemental"),
    *("commune", "ville", "collectivite"),
)


class DuContratQuerySet(models.QuerySet):
    """Rows of a contrat: public with it."""

    def du_public(self):
        return self.filter(contrat__in=cles_publiques(Contrat))


class GroupeSignataireContrat(models.TextChoices):
    INTERCOMMUNALITES = "intercommunalites", "intercommunalités"
    PUBLICS = "publics", "partenaires publics"
    ECONOMIQUES = "economiques", "partenaires économiques et industriels"


class SignataireContrat(models.Model):
    Groupe = GroupeSignataireContrat

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="signataires")
    groupe = models.CharField("groupe", max_length=20, choices=Groupe)
    organisation = models.CharField("organisation", max_length=200)
    personne = models.CharField("personne", max_length=150, blank=True)
    role = models.CharField("rôle", max_length=150, blank=True)
    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[valider_siret],
        help_text="Quatorze chiffres, de la collectivité qui a délibéré.",
    )
    deliberation_assemblee = models.CharField("assemblée délibérante", max_length=150, blank=True)
    deliberation_numero = models.CharField("numéro de délibération", max_length=60, blank=True)
    deliberation_date = Jour("date de délibération", null=True, blank=True)
    fichier = models.FileField(
        "délibération", upload_to=chemin_de_piece, validators=[valider_fichier], blank=True
    )

    objects = DuContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du signataire du contrat")

    class Meta:
        verbose_name = "signataire"
        ordering = ["contrat", "groupe", "organisation"]
        constraints = [
            parmi("groupe", GroupeSignataireContrat.values, "signatairecontrat_groupe"),
            unique(
                ["contrat", "organisation", "personne"],
                "signatairecontrat_unique",
                "Cette personne signe déjà ce contrat pour cette organisation.",
            ),
        ]

    def __str__(self):
        return self.organisation

    @property
    def doit_deliberer(self):
        """A collectivité signs after its assembly voted; the State and companies do not vote."""
        if self.groupe == self.Groupe.INTERCOMMUNALITES:
            return True
        publique = self.groupe == self.Groupe.PUBLICS
        return publique and cle_de_recherche(self.organisation).startswith(COLLECTIVITES)

    @property
    def deliberation_manquante(self):
        return self.doit_deliberer and not (self.deliberation_numero or self.deliberation_date)


class FicheContratQuerySet(DuContratQuerySet):
    def du_public(self):
        """A contrat may name a fiche that is not decided yet."""
        return super().du_public().filter(fiche__in=cles_publiques(FicheAction))


class FicheContrat(models.Model):
    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="lignes_fiches")
    fiche = models.ForeignKey(FicheAction, models.PROTECT, related_name="lignes_contrats")
    engagement_ferme = models.BooleanField("engagement ferme", default=False)

    objects = FicheContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la fiche du contrat")

    class Meta:
        verbose_name = "fiche du contrat"
        verbose_name_plural = "fiches du contrat"
        constraints = [
            unique(
                ["contrat", "fiche"], "fichecontrat_unique", "Cette fiche est déjà dans ce contrat."
            )
        ]

    def __str__(self):
        return str(self.fiche)


class NatureDocumentContrat(models.TextChoices):
    SIGNE = "signe", "texte signé"
    ANNEXE = "annexe", "annexe"


class DocumentContrat(models.Model):
    Nature = NatureDocumentContrat

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="documents")
    nature = models.CharField("nature", max_length=6, choices=Nature, default=Nature.SIGNE)
    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=chemin_de_piece, validators=[valider_fichier])
    depose_le = models.DateTimeField("déposé le", auto_now_add=True)

    objects = DuContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du document du contrat")

    class Meta:
        verbose_name = "document"
        ordering = ["-nature", "titre"]
        constraints = [parmi("nature", NatureDocumentContrat.values, "documentcontrat_nature")]

    def __str__(self):
        return self.titre
