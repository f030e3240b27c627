"""What hangs on a fiche: its money, its calendar, its measures and its attachments."""

from django.db import models

from programme.fichiers import chemin_de_piece, valider_fichier
from territoires.contraintes import dates_dans_l_ordre, parmi, positif, unique

from .fiches import FicheAction
from .partenaires import Partenaire


class Financement(models.Model):
    class Statut(models.TextChoices):
        DEMANDE = "demande", "demandé"
        ACQUIS = "acquis", "acquis"

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="financements")
    financeur = models.CharField("financeur", max_length=150)
    partenaire = models.ForeignKey(
        Partenaire,
        models.PROTECT,
        related_name="financements",
        null=True,
        blank=True,
        help_text="Si ce financeur est un partenaire du programme.",
    )
    montant = models.DecimalField("montant", max_digits=12, decimal_places=2, help_text="En euros.")
    statut = models.CharField("statut", max_length=8, choices=Statut, default=Statut.DEMANDE)

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "plan de financement"
        ordering = ["pk"]
        constraints = [
            unique(
                ["fiche", "financeur", "statut"],
                "financement_unique",
                "Ce financeur a déjà une ligne de ce statut.",
            ),
            positif("montant", "financement_montant", "Un montant ne peut pas être négatif."),
            parmi("statut", ["demande", "acquis"], "financement_statut"),
        ]

    def __str__(self):
        return self.financeur


class Etape(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="etapes")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intitule = models.CharField("étape", max_length=200)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    faite = models.BooleanField("faite", default=False)

    class Meta:
        verbose_name = "étape"
        ordering = ["ordre", "pk"]
        constraints = [
            unique(["fiche", "ordre"], "etape_ordre", "Deux étapes portent le même rang."),
            dates_dans_l_ordre("debut", "fin", "etape_dates"),
        ]

    def __str__(self):
        return self.intitule


class Indicateur(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="indicateurs")
    libelle = models.CharField("indicateur", max_length=200)
    unite = models.CharField("unité", max_length=40, blank=True)
    cible = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True, blank=True)
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=2, null=True, blank=True)
    mesure_le = models.DateField("mesuré le", null=True, blank=True)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["pk"]
        constraints = [
            unique(["fiche", "libelle"], "indicateur_unique", "Cet indicateur existe déjà.")
        ]

    def __str__(self):
        return self.libelle


class PieceJointe(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="pieces")
    titre = models.CharField("titre", max_length=150)
    fichier = models.FileField("fichier", upload_to=chemin_de_piece, validators=[valider_fichier])
    deposee_le = models.DateTimeField("déposée le", auto_now_add=True)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["titre"]

    def __str__(self):
        return self.titre
