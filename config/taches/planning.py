"""Everything that is done by the clock, in one place: its name, when, and by which command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from programme.management.commands.envoyer_courriels import attendent
from territoires.editions.vigueur import est_a_mettre_en_vigueur


@dataclass(frozen=True)
class Chaque:
    """So long after the last time."""

    delai: timedelta

    def prochaine(self, maintenant):
        return maintenant + self.delai

    def __str__(self):
        minutes = int(self.delai.total_seconds() // 60)
        return "chaque minute" if minutes == 1 else f"toutes les {minutes} minutes"


@dataclass(frozen=True)
class ChaqueJour:
    """Once a day at this hour, in Paris; a day missed is made up for once, at the next start."""

    heure: time

    def prochaine(self, maintenant):
        local = timezone.localtime(maintenant)
        jour = local.date() + timedelta(days=local.time() >= self.heure)
        return datetime.combine(jour, self.heure, tzinfo=local.tzinfo)

    def __str__(self):
        return f"chaque jour à {self.heure:%H:%M}"


@dataclass(frozen=True)
class Planifiee:
    """One schedule; `attendue` reads whether there is anything to do, so that nothing is written
    when there is not: any write makes the kept public pages be made anew."""

    nom: str
    libelle: str
    quand: Chaque | ChaqueJour
    commande: tuple
    attendue: Callable | None = None


TOUJOURS = (
    Planifiee(
        "courriels",
        "Envoyer les courriels",
        Chaque(timedelta(minutes=1)),
        ("envoyer_courriels",),
        attendent,
    ),
    Planifiee(
        "carte",
        "Mettre en vigueur la carte du jour",
        Chaque(timedelta(minutes=1)),
        ("mettre_en_vigueur",),
        est_a_mettre_en_vigueur,
    ),
    Planifiee(
        "alertes",
        "Prévenir des engagements à suivre",
        ChaqueJour(time(6, 30)),
        ("alerter_engagements",),
    ),
    Planifiee(
        "rappels",
        "Rappeler les échéances et, le lundi, écrire à chacun son récapitulatif",
        ChaqueJour(time(6, 0)),
        ("rappeler",),
    ),
    Planifiee(
        "archives",
        "Faire l’archive des données ouvertes",
        ChaqueJour(time(4, 0)),
        ("archiver_donnees",),
    ),
    Planifiee(
        "comptes",
        "Prévenir, puis fermer les comptes sans connexion depuis un an",
        ChaqueJour(time(6, 45)),
        ("fermer_les_comptes",),
    ),
    Planifiee(
        "sessions",
        "Effacer les sessions expirées",
        ChaqueJour(time(3, 20)),
        ("clearsessions",),
    ),
    Planifiee(
        "durees",
        "Effacer ce qui a passé sa durée : aperçus, corbeille, tâches, données personnelles",
        ChaqueJour(time(3, 40)),
        ("appliquer_les_durees", "--pour-de-vrai"),
    ),
)


def planning():
    """{name: schedule} of those in force under these settings."""
    taches = list(TOUJOURS)
    if settings.SAUVEGARDES:
        taches.append(
            Planifiee(
                "sauvegarde",
                "Sauvegarder la base et les pièces jointes",
                ChaqueJour(time(2, 0)),
                ("sauvegarder", settings.SAUVEGARDES, "--garder", settings.SAUVEGARDES_A_GARDER),
            )
        )
    return {tache.nom: tache for tache in taches}
