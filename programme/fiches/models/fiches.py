"""The fiche action: what a territoire wants to do, with what money, and its way up."""

import secrets
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programme.fiches import champs
from programme.partenaires.models import Axe, Partenaire
from programme.themes.models import Theme
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour, mots_cherches, valider_siret
from territoires.contraintes import dates_dans_l_ordre, parmi, positif
from territoires.editions.models import Territoire
from territoires.geographie.models import Intercommunalite, Region
from territoires.publics import cles_publiques

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"  # no look-alikes, no vowels: read aloud without a mistake


def tirage():
    lettres = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{lettres[:4]}-{lettres[4:]}"


def nouvelle_reference():
    """A reference that says nothing of how many there are and can be dictated: FA-7K3M-9QWX."""
    return f"FA-{tirage()}"


class TransitionRefusee(ValidationError):
    """The fiche cannot make this step; the message says why, in French, to the person."""


class FicheActionQuerySet(models.QuerySet):
    def suivies(self):
        """Decided and not yet ended: followed."""
        return self.filter(etat__in=FicheAction.ETATS_SUIVIS)

    def for_user(self, user):
        """What it works on: its territoires' for who writes them, else those that came up to it.

        The État reads those of its area, an opérateur those that name it, none as a brouillon; a
        région no brouillon but those that were shared with it, or that it wrote.
        """
        if partenaire := getattr(user, "opere_pour", None):
            return self.montees().qui_nomment(partenaire)
        if getattr(user, "aire_de_l_etat", None):
            return self.montees().filter(territoire__in=Territoire.objects.suivis_par(user))
        if getattr(user, "est_delegation", False):
            return self.all()  # of all territoires: no need to ask of each row whether it has one
        siennes = self.filter(territoire__in=Territoire.objects.du_perimetre(user))
        regions = getattr(user, "codes_regions", ())
        return siennes.ouvertes_aux_regions(regions) if regions else siennes

    def ouvertes_aux_regions(self, codes):
        """Those of their territoires that these régions read: as `ouverte_aux_regions` of one."""
        montees = ~Q(etat=FicheAction.Etat.BROUILLON)
        return self.filter(montees | Q(partagee_le__isnull=False) | Q(saisie_par__in=codes))

    def montees(self):
        """Those that their territoire sent up, and did not call back."""
        return self.exclude(etat=FicheAction.Etat.BROUILLON)

    def qui_nomment(self, partenaire):
        """Those that name this partenaire, or hold a line of its money."""
        nommees = FicheAction.partenaires.through.objects.filter(partenaire=partenaire)
        lignes = FicheAction.financements.rel.related_model.objects.filter(partenaire=partenaire)
        return self.filter(
            Q(pk__in=nommees.values("ficheaction")) | Q(pk__in=lignes.order_by().values("fiche"))
        )

    def du_public(self):
        return self.filter(etat__in=FicheAction.ETATS_PUBLICS)

    def lisibles_par(self, user):
        """What this user may open on the public pages: the public ones and theirs."""
        theirs = FicheAction.objects.for_user(user).order_by().values("pk")
        return self.filter(Q(etat__in=FicheAction.ETATS_PUBLICS) | Q(pk__in=theirs))

    def chercher(self, texte):
        rows = self
        for mot in mots_cherches(texte):
            rows = rows.filter(recherche__contains=mot)
        return rows

    def update(self, **valeurs):
        if "etat" in valeurs:
            raise TransitionRefusee("L’état d’une fiche ne change que par son parcours.")
        return super().update(**valeurs)


class DeLaFicheQuerySet(models.QuerySet):
    """Rows of a fiche: public with it."""

    def du_public(self):
        return self.filter(fiche__in=cles_publiques(FicheAction))


class EtatFicheAction(models.TextChoices):
    BROUILLON = "brouillon", "brouillon"
    TRANSMISE = "transmise", "transmise"
    AJOURNEE = "ajournee", "ajournée"
    REFUSEE = "refusee", "refusée"
    VALIDEE = "validee", "validée"
    ENGAGEE = "engagee", "engagée"
    REALISEE = "realisee", "réalisée"
    ABANDONNEE = "abandonnee", "abandonnée"


class FicheAction(models.Model):
    Etat = EtatFicheAction

    ETATS_MODIFIABLES = (Etat.BROUILLON, Etat.AJOURNEE)
    ETATS_PUBLICS = (Etat.VALIDEE, Etat.ENGAGEE, Etat.REALISEE, Etat.ABANDONNEE)
    ETATS_FINIS = (Etat.REALISEE, Etat.ABANDONNEE, Etat.REFUSEE)
    ETATS_SUIVIS = (Etat.VALIDEE, Etat.ENGAGEE)  # progress and measures are entered
    # What a fiche must say before it goes up, and why the comité asks for it.
    ATTENDUS = {nom: champ.attendu for nom, champ in champs.FICHE.items() if champ.attendu}

    reference = models.CharField(
        "référence", max_length=20, unique=True, default=nouvelle_reference, editable=False
    )
    titre = models.CharField(
        "titre",
        max_length=200,
        help_text="Ce que l’on fera, en une ligne. Par exemple : Ouvrir une école de production.",
    )
    territoire = models.ForeignKey(Territoire, models.PROTECT, related_name="fiches")
    axe = models.ForeignKey(
        Axe,
        models.PROTECT,
        related_name="fiches",
        null=True,
        blank=True,
        help_text="L’axe du programme auquel l’action répond d’abord.",
    )
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", related_name="fiches", blank=True)
    contexte = models.TextField(
        "contexte",
        blank=True,
        help_text="La situation de départ. Par exemple : les ateliers du bassin cherchent trente "
        "soudeurs par an et n’en trouvent que dix.",
    )
    objectifs = models.TextField(
        "objectifs",
        blank=True,
        help_text="Le but, si possible chiffré. Par exemple : former trente soudeurs par an.",
    )
    description = models.TextField(
        "description",
        blank=True,
        help_text="Ce qui sera fait, où et par qui. Par exemple : aménager un atelier de 800 m² et "
        "ouvrir deux classes.",
    )
    resultats_attendus = models.TextField(
        "résultats attendus",
        blank=True,
        help_text="Ce que l’on pourra constater à la fin. Par exemple : vingt-cinq diplômés "
        "embauchés dans l’année.",
    )
    maitre_ouvrage = models.CharField(
        "maître d’ouvrage",
        max_length=200,
        blank=True,
        help_text="L’organisme qui porte l’action et en répond. Par exemple : la communauté de "
        "communes.",
    )
    maitre_ouvrage_siret = models.CharField(
        "SIRET du maître d’ouvrage",
        max_length=14,
        blank=True,
        validators=[valider_siret],
        help_text="Quatorze chiffres. Publié avec les aides qu’il reçoit.",
    )
    intercommunalites = models.ManyToManyField(
        Intercommunalite,
        verbose_name="intercommunalités concernées",
        related_name="fiches",
        blank=True,
        help_text="Celles où l’action a lieu. Tapez un nom ou un numéro SIREN.",
    )
    partenaires = models.ManyToManyField(
        Partenaire,
        related_name="fiches",
        blank=True,
        help_text="Ceux qui aident ou financent. Par exemple : la Banque des Territoires.",
    )
    date_debut = Jour(
        "date de début",
        null=True,
        blank=True,
        help_text="Même approximative. Par exemple : 01/09/2027.",
    )
    date_fin = Jour("date de fin", null=True, blank=True, help_text="Par exemple : 31/12/2029.")
    cout_total = models.DecimalField(
        "coût total",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="En euros, hors taxes. Par exemple : 1 200 000.",
    )
    avancement = models.PositiveSmallIntegerField(
        "avancement",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="En pourcentage, une fois l’action engagée.",
    )
    contact_nom = models.CharField(
        "nom du contact",
        max_length=150,
        blank=True,
        help_text="La personne que le comité peut appeler.",
    )
    contact_courriel = models.EmailField(
        "courriel du contact", blank=True, help_text="Par exemple : industrie@exemple.fr."
    )
    contact_telephone = models.CharField(
        "téléphone du contact",
        max_length=30,
        blank=True,
        help_text="Par exemple : 01 23 45 67 89.",
    )

    etat = models.CharField(
        "état", max_length=12, choices=Etat, default=Etat.BROUILLON, editable=False
    )
    dernier_envoi = models.ForeignKey(
        "Passage",
        models.PROTECT,
        verbose_name="dernière transmission",
        related_name="+",
        null=True,
        editable=False,
    )
    # A brouillon is its territoire's: a région reads what was shared with it, and what it wrote.
    partagee_le = models.DateTimeField("partagée avec la région le", null=True, editable=False)
    saisie_par = models.ForeignKey(
        Region,
        models.PROTECT,
        verbose_name="saisie par la région",
        related_name="+",
        null=True,
        editable=False,
    )
    version = models.PositiveIntegerField("version", default=0, editable=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="créée par",
        related_name="+",
        null=True,
        editable=False,
    )
    updated_at = models.DateTimeField("modifiée le", auto_now=True, db_index=True)
    recherche = CleDeRecherche(sources=("titre", "reference"))

    objects = FicheActionQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la fiche",
        excluded_fields=["recherche"],
        m2m_fields=[intercommunalites, partenaires, themes],
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "fiche action"
        verbose_name_plural = "fiches actions"
        ordering = ["-updated_at", "-pk"]
        indexes = [
            # What is counted by state reads no row of the table: PostgreSQL answers from the index.
            models.Index(fields=["etat"], include=["id", "territoire"], name="fiche_par_etat")
        ]
        constraints = [
            dates_dans_l_ordre(
                "date_debut",
                "date_fin",
                "fiche_dates",
                "La date de fin ne peut pas précéder la date de début.",
            ),
            positif("cout_total", "fiche_cout", "Un coût ne peut pas être négatif."),
            models.CheckConstraint(
                name="fiche_avancement",
                condition=Q(avancement=None) | Q(avancement__range=(0, 100)),
                violation_error_message="L’avancement va de 0 à 100 %%.",
            ),
            parmi("etat", EtatFicheAction.values, "fiche_etat"),
        ]

    def __str__(self):
        return self.titre

    def save(self, *args, passage=None, **kwargs):
        """Save; the state only moves with the `passage` that tells who moved it and why.

        Raises TransitionRefusee for any other change of state.
        """
        avant = getattr(self, "_etat_en_base", None) or self.Etat.BROUILLON
        if self.etat != avant and (passage is None or passage.apres != self.etat):
            raise TransitionRefusee("L’état d’une fiche ne change que par son parcours.")
        self.version += 1
        super().save(*args, **kwargs)
        self._etat_en_base = self.etat

    def get_absolute_url(self):
        return adresse("fiche", self.reference)

    @classmethod
    def from_db(cls, db, field_names, values):
        fiche = super().from_db(db, field_names, values)
        fiche._etat_en_base = fiche.__dict__.get("etat")
        return fiche

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        super().refresh_from_db(using=using, fields=fields, **kwargs)
        if fields is None or "etat" in fields:
            self._etat_en_base = self.__dict__.get("etat")

    @property
    def est_du_public(self):
        return self.etat in self.ETATS_PUBLICS

    @property
    def est_brouillon(self):
        return self.etat == self.Etat.BROUILLON

    @property
    def au_comite(self):
        """What names it on an agenda: nothing of a draft that no région reads any more."""
        return self.titre if self.ouverte_aux_regions(()) else f"Fiche rappelée ({self.reference})"

    @property
    def est_suivie(self):
        return self.etat in self.ETATS_SUIVIS

    @property
    def est_modifiable(self):
        return self.etat in self.ETATS_MODIFIABLES

    def ouverte_aux_regions(self, codes):
        """As `FicheActionQuerySet.ouvertes_aux_regions` says it of many."""
        ouverte = self.partagee_le is not None or self.saisie_par_id in codes
        return ouverte or not self.est_brouillon

    @staticmethod
    def champs_de_fond():
        """Fields a comité can remark upon: {name: label}."""
        noms = champs.noms(champs.FICHE, champs.REMARQUE)
        libelles = {nom: FicheAction._meta.get_field(nom).verbose_name for nom in noms}
        return libelles | champs.LIGNES_REMARQUEES

    def manques(self):
        """What stands between the draft and its sending up: [(field, label, why it matters)]."""
        return [
            (nom, self._meta.get_field(nom).verbose_name, pourquoi)
            for nom, pourquoi in self.ATTENDUS.items()
            if getattr(self, nom) in (None, "")
        ]

    def finance_au_dela(self):
        """Euros that the plan de financement holds beyond the cost; nothing without a cost."""
        excedent = self.financement_par_statut().plan - (self.cout_total or Decimal(0))
        return max(excedent, Decimal(0)) if self.cout_total is not None else Decimal(0)

    def financement_par_statut(self):
        """Euros of the plan, and to this day acquired, paid, refused, still asked for: `Sommes`."""
        return self.financements.all().sommes(self.cout_total)

    def regions_concernees(self):
        """The régions that examine the fiche: all those its territoire touches."""
        return self.territoire.regions
