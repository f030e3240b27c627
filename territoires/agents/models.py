"""The user model: its one special thing is its perimeter."""

import rules
from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from territoires.contraintes import parmi
from territoires.geographie.models import Departement, Intercommunalite, Region


class AgentQuerySet(models.QuerySet):
    def for_user(self, user):
        """Every agent with a perimeter may know who works where; a superuser keeps the accounts."""
        permis = getattr(user, "a_un_perimetre", False) or getattr(user, "tient_les_comptes", False)
        return self.all() if permis else self.none()

    def de_la_delegation(self):
        return self.filter(is_active=True, niveau=Agent.Niveau.DELEGATION)

    def des_regions(self, regions):
        return self.filter(
            is_active=True, niveau=Agent.Niveau.REGION, regions__in=regions
        ).distinct()

    def de_l_etat(self, *, regions, departements):
        """Those of the services of the État for one of these régions or départements."""
        aire = models.Q(regions__in=regions) | models.Q(departements__in=departements)
        return self.filter(aire, is_active=True, niveau=Agent.Niveau.ETAT).distinct()

    def des_partenaires(self, partenaires):
        """Those of these opérateurs."""
        return self.filter(
            is_active=True, niveau=Agent.Niveau.OPERATEUR, partenaire__in=partenaires
        )

    def des_intercommunalites(self, sirens):
        """Those who work for these intercommunalités, or for what became of them."""
        return self.filter(
            is_active=True,
            niveau=Agent.Niveau.INTERCOMMUNALITE,
            intercommunalites__in=Intercommunalite.objects.lignee(sirens),
        ).distinct()


class AgentManager(UserManager.from_queryset(AgentQuerySet)):
    def _create_user_object(self, username, email, password, **champs):
        # Whoever sets up the server keeps the whole country, by perimeter and not by exception.
        if champs.get("is_superuser"):
            champs.setdefault("niveau", Agent.Niveau.DELEGATION)
        return super()._create_user_object(username, email, password, **champs)


class NiveauAgent(models.TextChoices):
    AUCUN = "", "aucun périmètre"
    INTERCOMMUNALITE = "intercommunalite", "intercommunalité"
    REGION = "region", "région"
    ETAT = "etat", "service de l’État"
    OPERATEUR = "operateur", "opérateur"
    DELEGATION = "delegation", "délégation"


class Agent(AbstractUser):
    Niveau = NiveauAgent

    niveau = models.CharField(
        "niveau",
        max_length=20,
        choices=Niveau,
        blank=True,
        help_text="Sans niveau, ou sans le périmètre qui va avec, un agent ne voit rien.",
    )
    regions = models.ManyToManyField(
        Region,
        verbose_name="régions",
        related_name="agents",
        blank=True,
        help_text="D’un agent de région, ou d’un service régional de l’État.",
    )
    departements = models.ManyToManyField(
        Departement,
        verbose_name="départements",
        related_name="agents",
        blank=True,
        help_text="D’un agent de préfecture.",
    )
    intercommunalites = models.ManyToManyField(
        Intercommunalite, verbose_name="intercommunalités", related_name="agents", blank=True
    )
    partenaire = models.ForeignKey(
        settings.OPERATEUR_MODEL,
        models.PROTECT,
        related_name="agents",
        null=True,
        blank=True,
        help_text="Celui dont un opérateur est l’agent.",
    )

    invite_le = models.DateTimeField("invité le", null=True, blank=True, editable=False)

    objects = AgentManager()
    # Neither secrets nor what the server alone gives: an agent brought back has none of them.
    history = HistoricalRecords(
        verbose_name="historique de l’agent",
        excluded_fields=["password", "last_login", "is_superuser", "date_joined", "invite_le"],
        m2m_fields=[regions, departements, intercommunalites],
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "agent"
        verbose_name_plural = "agents"
        ordering = ["last_name", "first_name", "username"]
        constraints = [parmi("niveau", NiveauAgent.values, "agent_niveau")]

    def __str__(self):
        return self.get_full_name() or self.username

    def save(self, *args, update_fields=None, **kwargs):
        """Save; to sign in, or a password hashed anew, is no change that a history would tell."""
        if update_fields is None or not {*update_fields} <= {"last_login", "password", "invite_le"}:
            return super().save(*args, update_fields=update_fields, **kwargs)
        self.skip_history_when_saving = True
        try:
            return super().save(*args, update_fields=update_fields, **kwargs)
        finally:
            # Two threads may sign the same object in.
            vars(self).pop("skip_history_when_saving", None)

    def has_perm(self, perm, obj=None):
        """What the named rules say, for everybody: a superuser opens no lock of the programme."""
        connus = vars(self).get("_droits_connus")
        if connus is None or (obj is not None and not obj.pk):
            return self.is_active and rules.has_perm(perm, self, obj)
        if (perm, obj) not in connus:
            connus[perm, obj] = self.is_active and rules.has_perm(perm, self, obj)
        return connus[perm, obj]

    def retenir_les_droits(self):
        """Ask each permission once from now on: for the time of a page that writes nothing."""
        self._droits_connus = {}

    def has_module_perms(self, app_label):
        return self.has_perm(app_label)

    @property
    def tient_les_comptes(self):
        """The technical superuser of a deployment: it administers the accounts, nothing else."""
        return self.is_active and self.is_superuser

    @property
    def est_delegation(self):
        return self.is_active and self.niveau == self.Niveau.DELEGATION

    @cached_property
    def codes_regions(self):
        """INSEE codes of the régions it works for; empty unless its level is the région."""
        if not self.is_active or self.niveau != self.Niveau.REGION:
            return frozenset()
        return frozenset(self.regions.values_list("pk", flat=True))

    @cached_property
    def sirens(self):
        """SIREN of its intercommunalités and of their lineage; empty unless that is its level."""
        if not self.is_active or self.niveau != self.Niveau.INTERCOMMUNALITE:
            return frozenset()
        siens = self.intercommunalites.values_list("pk", flat=True)
        return Intercommunalite.objects.lignee(siens) if siens else frozenset()

    @cached_property
    def aire_de_l_etat(self):
        """{"regions": INSEE codes, "departements": codes} that it follows for the État; or {}."""
        if not self.is_active or self.niveau != self.Niveau.ETAT:
            return {}
        aire = {
            "regions": frozenset(self.regions.values_list("pk", flat=True)),
            "departements": frozenset(self.departements.values_list("pk", flat=True)),
        }
        return aire if any(aire.values()) else {}

    @property
    def opere_pour(self):
        """Key of the partenaire whose agent it is; None unless its level is the opérateur."""
        est_operateur = self.is_active and self.niveau == self.Niveau.OPERATEUR
        return self.partenaire_id if est_operateur else None

    @property
    def ecrit_pour_un_territoire(self):
        """It works for territoires, and not only reads what is said of them."""
        return bool(self.est_delegation or self.codes_regions or self.sirens)

    @property
    def a_un_perimetre(self):
        suit = self.aire_de_l_etat or self.opere_pour
        return bool(self.ecrit_pour_un_territoire or suit)

    def perimetre_en_clair(self):
        """What its perimeter is, in a few words a person can read."""
        if self.est_delegation:
            return "France entière"
        if self.codes_regions:
            return ", ".join(self.regions.values_list("nom", flat=True))
        if self.sirens:
            existantes = Intercommunalite.objects.existantes().filter(pk__in=self.sirens)
            siennes = existantes or self.intercommunalites.all()
            return ", ".join(siennes.values_list("nom", flat=True))
        if self.aire_de_l_etat:
            lieux = [*self.regions.all(), *self.departements.all()]
            return f"État\u202f: {', '.join(map(str, lieux))}"
        if self.opere_pour:
            return str(self.partenaire)
        return "aucun périmètre"
