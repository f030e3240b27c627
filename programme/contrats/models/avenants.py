"""Avenants: what each changes in a contrat, before and after."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from simple_history.models import HistoricalRecords

from programme.contrats.models.contrats import Contrat
from programme.contrats.models.parties import DuContratQuerySet
from programme.ecritures import jour
from programme.fiches.models import FicheAction
from territoires.champs import Jour
from territoires.contraintes import parmi, unique
from territoires.publics import cles_publiques


class AvenantContrat(models.Model):
    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="avenants")
    numero = models.PositiveSmallIntegerField("numéro")
    signe_le = Jour("signé le")
    objet = models.CharField("objet", max_length=300)
    changements = models.TextField("ce qu’il change", blank=True)

    objects = DuContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’avenant du contrat")

    class Meta:
        verbose_name = "avenant du contrat"
        verbose_name_plural = "avenants du contrat"
        ordering = ["contrat", "numero"]
        constraints = [
            unique(
                ["contrat", "numero"],
                "avenantcontrat_numero",
                "Ce contrat a déjà un avenant de ce numéro.",
            )
        ]

    def __str__(self):
        return f"Avenant nᵒ {self.numero}"


class ChampAvenantContrat(models.TextChoices):
    DEBUT = "debut", "début de la période"
    FIN = "fin", "fin de la période"
    NOMBRE = "nombre_fiches_annonce", "nombre de fiches annoncé"
    FICHE = "fiche", "fiche"


ABSENTE, SIMPLE, FERME = "", "sans engagement ferme", "engagement ferme"


class ModificationAvenantContratQuerySet(models.QuerySet):
    def du_public(self):
        """A fiche that is not decided yet is not named."""
        return self.filter(
            models.Q(fiche=None) | models.Q(fiche__in=cles_publiques(FicheAction)),
            avenant__in=cles_publiques(AvenantContrat),
        )


class ModificationAvenantContrat(models.Model):
    """One thing that an avenant changed, as plain text: ISO dates, numbers, an engagement."""

    Champ = ChampAvenantContrat

    DATES = (Champ.DEBUT, Champ.FIN)

    avenant = models.ForeignKey(AvenantContrat, models.CASCADE, related_name="modifications")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    champ = models.CharField("ce qui change", max_length=21, choices=Champ)
    fiche = models.ForeignKey(FicheAction, models.PROTECT, related_name="+", null=True, blank=True)
    avant = models.CharField("avant", max_length=100, blank=True)
    apres = models.CharField("après", max_length=100, blank=True)

    objects = ModificationAvenantContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la modification du contrat")

    class Meta:
        verbose_name = "modification par avenant du contrat"
        verbose_name_plural = "modifications par avenant du contrat"
        ordering = ["avenant", "ordre"]
        constraints = [
            unique(
                ["avenant", "ordre"],
                "modificationavenantcontrat_ordre",
                "Deux modifications de cet avenant portent le même rang.",
            ),
            parmi("champ", ChampAvenantContrat.values, "modificationavenantcontrat_champ"),
            models.CheckConstraint(
                name="modificationavenantcontrat_fiche",
                condition=models.Q(champ="fiche", fiche__isnull=False)
                | models.Q(~models.Q(champ="fiche"), fiche__isnull=True),
                violation_error_message="Une fiche va avec « fiche », et avec rien d’autre.",
            ),
        ]

    def __str__(self):
        return str(self.fiche) if self.fiche_id else self.get_champ_display()

    def clean(self):
        for nom in ("avant", "apres"):
            valeur = getattr(self, nom)
            if valeur and self.champ in self.DATES and not _est_une_date(valeur):
                raise ValidationError({nom: f"« {valeur} » : une date s’écrit 2027-12-31."})

    @property
    def avant_en_clair(self):
        return self._en_clair(self.avant)

    @property
    def apres_en_clair(self):
        return self._en_clair(self.apres)

    def _en_clair(self, valeur):
        if not valeur:
            return "absente" if self.fiche_id else "non précisé"
        return jour(parse_date(valeur)) if self.champ in self.DATES else valeur


def _est_une_date(valeur):
    try:
        return parse_date(valeur) is not None
    except ValueError:
        return False
