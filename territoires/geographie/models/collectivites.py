"""Régions, départements and intercommunalités: official codes are the keys, dissolved ones stay."""

from collections import defaultdict

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from territoires.adresses import adresse
from territoires.champs import (
    ANNEES,
    CleDeRecherche,
    CodeOfficiel,
    Jour,
    mots_cherches,
    valider_code_departement,
    valider_code_region,
    valider_siren,
)
from territoires.contraintes import code_conforme, parmi, positif, siren_juste


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
        return adresse("region", self.code)


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
        return adresse("intercommunalite", self.siren)

    def communes(self):
        """Its communes today: an EPT holds them beside the Métropole du Grand Paris."""
        return self.communes_ept.all() if self.nature == "EPT" else self.communes_epci.all()
