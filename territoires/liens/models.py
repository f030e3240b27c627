"""Other programmes of the State that a territoire takes part in, each with its address."""

from django.db import models
from simple_history.models import HistoricalRecords

from territoires.champs import CleDeRecherche
from territoires.contraintes import parmi, unique
from territoires.editions.models import Territoire
from territoires.publics import cles_publiques


class GenreLien(models.TextChoices):
    CRTE = "crte", "CRTE"
    ACTION_COEUR_DE_VILLE = "acv", "Action cœur de ville"
    PETITES_VILLES_DE_DEMAIN = "pvd", "Petites villes de demain"
    ORT = "ort", "ORT"
    AUTRE = "autre", "autre programme"


EN_CLAIR = {
    GenreLien.CRTE: "contrat pour la réussite de la transition écologique",
    GenreLien.ORT: "opération de revitalisation de territoire",
}


class LienProgrammeQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those of the territoires for which this user works."""
        return self.filter(territoire__in=Territoire.objects.du_perimetre(user))

    def du_public(self):
        return self.filter(territoire__in=cles_publiques(Territoire))


class LienProgramme(models.Model):
    Genre = GenreLien

    reference = models.SlugField("référence", max_length=150, unique=True, editable=False)
    territoire = models.ForeignKey(Territoire, models.CASCADE, related_name="liens")
    genre = models.CharField("autre programme", max_length=5, choices=GenreLien)
    nom = models.CharField(
        "nom", max_length=200, help_text="Par exemple : CRTE du Béarn, ou la ville concernée."
    )
    adresse = models.URLField("adresse internet", max_length=300, blank=True)
    recherche = CleDeRecherche()

    objects = LienProgrammeQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du lien", excluded_fields=["recherche"])

    class Meta:
        verbose_name = "lien avec un autre programme"
        verbose_name_plural = "liens avec d’autres programmes"
        ordering = ["territoire", "genre", "recherche", "pk"]
        constraints = [
            parmi("genre", GenreLien.values, "lienprogramme_genre"),
            unique(
                ["territoire", "genre", "nom"],
                "lienprogramme_unique",
                "Ce lien est déjà saisi pour ce territoire.",
            ),
        ]

    def __str__(self):
        return f"{self.get_genre_display()} – {self.nom}"

    def save(self, *args, **kwargs):
        """Save; a new one is given the first free reference of its kind and territoire."""
        if not self.reference:
            self.reference = reference_libre(f"{self.genre}-{self.territoire.identifiant}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.territoire.get_absolute_url()

    @property
    def en_clair(self):
        return EN_CLAIR.get(self.genre, "")


def reference_libre(base, donnees=()):
    """This reference, or the first of those that follow it; `donnees` are not written yet."""
    prises = set(
        LienProgramme.objects.filter(reference__startswith=base).values_list("reference", flat=True)
    ).union(donnees)
    candidates = (base if rang == 1 else f"{base}-{rang}" for rang in range(1, len(prises) + 2))
    return next(candidate for candidate in candidates if candidate not in prises)
