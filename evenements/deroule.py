"""The programme of an assemblée as a timeline: days, and in each what happens at one time."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.text import capfirst

from evenements.models import Sequence


@dataclass
class Bloc:
    """Séquences held at the same time, in different rooms."""

    sequences: list

    def accueille(self, sequence):
        """This one takes place while those of the bloc do."""
        derniere = self.sequences[-1]
        if sequence.debut and derniere.debut:
            fins = [s.instant_de_fin for s in self.sequences if s.fin]
            debut = sequence.instant_de_debut
            return debut == derniere.instant_de_debut or bool(fins and debut < max(fins))
        # Without hours only ateliers are known to run side by side.
        ateliers = derniere.type == sequence.type == Sequence.Type.ATELIER
        sans_heure = not sequence.debut and not derniere.debut
        return ateliers and sans_heure and sequence.moment == derniere.moment

    @property
    def en_parallele(self):
        return len(self.sequences) > 1

    @property
    def a_la_meme_heure(self):
        """Known to be, and not only on the same day."""
        return all(sequence.debut for sequence in self.sequences)

    @property
    def heures(self):
        """When, in words: from the first to the last hour, or the part of the day."""
        premiere = self.sequences[0]
        if not premiere.debut:
            return capfirst(premiere.get_moment_display()) or "Heure non précisée"
        debut = min(s.debut for s in self.sequences if s.debut)
        derniere = max(
            (s for s in self.sequences if s.fin), key=attrgetter("instant_de_fin"), default=None
        )
        if derniere is None:
            return f"{debut:%H:%M}"
        lendemain = " (le lendemain)" if derniere.finit_le_lendemain else ""
        return f"{debut:%H:%M} – {derniere.fin:%H:%M}{lendemain}"


def deroule(sequences):
    """[(day, [Bloc])], by day then hour; séquences without an hour keep their rank."""
    jours = []
    ordonnees = sorted(sequences, key=attrgetter("jour", "ordre"))
    for jour, du_jour in groupby(ordonnees, key=attrgetter("jour")):
        blocs = []
        for sequence in du_jour:
            if blocs and blocs[-1].accueille(sequence):
                blocs[-1].sequences.append(sequence)
            else:
                blocs.append(Bloc([sequence]))
        jours.append((jour, blocs))
    return jours
