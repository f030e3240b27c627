"""The avis that a comité gives in a séance, with its remarks on the fields of the fiche."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.models import HistoricalRecords

from programme.comites.models.comites import DemandePerimetre, DuComiteQuerySet, Seance
from programme.comites.models.seances import cle_de, intitule
from programme.fiches.models import FicheAction, Modification, Passage, PassageModification
from territoires.contraintes import parmi, qui_et_quand, un_seul_de, unique
from territoires.publics import cles_publiques


class AvisQuerySet(DuComiteQuerySet):
    chemin_region = "seance__comite__region"

    def for_user(self, user):
        """A région reads its own avis, and those in effect of the others on shared fiches."""
        if getattr(user, "est_delegation", False):
            return self.all()
        siens = super().for_user(user)
        fiches = FicheAction.objects.for_user(user)
        partages = Q(fiche__in=fiches) | Q(modification__fiche__in=fiches)
        return siens | self.filter(partages, effet_le__isnull=False)

    def en_effet(self):
        """Those that took effect, the rectified ones too: nobody else is told of the others."""
        return self.filter(effet_le__isnull=False)

    def en_vigueur(self):
        """What the comités say now: in effect, and rectified by no other since."""
        suivants = Avis.objects.filter(
            Q(passage=OuterRef("passage"))
            | Q(demande=OuterRef("demande"))
            | Q(envoi_modification=OuterRef("envoi_modification")),
            seance=OuterRef("seance"),
            rectification__gt=OuterRef("rectification"),
        )
        return self.en_effet().filter(~Exists(suivants))

    def du_public(self):
        """Those on the last sending up of public fiches: what went back before stays inside."""
        fiches = cles_publiques(FicheAction)
        return self.en_effet().filter(fiche__in=fiches, passage=F("fiche__dernier_envoi"))

    def provisoires(self):
        """Noted in a séance that is still open: they may be corrected or withdrawn."""
        return self.filter(effet_le=None, seance__close_le=None)


class SensAvis(models.TextChoices):
    FAVORABLE = "favorable", "favorable"
    DEFAVORABLE = "defavorable", "défavorable"
    AJOURNE = "ajourne", "ajourné"


class Avis(models.Model):
    Sens = SensAvis

    seance = models.ForeignKey(Seance, models.PROTECT, verbose_name="séance", related_name="avis")
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, related_name="avis", null=True, blank=True
    )
    # The sending up it answers: a fiche that comes back is examined afresh.
    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="avis", null=True, editable=False
    )
    demande = models.ForeignKey(
        DemandePerimetre, models.PROTECT, related_name="avis", null=True, blank=True
    )
    modification = models.ForeignKey(
        Modification, models.PROTECT, related_name="avis", null=True, blank=True
    )
    envoi_modification = models.ForeignKey(
        PassageModification,
        models.PROTECT,
        verbose_name="transmission de la modification",
        related_name="avis",
        null=True,
        editable=False,
    )
    # 0 is the avis of the séance, 1 what rectifies it, 2 what rectifies the rectification.
    rectification = models.PositiveSmallIntegerField("rectification nᵒ", default=0, editable=False)
    sens = models.CharField("avis", max_length=12, choices=Sens)
    motif = models.TextField(
        "motif", blank=True, help_text="Obligatoire pour un avis défavorable ou ajourné."
    )
    raison = models.TextField(
        "motif de la rectification", blank=True, editable=False, help_text="Ce qui était faux."
    )
    rendu_le = models.DateTimeField("rendu le", null=True, editable=False)
    rendu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="rendu par",
        related_name="+",
        null=True,
        editable=False,
    )
    # Empty until the séance is closed, and for ever when the fiche waited no longer for it then.
    effet_le = models.DateTimeField("prend effet le", null=True, editable=False)

    objects = AvisQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’avis")

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = [F("rendu_le").desc(nulls_first=True), "-pk"]
        constraints = [
            un_seul_de(
                ("fiche", "demande", "modification"),
                "avis_un_objet",
                "Un avis porte sur une fiche, une demande ou une modification, une seule des "
                "trois.",
            ),
            parmi("sens", SensAvis.values, "avis_sens"),
            qui_et_quand("rendu_par", "rendu_le", "avis_rendu"),
            models.CheckConstraint(
                name="avis_motive",
                condition=Q(sens=SensAvis.FAVORABLE.value) | ~Q(motif=""),
                violation_error_message="Un avis défavorable ou ajourné doit être motivé.",
            ),
            models.CheckConstraint(
                name="avis_rectifie",
                condition=Q(rectification=0, raison="")
                | (Q(rectification__gte=1, effet_le__isnull=False) & ~Q(raison="")),
                violation_error_message="Dites ce que vous rectifiez, et pourquoi.",
            ),
            models.CheckConstraint(
                name="avis_fiche_passage",
                condition=Q(fiche=None) | Q(passage__isnull=False),
                violation_error_message="Un avis ne se rend que sur une fiche transmise.",
            ),
            models.CheckConstraint(
                name="avis_modification_envoi",
                condition=Q(modification=None, envoi_modification=None)
                | Q(modification__isnull=False, envoi_modification__isnull=False),
                violation_error_message="Un avis ne se rend que sur une modification transmise.",
            ),
            unique(
                ["seance", "envoi_modification", "rectification"],
                "avis_modification_unique",
                "Cette séance a déjà rendu un avis sur cette modification.",
            ),
            unique(
                ["seance", "passage", "rectification"],
                "avis_unique",
                "Cette séance a déjà rendu un avis sur cette fiche.",
            ),
            unique(
                ["seance", "demande", "rectification"],
                "avis_demande_unique",
                "Cette séance a déjà rendu un avis sur cette demande.",
            ),
        ]

    def __str__(self):
        return f"Avis {self.get_sens_display()} – {self.seance}"

    @property
    def region(self):
        """The one whose comité gave it."""
        return self.seance.comite.region

    @property
    def objet(self):
        return self.fiche or self.demande or self.modification

    @property
    def intitule(self):
        return intitule(self.objet)

    @property
    def envoi(self):
        """The sending up that it answers; None for a request, that is sent once."""
        return self.passage or self.envoi_modification

    @property
    def envoi_id(self):
        return self.passage_id or self.envoi_modification_id

    @property
    def cle(self):
        return cle_de(self)

    def clean(self):
        # Asked again: the séance may have been closed since the page was read.
        close = Seance.objects.filter(pk=self.seance_id, close_le__isnull=False).exists()
        if close and not self.rectification:
            raise ValidationError(
                "Cette séance est close : son relevé de décisions est établi. "
                "Rendez cet avis dans une autre séance."
            )


class RemarqueAvis(models.Model):
    """A remark of the comité about one field of the fiche, kept once answered."""

    avis = models.ForeignKey(Avis, models.CASCADE, related_name="remarques")
    champ = models.CharField("champ", max_length=40)
    texte = models.TextField("remarque")
    reponse = models.TextField("réponse du territoire", blank=True)

    history = HistoricalRecords(verbose_name="historique de la remarque")

    class Meta:
        verbose_name = "remarque"
        ordering = ["pk"]

    def __str__(self):
        return self.texte[:80]

    @property
    def libelle(self):
        """What people call the field."""
        return FicheAction.champs_de_fond().get(self.champ, self.champ)

    def clean(self):
        if self.champ not in FicheAction.champs_de_fond():
            raise ValidationError({"champ": "Choisissez un champ de la fiche."})
