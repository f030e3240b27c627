"""Messages to send: written with the change they tell about, sent afterwards by a command."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from territoires.contraintes import parmi

ESSAIS = 10  # a message refused so often waits for a person


class CourrielQuerySet(models.QuerySet):
    def for_user(self, user):
        """The délégation sees to it that messages arrive; each agent reads them in its mail."""
        return self.all() if getattr(user, "est_delegation", False) else self.none()

    def a_envoyer(self):
        return self.filter(envoye_le=None, retenu_le=None, refuse_le=None)

    def en_chemin(self):
        """Those that the next runs will try to send."""
        return self.a_envoyer().filter(tentatives__lt=ESSAIS)

    def abandonnes(self):
        return self.a_envoyer().filter(tentatives__gte=ESSAIS)

    def retenus(self):
        return self.exclude(retenu_le=None)

    def refuses(self):
        """For good, when they were handed over or by a report that came back afterwards."""
        return self.exclude(refuse_le=None)

    def a_regarder(self):
        return self.abandonnes() | self.refuses()

    def dont_l_adresse_refuse(self):
        """Those that the address which their agent still has refused."""
        return self.refuses().exclude(refuse_a="").filter(refuse_a=Lower("agent__email"))

    def prevenir(self, agents, *, objet, corps, cle, genre):
        """Write one message to each of these agents, once for one `cle`, unless it wants none."""
        sourds = PreferenceCourriel.objects.filter(information=Rythme.AUCUN)
        if genre == Courriel.Genre.INFORMATION:
            agents = agents.exclude(pk__in=sourds.values("agent"))
        return self.bulk_create(
            [
                Courriel(agent=agent, objet=objet[:200], corps=corps, cle=cle, genre=genre)
                for agent in agents.filter(is_active=True).exclude(email="")
            ],
            ignore_conflicts=True,
        )


class GenreCourriel(models.TextChoices):
    ACTION = "action", "à faire par vous"
    INFORMATION = "information", "pour information"
    RAPPEL = "rappel", "rappel"


class Courriel(models.Model):
    Genre = GenreCourriel

    agent = models.ForeignKey(
        "territoires.Agent", models.CASCADE, verbose_name="destinataire", related_name="courriels"
    )
    genre = models.CharField("genre", max_length=11, choices=Genre, default=Genre.ACTION)
    objet = models.CharField("objet", max_length=200)
    corps = models.TextField("texte")
    corps_html = models.TextField("texte mis en forme", blank=True)
    # The same news is told once to each person, even if the event is replayed.
    cle = models.CharField("clé", max_length=100)
    ecrit_le = models.DateTimeField("écrit le", auto_now_add=True)
    # What goes in one e-mail, and since when a sender has it in hand: see envoyer_courriels.
    lot = models.CharField("lot", max_length=40, blank=True)
    confie_le = models.DateTimeField("confié le", null=True, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True, db_index=True)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    derniere_erreur = models.CharField("dernière erreur", max_length=300, blank=True)
    # Refused for good, why in `derniere_erreur`; by which address, in small letters, if it is why.
    refuse_le = models.DateTimeField("refusé le", null=True, blank=True)
    refuse_a = models.CharField("adresse qui refuse", max_length=254, blank=True, db_index=True)
    # It never leaves: the person left, or what it tells is over. Kept, with the reason.
    retenu_le = models.DateTimeField("retenu le", null=True, blank=True)
    retenu_parce_que = models.CharField("retenu parce que", max_length=200, blank=True)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "cle"], name="courriel_une_fois"),
            parmi("genre", GenreCourriel.values, "courriel_genre"),
            models.CheckConstraint(
                name="courriel_retenu_ou_envoye",
                condition=models.Q(retenu_le=None, retenu_parce_que="")
                | ~models.Q(retenu_parce_que="")
                & models.Q(retenu_le__isnull=False, envoye_le=None),
                violation_error_message="Un courriel retenu dit pourquoi, et n’est pas envoyé.",
            ),
            models.CheckConstraint(
                name="courriel_refuse_quand",
                condition=models.Q(refuse_a="") | models.Q(refuse_le__isnull=False),
                violation_error_message="Une adresse qui refuse a un jour de refus.",
            ),
        ]

    def __str__(self):
        return f"{self.objet} → {self.agent}"

    @property
    def situation(self):
        """What became of it, in words: sent, kept back and why, given up, or waiting for what."""
        if self.refuse_le:
            return f"refusé le {timezone.localtime(self.refuse_le):%d/%m/%Y à %H:%M} : " + (
                self.derniere_erreur or "sans raison donnée"
            )
        if self.envoye_le:
            return "envoyé"
        if self.retenu_le:
            return f"ne part pas : {self.retenu_parce_que}"
        attente = f"en échec après {ESSAIS} essais" if self.est_abandonne else "en attente"
        return f"{attente} : {self.derniere_erreur}" if self.derniere_erreur else attente

    @property
    def est_abandonne(self):
        """Refused so often that a person must look at it."""
        arrete = self.envoye_le or self.retenu_le or self.refuse_le
        return not arrete and self.tentatives >= ESSAIS


class Rythme(models.TextChoices):
    IMMEDIAT = "immediat", "tout de suite, un courriel par nouvelle"
    QUOTIDIEN = "quotidien", "une fois par jour, en un seul courriel"
    AUCUN = "aucun", "jamais"


class RythmeRappels(models.TextChoices):
    LUNDI = "lundi", "le lundi, en un seul courriel"
    CHAQUE_JOUR = "jour", "un courriel par rappel, et le récapitulatif du lundi"
    AUCUN = "aucun", "jamais"


# What is to be done is always told.
RYTHMES_DES_ACTIONS = [choix for choix in Rythme.choices if choix[0] != Rythme.AUCUN]


class PreferenceCourriel(models.Model):
    """How an agent wants to be told; without a row, at once."""

    agent = models.OneToOneField(
        "territoires.Agent", models.CASCADE, related_name="preference_courriel", editable=False
    )
    action = models.CharField(
        "ce que vous avez à faire",
        max_length=9,
        choices=RYTHMES_DES_ACTIONS,
        default=Rythme.IMMEDIAT,
        help_text="Une fiche à instruire, une fiche qui vous revient, une fiche à engager.",
    )
    information = models.CharField(
        "ce qui ne vous demande rien",
        max_length=9,
        choices=Rythme,
        default=Rythme.IMMEDIAT,
        help_text="Une fiche rappelée, refusée, engagée ou réalisée, une réponse à un obstacle.",
    )

    rappels = models.CharField(
        "vos rappels",
        max_length=5,
        choices=RythmeRappels,
        default=RythmeRappels.LUNDI,
        help_text="Une séance ou une échéance qui approche, ce qui attend depuis longtemps.",
    )

    class Meta:
        verbose_name = "préférence de courriel"
        verbose_name_plural = "préférences de courriel"
        constraints = [
            parmi("action", [rythme for rythme, _ in RYTHMES_DES_ACTIONS], "preference_action"),
            parmi("information", Rythme.values, "preference_information"),
            parmi("rappels", RythmeRappels.values, "preference_rappels"),
        ]

    def __str__(self):
        return f"Courriels de {self.agent}"
