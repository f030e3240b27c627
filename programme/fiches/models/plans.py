"""What hangs on a fiche: its money, its calendar, its measures and its attachments."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import DeLaFicheQuerySet, FicheAction
from programme.fichiers import chemin_de_piece, valider_fichier
from programme.partenaires.models import Partenaire
from territoires.champs import Jour
from territoires.contraintes import dates_dans_l_ordre, parmi, positif, unique


@dataclass(frozen=True)
class Sommes:
    """What lines of plans de financement come to, in euros, facing a cost when there is one."""

    acquis: Decimal = Decimal(0)
    demande: Decimal = Decimal(0)
    cout: Decimal | None = field(default=None, kw_only=True)

    @classmethod
    def de(cls, montants, cout=None):
        """From (statut, amount): here, and nowhere else, it is said what counts for what."""
        sommes = dict.fromkeys(Financement.Statut, Decimal(0))
        for statut, montant in montants:
            sommes[statut] += montant
        acquis, demande = sommes[Financement.Statut.ACQUIS], sommes[Financement.Statut.DEMANDE]
        return cls(acquis, demande, cout=cout)

    @property
    def total(self):
        return self.acquis + self.demande

    @property
    def part_acquise(self):
        """Per cent of the cost; nothing without a cost."""
        return round(100 * self.acquis / self.cout) if self.cout else None

    @property
    def ecart(self):
        """What is left to find, negative when the plan holds more than the cost."""
        return None if self.cout is None else self.cout - self.total


class FinancementQuerySet(DeLaFicheQuerySet):
    def acquis(self):
        return self.filter(statut=Financement.Statut.ACQUIS)

    def sommes(self, cout=None):
        """The `Sommes` of these lines, in one query."""
        rows = self.order_by().values_list("statut").annotate(models.Sum("montant"))
        return Sommes.de(rows, cout)

    def sommes_par(self, *champs):
        """{(value of each of these fields): the `Sommes` of its lines}, in one query."""
        groupes = {}
        rows = self.order_by().values_list(*champs, "statut").annotate(models.Sum("montant"))
        for *cle, statut, montant in rows:
            groupes.setdefault(tuple(cle), []).append((statut, montant))
        return {cle: Sommes.de(montants) for cle, montants in groupes.items()}


class StatutFinancement(models.TextChoices):
    DEMANDE = "demande", "demandé"
    ACQUIS = "acquis", "acquis"


class Financement(models.Model):
    Statut = StatutFinancement

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="financements")
    financeur = models.CharField("financeur", max_length=150)
    partenaire = models.ForeignKey(
        Partenaire,
        models.PROTECT,
        related_name="financements",
        null=True,
        blank=True,
        help_text="Si ce financeur est un partenaire du programme.",
    )
    montant = models.DecimalField("montant", max_digits=12, decimal_places=2, help_text="En euros.")
    statut = models.CharField("statut", max_length=8, choices=Statut, default=Statut.DEMANDE)

    objects = FinancementQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la ligne de financement")

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "plan de financement"
        ordering = ["pk"]
        constraints = [
            unique(
                ["fiche", "financeur", "statut"],
                "financement_unique",
                "Ce financeur a déjà une ligne de ce statut.",
            ),
            positif("montant", "financement_montant", "Un montant ne peut pas être négatif."),
            parmi("statut", StatutFinancement.values, "financement_statut"),
        ]

    def __str__(self):
        return self.financeur


class Etape(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="etapes")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intitule = models.CharField("étape", max_length=200)
    debut = Jour("début", null=True, blank=True)
    fin = Jour("fin", null=True, blank=True)
    faite = models.BooleanField("faite", default=False)

    objects = DeLaFicheQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’étape")

    class Meta:
        verbose_name = "étape"
        ordering = ["ordre", "pk"]
        constraints = [
            unique(["fiche", "ordre"], "etape_ordre", "Deux étapes portent le même rang."),
            dates_dans_l_ordre("debut", "fin", "etape_dates"),
        ]

    def __str__(self):
        return self.intitule


class IndicateurQuerySet(DeLaFicheQuerySet):
    def reprendre_la_derniere_mesure(self):
        """Write on each of these its latest measure."""
        series = Mesure.objects.filter(indicateur=models.OuterRef("pk")).order_by("-mesure_le")
        return Indicateur.objects.filter(pk__in=self.order_by().values("pk")).update(
            valeur=models.Subquery(series.values("valeur")[:1]),
            mesure_le=models.Subquery(series.values("mesure_le")[:1]),
        )


class Indicateur(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="indicateurs")
    libelle = models.CharField("indicateur", max_length=200)
    unite = models.CharField("unité", max_length=40, blank=True)
    cible = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True, blank=True)
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=2, null=True, blank=True)
    mesure_le = Jour("mesuré le", null=True, blank=True)

    objects = IndicateurQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’indicateur")

    class Meta:
        verbose_name = "indicateur"
        ordering = ["pk"]
        constraints = [
            unique(["fiche", "libelle"], "indicateur_unique", "Cet indicateur existe déjà.")
        ]

    def __str__(self):
        return self.libelle

    def save(self, *args, **kwargs):
        """The value just entered joins the series, signed by whoever sends the form."""
        super().save(*args, **kwargs)
        if self.valeur is None or self.mesure_le is None:
            return
        requete = getattr(HistoricalRecords.context, "request", None)
        auteur = requete.user if requete and requete.user.is_authenticated else None
        mesure = self.mesures.filter(mesure_le=self.mesure_le).first()
        if mesure is None or mesure.valeur != self.valeur:
            self.mesures.update_or_create(
                mesure_le=self.mesure_le, defaults={"valeur": self.valeur, "auteur": auteur}
            )


class MesureQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(indicateur__fiche__in=FicheAction.objects.for_user(user))


class Mesure(models.Model):
    """One value of an indicateur, on a day; the latest one stands on the indicateur itself."""

    indicateur = models.ForeignKey(Indicateur, models.CASCADE, related_name="mesures")
    mesure_le = Jour("mesuré le")
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=2)
    commentaire = models.CharField(
        "commentaire",
        max_length=300,
        blank=True,
        help_text="Lu par les agents du périmètre, jamais publié.",
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur",
        related_name="+",
        null=True,
        editable=False,
    )

    objects = MesureQuerySet.as_manager()

    class Meta:
        verbose_name = "mesure"
        ordering = ["mesure_le"]
        constraints = [
            unique(
                ["indicateur", "mesure_le"],
                "mesure_unique",
                "Cet indicateur a déjà une mesure ce jour-là.",
            )
        ]

    def __str__(self):
        return f"{self.indicateur} au {self.mesure_le:%d/%m/%Y}"


class Reponse(models.Model):
    """What the délégation answered to an obstacle: dated, signed, kept when it answers again."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="reponses")
    texte = models.TextField("réponse")
    le = models.DateTimeField("date", default=timezone.now)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="auteur", related_name="+"
    )

    class Meta:
        verbose_name = "réponse à un obstacle"
        verbose_name_plural = "réponses aux obstacles"
        ordering = ["le", "pk"]

    def __str__(self):
        return self.texte[:80]


class PieceJointe(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="pieces")
    titre = models.CharField("titre", max_length=150)
    fichier = models.FileField("fichier", upload_to=chemin_de_piece, validators=[valider_fichier])
    deposee_le = models.DateTimeField("déposée le", auto_now_add=True)

    history = HistoricalRecords(verbose_name="historique de la pièce jointe")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["titre"]

    def __str__(self):
        return self.titre
