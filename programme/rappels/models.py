"""How early each région is reminded, and the private address of an agent's calendar."""

import hashlib
import secrets
from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from territoires.geographie.models import Region


def jours(nom, defaut, aide):
    bornes = [MinValueValidator(1), MaxValueValidator(730)]
    return models.PositiveSmallIntegerField(
        nom, default=defaut, validators=bornes, help_text=f"En jours. {aide}"
    )


class DelaiQuerySet(models.QuerySet):
    def for_user(self, user):
        """A région keeps its own, the délégation all."""
        if getattr(user, "est_delegation", False):
            return self.all()
        return self.filter(region__in=getattr(user, "codes_regions", ()))


class DelaiDeRappel(models.Model):
    region = models.OneToOneField(
        Region, models.PROTECT, verbose_name="région", related_name="delai_de_rappel"
    )
    attente = jours("fiche en attente", 30, "Depuis qu’elle est transmise.")
    complement = jours("complément sans réponse", 7, "Depuis qu’il est demandé.")
    silence = jours("fiche sans nouvelle", 180, "Depuis la dernière chose que l’on y a écrite.")
    seance = jours("séance à venir", 14, "Avant son jour.")
    echeance = jours("échéance à venir", 30, "Avant la fin d’un contrat, une échéance, une carte.")

    objects = DelaiQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du délai de rappel")

    class Meta:
        verbose_name = "réglage des délais de rappel"
        verbose_name_plural = "réglages des délais de rappel"
        ordering = ["region__recherche"]
        constraints = [
            models.CheckConstraint(
                name="delai_de_rappel_bornes",
                condition=models.Q(
                    attente__range=(1, 730),
                    complement__range=(1, 730),
                    silence__range=(1, 730),
                    seance__range=(1, 730),
                    echeance__range=(1, 730),
                ),
                violation_error_message="Un délai va d’un jour à deux ans.",
            )
        ]

    def __str__(self):
        return f"Délais de rappel : {self.region}"


NOMS = ("attente", "complement", "silence", "seance", "echeance")


@dataclass(frozen=True)
class Delais:
    """Days, kind by kind, that hold for one agent."""

    attente: int
    complement: int
    silence: int
    seance: int
    echeance: int

    @classmethod
    def de(cls, regions):
        """The shortest of those of these régions; those that wrote none have the usual ones."""
        ecrits = list(DelaiDeRappel.objects.filter(region__in=regions))
        if len(ecrits) < len(set(regions)) or not ecrits:
            ecrits.append(DelaiDeRappel())
        return cls(**{nom: min(getattr(un, nom) for un in ecrits) for nom in NOMS})


def empreinte(jeton):
    return hashlib.sha256(jeton.encode()).hexdigest()


class AbonnementQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(agent=user.pk)

    def ouvrir(self, agent):
        """A new address for this agent, told once: the one before it is void."""
        jeton = secrets.token_urlsafe(32)
        self.update_or_create(
            agent=agent, defaults={"empreinte": empreinte(jeton), "ouvert_le": timezone.now()}
        )
        return jeton

    def agent_de(self, jeton):
        """Whose calendar this address is; None for nobody, or who has no right left."""
        lignes = self.filter(empreinte=empreinte(jeton)).select_related("agent")
        agent = next((ligne.agent for ligne in lignes), None)
        return agent if agent and agent.is_active and agent.a_un_perimetre else None


class AbonnementAgenda(models.Model):
    """The database keeps no address: what is stored opens nothing."""

    agent = models.OneToOneField(
        "territoires.Agent", models.CASCADE, related_name="abonnement_agenda", editable=False
    )
    empreinte = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    ouvert_le = models.DateTimeField("ouvert le", editable=False)

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = "abonnement à l’agenda"
        verbose_name_plural = "abonnements à l’agenda"

    def __str__(self):
        return f"Agenda de {self.agent}"
