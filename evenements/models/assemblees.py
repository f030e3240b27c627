"""The record of an assembly: séquences, and who said what."""

import datetime
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from simple_history.models import HistoricalRecords

from evenements.revisions import AGENDA, AgendaEmpreinte, AgendaRevision, AgendaRevuLe
from programme.partenaires.models import Convention
from programme.themes.models import Theme
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour, cle_distincte
from territoires.contraintes import dates_dans_l_ordre, parmi, unique
from territoires.editions.models import EditionCarte
from territoires.geographie.models import ReferenceQuerySet
from territoires.publics import cles_publiques

SOIR, MATIN = datetime.time(18), datetime.time(6)
LENDEMAIN = "Après minuit, écrivez l’heure du lendemain : de 20:00 à 02:00."


class AssembleeQuerySet(ReferenceQuerySet):
    def for_user(self, user):
        """The délégation prepares them; other agents read what is public, like everyone."""
        rows = super().for_user(user)
        return rows if getattr(user, "est_delegation", False) else rows.du_public()

    def du_public(self):
        return self.filter(publiee_le__isnull=False)


class DeLAssembleeQuerySet(models.QuerySet):
    """Rows of an assemblée: public with it."""

    def du_public(self):
        return self.filter(assemblee__in=cles_publiques(Assemblee))


class Assemblee(models.Model):
    identifiant = models.SlugField("identifiant", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=200)
    date_debut = Jour("premier jour")
    date_fin = Jour("dernier jour")
    ville = models.CharField(
        "ville", max_length=100, blank=True, help_text="Vide si elle n’est pas connue."
    )
    lieu = models.CharField("lieu", max_length=200, blank=True)
    organisateurs = models.CharField("à l’invitation de", max_length=300, blank=True)
    participants = models.CharField(
        "participants", max_length=100, blank=True, help_text="Par exemple : près de 300."
    )
    resume = models.TextField("résumé", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    contact = models.CharField(
        "contact publié",
        max_length=200,
        blank=True,
        help_text="Visible de tous : seulement avec l’accord de la personne.",
    )
    edition = models.ForeignKey(
        EditionCarte,
        models.PROTECT,
        verbose_name="édition de la carte présentée",
        related_name="assemblees",
        null=True,
        blank=True,
    )
    conventions = models.ManyToManyField(
        Convention, verbose_name="conventions signées", related_name="assemblees", blank=True
    )
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publiée par",
        related_name="+",
        null=True,
        editable=False,
    )
    recherche = CleDeRecherche(sources=("titre", "ville"))
    agenda_empreinte = AgendaEmpreinte()
    agenda_revision = AgendaRevision()
    agenda_revu_le = AgendaRevuLe()

    objects = AssembleeQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’assemblée",
        excluded_fields=[*AGENDA, "recherche"],
        m2m_fields=[conventions],
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "assemblée"
        ordering = ["-date_debut"]
        constraints = [
            dates_dans_l_ordre(
                "date_debut",
                "date_fin",
                "assemblee_dates",
                "Le dernier jour ne peut pas précéder le premier.",
            ),
            models.CheckConstraint(
                name="assemblee_publiee",
                condition=models.Q(publiee_par=None) | models.Q(publiee_le__isnull=False),
                violation_error_message="L’auteur de la publication va avec sa date.",
            ),
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return adresse("assemblee", self.identifiant)

    @property
    def est_du_public(self):
        return self.publiee_le is not None

    def dans_l_agenda(self):
        """What a calendar shows of it."""
        jours = (self.date_debut, self.date_fin)
        return (self.titre, *jours, self.ville, self.lieu, self.resume)

    def en_jours(self):
        """« le 9 novembre 2023 », « les 5 et 6 mars 2019 », or from one day to the other."""
        debut, fin = self.date_debut, self.date_fin
        if debut == fin:
            return f"le {date_format(fin, 'j F Y')}"
        if (debut.year, debut.month) != (fin.year, fin.month):
            return f"du {date_format(debut, 'j F Y')} au {date_format(fin, 'j F Y')}"
        lien = "les {} et {}" if (fin - debut).days == 1 else "du {} au {}"
        return lien.format(debut.day, date_format(fin, "j F Y"))

    def endroits(self):
        """Its town and its place, those that are known."""
        return [nom for nom in (self.ville, self.lieu) if nom]

    @property
    def a_la_ville(self):
        """« à Lyon », « au Creusot », « aux Herbiers »; nothing when the town is unknown."""
        for article, contracte in (("Le ", "au "), ("Les ", "aux ")):
            if self.ville.startswith(article):
                return contracte + self.ville.removeprefix(article)
        return f"à {self.ville}" if self.ville else ""

    def noter_correction(self, texte):
        """Say on its page what was corrected today; nothing to say before it is public."""
        if not self.est_du_public:
            return None
        dernier = self.corrections.aggregate(dernier=models.Max("numero"))["dernier"] or 0
        return self.corrections.create(numero=dernier + 1, le=timezone.localdate(), texte=texte)


def nouveau_repere():
    return f"sequence-{secrets.token_hex(8)}"


class TypeSequence(models.TextChoices):
    TABLE_RONDE = "table_ronde", "table ronde"
    SIGNATURE = "signature", "signature"
    ANNONCE = "annonce", "annonce"
    ATELIER = "atelier", "atelier"
    ALLOCUTION = "allocution", "allocution"
    AUTRE = "autre", "autre"


class MomentSequence(models.TextChoices):
    MATIN = "matin", "matin"
    APRES_MIDI = "apres_midi", "après-midi"
    JOURNEE = "journee", "journée entière"


class Sequence(models.Model):
    Type = TypeSequence

    Moment = MomentSequence

    assemblee = models.ForeignKey(
        Assemblee, models.CASCADE, verbose_name="assemblée", related_name="sequences"
    )
    ordre = models.PositiveSmallIntegerField("ordre")
    titre = models.CharField("titre", max_length=200)
    type = models.CharField("type", max_length=12, choices=Type, default=Type.TABLE_RONDE)
    jour = Jour("jour")
    moment = models.CharField(
        "moment",
        max_length=10,
        choices=Moment,
        blank=True,
        help_text="Quand l’heure exacte n’est pas connue.",
    )
    debut = models.TimeField("début", null=True, blank=True, help_text="Heure de Paris.")
    fin = models.TimeField("fin", null=True, blank=True, help_text=LENDEMAIN)
    salle = models.CharField("salle", max_length=100, blank=True)
    compte_rendu = models.TextField("compte rendu", blank=True)
    dit_ensemble = models.TextField(
        "dit ensemble",
        blank=True,
        help_text="La position commune de tous ceux qui y ont pris la parole.",
    )
    difficultes = models.TextField("difficultés relevées", blank=True, help_text="Une par ligne.")
    themes = models.ManyToManyField(
        Theme, verbose_name="thèmes", related_name="sequences", blank=True
    )
    # By which agendas know it, whatever its rank becomes.
    repere = models.CharField(max_length=40, default=nouveau_repere, editable=False)
    agenda_empreinte = AgendaEmpreinte()
    agenda_revision = AgendaRevision()
    agenda_revu_le = AgendaRevuLe()

    objects = DeLAssembleeQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la séquence", excluded_fields=AGENDA, m2m_fields=[themes]
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "séquence"
        ordering = ["assemblee", "ordre"]
        constraints = [
            unique(
                ["assemblee", "ordre"], "sequence_ordre", "Deux séquences portent le même rang."
            ),
            models.CheckConstraint(
                name="sequence_heures",
                condition=models.Q(debut=None)
                | models.Q(fin=None)
                | models.Q(fin__gte=models.F("debut"))
                | models.Q(debut__gte=SOIR, fin__lte=MATIN),
                violation_error_message="La fin ne peut pas précéder le début, sauf le soir : "
                "à partir de 18 h, une fin jusqu’à 6 h est celle du lendemain.",
            ),
            parmi("type", TypeSequence.values, "sequence_type"),
            parmi("moment", ["", *MomentSequence.values], "sequence_moment"),
        ]

    def __str__(self):
        return self.titre

    def clean(self):
        if self.fin and not self.debut:
            raise ValidationError({"debut": "Une heure de fin va avec une heure de début."})
        try:
            debut, fin = self.assemblee.date_debut, self.assemblee.date_fin
        except Assemblee.DoesNotExist:
            return
        if None not in (debut, fin, self.jour) and not debut <= self.jour <= fin:
            raise ValidationError(
                {"jour": f"Ce jour n’est pas de l’assemblée, {self.assemblee.en_jours()}."}
            )

    def dans_l_agenda(self):
        """What a calendar shows of it: the part of the day, when its hour is unknown."""
        moment = "" if self.debut else self.moment
        heures = (self.jour, self.debut, self.fin, moment)
        return (self.titre, *heures, self.salle, self.compte_rendu)

    def difficultes_une_a_une(self):
        return [ligne.strip() for ligne in self.difficultes.splitlines() if ligne.strip()]

    @property
    def finit_le_lendemain(self):
        """It ends past midnight: its end, read on a clock, comes before its start."""
        return bool(self.debut and self.fin and self.fin < self.debut)

    @property
    def instant_de_debut(self):
        """Paris time without its zone; None when the hour is unknown."""
        return self.debut and datetime.datetime.combine(self.jour, self.debut)

    @property
    def instant_de_fin(self):
        """Paris time without its zone, the day after past midnight; None when it is unknown."""
        if not self.fin:
            return None
        jour = self.jour + datetime.timedelta(days=1) if self.finit_le_lendemain else self.jour
        return datetime.datetime.combine(jour, self.fin)

    def chevauche(self, autre):
        """Both hold the same room at the same time; an unknown hour or room excludes nothing."""
        if not (self.salle and self.debut and autre.debut and self.jour and autre.jour):
            return False
        if cle_distincte(self.salle) != cle_distincte(autre.salle):
            return False
        debut, debut_autre = self.instant_de_debut, autre.instant_de_debut
        fin, fin_autre = self.instant_de_fin or debut, autre.instant_de_fin or debut_autre
        return debut < fin_autre and debut_autre < fin
