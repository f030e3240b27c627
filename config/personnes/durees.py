"""How long each kind of personal data is kept, why, and by what it goes: one table, read by the
command that applies it and by the page that tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.personnes.champs import colonnes
from config.personnes.personne import ANONYME, anonymiser_agent
from echanges.models import ATTENTE, Import
from programme.courriels.models import Courriel
from programme.courriels.silence import SILENCE
from territoires.acces.models import CleApi, DemandeAcces, Essai
from territoires.agents.models import Agent
from territoires.journal.models import LigneDuJournal
from territoires.mandats.models import Mandat
from territoires.supprimes import corbeille

AN = timedelta(days=365)
GARDE_DES_TACHES, GARDE_DES_ECHECS = timedelta(days=7), timedelta(days=30)
RGPD = "RGPD, article 5, 1, e ; durée choisie par le programme"
CNIL = "CNIL, délibération 2021-122 sur la journalisation : de six mois à un an"


@dataclass(frozen=True)
class Regle:
    """`concernees(moment)` are the rows older than that moment, `effacer(rows)` what is done."""

    nom: str
    quoi: str
    duree: timedelta
    en_clair: str  # how long, and from when
    pourquoi: str
    source: str
    geste: str
    concernees: Callable
    effacer: Callable = lambda lignes: lignes.delete()

    def echues(self):
        return self.concernees(timezone.now() - self.duree)


def _sessions_closes(avant):
    ouvertes = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(last_seen_at__lt=avant).exclude(session_key__in=ouvertes)


def _taches(avant):
    plus_longtemps = GARDE_DES_ECHECS - GARDE_DES_TACHES
    recentes = Q(status="FAILED", finished_at__gte=avant - plus_longtemps)
    return DBTaskResult.objects.finished().filter(finished_at__lt=avant).exclude(recentes)


def _textes_envoyes(avant):
    finis = Q(envoye_le__lt=avant) | Q(retenu_le__lt=avant) | Q(refuse_le__lt=avant)
    return Courriel.objects.filter(finis).exclude(corps="", corps_html="")


def _coordonnees(avant):
    """Of a mandate that ended, in its row and in what its history remembers of it."""
    finis = Mandat.objects.filter(fin__lt=timezone.localdate(avant))
    return finis.exclude(courriel="", telephone="")


def _oublier_les_coordonnees(mandats):
    vides = {"courriel": "", "telephone": ""}
    Mandat.history.filter(id__in=list(mandats.values_list("pk", flat=True))).update(**vides)
    mandats.update(**vides)


def _comptes_fermes(avant):
    fermes = Agent.objects.filter(is_active=False, date_joined__lt=avant)
    fermes = fermes.filter(Q(last_login=None) | Q(last_login__lt=avant))
    return fermes.exclude(username__startswith=ANONYME)


def _anonymiser(agents):
    for agent in agents:
        anonymiser_agent(agent)


class _Oubliees:
    """E-mails and telephones that the histories remember of rows that are no more."""

    def __init__(self, avant):
        self.lignes = [
            (nom, self._restes(modele, avant).exclude(**{nom: ""}))
            for modele, nom in colonnes("courriel", "telephone")
            if modele.__name__.startswith("Historical")
        ]

    def _restes(self, modele, avant):
        vivantes = modele.instance_type._base_manager.values("pk")
        return modele._base_manager.filter(history_date__lt=avant).exclude(id__in=vivantes)

    def count(self):
        return sum(lignes.count() for _, lignes in self.lignes)

    def vider(self):
        for nom, lignes in self.lignes:
            lignes.update(**{nom: ""})


class _Jetes:
    """Files, that no query counts."""

    def __init__(self, avant):
        self.avant = avant

    def count(self):
        lues = corbeille.default_storage.get_modified_time
        return sum(lues(nom) < self.avant for nom in corbeille.fichiers())


REGLES = (
    Regle(
        "journal",
        "Lignes du journal : connexions, échecs, adresse réseau, exports, droits",
        timedelta(days=366),
        "un an",
        "Comprendre une intrusion ou une erreur après coup",
        CNIL,
        "effacées",
        lambda avant: LigneDuJournal.objects.filter(le__lt=avant),
    ),
    Regle(
        "essais",
        "Condensés des essais de connexion",
        timedelta(days=1),
        "un jour",
        "Compter les essais d’une minute",
        RGPD,
        "effacés",
        lambda avant: Essai.objects.filter(le__lt=avant),
    ),
    Regle(
        "sessions",
        "Sessions finies : appareil et adresse réseau",
        timedelta(days=1),
        "un jour après la fin de la session",
        "Montrer à chacun ses sessions ouvertes",
        RGPD,
        "effacées",
        _sessions_closes,
    ),
    Regle(
        "demandes",
        "Demandes d’accès restées sans réponse : nom, adresse, SIRET",
        AN / 2,
        "six mois après la dernière demande",
        "Ouvrir le compte de qui le demande",
        RGPD,
        "effacées",
        lambda avant: DemandeAcces.objects.filter(demandee_le__lt=avant),
    ),
    Regle(
        "courriels",
        "Texte des courriels envoyés ou retenus",
        AN,
        "un an après le départ ; l’objet et la date restent",
        "Répondre à qui dit n’avoir rien reçu",
        RGPD,
        "vidés de leur texte",
        _textes_envoyes,
        lambda lignes: lignes.update(corps="", corps_html=""),
    ),
    Regle(
        "apercus",
        "Fichiers déposés pour un import et restés sans réponse",
        ATTENTE,
        "sept jours ; ceux d’un import confirmé ne sont pas gardés",
        "Laisser le temps de relire l’aperçu",
        RGPD,
        "effacés",
        lambda avant: Import.objects.filter(etat=Import.Etat.APERCU, cree_le__lt=avant),
        lambda lignes: Import.objects.oublier_les_anciens(),
    ),
    Regle(
        "taches",
        "Tâches de fond finies, avec ce qu’elles avaient à faire",
        GARDE_DES_TACHES,
        "une semaine, un mois pour celles qui ont échoué",
        "Relancer ce qui a échoué",
        RGPD,
        "effacées",
        _taches,
    ),
    Regle(
        "corbeille",
        "Fichiers des lignes supprimées",
        corbeille.GARDE,
        "un mois",
        "Ramener ce qui a été supprimé par erreur",
        RGPD,
        "effacés",
        _Jetes,
        lambda lignes: corbeille.vider(),
    ),
    Regle(
        "gestes",
        "Notes de l’administration sur ses propres gestes",
        AN,
        "un an ; l’historique de chaque objet reste avec lui",
        "Retrouver qui a fait un geste d’ensemble",
        CNIL,
        "effacées",
        lambda avant: LogEntry.objects.filter(action_time__lt=avant),
    ),
    Regle(
        "cles",
        "Clés d’API révoquées",
        AN,
        "un an après la révocation",
        "Savoir quel programme lisait",
        CNIL,
        "effacées",
        lambda avant: CleApi.objects.filter(revoquee_le__lt=avant),
    ),
    Regle(
        "mandats",
        "Adresse et téléphone d’un mandat terminé",
        AN,
        "un an après la fin du mandat ; le nom et la fonction, publics, restent",
        "Joindre qui portait le territoire",
        RGPD,
        "vidés",
        _coordonnees,
        _oublier_les_coordonnees,
    ),
    Regle(
        "historique",
        "Adresses et téléphones que l’historique garde de lignes supprimées",
        AN,
        "un an après la dernière écriture",
        "Ramener ce qui a été supprimé par erreur",
        RGPD,
        "vidés",
        _Oubliees,
        _Oubliees.vider,
    ),
    Regle(
        "comptes",
        "Comptes fermés : nom et adresse",
        5 * AN,
        "cinq ans après la dernière connexion ; les décisions restent, sous un numéro",
        "Dire qui a décidé tant qu’une décision se discute",
        "Code civil, article 2224 : prescription de cinq ans",
        "anonymisés",
        _comptes_fermes,
        _anonymiser,
    ),
)
# Kept as long as what they belong to, or by rules that stand elsewhere: told on the page, too.
AUTRES = (
    (
        "Comptes ouverts",
        f"le temps de la mission ; fermés après {SILENCE.days} jours sans connexion",
        "Entrer, et dire qui décide",
    ),
    (
        "Contact d’une fiche, messages et notes de son instruction",
        "le temps de la fiche, historique compris",
        "Suivre l’action",
    ),
    (
        "Élus, signataires, membres de comités, intervenants : nom et fonction",
        "sans limite : ce sont des actes publics",
        "Dire qui porte et qui s’engage",
    ),
    (
        "Sauvegardes de tout ce qui précède",
        "autant de nuits que le service en garde, trente par défaut",
        "Survivre à une panne",
    ),
    (
        "Session ouverte",
        "deux heures sans activité par défaut",
        "Rester connecté",
    ),
    (
        "Brouillon d’un formulaire",
        "dans le navigateur de qui l’écrit, jusqu’à son enregistrement",
        "Ne rien perdre de ce qui est tapé",
    ),
)


def appliquer(noms=(), *, pour_de_vrai):
    """[(rule, how many rows)] of those named, or all; nothing is written unless `pour_de_vrai`."""
    dits = []
    for regle in REGLES:
        if noms and regle.nom not in noms:
            continue
        lignes = regle.echues()
        nombre = lignes.count()
        if nombre and pour_de_vrai:
            regle.effacer(lignes)
        dits.append((regle, nombre))
    return dits
