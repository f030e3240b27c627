"""What the pages of a fiche ask of those who examine it, whoever they are.

The room that examines (`programme.comites`) answers through `confier`, when the app is ready.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q

from programme.fiches.models import Modification
from territoires.geographie.models import Region


@dataclass(frozen=True)
class Remarque:
    """What was said of one field of the fiche, and what its territoire answers."""

    pk: int
    champ: str
    libelle: str
    region: Region
    texte: str
    reponse: str


@dataclass(frozen=True)
class AvisRendu:
    """What one région said of one sending up; `sens` is the word that people read."""

    region: Region
    sens: str
    motif: str
    seance: datetime.date
    effet_le: datetime.datetime
    envoi: int  # the passage that it answers
    raison: str = ""  # filled, it rectifies the one before it
    rectifie: bool = False  # another rectified it since
    remarques: list[Remarque] = field(default_factory=list)


@dataclass(frozen=True)
class Regard:
    """What one région says of a sending up: `jours` it took, or has taken until now."""

    region: str
    dit: str
    motif: str
    le: datetime.date | None
    jours: int


@dataclass(frozen=True)
class Regards:
    """Several régions side by side; `champs` are (label, [texts] a région, is it of several)."""

    regions: list[Regard]
    champs: list

    @property
    def divergent(self):
        """Two avis that are given are not the same."""
        return len({un.dit for un in self.regions if un.le}) > 1


class Instruction:
    """Nobody examines: nothing was said, nothing is waited for."""

    def tous_les_avis(self, fiche):
        """Every AvisRendu in effect, with its remarks, the latest first; rectified ones too."""
        return []

    def avis_en_cours(self, fiche, *, avec_remarques=False):
        """Those on the last sending up, rectified ones too; with their remarks if asked."""
        return []

    def regions_attendues(self, fiche, avis):
        """The régions that have not answered the last sending up; `avis` are those on it."""
        return []

    def seance_passee(self, fiche, region):
        """The day on which this région examined the last sending up, or was to; None before."""
        return

    def regards(self, fiche, avis):
        """The Regards of the régions of an interrégional fiche; None of any other.

        `avis` are those on its last sending up, with their remarks.
        """
        return

    def repondre(self, fiche, reponses):
        """Write what the territoire answers: {key of the remark: text}."""

    def sans_accord(self, fiches):
        """Those of these fiches whose last sending up nobody is in favour of."""
        return fiches.none()

    def a_instruire(self, user):
        """Of a fiche, as a condition: it waits for this user's région."""
        return Q(pk__in=[])

    def avis_sur_la_modification(self, modification):
        """Every AvisRendu in effect on it, the latest first; rectified ones too."""
        return []

    def regions_attendues_pour(self, modification):
        """The régions that have not answered its last sending up."""
        return []

    def modifications_a_instruire(self, user):
        """The modifications that wait for this user's région."""
        return Modification.objects.none()


_instruction = [Instruction()]


def confier(instruction):
    """Let this one answer from now on."""
    _instruction[:] = [instruction]


def instruction():
    return _instruction[0]
