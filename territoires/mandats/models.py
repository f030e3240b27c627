"""Mandats: who carries a territoire, from when to when. One ends, another begins."""

import datetime
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from territoires.champs import CleDeRecherche, Jour, cle_distincte
from territoires.contraintes import dates_dans_l_ordre, parmi, unique
from territoires.editions.dates import jour_en_texte
from territoires.editions.models import Territoire
from territoires.publics import cles_publiques

UN_JOUR = datetime.timedelta(days=1)
MEME_NOM = 0.6  # of likeness: below, it is no slip of the pen but somebody else


class RoleMandat(models.TextChoices):
    ELU = "elu", "élu du binôme"
    INDUSTRIEL = "industriel", "industriel du binôme"
    CHEF_DE_PROJET = "chef_de_projet", "chef de projet"
    PRESIDENCE = "presidence", "président du comité local"
    MEMBRE = "membre", "membre du comité local"


class MandatQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those of the territoires for which this user works: they hold addresses."""
        return self.filter(territoire__in=Territoire.objects.du_perimetre(user))

    def du_public(self):
        """Binôme and chef de projet of public territoires, of yesterday, today and tomorrow."""
        return self.filter(role__in=Mandat.ROLES_PUBLICS, territoire__in=cles_publiques(Territoire))

    def du_jour(self, le):
        """Those that ran on this day; of one without a beginning, nobody knows before today."""
        return self.en_cours(le) if le >= timezone.localdate() else self.connus(le)

    def en_cours(self, le):
        """Those of today, and of a day to come."""
        return self._commences(Q(debut__lte=le) | Q(debut=None), le)

    def connus(self, le):
        """Those of a day gone by."""
        return self._commences(Q(debut__lte=le), le)

    def _commences(self, commences, le):
        return self.filter(commences, Q(fin=None) | Q(fin__gte=le))

    def finis(self, le):
        return self.filter(fin__lt=le)

    def sans_suite(self):
        """The last of a function that one person holds at a time: nobody is said to take it up."""
        suivants = Mandat.objects.filter(territoire=OuterRef("territoire"), role=OuterRef("role"))
        apres = suivants.filter(Q(fin=None) | Q(fin__gt=OuterRef("fin")))
        return self.filter(~Exists(apres), role__in=Mandat.ROLES_UNIQUES)

    def a_pourvoir(self, le):
        """Over, and nobody took them up: what a handover is about."""
        return self.finis(le).sans_suite()


class Mandat(models.Model):
    """One person, one function, one territoire, from a day to another (included)."""

    Role = RoleMandat

    BINOME = (RoleMandat.ELU, RoleMandat.INDUSTRIEL)
    ROLES_PUBLICS = (*BINOME, RoleMandat.CHEF_DE_PROJET)
    # One person at a time; a comité has many members.
    ROLES_UNIQUES = (*ROLES_PUBLICS, RoleMandat.PRESIDENCE)

    territoire = models.ForeignKey(Territoire, models.CASCADE, related_name="mandats")
    role = models.CharField("mandat", max_length=15, choices=RoleMandat)
    nom = models.CharField("nom", max_length=150)
    fonction = models.CharField(
        "fonction",
        max_length=200,
        blank=True,
        help_text="Par exemple : présidente de la communauté de communes. Elle est publique pour "
        "le binôme et le chef de projet, avec le nom.",
    )
    debut = Jour("depuis le", null=True, blank=True, help_text="Laissez vide si on l’ignore.")
    constate = models.BooleanField(
        "courait déjà ce jour-là",
        default=False,
        help_text="Cochez quand on sait seulement qu’il courait à cette date.",
    )
    fin = Jour("jusqu’au", null=True, blank=True, help_text="Dernier jour ; vide s’il court.")
    courriel = models.EmailField(
        "adresse électronique",
        blank=True,
        help_text="Jamais publique : lue par ceux qui travaillent pour ce territoire.",
    )
    telephone = models.CharField(
        "téléphone", max_length=30, blank=True, help_text="Jamais public, comme l’adresse."
    )
    note = models.TextField("note", blank=True, help_text="D’où viennent ces dates. Interne.")
    recherche = CleDeRecherche(sources=("nom", "fonction"))

    objects = MandatQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du mandat", excluded_fields=["recherche"])

    class Meta:
        verbose_name = "mandat"
        # Nobody knows any more since when: before all others.
        ordering = [
            "territoire",
            "role",
            models.F("debut").desc(nulls_last=True),
            "recherche",
            "pk",
        ]
        constraints = [
            parmi("role", RoleMandat.values, "mandat_role"),
            dates_dans_l_ordre(
                "debut",
                "fin",
                "mandat_dates",
                "Un mandat ne finit pas avant d’avoir commencé.",
            ),
            models.CheckConstraint(
                name="mandat_constate",
                condition=Q(constate=False) | Q(debut__isnull=False),
                violation_error_message="Dites quel jour il courait déjà.",
            ),
            unique(
                ["territoire", "role", "nom", "debut"],
                "mandat_unique",
                "Ce mandat est déjà saisi : même personne, même fonction, même début.",
            ),
        ]

    def __str__(self):
        return f"{self.nom}, {self.get_role_display()}"

    def get_absolute_url(self):
        return self.territoire.get_absolute_url()

    @property
    def est_du_public(self):
        return Mandat.objects.du_public().filter(pk=self.pk).exists()

    @property
    def est_fini(self):
        return self.fin is not None and self.fin < timezone.localdate()

    @property
    def est_a_venir(self):
        return self.debut is not None and self.debut > timezone.localdate()

    @property
    def depuis(self):
        """« depuis le 3 mars 2024 », or at least; nothing when nobody knows."""
        if not self.debut:
            return ""
        return f"{'au moins ' if self.constate else ''}depuis le {jour_en_texte(self.debut)}"

    @property
    def periode(self):
        """« depuis le 3 mars 2024, jusqu’au 2 mai 2026 », with what is known of it."""
        fin = f"jusqu’au {jour_en_texte(self.fin)}" if self.fin else ""
        return ", ".join(filter(None, [self.depuis, fin])) or "depuis un jour inconnu"

    def croise(self, autre):
        """Whether both run on one day; what has no bound runs for ever on that side."""
        avant = self.fin is not None and autre.debut is not None and self.fin < autre.debut
        apres = autre.fin is not None and self.debut is not None and autre.fin < self.debut
        return not (avant or apres)

    @property
    def place(self):
        """What one mandat at a time may hold: the function, or one person's seat in a comité."""
        siege = "" if self.role in self.ROLES_UNIQUES else cle_distincte(self.nom)
        return self.territoire_id, self.role, siege

    def rivaux(self):
        """The other mandats of the same place."""
        autres = Mandat.objects.filter(territoire=self.territoire_id, role=self.role)
        return [un for un in autres.exclude(pk=self.pk) if un.place == self.place]

    def a_le_nom(self, nom):
        return cle_distincte(self.nom) == cle_distincte(nom)

    @cached_property
    def a_clore(self):
        """The mandat that this new one puts an end to: it ran without an end, and began before."""
        if not self._state.adding or not self.debut:
            return None
        ouverts = [un for un in self.rivaux() if un.fin is None]
        return next((un for un in ouverts if un.debut is None or un.debut < self.debut), None)

    def clean(self):
        if not self.territoire_id or not self.role or not self.nom:
            return
        self._refuser_un_autre_nom()
        if self.debut and self.fin and self.fin < self.debut:
            return  # its own sentence says so
        for autre in self.rivaux():
            if autre != self.a_clore and self.croise(autre):
                raise ValidationError({"debut": self._deja(autre)})

    def _deja(self, autre):
        if autre.fin is None and self.debut is None:
            conseil = "Écrivez depuis quel jour : le mandat de cette personne sera clos la veille."
        elif autre.fin is None:
            conseil = "Choisissez un début plus tard, ou corrigez d’abord ce mandat."
        else:
            conseil = "Deux mandats d’une même fonction ne se croisent pas : revoyez les dates."
        return (
            f"{autre.nom} est déjà {autre.get_role_display()} de ce territoire, {autre.periode}. "
            f"{conseil}"
        )

    def _refuser_un_autre_nom(self):
        """A slip of the pen is mended; somebody else is another mandat, and both stay."""
        avant = None if self._state.adding else Mandat.objects.filter(pk=self.pk).first()
        if avant is None or avant.a_le_nom(self.nom):
            return
        cles = cle_distincte(avant.nom), cle_distincte(self.nom)
        if SequenceMatcher(None, *cles).ratio() < MEME_NOM:
            raise ValidationError(
                {
                    "nom": f"« {self.nom} » n’est pas « {avant.nom} » mal écrit : pour dire qui "
                    "lui succède, saisissez un nouveau mandat. Celui-ci sera clos, et restera "
                    "lisible."
                }
            )

    @transaction.atomic
    def ouvrir(self):
        """Write a new mandat and put an end to the one it follows, the day before.

        Raises ValidationError when it crosses another; returns the mandat that was closed, or None.
        """
        Territoire.objects.select_for_update().get(pk=self.territoire_id)
        self.__dict__.pop("a_clore", None)
        self.full_clean()
        if clos := self.a_clore:
            clos.fin = self.debut - UN_JOUR
            clos.save()
        self.save()
        return clos

    @property
    def page(self):
        return reverse("admin:territoires_mandat_territoire", args=[self.territoire_id])
