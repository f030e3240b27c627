"""What the délégation writes for everybody: pages about the programme, and news."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists
from simple_history.models import HistoricalRecords

from evenements.editorial.balisage import AIDE, en_html, verifier
from evenements.editorial.pages import AVEC_LIENS, D_UN_OBJET, chemin_d_une_page
from evenements.models.assemblees import Assemblee
from programme.fiches.models import FicheAction
from programme.partenaires.models import Convention
from programme.themes.models import Theme
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour
from territoires.contraintes import unique
from territoires.editions.models import Territoire
from territoires.geographie.models import ReferenceQuerySet
from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import Trouvable


class EditorialQuerySet(ReferenceQuerySet):
    def for_user(self, user):
        """The délégation prepares them; other agents read what is public, like everyone."""
        rows = super().for_user(user)
        return rows if getattr(user, "est_delegation", False) else rows.du_public()

    def du_public(self):
        return self.filter(publiee_le__isnull=False)


class Editorial(models.Model):
    """A text of the délégation, drafted then published."""

    identifiant = models.SlugField(
        "identifiant", max_length=80, unique=True, help_text="Termine l’adresse de la page."
    )
    titre = models.CharField("titre", max_length=150)
    chapo = models.CharField(
        "chapo", max_length=300, blank=True, help_text="Une phrase qui résume, en tête de la page."
    )
    texte = models.TextField("texte", help_text=AIDE)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publiée par",
        related_name="+",
        null=True,
        editable=False,
    )

    objects = EditorialQuerySet.as_manager()

    feminin = True  # their names are

    class Meta:
        abstract = True

    def __str__(self):
        return self.titre

    @property
    def est_du_public(self):
        return self.publiee_le is not None

    @property
    def a_ete_publiee(self):
        """Now or once: its address was given to everybody."""
        return self.est_du_public or self.history.exclude(publiee_le=None).exists()

    @property
    def en_html(self):
        return en_html(self.texte)

    def clean(self):
        verifier(self.texte)


def publication(nom):
    """No author of a publication without its date; files bring dates without authors."""
    return models.CheckConstraint(
        name=nom,
        condition=models.Q(publiee_par=None) | models.Q(publiee_le__isnull=False),
        violation_error_message="L’auteur de la publication va avec sa date.",
    )


class PageEditoriale(Editorial):
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    recherche = CleDeRecherche(sources=("titre",))

    history = HistoricalRecords(verbose_name="historique de la page", excluded_fields=["recherche"])

    class Meta:
        verbose_name = "page du programme"
        verbose_name_plural = "pages du programme"
        ordering = ["ordre", "titre"]
        constraints = [publication("page_publiee")]

    def get_absolute_url(self):
        return adresse("page-editoriale", self.identifiant)


class Actualite(Editorial):
    le = Jour("date")
    themes = models.ManyToManyField(
        Theme, verbose_name="thèmes", related_name="actualites", blank=True
    )
    territoires = models.ManyToManyField(Territoire, related_name="actualites", blank=True)
    fiches = models.ManyToManyField(
        FicheAction, verbose_name="fiches actions", related_name="actualites", blank=True
    )
    conventions = models.ManyToManyField(Convention, related_name="actualites", blank=True)
    assemblees = models.ManyToManyField(
        Assemblee, verbose_name="assemblées", related_name="actualites", blank=True
    )
    recherche = CleDeRecherche(sources=("titre",))

    history = HistoricalRecords(
        verbose_name="historique de l’actualité",
        excluded_fields=["recherche"],
        m2m_fields=[themes, territoires, fiches, conventions, assemblees],
    )

    class Meta:
        verbose_name = "actualité"
        ordering = ["-le", "-pk"]
        constraints = [publication("actualite_publiee")]

    def get_absolute_url(self):
        return adresse("actualite", self.identifiant)


class LienChoisiQuerySet(ReferenceQuerySet):
    def du_public(self):
        """Those between two pages that everybody reads."""
        mettre_a_jour()
        trouvables = Trouvable.objects.filter(genre__in=D_UN_OBJET.values())
        return self.filter(
            Exists(trouvables.filter(adresse=models.OuterRef("page"))),
            Exists(trouvables.filter(adresse=models.OuterRef("cible"))),
            retire=False,
        )


class LienChoisi(models.Model):
    """What the délégation has a public page lead to, or what it is not to propose.

    Both are addresses: a link leads to any kind of page, waits while that page is not public, and
    comes back with it. Who chooses one is told that nothing public is there.
    """

    page = models.CharField(
        "page", max_length=300, help_text="L’adresse de la page qui montre le lien."
    )
    cible = models.CharField(
        "page à lire",
        max_length=300,
        help_text="Son adresse, ou des mots de son titre.",
    )
    rang = models.PositiveSmallIntegerField(
        "rang", default=1, help_text="Le plus petit vient en tête."
    )
    retire = models.BooleanField(
        "ne pas proposer",
        default=False,
        help_text="Pour écarter une page que le site propose de lui-même.",
    )

    objects = LienChoisiQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du lien")

    class Meta:
        verbose_name = "lien « À lire aussi »"
        verbose_name_plural = "liens « À lire aussi »"
        ordering = ["page", "retire", "rang", "cible"]
        constraints = [
            unique(["page", "cible"], "lienchoisi_unique", "Ce lien est déjà choisi ou écarté."),
            models.CheckConstraint(
                name="lienchoisi_ailleurs",
                condition=~models.Q(page=models.F("cible")),
                violation_error_message="Une page ne mène pas à elle-même.",
            ),
        ]

    def __str__(self):
        return f"{self.page} → {self.cible}"

    def clean(self):
        fautes = {}
        for champ, noms in (("page", AVEC_LIENS), ("cible", tuple(D_UN_OBJET))):
            try:
                setattr(self, champ, chemin_d_une_page(getattr(self, champ), noms))
            except ValidationError as faute:
                fautes[champ] = faute
        if fautes:
            raise ValidationError(fautes)
