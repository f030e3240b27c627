"""The record of imports; between its two steps a file waits where every web process can read it."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone

ATTENTE = timedelta(days=7)


class ImportQuerySet(models.QuerySet):
    def for_user(self, user):
        """The délégation reads the record; a preview stays its author's."""
        return self.all() if getattr(user, "est_delegation", False) else self.none()

    def en_attente(self, user):
        return self.filter(auteur=user, etat=Import.Etat.APERCU)

    def oublier_les_anciens(self):
        """Previews that nobody confirmed lose their file."""
        anciens = self.filter(etat=Import.Etat.APERCU, cree_le__lt=timezone.now() - ATTENTE)
        return anciens.update(etat=Import.Etat.ABANDONNE, contenu=b"")


class Import(models.Model):
    class Etat(models.TextChoices):
        APERCU = "apercu", "aperçu"
        CONFIRME = "confirme", "confirmé"
        ABANDONNE = "abandonne", "abandonné"

    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur",
        related_name="imports",
        null=True,
        blank=True,
        help_text="Vide pour un import lancé depuis le terminal.",
    )
    cree_le = models.DateTimeField("déposé le", auto_now_add=True)
    decide_le = models.DateTimeField("confirmé ou abandonné le", null=True, blank=True)
    ressource = models.CharField("objets", max_length=40)
    nom_du_fichier = models.CharField("fichier", max_length=200)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    contenu = models.BinaryField("contenu")
    reconnu = models.CharField("reconnu", max_length=200, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.APERCU)
    creees = models.PositiveIntegerField("lignes créées", default=0)
    modifiees = models.PositiveIntegerField("lignes modifiées", default=0)
    inchangees = models.PositiveIntegerField("lignes inchangées", default=0)
    refusees = models.PositiveIntegerField("lignes refusées", default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "journal des imports"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_etat",
                condition=models.Q(etat__in=["apercu", "confirme", "abandonne"]),
                violation_error_message="Valeur inconnue : choisissez dans la liste.",
            ),
            models.CheckConstraint(
                name="import_decide",
                condition=models.Q(etat="confirme", decide_le__isnull=False)
                | ~models.Q(etat="confirme"),
                violation_error_message="Un import confirmé porte sa date.",
            ),
        ]

    def __str__(self):
        return f"{self.ressource} – {self.nom_du_fichier}"

    def save(self, *args, **kwargs):
        if not self.empreinte:
            self.empreinte = sha256(self.contenu).hexdigest()
        super().save(*args, **kwargs)

    @property
    def raison(self):
        """What the history of each written object says of this import."""
        return f"Import nᵒ {self.pk} : {self.nom_du_fichier}"[:100]

    def noter(self, rapport):
        """Keep the figures of this report."""
        self.reconnu = rapport.tableau.reconnu()[:200]
        for nom, nombre in rapport.comptes().items():
            setattr(self, nom, nombre)

    def clore(self, etat):
        """Confirmed or given up: the file, that may hold contacts, is not kept."""
        self.etat, self.decide_le, self.contenu = etat, timezone.now(), b""
        self.save()
