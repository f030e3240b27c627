"""What hangs on a fiche: its money, its calendar, its measures and its attachments."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest, Round
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import DeLaFicheQuerySet, FicheAction
from programme.fichiers import chemin_de_piece, valider_fichier
from programme.partenaires.models import Engagement, Partenaire
from territoires.champs import Jour
from territoires.contraintes import dates_dans_l_ordre, parmi, positif, unique
from territoires.publics import cles_publiques


def montants(nom=None, **options):
    """An amount in euros, as every line of a plan holds one."""
    return models.DecimalField(nom, max_digits=12, decimal_places=2, **options)


def _au_plan(statut):
    """What the line opens with under this statut: its amount, or nothing."""
    return Case(When(statut=statut, then=F("montant")), default=Value(0), output_field=montants())


# A payment without a grant says that it was granted: the greater of the two counts.
ACQUIS = Greatest(_au_plan("acquis") + F("accorde_depuis"), F("verse"), output_field=montants())
# What was asked, less what was obtained since the plan and what was refused.
DEMANDE = Greatest(
    _au_plan("demande")
    + F("demande_depuis")
    - Greatest(F("accorde_depuis"), F("verse") - _au_plan("acquis"), output_field=montants())
    - F("refuse"),
    Value(0),
    output_field=montants(),
)


def _calcule(nom, expression):
    return models.GeneratedField(
        expression=Round(expression, 2, output_field=montants()),
        output_field=montants(),
        db_persist=True,
        verbose_name=nom,
    )


@dataclass(frozen=True)
class Sommes:
    """What lines of plans de financement come to, in euros, facing a cost when there is one."""

    plan: Decimal = Decimal(0)  # as decided: without the lines added since
    acquis: Decimal = Decimal(0)
    demande: Decimal = Decimal(0)
    verse: Decimal = Decimal(0)
    refuse: Decimal = Decimal(0)
    cout: Decimal | None = field(default=None, kw_only=True)

    @classmethod
    def des_lignes(cls, lignes, cout=None):
        """From lines that are already loaded."""
        plan = sum((ligne.montant for ligne in lignes if not ligne.ajoutee_le), Decimal(0))
        a_ce_jour = {nom: sum((getattr(x, nom) for x in lignes), Decimal(0)) for nom in A_CE_JOUR}
        return cls(plan, **a_ce_jour, cout=cout)

    @property
    def total(self):
        return self.acquis + self.demande

    @property
    def part_acquise(self):
        """Per cent of the cost; nothing without a cost."""
        return round(100 * self.acquis / self.cout) if self.cout else None

    @property
    def parts(self):
        """[(name, left, width)] of what is acquired and asked for, in hundredths of a bar that
        holds the greater of the cost and of the plan."""
        entier = max(self.cout or 0, self.total) or 1
        acquis, demande = 100 * self.acquis / entier, 100 * self.demande / entier
        return [("acquis", 0, acquis), ("demande", acquis, demande)]

    @property
    def ecart(self):
        """What is left to find, negative when there is more than the cost."""
        return None if self.cout is None else self.cout - self.total


A_CE_JOUR = ("acquis", "demande", "verse", "refuse")
SOMMES = {
    "plan": models.Sum("montant", filter=Q(ajoutee_le=None)),
    **{nom: models.Sum(nom) for nom in A_CE_JOUR},
}


class FinancementQuerySet(DeLaFicheQuerySet):
    def acquis(self):
        """Lines on which something was granted or paid."""
        return self.filter(acquis__gt=0)

    def sans_reponse(self):
        """Lines of a partenaire on which something is still asked, once the fiche is decided."""
        suivies = self.filter(fiche__etat__in=FicheAction.ETATS_SUIVIS)
        return suivies.filter(partenaire__isnull=False, demande__gt=0)

    def sommes(self, cout=None):
        """The `Sommes` of these lines, in one query."""
        totaux = self.order_by().aggregate(**{f"t_{nom}": somme for nom, somme in SOMMES.items()})
        return Sommes(**{nom: totaux[f"t_{nom}"] or Decimal(0) for nom in SOMMES}, cout=cout)

    def sommes_par(self, *champs):
        """{(value of each of these fields): the `Sommes` of its lines}, in one query."""
        rows = self.order_by().values(*champs)
        rows = rows.annotate(**{f"t_{nom}": somme for nom, somme in SOMMES.items()})
        return {
            tuple(row[champ] for champ in champs): Sommes(
                **{nom: row[f"t_{nom}"] or Decimal(0) for nom in SOMMES}
            )
            for row in rows
        }


class StatutFinancement(models.TextChoices):
    DEMANDE = "demande", "demandé"
    ACQUIS = "acquis", "acquis"


class Financement(models.Model):
    """One line: what the plan says, frozen once decided, and what its moves have come to since.

    `demande_depuis`, `accorde_depuis`, `verse` and `refuse` are the sums of its moves, written
    with each (programme/fiches/financement.py); the database draws `acquis` and `demande` from
    them.
    """

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
    ajoutee_le = Jour(
        "ajoutée le",
        null=True,
        blank=True,
        help_text="Vide pour une ligne du plan sur lequel l’avis a été rendu.",
    )
    engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        related_name="financements",
        null=True,
        blank=True,
        help_text="Celui d’une convention de ce partenaire, sur lequel cette ligne est prise.",
    )
    demande_depuis = montants("demandé depuis", default=0, editable=False)
    accorde_depuis = montants("accordé depuis", default=0, editable=False)
    verse = montants("versé", default=0, editable=False)
    refuse = montants("refusé", default=0, editable=False)
    acquis = _calcule("acquis à ce jour", ACQUIS)
    demande = _calcule("encore demandé", DEMANDE)

    SUIVI = ("demande_depuis", "accorde_depuis", "verse", "refuse", "acquis", "demande")

    objects = FinancementQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la ligne de financement", excluded_fields=SUIVI
    )

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

    def compter(self, colonne, montant):
        """Add this to one of its sums, in memory; the database draws the rest the same way."""
        setattr(self, colonne, getattr(self, colonne) + montant)
        demande = self.montant if self.statut == self.Statut.DEMANDE else Decimal(0)
        ouverture = self.montant - demande
        self.acquis = max(ouverture + self.accorde_depuis, self.verse)
        demande += self.demande_depuis - (self.acquis - ouverture) - self.refuse
        self.demande = max(demande, Decimal(0))

    def engagements_possibles(self):
        """Those of the conventions of its partenaire; none for a financeur who is not one."""
        if self.partenaire_id is None:
            return Engagement.objects.none()
        siens = Engagement.objects.filter(convention__partenaire=self.partenaire_id)
        return siens.select_related("convention")

    def clean(self):
        siens = self.engagements_possibles().filter(pk=self.engagement_id)
        if self.engagement_id and not siens.exists():
            raise ValidationError({"engagement": D_UN_AUTRE})


D_UN_AUTRE = "Cet engagement n’est pas celui d’une convention de ce partenaire."


class Etape(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="etapes")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intitule = models.CharField("étape", max_length=200)
    debut = Jour("début", null=True, blank=True)
    fin = Jour("fin", null=True, blank=True)
    faite = models.BooleanField("faite", default=False)
    faite_le = Jour(
        "faite le", null=True, blank=True, help_text="Vide quand le jour n’est pas connu."
    )
    ajoutee_le = Jour(
        "ajoutée le",
        null=True,
        blank=True,
        help_text="Vide pour une étape du calendrier sur lequel l’avis a été rendu.",
    )

    objects = DeLaFicheQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’étape")

    class Meta:
        verbose_name = "étape"
        ordering = ["ordre", "pk"]
        constraints = [
            unique(["fiche", "ordre"], "etape_ordre", "Deux étapes portent le même rang."),
            dates_dans_l_ordre("debut", "fin", "etape_dates"),
            models.CheckConstraint(
                name="etape_faite_le",
                condition=Q(faite=True) | Q(faite_le=None),
                violation_error_message="Une étape qui reste à faire n’a pas de jour où elle a "
                "été faite.",
            ),
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
            unique(["fiche", "libelle"], "indicateur_unique", "Cet indicateur existe déjà."),
            models.CheckConstraint(
                name="indicateur_date",
                condition=Q(valeur=None, mesure_le=None)
                | Q(valeur__isnull=False, mesure_le__isnull=False),
                violation_error_message="Une valeur mesurée et le jour de la mesure vont ensemble.",
            ),
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

    def clean(self):
        if self.valeur is not None and self.mesure_le is None:
            raise ValidationError({"mesure_le": "Dites quel jour cette valeur a été mesurée."})
        if self.valeur is None and self.mesure_le is not None:
            raise ValidationError({"valeur": "Donnez la valeur mesurée ce jour-là."})


class MesureQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(indicateur__fiche__in=FicheAction.objects.for_user(user))

    def du_public(self):
        return self.filter(indicateur__in=cles_publiques(Indicateur))


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
    history = HistoricalRecords(verbose_name="historique de la mesure")

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
