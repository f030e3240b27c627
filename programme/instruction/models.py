"""What is said and done of a fiche while it is examined; none of it is ever public."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches import champs
from programme.fiches.models import FicheAction, Passage
from programme.fiches.models.suivi import un_agent
from programme.instruction import lignes
from territoires.champs import Jour
from territoires.contraintes import parmi, unique
from territoires.geographie.models import Region

PIECES = "pieces"  # what may be asked for that is no field of the fiche: a document
ATTENDU = "attendu"  # a request for a complement has no state written: it waits for its answer


class DeLaFicheQuerySet(models.QuerySet):
    """Rows that hang on a fiche: read by those who read it as they work."""

    def for_user(self, user):
        return self.filter(fiche__in=FicheAction.objects.for_user(user))


class SensTechnique(models.TextChoices):
    FAVORABLE = "favorable", "favorable"
    RESERVES = "reserves", "favorable avec réserves"
    DEFAVORABLE = "defavorable", "défavorable"


class AvisTechnique(models.Model):
    """What a service says of one sending up of a fiche before the séance: one avis a service."""

    Sens = SensTechnique

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="avis_techniques")
    envoi = models.ForeignKey(
        Passage, models.CASCADE, verbose_name="transmission", related_name="+", editable=False
    )
    service = models.CharField("au nom de", max_length=200, editable=False)
    sens = models.CharField("avis", max_length=11, choices=Sens)
    texte = models.TextField("ce qui le motive", help_text="Lu par le comité, jamais publié.")
    le = models.DateTimeField("donné le", default=timezone.now, editable=False)
    auteur = un_agent("donné par")

    objects = DeLaFicheQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’avis technique")

    class Meta:
        verbose_name = "avis technique"
        verbose_name_plural = "avis techniques"
        ordering = ["le", "pk"]
        constraints = [
            unique(
                ["envoi", "service"],
                "avistechnique_unique",
                "Ce service a déjà donné son avis sur cette transmission.",
            ),
            parmi("sens", SensTechnique.values, "avistechnique_sens"),
        ]

    def __str__(self):
        return f"{self.service} : {self.get_sens_display()}"


class ComplementQuerySet(DeLaFicheQuerySet):
    def ouvertes(self):
        """Those that still wait for an answer; a fiche called back or decided asks for none."""
        return self.filter(
            repondue_le=None,
            retiree_le=None,
            fiche__etat=FicheAction.Etat.TRANSMISE,
            envoi=F("fiche__dernier_envoi"),
        )


class DemandeComplement(models.Model):
    """A question put before the séance; its answer may change what it names alone.

    `champs` names fields and whole tables, `lignes` the lines of other tables.
    """

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="complements")
    envoi = models.ForeignKey(
        Passage, models.CASCADE, verbose_name="transmission", related_name="+", editable=False
    )
    numero = models.PositiveSmallIntegerField("numéro", editable=False)
    service = models.CharField("au nom de", max_length=200, editable=False)
    question = models.TextField("question", help_text="Ce qui manque, ou ce qui est à préciser.")
    champs = models.CharField("rubriques à compléter", max_length=500, blank=True)
    lignes = models.JSONField("lignes à compléter", default=list, blank=True)
    attendue_le = Jour(
        "réponse attendue le", null=True, blank=True, help_text="Avant la séance de préférence."
    )
    demandee_le = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    demandee_par = un_agent("demandée par")
    reponse = models.TextField("réponse", blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, editable=False)
    repondue_par = un_agent("répondue par")
    retiree_le = models.DateTimeField("retirée le", null=True, editable=False)

    objects = ComplementQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la demande de complément")

    feminin = True  # its name is

    class Meta:
        verbose_name = "demande de complément"
        verbose_name_plural = "demandes de complément"
        ordering = ["fiche", "numero"]
        constraints = [
            unique(
                ["fiche", "numero"],
                "complement_numero",
                "Cette fiche a déjà une demande de complément de ce numéro.",
            ),
            models.CheckConstraint(
                name="complement_reponse",
                condition=Q(repondue_le=None, reponse="")
                | Q(repondue_le__isnull=False, retiree_le=None) & ~Q(reponse=""),
                violation_error_message="Une réponse a son texte et sa date.",
            ),
        ]

    def __str__(self):
        return f"Complément nᵒ {self.numero}"

    @property
    def noms(self):
        """Names of the fields and tables of the fiche that the answer may change."""
        return [nom for nom in self.champs.split(",") if nom]

    @property
    def libelles(self):
        rubriques = [libelle for nom, libelle in demandables() if nom in self.noms]
        return rubriques + [
            f"{lignes.libelle(une['table'])}\u202f: {une['libelle']}" for une in self.lignes
        ]

    @property
    def est_ouverte(self):
        fiche = self.fiche
        sur_cet_envoi = self.envoi_id == fiche.dernier_envoi_id
        close = self.repondue_le or self.retiree_le
        return not close and fiche.etat == FicheAction.Etat.TRANSMISE and sur_cet_envoi

    @property
    def situation(self):
        """Where it stands, in words."""
        if self.repondue_le:
            return "a reçu sa réponse"
        if self.retiree_le:
            return "a été retirée"
        return "attend une réponse" if self.est_ouverte else "n’a plus d’objet"

    def clean(self):
        connus = dict(demandables())
        if inconnus := [nom for nom in self.noms if nom not in connus]:
            raise ValidationError(
                {"champs": f"« {inconnus[0]} » n’est pas une rubrique qui se complète."}
            )


def demandables():
    """[(name, label)] of what an answer may change: fields, whole tables, or a document to add."""
    noms = champs.noms(champs.FICHE, champs.REMARQUE)
    libelles = [(nom, FicheAction._meta.get_field(nom).verbose_name) for nom in noms]
    tables = [(table, lignes.libelle(table)) for table in lignes.TABLES]
    return [*libelles, *tables, (PIECES, "une pièce jointe")]


class MessageQuerySet(DeLaFicheQuerySet):
    def for_user(self, user):
        """What was said of a draft is read by those who read it then, or who said it."""
        siens = super().for_user(user)
        if regions := getattr(user, "codes_regions", ()):
            partages = Q(fiche__partagee_le__lte=F("le")) | Q(fiche__saisie_par__in=regions)
            return siens.filter(Q(au_brouillon=False) | Q(auteur=user) | partages)
        if getattr(user, "ecrit_pour_un_territoire", False):
            return siens
        return siens.filter(au_brouillon=False)


class Message(models.Model):
    """One thing said of a fiche between those who work on it; never changed."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="conversation")
    le = models.DateTimeField("écrit le", default=timezone.now, editable=False)
    auteur = un_agent("écrit par")
    texte = models.TextField("message")
    au_brouillon = models.BooleanField("écrit sur un brouillon", default=False, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["le", "pk"]
        constraints = [
            unique(["fiche", "le"], "message_unique", "Un message est déjà de cet instant."),
        ]

    def __str__(self):
        return f"{self.auteur}, le {timezone.localtime(self.le):%d/%m/%Y}"


class DeLaRegionQuerySet(models.QuerySet):
    """Working papers of a région on a fiche: its agents read them, and the délégation."""

    def for_user(self, user):
        if getattr(user, "est_delegation", False):
            return self.all()
        return self.filter(region__in=getattr(user, "codes_regions", ()))


class NoteInterneQuerySet(models.QuerySet):
    def for_user(self, user):
        """Never outside the région, not even to the délégation."""
        return self.filter(region__in=getattr(user, "codes_regions", ()))


class NoteInterne(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="notes_internes")
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="région", related_name="+", editable=False
    )
    le = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    auteur = un_agent("écrite par")
    texte = models.TextField("note interne", help_text="Lue par les agents de votre région seuls.")

    objects = NoteInterneQuerySet.as_manager()

    class Meta:
        verbose_name = "note interne"
        verbose_name_plural = "notes internes"
        ordering = ["le", "pk"]
        constraints = [
            unique(
                ["fiche", "region", "le"], "noteinterne_unique", "Une note est déjà de cet instant."
            ),
        ]

    def __str__(self):
        return f"{self.region}, le {timezone.localtime(self.le):%d/%m/%Y}"


class Attribution(models.Model):
    """Who, in a région, follows a fiche."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="attributions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="région", related_name="+")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="suivie par",
        related_name="attributions",
    )

    objects = DeLaRegionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’attribution")

    feminin = True  # its name is

    class Meta:
        verbose_name = "attribution"
        ordering = ["fiche", "region"]
        constraints = [
            unique(
                ["fiche", "region"],
                "attribution_unique",
                "Cette fiche est déjà suivie par quelqu’un dans cette région.",
            )
        ]

    def __str__(self):
        return f"{self.fiche}, suivie par {self.agent}"


class PointDeControle(models.Model):
    """One line of the checklist that a comité goes through, fiche by fiche."""

    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="région", related_name="points_de_controle"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intitule = models.CharField(
        "intitulé",
        max_length=200,
        help_text="Ce qui se vérifie. Par exemple : Le plan de financement est équilibré.",
    )
    actif = models.BooleanField(
        "en usage",
        default=True,
        help_text="Décoché, il n’est plus demandé ; ce qui est coché reste.",
    )

    objects = DeLaRegionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du point de contrôle")

    class Meta:
        verbose_name = "point de contrôle"
        verbose_name_plural = "points de contrôle"
        ordering = ["region", "ordre", "pk"]
        constraints = [
            unique(
                ["region", "intitule"],
                "pointdecontrole_unique",
                "La grille de cette région a déjà ce point.",
            )
        ]

    def __str__(self):
        return self.intitule


class CocheQuerySet(DeLaRegionQuerySet):
    def for_user(self, user):
        if getattr(user, "est_delegation", False):
            return self.all()
        return self.filter(point__region__in=getattr(user, "codes_regions", ()))


class Coche(models.Model):
    """A point that was checked for a fiche, by whom and when."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="coches")
    point = models.ForeignKey(PointDeControle, models.PROTECT, related_name="coches")
    le = models.DateTimeField("coché le", default=timezone.now, editable=False)
    auteur = un_agent("coché par")

    objects = CocheQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la coche")

    feminin = True  # its name is

    class Meta:
        verbose_name = "coche"
        ordering = ["fiche", "point"]
        constraints = [
            unique(["fiche", "point"], "coche_unique", "Ce point est déjà coché pour cette fiche."),
        ]

    def __str__(self):
        return f"{self.point}"
