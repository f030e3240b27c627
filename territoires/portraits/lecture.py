"""A territoire read at a date: what was known of it on that day, and what cannot be known.

What happened is read at its own date (edition, step of a fiche, move of money, signature, word),
as it is recorded today: an error mended since is mended here too.
"""

import datetime
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from territoires.champs import minuit
from territoires.editions.dates import jour_en_texte
from territoires.editions.models import EditionCarte, Perimetre, Territoire
from territoires.mandats.portage import porteurs, sans_debut

LANCEMENT = datetime.date(2018, 11, 22)  # of the programme


class ChoisirUnJour(forms.Form):
    le = forms.DateField(
        label="Jour",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Ce n’est pas une date : écrivez par exemple 15/01/2024.",
            "required": "Choisissez un jour.",
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        bornes = {"min": LANCEMENT, "max": timezone.localdate()}
        self.fields["le"].widget.attrs |= {cle: f"{jour:%Y-%m-%d}" for cle, jour in bornes.items()}

    def clean_le(self):
        le, aujourdhui = self.cleaned_data["le"], timezone.localdate()
        if le > aujourdhui:
            raise ValidationError(
                f"Le {jour_en_texte(le)} n’est pas encore venu : choisissez au plus tard "
                f"aujourd’hui, {jour_en_texte(aujourdhui)}."
            )
        if le < LANCEMENT:
            raise ValidationError(
                f"Le programme a été lancé le {jour_en_texte(LANCEMENT)} : rien ne peut être lu "
                "avant ce jour."
            )
        return le


@dataclass
class Lecture:
    """A territoire on a day, handed to whatever has something to say of it then."""

    territoire: Territoire
    le: datetime.date

    @property
    def est_du_jour(self):
        return self.le >= timezone.localdate()

    @property
    def fin(self):
        """The instant when that day was over, in Paris."""
        return minuit(self.le + datetime.timedelta(1))

    @property
    def adresse(self):
        return f"{self.territoire.get_absolute_url()}?le={self.le:%Y-%m-%d}"

    @cached_property
    def annoncee(self):
        """The edition of that day, its composition known or not; None before the first."""
        editions = EditionCarte.objects.du_public().filter(date__lte=self.le)
        return editions.order_by("-date").first()

    @cached_property
    def edition(self):
        """The edition of that day that can be read: the latest whose composition is known."""
        editions = EditionCarte.objects.composees().filter(date__lte=self.le)
        return editions.order_by("-date").first()

    @property
    def edition_incertaine(self):
        """That edition came in this very month, and nobody knows on which day."""
        edition = self.annoncee
        au_mois = edition is not None and edition.precision == EditionCarte.Precision.MOIS
        return au_mois and f"{edition.date:%Y-%m}" == f"{self.le:%Y-%m}"

    @cached_property
    def perimetre(self):
        """Its périmètre of that day, or the last it had had; None when it had never had one."""
        miens = Perimetre.objects.du_public().filter(territoire=self.territoire)
        passes = miens.filter(edition__date__lte=self.le).select_related("edition")
        return passes.prefetch_related("regions").order_by("-edition__date").first()

    @cached_property
    def porteurs(self):
        """[(title, the mandat of that day or None)]"""
        return porteurs(self.territoire, self.le)

    @property
    def porteurs_connus(self):
        return any(mandat for _, mandat in self.porteurs)

    @cached_property
    def porteurs_sans_debut(self):
        """Names of those who may have carried it on that day: nobody knows since when they do."""
        if self.est_du_jour:
            return []
        return list(sans_debut(self.territoire, self.le).values_list("nom", flat=True))
