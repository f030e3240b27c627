"""The administrative geography: official codes are the keys, dissolved bodies stay readable."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from territoires.champs import (
    ANNEES,
    CleDeRecherche,
    CodeOfficiel,
    Jour,
    mots_cherches,
    valider_code_commune,
    valider_code_departement,
    valider_code_postal,
    valider_code_region,
    valider_siren,
)
from territoires.contraintes import code_conforme, parmi, positif, siren_juste, un_seul_de, unique
from territoires.geographie.anciennes import ancienne, code_du_siren, d_une_collectivite
from territoires.geographie.geometries import valider_contour


class ReferenceQuerySet(models.QuerySet):
    """Rows that every agent may read and that the délégation keeps."""

    def for_user(self, user):
        return self.all() if getattr(user, "a_un_perimetre", False) else self.none()

    def chercher(self, texte):
        """Rows whose every word stands in the search key, accents typed or not."""
        rows = self
        for mot in mots_cherches(texte):
            rows = rows.filter(recherche__contains=mot)
        return rows


class NomenclatureQuerySet(ReferenceQuerySet):
    """Reference rows that hold no draft: each of them is public."""

    def du_public(self):
        return self.all()


class Region(models.Model):
    code = CodeOfficiel("code Insee", max_length=2, validators=[valider_code_region])
    nom = models.CharField("nom", max_length=100)
    recherche = CleDeRecherche()

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la région", excluded_fields=["recherche"]
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "région"
        ordering = ["recherche"]  # « Île-de-France » among the i, on any database
        constraints = [
            code_conforme("code", "^[0-9]{2}$", "region_code", "Un code de région a deux chiffres.")
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return reverse("region", args=[self.code])


class Departement(models.Model):
    code = CodeOfficiel("code Insee", max_length=3, validators=[valider_code_departement])
    nom = models.CharField("nom", max_length=100)
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="région", related_name="departements"
    )
    recherche = CleDeRecherche()

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique du département", excluded_fields=["recherche"]
    )

    class Meta:
        verbose_name = "département"
        ordering = ["code"]
        constraints = [
            code_conforme(
                "code",
                "^([0-9]{2,3}|2[AB])$",
                "departement_code",
                "Un code de département s’écrit 01, 2A ou 974.",
            )
        ]

    def __str__(self):
        return f"{self.nom} ({self.code})"


class IntercommunaliteQuerySet(NomenclatureQuerySet):
    def existantes(self):
        return self.filter(dissoute_le=None)

    def lignee(self, sirens):
        """These SIREN, those that took over from them, and all that those took over from.

        What an intercommunalité held passes to its successors on the day it is dissolved, several
        of them or chains included; the relation is the same read from either end.
        """
        jour = {"from_intercommunalite__dissoute_le__lte": timezone.localdate()}
        liens = self.model.successeurs.through.objects.filter(**jour).order_by()
        suites, origines = defaultdict(set), defaultdict(set)
        for avant, apres in liens.values_list("from_intercommunalite", "to_intercommunalite"):
            suites[avant].add(apres)
            origines[apres].add(avant)
        return frozenset(_de_proche_en_proche(_de_proche_en_proche(sirens, suites), origines))


def _de_proche_en_proche(departs, liens):
    """All that these lead to by these links, themselves included."""
    atteints, a_suivre = set(departs), list(departs)
    while a_suivre:
        nouveaux = liens.get(a_suivre.pop(), set()) - atteints
        atteints |= nouveaux
        a_suivre += nouveaux
    return atteints


class NatureIntercommunalite(models.TextChoices):
    CC = "CC", "communauté de communes"
    CA = "CA", "communauté d’agglomération"
    CU = "CU", "communauté urbaine"
    METRO = "METRO", "métropole"
    MET69 = "MET69", "métropole de Lyon"
    EPT = "EPT", "établissement public territorial"


class Intercommunalite(models.Model):
    Nature = NatureIntercommunalite

    siren = CodeOfficiel("SIREN", max_length=9, validators=[valider_siren])
    nom = models.CharField("nom", max_length=200)
    nature = models.CharField("nature", max_length=5, choices=Nature)
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        verbose_name="département",
        related_name="intercommunalites",
        help_text="Celui du siège, ou à défaut celui où vit le plus grand nombre d’habitants.",
    )
    population = models.PositiveIntegerField(
        "population", null=True, blank=True, help_text="Population municipale, en habitants."
    )
    dissoute_le = Jour(
        "dissoute le",
        annees=ANNEES,
        null=True,
        blank=True,
        help_text="Une intercommunalité dissoute reste lisible, avec celles qui lui succèdent.",
    )
    successeurs = models.ManyToManyField(
        "self",
        verbose_name="successeurs",
        symmetrical=False,
        related_name="predecesseurs",
        blank=True,
    )
    recherche = CleDeRecherche(sources=("nom", "siren"))

    objects = IntercommunaliteQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’intercommunalité",
        excluded_fields=["recherche"],
        m2m_fields=[successeurs],
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["recherche"]
        constraints = [
            siren_juste("siren", "intercommunalite_siren"),
            parmi("nature", NatureIntercommunalite.values, "intercommunalite_nature"),
            positif("population", "intercommunalite_population"),
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return reverse("intercommunalite", args=[self.siren])

    def communes(self):
        """Its communes today: an EPT holds them beside the Métropole du Grand Paris."""
        return self.communes_ept.all() if self.nature == "EPT" else self.communes_epci.all()


class CommuneQuerySet(NomenclatureQuerySet):
    def dans(self, intercommunalites):
        """Communes of these intercommunalités, EPT included."""
        return self.filter(
            models.Q(intercommunalite__in=intercommunalites) | models.Q(ept__in=intercommunalites)
        )


class Commune(models.Model):
    code = CodeOfficiel("code Insee", max_length=5, validators=[valider_code_commune])
    nom = models.CharField("nom", max_length=100)
    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département", related_name="communes"
    )
    intercommunalite = models.ForeignKey(
        Intercommunalite,
        models.PROTECT,
        verbose_name="intercommunalité",
        related_name="communes_epci",
        null=True,
        blank=True,
        help_text="Vide pour les quelques îles qui n’appartiennent à aucune.",
    )
    ept = models.ForeignKey(
        Intercommunalite,
        models.PROTECT,
        verbose_name="établissement public territorial",
        related_name="communes_ept",
        null=True,
        blank=True,
        limit_choices_to={"nature": "EPT"},
        help_text="Dans la Métropole du Grand Paris seulement.",
    )
    population = models.PositiveIntegerField(
        "population", null=True, blank=True, help_text="Population municipale, en habitants."
    )
    recherche = CleDeRecherche()

    objects = CommuneQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la commune", excluded_fields=["recherche"]
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "commune"
        ordering = ["recherche", "code"]
        constraints = [
            code_conforme(
                "code",
                "^([0-9]{5}|2[AB][0-9]{3})$",
                "commune_code",
                "Un code Insee de commune a cinq caractères (01004, 2A004).",
            ),
            positif("population", "commune_population"),
        ]

    def __str__(self):
        return f"{self.nom} ({self.departement_id})"

    @classmethod
    def cle_lue_autrement(cls, texte):
        """(code, remark) when this is the SIREN of a commune of today; else None."""
        code = code_du_siren(texte)
        if code is None or not cls.objects.filter(pk=code).exists():
            return None
        return code, f"« {texte} » est le SIREN d’une commune, lu {code}"

    @classmethod
    def ce_que_c_est_devenu(cls, code):
        """(sentence, code of today) for a code that is no commune any more; else None."""
        if d_une_collectivite(code):
            return (
                f"« {code} » est dans une collectivité d’outre-mer : elle n’a pas de territoire",
                "",
            )
        if (trouvee := ancienne(code)) is None:
            return None
        nom, actuel = trouvee
        actuelle = cls.objects.filter(pk=actuel).values_list("nom", flat=True).first() or ""
        dit = (
            f"« {code} »{f' ({nom})' if nom else ''} n’est plus une commune : elle fait partie de "
        )
        return f"{dit}{actuelle} ({actuel})", actuel


class CodePostal(models.Model):
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="codes_postaux")
    code = models.CharField(
        "code postal", max_length=5, validators=[valider_code_postal], db_index=True
    )

    history = HistoricalRecords(verbose_name="historique du code postal")

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ["code"]
        constraints = [
            unique(
                ["commune", "code"],
                "codepostal_unique",
                "Cette commune a déjà ce code postal.",
            ),
            code_conforme(
                "code", "^[0-9]{5}$", "codepostal_code", "Un code postal a cinq chiffres."
            ),
        ]

    def __str__(self):
        return self.code


class NatureLocalite(models.TextChoices):
    DELEGUEE = "deleguee", "commune déléguée"
    ASSOCIEE = "associee", "commune associée"
    ARRONDISSEMENT = "arrondissement", "arrondissement municipal"
    ANCIENNE = "ancienne", "ancien code de commune"
    OUTRE_MER = "outre_mer", "commune d’une collectivité d’outre-mer"


class Localite(models.Model):
    """A place that people look for although it is no commune of the programme, or none any more.

    It stands in a commune of today; or in a collectivité d’outre-mer, where the programme has no
    territoire. Source: Insee, code officiel géographique.
    """

    Nature = NatureLocalite

    code = models.CharField("code Insee", max_length=5, validators=[valider_code_commune])
    nature = models.CharField("nature", max_length=14, choices=Nature)
    nom = models.CharField(
        "nom", max_length=100, blank=True, help_text="Vide quand seul l’ancien code est connu."
    )
    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="localites", null=True, blank=True
    )
    collectivite = models.CharField(
        "collectivité d’outre-mer", max_length=60, blank=True, help_text="À défaut de commune."
    )
    codes_postaux = models.CharField(
        "codes postaux", max_length=100, blank=True, help_text="Séparés par des espaces."
    )
    recherche = CleDeRecherche(sources=("nom", "code"))

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la localité", excluded_fields=["recherche"]
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "localité"
        ordering = ["recherche", "pk"]
        constraints = [
            unique(["code", "nature"], "localite_unique", "Cette localité est déjà connue."),
            parmi("nature", NatureLocalite.values, "localite_nature"),
            models.CheckConstraint(
                name="localite_situee",
                condition=models.Q(commune__isnull=False, collectivite="")
                | (models.Q(commune=None) & ~models.Q(collectivite="")),
                violation_error_message="Une localité est dans une commune, ou à défaut dans une "
                "collectivité d’outre-mer.",
            ),
        ]

    def __str__(self):
        return self.nom or self.code


class Contour(models.Model):
    """An outline, apart from what it outlines so that no list drags it along.

    `geometrie` is a GeoJSON Polygon or MultiPolygon: longitude then latitude, WGS84.
    Neighbours share the very same vertices along their border.
    """

    region = models.OneToOneField(
        Region, models.CASCADE, verbose_name="région", related_name="contour", null=True, blank=True
    )
    intercommunalite = models.OneToOneField(
        Intercommunalite,
        models.CASCADE,
        verbose_name="intercommunalité",
        related_name="contour",
        null=True,
        blank=True,
    )
    commune = models.OneToOneField(
        Commune, models.CASCADE, related_name="contour", null=True, blank=True
    )
    geometrie = models.JSONField("géométrie", help_text="GeoJSON, longitude puis latitude, WGS84.")

    objects = ReferenceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du contour")

    class Meta:
        verbose_name = "contour"
        constraints = [
            un_seul_de(
                ("region", "intercommunalite", "commune"),
                "contour_une_cible",
                "Un contour est celui d’une région, d’une intercommunalité ou d’une commune.",
            )
        ]

    def __str__(self):
        return f"Contour de {self.region or self.intercommunalite or self.commune}"

    def clean(self):
        try:
            valider_contour(self.geometrie)
        except ValidationError as erreur:
            raise ValidationError({"geometrie": erreur}) from erreur
