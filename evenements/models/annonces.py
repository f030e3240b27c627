"""What was announced in an assemblée: from a word said to what became of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from simple_history.models import HistoricalRecords

from evenements.models.assemblees import Sequence
from evenements.models.paroles import Intervenant, Intervention
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.partenaires.models import Convention, Engagement
from programme.pratiques.models import BonnePratique
from territoires.contraintes import exactement_un, parmi, unique
from territoires.editions.models import EditionCarte
from territoires.publics import cles_publiques

CIBLES = ("engagement", "convention_signee", "contrat", "fiche", "edition", "bonne_pratique")
SANS_CIBLE = Q(**{f"{nom}__isnull": True for nom in CIBLES})


def compte(lignes, par):
    """How many rows, told by a column that is the same for all of them."""
    nombre = lignes.order_by().values(par).annotate(nombre=Count("pk")).values("nombre")
    return Coalesce(Subquery(nombre), 0)


class AnnonceQuerySet(models.QuerySet):
    def for_user(self, user):
        """Every agent reads the assemblées, but not what lies outside its perimeter."""
        if not getattr(user, "a_un_perimetre", False):
            return self.none()
        siens = Contrat.objects.for_user(user).values("pk")
        return self.filter(
            Q(fiche=None) | Q(fiche__in=FicheAction.objects.lisibles_par(user)),
            Q(contrat=None) | Q(contrat__in=cles_publiques(Contrat)) | Q(contrat__in=siens),
        )

    def du_public(self):
        """Of published assemblées, and about what is itself public: never a draft."""
        return self.de_cibles_du_public().d_assemblees_publiques()

    def d_assemblees_publiques(self):
        return self.filter(sequence__in=cles_publiques(Sequence))

    def de_cibles_du_public(self):
        return self.filter(
            SANS_CIBLE
            | Q(engagement__in=cles_publiques(Engagement))
            | Q(convention_signee__in=cles_publiques(Convention))
            | Q(contrat__in=cles_publiques(Contrat))
            | Q(fiche__in=cles_publiques(FicheAction))
            | Q(edition__in=cles_publiques(EditionCarte))
            | Q(bonne_pratique__in=cles_publiques(BonnePratique))
        )

    def de_la_personne(self, intervenant):
        """What this person announced, alone or with others."""
        siennes = Annonce.objects.filter(
            Q(intervention__intervenant=intervenant) | Q(ensemble=intervenant)
        )
        return self.filter(pk__in=siennes.order_by().values("pk"))

    def avec_auteurs(self, apercu=False):
        """With where it was announced and by whom; a person of drafts alone is not named.

        Unless it is to look at a draft, as it will be.
        """
        personnes = Intervenant.objects.all() if apercu else Intervenant.objects.du_public()
        return self.select_related(
            "sequence__assemblee", "intervention__intervenant", "engagement"
        ).prefetch_related(Prefetch("ensemble", personnes))

    def avec_cibles(self, apercu=False):
        """With all that a page tells of each: two queries."""
        pratiques = BonnePratique.objects.du_public().annotate(toutes=Value(1))
        siens = Engagement.objects.du_public().filter(convention=OuterRef("convention_signee"))
        tenus = siens.filter(etat=Engagement.Etat.TENU)
        return (
            self.avec_auteurs(apercu)
            .select_related(
                "engagement__convention",
                "convention_signee",
                "contrat__territoire",
                "fiche",
                "edition",
                "bonne_pratique",
            )
            .annotate(
                nombre_pratiques=compte(pratiques, "toutes"),
                nombre_engagements=compte(siens, "convention"),
                nombre_tenus=compte(tenus, "convention"),
            )
        )


class NatureAnnonce(models.TextChoices):
    PROMESSE = "promesse", "promesse"
    DEMANDE = "demande", "demande"


class Registre(models.TextChoices):
    """A whole public list in which what was announced can be followed."""

    PRATIQUES = "bonnes-pratiques", "les bonnes pratiques publiées"


class Annonce(models.Model):
    Nature = NatureAnnonce
    Registre = Registre

    sequence = models.ForeignKey(
        Sequence, models.CASCADE, verbose_name="séquence", related_name="annonces"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intervention = models.ForeignKey(
        Intervention,
        models.CASCADE,
        related_name="annonces",
        null=True,
        blank=True,
        help_text="Si l’on sait qui l’a annoncé.",
    )
    ensemble = models.ManyToManyField(
        Intervenant,
        verbose_name="annoncé ensemble par",
        related_name="annonces_communes",
        blank=True,
        help_text="Ceux qui l’ont annoncé d’une même voix.",
    )
    texte = models.CharField("ce qui a été annoncé", max_length=300)
    nature = models.CharField(
        "nature",
        max_length=8,
        choices=NatureAnnonce,
        default=NatureAnnonce.PROMESSE,
        help_text="Une demande n’engage que celui qui la fait.",
    )
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="annonces", null=True, blank=True
    )
    convention_signee = models.ForeignKey(
        Convention,
        models.PROTECT,
        verbose_name="convention",
        related_name="annonces",
        null=True,
        blank=True,
        help_text="Si l’annonce est la convention tout entière, et non l’un de ses engagements.",
    )
    contrat = models.ForeignKey(
        Contrat, models.PROTECT, related_name="annonces", null=True, blank=True
    )
    fiche = models.ForeignKey(
        FicheAction,
        models.PROTECT,
        verbose_name="fiche action",
        related_name="annonces",
        null=True,
        blank=True,
    )
    edition = models.ForeignKey(
        EditionCarte,
        models.PROTECT,
        verbose_name="édition de la carte",
        related_name="annonces",
        null=True,
        blank=True,
    )
    bonne_pratique = models.ForeignKey(
        BonnePratique,
        models.PROTECT,
        verbose_name="bonne pratique",
        related_name="annonces",
        null=True,
        blank=True,
    )

    registre = models.CharField(
        "registre",
        max_length=20,
        choices=Registre,
        blank=True,
        help_text="Si la suite est toute une liste publique.",
    )

    objects = AnnonceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’annonce", m2m_fields=[ensemble])

    class Meta:
        verbose_name = "annonce"
        ordering = ["sequence", "ordre"]
        constraints = [
            models.CheckConstraint(
                name="annonce_une_cible",
                condition=(exactement_un(CIBLES) & Q(registre=""))
                | (SANS_CIBLE & ~Q(registre=""))
                | (SANS_CIBLE & Q(nature=NatureAnnonce.DEMANDE)),
                violation_error_message="Une annonce mène à une seule chose : un engagement, une "
                "convention, un contrat, une fiche, une édition, une bonne pratique ou un "
                "registre ; seule une demande peut rester sans suite.",
            ),
            parmi("nature", NatureAnnonce.values, "annonce_nature"),
            parmi("registre", ["", *Registre.values], "annonce_registre"),
            unique(["sequence", "ordre"], "annonce_ordre", "Deux annonces portent le même rang."),
        ]

    def __str__(self):
        return self.texte

    def clean(self):
        if self.intervention_id and self.intervention.sequence_id != self.sequence_id:
            raise ValidationError(
                {"intervention": "Cette intervention a eu lieu dans une autre séquence."}
            )

    @property
    def personnes(self):
        """Who announced it, alone or together, each once."""
        seule = self.intervention and self.intervention.intervenant
        return list(dict.fromkeys([*filter(None, [seule]), *self.ensemble.all()]))

    @property
    def organisation(self):
        """The one that announced it without anybody's name."""
        anonyme = self.intervention and not self.intervention.intervenant
        return self.intervention.organisation if anonyme else ""

    @property
    def cible(self):
        """What became of it: an object, else the name of a whole list; None for a mere request."""
        objets = (getattr(self, nom) for nom in CIBLES)
        return next((c for c in objets if c is not None), self.get_registre_display() or None)

    @property
    def adresse(self):
        """Where to read what became of it; an engagement stands on its convention's page."""
        if self.registre:
            return reverse(self.registre)
        cible = self.engagement.convention if self.engagement else self.cible
        return cible.get_absolute_url() if cible else ""

    def ou_en_est(self):
        """Where it stands today, in a few words."""
        if self.cible is None:
            return "aucune suite n’est enregistrée"
        if self.registre:
            nombre = self.nombre_pratiques
            return f"{nombre or 'aucune'} à ce jour"
        if self.edition:
            return carte(self.edition)
        if self.convention_signee:
            return self._convention()
        if self.bonne_pratique:
            return f"publiée le {date_format(self.bonne_pratique.publiee_le, 'j F Y')}"
        return self._etat()

    def _convention(self):
        """When it was signed, and how many of its engagements are kept."""
        jour = self.convention_signee.signee_le
        dite = f"signée le {date_format(jour, 'j F Y')}" if jour else "convention publiée"
        if not self.nombre_engagements:
            return dite
        return f"{dite}, engagements tenus : {self.nombre_tenus} sur {self.nombre_engagements}"

    def _etat(self):
        """That of what has a parcours: an engagement, a contrat, a fiche."""
        etat = self.cible.get_etat_display()
        if self.fiche and self.fiche.avancement is not None:
            return f"{etat}, avancement de {self.fiche.avancement} %"
        if self.contrat:
            return self._contrat(etat)
        if self.engagement and self.engagement.nouvelle_du:
            return f"{etat} (nouvelle du {date_format(self.engagement.nouvelle_du, 'j F Y')})"
        return etat

    def _contrat(self, etat):
        """« signé le 23 avril 2019, 21 fiches actions »."""
        contrat = self.contrat
        if contrat.signe_le and contrat.etat == Contrat.Etat.SIGNE:
            etat = f"{etat} le {date_format(contrat.signe_le, 'j F Y')}"
        if contrat.nombre_fiches_annonce:
            etat = f"{etat}, {contrat.nombre_fiches_annonce} fiches actions"
        return etat


def carte(edition):
    """« carte publiée, 124 territoires »; of several editions only the number is known."""
    if edition.nombre_annonce is None:
        return "carte publiée"
    detail = "" if edition.composition_connue else " dont la liste n’est pas connue ici"
    return f"carte publiée, {edition.nombre_annonce} territoires{detail}"
