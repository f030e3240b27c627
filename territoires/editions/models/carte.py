"""The map with a date: editions, territoires, périmètres and their members."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour
from territoires.contraintes import parmi, un_seul_de, unique
from territoires.ecrites import ecrite
from territoires.editions.dates import date_en_texte, du
from territoires.editions.models.portee import PorteeQuerySet
from territoires.geographie.models import Commune, Intercommunalite, ReferenceQuerySet, Region

APRES = "Cette édition suit l’{} : sa date doit être postérieure au {:%d/%m/%Y}."


class EditionCarteQuerySet(ReferenceQuerySet):
    def du_public(self):
        return self.filter(publiee_le__isnull=False)

    def composees(self):
        """Those whose composition is public: an edition may be known by its number alone."""
        return self.du_public().filter(composition_connue=True)

    def en_preparation(self):
        """Those whose composition can still change."""
        return self.exclude(pk__in=EditionCarte.objects.composees())

    def echues(self):
        """Those whose composition is public and whose day has come, in Paris."""
        return self.composees().filter(date__lte=timezone.localdate())

    def en_vigueur(self):
        """The edition in force: the latest published one whose date has come, or None."""
        return self.echues().order_by("-date").first()


class PrecisionEditionCarte(models.TextChoices):
    JOUR = "jour", "au jour près"
    MOIS = "mois", "au mois près"


class EditionCarte(models.Model):
    Precision = PrecisionEditionCarte

    code = models.SlugField(
        "code",
        max_length=20,
        unique=True,
        help_text="Année et mois, par exemple 2023-11. Il figure dans l’adresse de la carte.",
    )
    date = Jour("date", help_text="Date à laquelle cette carte prend effet.")
    precision = models.CharField(
        "précision de la date", max_length=4, choices=Precision, default=Precision.JOUR
    )
    nombre_annonce = models.PositiveSmallIntegerField(
        "nombre de territoires annoncé", null=True, blank=True
    )
    occasion = models.CharField(
        "occasion", max_length=200, blank=True, help_text="Où cette carte a été présentée."
    )
    source = models.TextField(
        "source", blank=True, help_text="D’où vient cette composition, et sous quelle licence."
    )
    composition_connue = models.BooleanField(
        "composition connue",
        default=True,
        help_text="Décochez quand seul le nombre annoncé est connu : rien n’est alors dessiné.",
    )
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publiée par",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    objects = EditionCarteQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’édition")

    feminin = True  # its name is

    class Meta:
        verbose_name = "édition de la carte"
        verbose_name_plural = "éditions de la carte"
        ordering = ["-date"]
        constraints = [
            unique(["date"], "edition_date", "Une autre édition porte déjà cette date."),
            parmi("precision", PrecisionEditionCarte.values, "edition_precision"),
            models.CheckConstraint(
                name="edition_publiee_par_quelqu_un",
                condition=models.Q(publiee_par=None) | models.Q(publiee_le__isnull=False),
                violation_error_message="L’auteur de la publication va avec sa date.",
            ),
        ]

    def __str__(self):
        return f"édition {du(self)}"

    def get_absolute_url(self):
        return adresse("carte", self.code)

    def clean(self):
        """Once filled from another edition, it stays after it."""
        if self.pk and self.date and self.perimetres.exists():
            suivie = EditionCarte.objects.get(pk=self.pk).precedente()
            if suivie and self.date <= suivie.date:
                raise ValidationError({"date": APRES.format(suivie, suivie.date)})

    @property
    def est_du_public(self):
        return self.publiee_le is not None

    @property
    def est_figee(self):
        """Its composition is public: nothing in it changes any more."""
        return self.est_du_public and self.composition_connue

    @property
    def est_annoncee(self):
        """Published, and not in force before its day."""
        return self.est_figee and self.date > timezone.localdate()

    def precedente(self):
        """The latest edition before this one whose composition is public, or None."""
        return EditionCarte.objects.composees().filter(date__lt=self.date).first()

    @transaction.atomic
    def publier(self, agent):
        """Publish once and for all; the territoires take their périmètre on the day of its date.

        An edition known by its number alone is published with its composition the same way.
        Raises ValidationError when a périmètre has no member or the edition is already public.
        """
        actuelle = EditionCarte.objects.select_for_update().get(pk=self.pk)
        composee = self.perimetres.exists()
        if actuelle.est_figee or (actuelle.est_du_public and not composee):
            raise ValidationError("Cette édition est déjà publiée : une édition ne change plus.")
        if not self.source:
            raise ValidationError({"source": "Indiquez la source avant de publier."})
        if composee or self.composition_connue:
            vides = self.perimetres.filter(membres=None).values_list("nom", flat=True)
            if vides or not composee:
                noms = ", ".join(vides) or "aucun territoire n’est encore saisi"
                raise ValidationError(f"Il reste des territoires sans membre : {noms}.")
            self.composition_connue = True
        self.publiee_le, self.publiee_par = timezone.now(), agent
        self.save(update_fields=["publiee_le", "publiee_par", "composition_connue", "source"])
        Territoire.objects.actualiser_perimetres()


class TerritoireQuerySet(PorteeQuerySet):
    def du_public(self):
        """Territoires that stand, or stood, in an edition whose day has come."""
        return self.filter(perimetre_courant__isnull=False)

    def en_vigueur(self):
        """Territoires of the edition in force."""
        edition = EditionCarte.objects.en_vigueur()
        return self.filter(perimetre_courant__edition=edition)

    def des_sirens(self, sirens):
        """Territoires that hold one of these intercommunalités, or a commune of theirs."""
        membres = MembrePerimetre.objects.filter(
            models.Q(intercommunalite__in=sirens)
            | models.Q(commune__intercommunalite__in=sirens)
            | models.Q(commune__ept__in=sirens)
        )
        return self.filter(perimetre_courant__in=membres.values("perimetre"))

    def des_regions(self, codes):
        """Territoires that touch one of these régions, each once."""
        touches = Perimetre.regions.through.objects.filter(region__in=codes)
        return self.filter(perimetre_courant__in=touches.values("perimetre"))

    def du_perimetre(self, user):
        """Territoires for which this user works: theirs to write fiches about."""
        if getattr(user, "est_delegation", False):
            return self.all()
        if codes := getattr(user, "codes_regions", None):
            return self.des_regions(codes)
        if sirens := getattr(user, "sirens", None):
            return self.des_sirens(sirens)
        return self.none()

    @transaction.atomic
    def actualiser_perimetres(self):
        """Point each territoire to its périmètre in the latest edition in force that had it."""
        dernier = (
            Perimetre.objects.filter(edition__in=EditionCarte.objects.echues())
            .filter(territoire=models.OuterRef("pk"))
            .order_by("-edition__date")
            .values("pk")[:1]
        )
        return self.update(perimetre_courant=models.Subquery(dernier))


class Territoire(models.Model):
    identifiant = models.SlugField(
        "identifiant",
        max_length=120,
        unique=True,
        help_text="Stable d’une édition à l’autre, contrairement au code ; il est dans l’adresse.",
    )
    nom = models.CharField("nom", max_length=200)
    region_pilote = models.ForeignKey(
        Region,
        models.PROTECT,
        verbose_name="région pilote",
        related_name="territoires_pilotes",
        null=True,
        blank=True,
    )
    pilote = models.BooleanField(
        "territoire pilote",
        null=True,
        blank=True,
        help_text="Préfigurateur du programme. Laissez « inconnu » sans source.",
    )
    presentation = models.TextField("présentation", blank=True)
    perimetre_courant = models.OneToOneField(
        "Perimetre",
        models.SET_NULL,
        verbose_name="périmètre en vigueur",
        related_name="+",
        null=True,
        editable=False,
    )
    recherche = CleDeRecherche()

    objects = TerritoireQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique du territoire", excluded_fields=["recherche", "perimetre_courant"]
    )

    class Meta:
        verbose_name = "territoire"
        ordering = ["recherche"]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return adresse("territoire", self.identifiant)

    @property
    def quand(self):
        """The last edition that had it: tells it from another of its name."""
        perimetre = self.perimetre_courant
        return date_en_texte(perimetre.edition) if perimetre else "hors carte"

    @cached_property
    def regions(self):
        """The régions it touches in its current périmètre, by name."""
        return self.perimetre_courant.regions_par_nom if self.perimetre_courant else []

    @property
    def est_interregional(self):
        return len(self.regions) > 1


class PerimetreQuerySet(ReferenceQuerySet):
    def du_public(self):
        """Those of editions whose composition is public."""
        return self.filter(edition__in=EditionCarte.objects.composees())


class Perimetre(models.Model):
    edition = models.ForeignKey(
        EditionCarte, models.CASCADE, verbose_name="édition", related_name="perimetres"
    )
    territoire = models.ForeignKey(Territoire, models.PROTECT, related_name="perimetres")
    code = models.CharField(
        "code", max_length=20, help_text="Code dans cette édition : il peut changer à la suivante."
    )
    nom = models.CharField("nom dans cette édition", max_length=200)
    # Written by `calculer`, never by hand.
    regions = models.ManyToManyField(
        Region, verbose_name="régions touchées", related_name="perimetres", editable=False
    )
    population = models.PositiveIntegerField("population", null=True, editable=False)
    recherche = CleDeRecherche(sources=("nom", "code"))

    objects = PerimetreQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du périmètre")

    class Meta:
        verbose_name = "périmètre"
        ordering = ["edition", "recherche"]
        constraints = [
            unique(
                ["edition", "code"],
                "perimetre_edition_code",
                "Un autre territoire porte déjà ce code dans cette édition.",
            ),
            unique(
                ["edition", "territoire"],
                "perimetre_edition_territoire",
                "Ce territoire a déjà un périmètre dans cette édition.",
            ),
        ]

    def __str__(self):
        return f"{self.nom} ({date_en_texte(self.edition)}, {self.code})"

    @cached_property
    def regions_par_nom(self):
        """Those it touches; not asked again when a list has read them."""
        if "regions" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.regions.all())
        return _regions_touchees(self.pk)

    def communes(self):
        """Every commune it holds, through its intercommunalités or by itself."""
        return Commune.objects.filter(
            models.Q(membres__perimetre=self)
            | models.Q(intercommunalite__membres__perimetre=self)
            | models.Q(ept__membres__perimetre=self)
        ).distinct()

    def sirens_concernes(self):
        """SIREN of its intercommunalités, whole or through one of their communes."""
        communes = Commune.objects.filter(membres__perimetre=self)
        return set(
            self.membres.exclude(intercommunalite=None).values_list("intercommunalite", flat=True)
        ).union(
            communes.exclude(intercommunalite=None).values_list("intercommunalite", flat=True),
            communes.exclude(ept=None).values_list("ept", flat=True),
        )


@ecrite
def _regions_touchees(perimetre):
    return Region.objects.filter(perimetres=perimetre)


class MembrePerimetre(models.Model):
    perimetre = models.ForeignKey(
        Perimetre, models.CASCADE, verbose_name="périmètre", related_name="membres"
    )
    # Repeats the périmètre's edition so that the database refuses one member in two périmètres.
    edition = models.ForeignKey(
        EditionCarte, models.CASCADE, related_name="membres", editable=False
    )
    intercommunalite = models.ForeignKey(
        Intercommunalite,
        models.PROTECT,
        verbose_name="intercommunalité",
        related_name="membres",
        null=True,
        blank=True,
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="membres", null=True, blank=True
    )

    history = HistoricalRecords(verbose_name="historique du membre")

    class Meta:
        verbose_name = "membre"
        ordering = ["pk"]
        constraints = [
            un_seul_de(
                ("intercommunalite", "commune"),
                "membre_un_seul",
                "Un membre est une intercommunalité entière ou une commune seule.",
            ),
            unique(
                ["edition", "intercommunalite"],
                "membre_intercommunalite_unique",
                "Cette intercommunalité appartient déjà à un territoire de cette édition.",
            ),
            unique(
                ["edition", "commune"],
                "membre_commune_unique",
                "Cette commune appartient déjà à un territoire de cette édition.",
            ),
        ]

    def __str__(self):
        return str(self.intercommunalite or self.commune)

    def save(self, *args, **kwargs):
        self.edition_id = self.perimetre.edition_id
        super().save(*args, **kwargs)

    def clean(self):
        if self.perimetre_id and not self.edition_id:
            self.edition_id = self.perimetre.edition_id
