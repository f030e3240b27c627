"""Communes with their postcodes, and the places that lie in one."""

from django.db import models
from simple_history.models import HistoricalRecords

from territoires.champs import (
    CleDeRecherche,
    CodeOfficiel,
    valider_code_commune,
    valider_code_postal,
)
from territoires.contraintes import code_conforme, parmi, positif, unique
from territoires.geographie.anciennes import ancienne, code_du_siren, d_une_collectivite
from territoires.geographie.models.collectivites import (
    Departement,
    Intercommunalite,
    NomenclatureQuerySet,
)


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
        return self.en_clair(self.nom, self.departement_id)

    @staticmethod
    def en_clair(nom, departement):
        """What it is called among its namesakes, also where thousands are read without objects."""
        return f"{nom} ({departement})"

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
