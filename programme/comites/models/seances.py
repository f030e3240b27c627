"""What a séance is made of: its agenda, who was there, and the relevé of what it decided."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from programme.comites.models.comites import (
    DemandePerimetre,
    DuComiteQuerySet,
    MembreComite,
    Seance,
)
from programme.fiches.models import FicheAction, Modification
from territoires.contraintes import parmi, un_seul_de, unique

OBJETS = ("fiche", "demande", "modification")  # what a séance examines


def cle_de(ligne):
    """What names in a form the object of this point or avis: fiche-12, demande-3."""
    genre = next(nom for nom in OBJETS if getattr(ligne, f"{nom}_id"))
    return f"{genre}-{getattr(ligne, f'{genre}_id')}"


def intitule(objet):
    """What names this object for those who sit in a séance."""
    return objet.au_comite if isinstance(objet, FicheAction) else str(objet)


def par_genre(cles):
    """{kind: [primary key]} of what these keys name; what is no key is left out."""
    lues = {genre: [] for genre in OBJETS}
    for cle in cles:
        genre, _, pk = cle.partition("-")
        if genre in lues and pk.isdecimal() and len(pk) < 19:
            lues[genre].append(int(pk))
    return lues


class DeLaSeanceQuerySet(DuComiteQuerySet):
    chemin_region = "seance__comite__region"


class PointOrdreDuJour(models.Model):
    """A fiche, a request or a modification that a séance examines, at its rank."""

    seance = models.ForeignKey(Seance, models.CASCADE, verbose_name="séance", related_name="points")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, related_name="points", null=True, blank=True
    )
    demande = models.ForeignKey(
        DemandePerimetre, models.PROTECT, related_name="points", null=True, blank=True
    )
    modification = models.ForeignKey(
        Modification, models.PROTECT, related_name="points", null=True, blank=True
    )
    complement = models.BooleanField(
        "ajouté ensuite",
        default=False,
        help_text="Ajouté après la première composition de l’ordre du jour.",
    )
    ajoute_le = models.DateTimeField("ajouté le", auto_now_add=True)

    objects = DeLaSeanceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du point de l’ordre du jour")

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ["ordre", "pk"]
        constraints = [
            un_seul_de(
                OBJETS,
                "point_un_objet",
                "Un point porte sur une fiche, une demande ou une modification, une seule des "
                "trois.",
            ),
            unique(["seance", "fiche"], "point_fiche", "Cette fiche est déjà à l’ordre du jour."),
            unique(
                ["seance", "demande"], "point_demande", "Cette demande est déjà à l’ordre du jour."
            ),
            unique(
                ["seance", "modification"],
                "point_modification",
                "Cette modification est déjà à l’ordre du jour.",
            ),
        ]

    def __str__(self):
        return f"{self.ordre}. {self.intitule}"

    @property
    def objet(self):
        return self.fiche or self.demande or self.modification

    @property
    def intitule(self):
        return intitule(self.objet)

    @property
    def perimetre(self):
        """The périmètre it is about: that of the territoire now, or the one to adapt."""
        if self.demande_id:
            return self.demande.perimetre
        return self.objet.territoire.perimetre_courant

    @property
    def concerne_le_comite(self):
        """Its périmètre touches the région of the séance."""
        region = self.seance.comite.region_id
        return bool(self.perimetre) and self.perimetre.regions.filter(pk=region).exists()

    @property
    def cle(self):
        return cle_de(self)


class StatutPresence(models.TextChoices):
    PRESENT = "present", "présent"
    EXCUSE = "excuse", "excusé"


class Presence(models.Model):
    Statut = StatutPresence

    seance = models.ForeignKey(
        Seance, models.CASCADE, verbose_name="séance", related_name="presences"
    )
    # Who sat in a séance stays on its record: end the mandate instead of deleting the member.
    membre = models.ForeignKey(MembreComite, models.PROTECT, related_name="presences")
    statut = models.CharField("statut", max_length=8, choices=Statut, default=Statut.PRESENT)

    objects = DeLaSeanceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la présence")

    class Meta:
        verbose_name = "présence"
        ordering = ["membre__nom", "pk"]
        constraints = [
            unique(["seance", "membre"], "presence_unique", "Ce membre est déjà noté."),
            parmi("statut", StatutPresence.values, "presence_statut"),
        ]

    def __str__(self):
        return f"{self.membre} : {self.get_statut_display()}"

    def clean(self):
        if self.membre.comite_id != self.seance.comite_id:
            raise ValidationError({"membre": "Cette personne est membre d’un autre comité."})


class Releve(models.Model):
    """The relevé de décisions as it was established: kept whole, never rewritten.

    `contenu` is what `comites.releve.contenu` gives; a correction is the next number, which
    says why and what it changes.
    """

    seance = models.ForeignKey(
        Seance, models.PROTECT, verbose_name="séance", related_name="releves"
    )
    numero = models.PositiveSmallIntegerField("numéro", default=1)
    motif = models.TextField("motif de la rectification", blank=True)
    contenu = models.JSONField("contenu")
    etabli_le = models.DateTimeField("établi le")
    etabli_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="établi par", related_name="+"
    )

    objects = DeLaSeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé de décisions"
        verbose_name_plural = "relevés de décisions"
        ordering = ["seance", "numero"]
        constraints = [
            unique(["seance", "numero"], "releve_numero", "Ce relevé a déjà été établi."),
            models.CheckConstraint(
                name="releve_motive",
                condition=models.Q(numero=1) | ~models.Q(motif=""),
                violation_error_message="Dites ce que vous rectifiez, et pourquoi.",
            ),
        ]

    def __str__(self):
        return f"Relevé nᵒ {self.numero} – {self.seance}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise ValidationError("Un relevé ne se réécrit pas : établissez un rectificatif.")
        super().save(*args, **kwargs)
