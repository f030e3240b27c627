"""The record of imports; between its two steps a file waits where every web process can read it."""

import zlib
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

ATTENTE = timedelta(days=7)


class ImportQuerySet(models.QuerySet):
    def for_user(self, user):
        """The délégation reads the record; a preview stays its author's."""
        return self.all() if getattr(user, "est_delegation", False) else self.none()

    def de(self, user):
        """All that this person sent."""
        return self.filter(auteur=user)

    def en_attente(self, user):
        return self.filter(auteur=user, etat=Import.Etat.APERCU)

    def deja_confirme(self, depot):
        """The last import of this very file that still stands, or None."""
        memes = self.filter(empreinte=depot.empreinte, resource=depot.resource)
        return memes.filter(etat=Import.Etat.CONFIRME).order_by("-decide_le").first()

    def oublier_les_anciens(self):
        """Previews that nobody confirmed lose their file; how many they were."""
        anciens = self.filter(etat=Import.Etat.APERCU, cree_le__lt=timezone.now() - ATTENTE)
        anciens = list(anciens.values_list("pk", flat=True))
        Feuillet.objects.filter(depot__in=anciens).delete()
        return self.filter(pk__in=anciens).update(
            etat=Import.Etat.ABANDONNE, contenu=b"", travail=""
        )


class EtatImport(models.TextChoices):
    APERCU = "apercu", "aperçu"
    CONFIRME = "confirme", "confirmé"
    ABANDONNE = "abandonne", "abandonné"
    ANNULE = "annule", "annulé"


class TravailImport(models.TextChoices):
    LECTURE = "lecture", "lecture en cours"
    ECRITURE = "ecriture", "écriture en cours"


ECRITS = [EtatImport.CONFIRME.value, EtatImport.ANNULE.value]  # it went through, even if undone


class Import(models.Model):
    Etat, Travail = EtatImport, TravailImport

    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur",
        related_name="imports",
        null=True,
        blank=True,
        help_text="Vide pour un import lancé depuis le terminal.",
    )
    cree_le = models.DateTimeField("déposé le", auto_now_add=True)
    decide_le = models.DateTimeField("confirmé ou abandonné le", null=True, blank=True)
    resource = models.CharField("objets", max_length=40)
    nom_du_fichier = models.CharField("fichier", max_length=200)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    contenu = models.BinaryField("contenu", help_text="Le fichier, compressé (zlib).")
    choix = models.JSONField("corrections de la lecture", default=dict, blank=True)
    reconnu = models.CharField("reconnu", max_length=300, blank=True)
    feuilles = models.JSONField("feuilles du classeur", default=list, blank=True)
    marque = models.CharField("empreinte de l’aperçu", max_length=64, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.APERCU)
    creees = models.PositiveIntegerField("lignes créées", default=0)
    modifiees = models.PositiveIntegerField("lignes modifiées", default=0)
    inchangees = models.PositiveIntegerField("lignes inchangées", default=0)
    refusees = models.PositiveIntegerField("lignes refusées", default=0)
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    annule_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="annulé par",
        related_name="+",
        null=True,
        blank=True,
    )

    # What the worker was asked to do of it, and why that came to nothing.
    travail = models.CharField(
        "travail en cours", max_length=8, choices=TravailImport, blank=True, default=""
    )
    tache = models.UUIDField("tâche", null=True, blank=True)
    echec = models.CharField("échec", max_length=500, blank=True, default="")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_etat",
                condition=models.Q(etat__in=EtatImport.values),
                violation_error_message="Valeur inconnue : choisissez dans la liste.",
            ),
            models.CheckConstraint(
                name="import_decide",
                condition=models.Q(etat__in=ECRITS, decide_le__isnull=False)
                | ~models.Q(etat__in=ECRITS),
                violation_error_message="Un import confirmé porte sa date.",
            ),
            models.CheckConstraint(
                name="import_travail",
                condition=models.Q(travail="")
                | models.Q(travail__in=TravailImport.values, etat=EtatImport.APERCU.value),
                violation_error_message="Seul un import en attente est en cours de travail.",
            ),
            models.CheckConstraint(
                name="import_annule",
                condition=models.Q(etat=EtatImport.ANNULE.value, annule_le__isnull=False)
                | ~models.Q(etat=EtatImport.ANNULE.value),
                violation_error_message="Un import annulé porte la date de son annulation.",
            ),
        ]

    def __str__(self):
        return f"{self.resource} – {self.nom_du_fichier}"

    @property
    def fichier(self):
        """The bytes that were sent."""
        return zlib.decompress(bytes(self.contenu)) if self.contenu else b""

    @fichier.setter
    def fichier(self, octets):
        self.empreinte = sha256(octets).hexdigest()
        self.contenu = zlib.compress(octets, 1)

    @property
    def est_en_attente(self):
        return self.etat == self.Etat.APERCU

    @property
    def raison(self):
        """What the history of each written object says of this import."""
        return f"Import nᵒ {self.pk} : {self.nom_du_fichier}"[:100]

    def noter(self, rapport, echec=""):
        """Keep the figures of this report, and what a person must know of it first."""
        self.echec = echec
        self.reconnu = rapport.tableau.reconnu()[:300]
        self.feuilles = rapport.tableau.feuilles
        self.marque = rapport.empreinte()
        for nom, nombre in rapport.comptes().items():
            setattr(self, nom, nombre)

    def clore(self, etat):
        """Confirmed or given up: the file, that may hold contacts, is not kept."""
        self.etat, self.decide_le, self.contenu = etat, timezone.now(), b""
        self.travail = ""
        if etat == self.Etat.ABANDONNE:
            self.feuillets.all().delete()
        self.save()


class CorrespondanceQuerySet(models.QuerySet):
    def for_user(self, user):
        """The délégation reads every profile; what is remembered without a name is on no list."""
        return self.exclude(nom="") if getattr(user, "est_delegation", False) else self.none()

    def profils(self, user, resource):
        """What this person may apply to a file of these objects: shared profiles, and its own."""
        siens = models.Q(partage=True) | models.Q(auteur=user)
        return self.filter(siens, resource=resource).exclude(nom="").order_by("nom")

    def retenues(self, user, resource):
        """What this person chose for each kind of file."""
        return self.filter(auteur=user, resource=resource, nom="")

    def d_un_autre(self, user, resource, nom):
        """The profile of that name that this person did not make; None when the name is free."""
        return self.filter(resource=resource, nom=nom).exclude(nom="").exclude(auteur=user).first()

    def retenir(self, *, auteur, resource, entetes, colonnes, nom="", partage=False):
        """Keep this choice: under a name, a profile in place of one's own of that name."""
        cle = {"nom": nom, "auteur": auteur} | ({} if nom else {"entetes": entetes})
        valeurs = {"colonnes": colonnes, "entetes": entetes, "partage": partage}
        return self.update_or_create(resource=resource, **cle, defaults=valeurs)[0]


class Correspondance(models.Model):
    """Which column of ours each header of a file is, as a person once said."""

    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="auteur",
        related_name="+",
    )
    resource = models.CharField("objets", max_length=40)
    nom = models.CharField(
        "nom du profil",
        max_length=100,
        blank=True,
        help_text="Vide pour ce qui est retenu des fichiers d’une seule personne.",
    )
    partage = models.BooleanField(
        "partagé",
        default=False,
        help_text="Proposé à tous ceux qui importent ces objets ; sinon, à son auteur seul.",
    )
    entetes = models.CharField("empreinte des en-têtes", max_length=64)
    colonnes = models.JSONField("colonnes", default=dict)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = CorrespondanceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du profil", excluded_fields=["modifie_le"])

    class Meta:
        verbose_name = "profil de colonnes"
        verbose_name_plural = "profils de colonnes"
        ordering = ["resource", "nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["auteur", "resource", "entetes"],
                condition=models.Q(nom=""),
                name="correspondance_retenue",
                violation_error_message="Ce choix est déjà retenu.",
            ),
            models.UniqueConstraint(
                fields=["resource", "nom"],
                condition=~models.Q(nom=""),
                name="correspondance_profil",
                violation_error_message="Un profil porte déjà ce nom.",
            ),
        ]

    def __str__(self):
        return self.nom or f"{self.resource} ({self.auteur})"


class GenreFeuillet(models.TextChoices):
    REFUSEES = "refusees", "refusées"
    MODIFIEES = "modifiees", "modifiées"
    CREEES = "creees", "créées"
    REMARQUES = "remarques", "remarques"


class Feuillet(models.Model):
    """Up to five hundred lines of what an import would do, or did: compressed JSON."""

    Genre = GenreFeuillet

    depot = models.ForeignKey(
        Import, models.CASCADE, verbose_name="import", related_name="feuillets"
    )
    genre = models.CharField("genre", max_length=10, choices=Genre)
    rang = models.PositiveIntegerField("rang")
    nombre = models.PositiveIntegerField("nombre de lignes")
    contenu = models.BinaryField("contenu")

    class Meta:
        verbose_name = "feuillet d’import"
        verbose_name_plural = "feuillets d’import"
        ordering = ["depot", "genre", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["depot", "genre", "rang"],
                name="feuillet_unique",
                violation_error_message="Ce feuillet existe déjà.",
            ),
            models.CheckConstraint(
                name="feuillet_genre",
                condition=models.Q(genre__in=GenreFeuillet.values),
                violation_error_message="Valeur inconnue : choisissez dans la liste.",
            ),
        ]

    def __str__(self):
        return f"{self.depot} – {self.get_genre_display()} {self.rang}"
