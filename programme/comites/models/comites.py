"""Comités de pilotage régionaux: members, séances, and the avis given in them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from territoires.adresses import adresse
from territoires.champs import Jour
from territoires.contraintes import dates_dans_l_ordre, parmi, qui_et_quand, un_seul_de, unique
from territoires.editions.models import EditionCarte, Perimetre, Territoire
from territoires.geographie.models import Commune, Intercommunalite, Region


class DuComiteQuerySet(models.QuerySet):
    """Rows that belong to a région's comité: its agents and the délégation work on them."""

    chemin_region = "region"

    def for_user(self, user):
        if getattr(user, "est_delegation", False):
            return self.all()
        codes = getattr(user, "codes_regions", None)
        return self.filter(**{f"{self.chemin_region}__in": codes}) if codes else self.none()


class ComiteQuerySet(DuComiteQuerySet):
    def du_public(self):
        """Who sits in it and when it meets is public as a whole; what is said there is not."""
        return self.all()


class ComiteDePilotage(models.Model):
    region = models.OneToOneField(
        Region, models.PROTECT, verbose_name="région", related_name="comite"
    )
    presentation = models.TextField("présentation", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    quorum = models.PositiveSmallIntegerField(
        "quorum",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Nombre de membres présents qu’il faut en séance ; vide si le comité n’en a pas.",
    )

    objects = ComiteQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du comité")

    class Meta:
        verbose_name = "comité de pilotage régional"
        verbose_name_plural = "comités de pilotage régionaux"
        ordering = ["region__nom"]
        constraints = [
            models.CheckConstraint(
                name="comite_quorum",
                condition=Q(quorum=None) | Q(quorum__gte=1),
                violation_error_message="Un quorum compte au moins un membre.",
            )
        ]

    def __str__(self):
        return f"Comité de pilotage – {self.region.nom}"

    def get_absolute_url(self):
        return adresse("region", self.region_id)


class MembreComiteQuerySet(models.QuerySet):
    def en_mandat(self, le):
        """Those whose mandate covers this day; an unknown end or start is no obstacle."""
        return self.filter(
            Q(debut=None) | Q(debut__lte=le),
            Q(fin=None) | Q(fin__gte=le),
        )

    def du_public(self):
        return self.all()


class QualiteMembreComite(models.TextChoices):
    PRESIDENT = "president", "président"
    MEMBRE = "membre", "membre"


class MembreComite(models.Model):
    Qualite = QualiteMembreComite

    comite = models.ForeignKey(
        ComiteDePilotage, models.CASCADE, verbose_name="comité", related_name="membres"
    )
    nom = models.CharField("nom", max_length=150)
    qualite = models.CharField("qualité", max_length=10, choices=Qualite, default=Qualite.MEMBRE)
    fonction = models.CharField("fonction", max_length=200, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    debut = Jour("début du mandat", null=True, blank=True)
    fin = Jour("fin du mandat", null=True, blank=True)

    objects = MembreComiteQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du membre du comité")

    class Meta:
        verbose_name = "membre du comité"
        verbose_name_plural = "membres du comité"
        ordering = ["-qualite", "nom"]
        constraints = [
            dates_dans_l_ordre(
                "debut", "fin", "membrecomite_dates", "Le mandat ne peut finir avant son début."
            ),
            unique(
                ["comite", "nom", "organisation"],
                "membrecomite_unique",
                "Cette personne est déjà membre du comité à ce titre.",
            ),
            parmi("qualite", QualiteMembreComite.values, "membrecomite_qualite"),
        ]

    def __str__(self):
        return self.nom


class SeanceQuerySet(ComiteQuerySet):
    chemin_region = "comite__region"


class GenreSeance(models.TextChoices):
    SEANCE = "seance", "séance"
    CONSULTATION = "consultation", "consultation écrite"


class Seance(models.Model):
    Genre = GenreSeance

    comite = models.ForeignKey(
        ComiteDePilotage, models.PROTECT, verbose_name="comité", related_name="seances"
    )
    genre = models.CharField(
        "genre",
        max_length=12,
        choices=Genre,
        default=Genre.SEANCE,
        help_text="Une consultation écrite n’a pas de lieu : on y note qui a répondu.",
    )
    date = Jour("date")
    lieu = models.CharField("lieu", max_length=150, blank=True)
    ordre_du_jour = models.TextField("ordre du jour", blank=True)
    compte_rendu = models.TextField(
        "compte rendu", blank=True, help_text="Interne : il n’est jamais publié."
    )
    commune_avec = models.OneToOneField(
        "self",
        models.SET_NULL,
        verbose_name="tenue en commun avec",
        related_name="commune_de",
        null=True,
        blank=True,
        help_text="La séance, le même jour, du comité d’une autre région : un seul ordre du jour, "
        "un seul dossier, et chaque comité garde ses présences, ses avis et son relevé.",
    )
    # What waited then and was left out of the agenda stays out of it.
    compose_le = models.DateTimeField("ordre du jour composé le", null=True, editable=False)
    # Once its relevé is established nothing changes in it but by a rectification.
    close_le = models.DateTimeField("close le", null=True, editable=False)
    close_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="close par",
        related_name="+",
        null=True,
        editable=False,
    )

    objects = SeanceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la séance")

    feminin = True  # its name is

    class Meta:
        verbose_name = "séance"
        ordering = ["-date"]
        constraints = [
            unique(["comite", "date"], "seance_unique", "Ce comité a déjà une séance ce jour-là."),
            qui_et_quand("close_par", "close_le", "seance_close"),
            parmi("genre", GenreSeance.values, "seance_genre"),
            models.CheckConstraint(
                name="seance_sans_lieu",
                condition=Q(genre="seance") | Q(lieu=""),
                violation_error_message="Une consultation écrite n’a pas de lieu.",
            ),
        ]

    def __str__(self):
        return f"{self.comite.region.nom}, {self.get_genre_display()} du {self.date:%d/%m/%Y}"

    @property
    def est_ecrite(self):
        return self.genre == self.Genre.CONSULTATION

    def clean(self):
        autre = self.commune_avec
        if autre is None:
            return
        if autre.comite_id == self.comite_id:
            raise ValidationError({"commune_avec": "Choisissez une séance d’un autre comité."})
        if autre.date != self.date:
            raise ValidationError(
                {
                    "commune_avec": f"Cette séance est le {autre.date:%d/%m/%Y} : tenez celle-ci "
                    "le même jour, ou laissez ce champ vide pour la tenir seule."
                }
            )
        # Nobody is held with a séance that has no key yet: asking would find all that are alone.
        liees = (
            Q(commune_avec=autre) | Q(commune_avec=self.pk) if self.pk else Q(commune_avec=autre)
        )
        if autre.commune_avec_id or Seance.objects.filter(liees).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"commune_avec": "Une de ces deux séances est déjà commune avec une autre."}
            )

    @property
    def est_close(self):
        return self.close_le is not None

    @cached_property
    def jumelle(self):
        """The séance of the other comité when they sit together, whichever row says it."""
        if self.commune_avec_id:
            return self.commune_avec
        return Seance.objects.filter(commune_avec=self).select_related("comite__region").first()


class DemandePerimetreQuerySet(models.QuerySet):
    def for_user(self, user):
        territoires = Territoire.objects.du_perimetre(user)
        return self.filter(perimetre__territoire__in=territoires)


class EtatDemandePerimetre(models.TextChoices):
    DEPOSEE = "deposee", "déposée"
    ACCEPTEE = "acceptee", "acceptée"
    REFUSEE = "refusee", "refusée"


class DemandePerimetre(models.Model):
    """A request to adapt a périmètre, examined by the comité of each région it touches."""

    Etat = EtatDemandePerimetre

    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    perimetre = models.ForeignKey(
        Perimetre, models.PROTECT, verbose_name="périmètre", related_name="demandes"
    )
    motif = models.TextField("motif", help_text="Pourquoi ce périmètre devrait changer.")
    etat = models.CharField(
        "état", max_length=10, choices=Etat, default=Etat.DEPOSEE, editable=False
    )
    deposee_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    deposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="déposée par",
        related_name="+",
        null=True,
        editable=False,
    )
    # The edition in preparation that took it in, and what was moved there, in words.
    appliquee_a = models.ForeignKey(
        EditionCarte,
        models.SET_NULL,
        verbose_name="appliquée à",
        related_name="demandes_appliquees",
        null=True,
        editable=False,
    )
    appliquee_le = models.DateTimeField("appliquée le", null=True, editable=False)
    appliquee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="appliquée par",
        related_name="+",
        null=True,
        editable=False,
    )
    application = models.TextField("ce qui a été appliqué", blank=True, editable=False)

    objects = DemandePerimetreQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la demande")

    feminin = True  # its name is

    class Meta:
        verbose_name = "demande d’adaptation de périmètre"
        verbose_name_plural = "demandes d’adaptation de périmètre"
        ordering = ["-deposee_le"]
        constraints = [
            parmi("etat", EtatDemandePerimetre.values, "demande_etat"),
            qui_et_quand("appliquee_par", "appliquee_le", "demande_appliquee"),
        ]

    def __str__(self):
        return f"{self.reference} – {self.perimetre.nom}"


class SensMouvementDemande(models.TextChoices):
    AJOUT = "ajout", "ajouter"
    RETRAIT = "retrait", "retirer"


class MouvementDemande(models.Model):
    Sens = SensMouvementDemande

    demande = models.ForeignKey(DemandePerimetre, models.CASCADE, related_name="mouvements")
    sens = models.CharField("sens", max_length=7, choices=Sens, default=Sens.AJOUT)
    intercommunalite = models.ForeignKey(
        Intercommunalite,
        models.PROTECT,
        verbose_name="intercommunalité",
        related_name="+",
        null=True,
        blank=True,
    )
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True, blank=True)

    history = HistoricalRecords(verbose_name="historique du mouvement demandé")

    class Meta:
        verbose_name = "mouvement demandé"
        verbose_name_plural = "mouvements demandés"
        constraints = [
            un_seul_de(
                ("intercommunalite", "commune"),
                "mouvement_un_seul",
                "Indiquez une intercommunalité ou une commune, une seule des deux.",
            ),
            parmi("sens", SensMouvementDemande.values, "mouvement_sens"),
        ]

    def __str__(self):
        return f"{self.get_sens_display()} {self.intercommunalite or self.commune}"
