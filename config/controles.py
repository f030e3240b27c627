"""`manage.py check --deploy`: each thing that is unsafe in these settings or in this base, by name.

What Django says itself (DEBUG, cookies, TLS, length of the key) is not said again.
"""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Info, Warning, register
from django.db import DatabaseError

from config.reglages import MUETS
from config.sauvegardes.deux_versions import en_attente

ICI = ("", "localhost", "127.0.0.1", "::1")
CHIFFREES = ("require", "verify-ca", "verify-full")  # the others do without when told to
JETON = 20  # signs: shorter, it is guessed
CONTENEURS = ("CONTAINER", "DYNO", "KUBERNETES_SERVICE_HOST")
A_REMPLIR = "de votre "  # what docs/deploiement.md writes for the operator to replace
TUE = "La base ne répond pas, ou n’est pas encore faite : ses propres contrôles n’ont pas eu lieu."


@dataclass(frozen=True)
class Controle:
    """`risque` gives what is unsafe, in a few words, or nothing."""

    numero: str
    phrase: str
    conseil: str
    risque: object

    @property
    def cle(self):
        return f"territoires.{self.numero}"

    def dire(self):
        vu = self.risque()
        if not vu:
            return []
        detail = f" ({vu})" if isinstance(vu, str) else ""
        return [Warning(f"{self.phrase}{detail}", hint=self.conseil, id=self.cle)]


def _base():
    return settings.DATABASES["default"]


def _est_sqlite():
    return _base()["ENGINE"].endswith("sqlite3")


def _base_en_clair():
    hote = "" if _est_sqlite() else _base().get("HOST") or ""
    chiffree = _base().get("OPTIONS", {}).get("sslmode") in CHIFFREES
    return hote not in ICI and not hote.startswith("/") and not chiffree and hote


def _courriels_en_clair():
    chiffres = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    return settings.EMAIL_HOST not in ICI and not chiffres and settings.EMAIL_HOST


def _en_clair():
    """Addresses that should be https."""
    stockage = settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url") or ""
    dites = [settings.ADRESSE_DU_SITE, settings.OIDC_SERVEUR, stockage]
    dites += settings.CSRF_TRUSTED_ORIGINS
    return ", ".join(adresse for adresse in dites if urlsplit(adresse).scheme == "http")


def _sur_disque():
    return not settings.STORAGES["default"]["BACKEND"].endswith("StockageS3")


def _disque_de_passage():
    racine, media = Path(settings.BASE_DIR).resolve(), Path(settings.MEDIA_ROOT).resolve()
    conteneur = any(nom in os.environ for nom in CONTENEURS)
    return _sur_disque() and (conteneur or media.is_relative_to(racine)) and str(media)


def _metriques_d_un_seul():
    plusieurs = os.environ.get("WEB_CONCURRENCY", "2") != "1"
    return settings.METRIQUES_JETON and plusieurs and not settings.METRIQUES_DOSSIER


def _sans_responsable():
    noms = {"editeur": "EDITEUR", "hebergeur": "HEBERGEUR"}
    noms |= {"contact": "CONTACT_DONNEES_PERSONNELLES", "accessibilite": "CONTACT_ACCESSIBILITE"}
    dits = {nom: settings.OPERATEUR_DU_SITE[cle] for cle, nom in noms.items()}
    return ", ".join(nom for nom, dit in dits.items() if not dit or A_REMPLIR in dit)


REGLAGES = (
    Controle(
        "W001",
        "DEMO est activé : les mots de passe de la démonstration sont affichés à tous.",
        "Retirez DEMO de l’environnement.",
        lambda: settings.DEMO,
    ),
    Controle(
        "W002",
        "Les courriels sont écrits dans le journal ou jetés : personne ne les reçoit.",
        "EMAIL_URL=submission://utilisateur:mot-de-passe@hote:587",
        lambda: settings.EMAIL_BACKEND.endswith(MUETS),
    ),
    Controle(
        "W003",
        "Les courriels partent en clair vers un autre serveur",
        "EMAIL_URL=submission://utilisateur:mot-de-passe@hote:587, ou smtp://…:465?ssl=true.",
        _courriels_en_clair,
    ),
    Controle(
        "W004",
        "SECRET_KEY est celle d’une machine de développement, que tout le monde connaît.",
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        lambda: settings.SECRET_KEY.startswith("cle-locale"),
    ),
    Controle(
        "W005",
        "Des adresses sont en http, lisibles en chemin",
        "Écrivez https:// dans ADRESSE_DU_SITE, CSRF_TRUSTED_ORIGINS, OIDC_SERVEUR et S3_ADRESSE.",
        _en_clair,
    ),
    Controle(
        "W006",
        "ADRESSE_DU_SITE n’est pas servie par ALLOWED_HOSTS : les liens des courriels seront morts",
        "Donnez le même nom de domaine aux deux.",
        lambda: urlsplit(settings.ADRESSE_DU_SITE).hostname not in settings.ALLOWED_HOSTS,
    ),
    Controle(
        "W007",
        "ALLOWED_HOSTS accepte tout nom de domaine : un lien de mot de passe se détourne.",
        "Nommez les domaines servis.",
        lambda: "*" in settings.ALLOWED_HOSTS,
    ),
    Controle(
        "W008",
        "La base est un fichier SQLite : une seule machine, un écrivain à la fois.",
        "DATABASE_URL=postgres://utilisateur:mot-de-passe@hote:5432/base",
        _est_sqlite,
    ),
    Controle(
        "W009",
        "La base est sur une autre machine, et rien n’y chiffre la connexion",
        "Ajoutez ?sslmode=verify-full (ou require) à DATABASE_URL.",
        _base_en_clair,
    ),
    Controle(
        "W010",
        "Les pièces jointes sont sur un disque qui ne survit pas à une mise à jour",
        "Mettez MEDIA_ROOT hors de la version installée, ou un seau S3 (S3_SEAU).",
        _disque_de_passage,
    ),
    Controle(
        "W011",
        "Aucune sauvegarde n’est faite la nuit.",
        "Donnez un dossier à SAUVEGARDES, sur un autre disque, et copiez-le ailleurs.",
        lambda: not settings.SAUVEGARDES,
    ),
    Controle(
        "W012",
        "Le second facteur n’est pas demandé à la délégation.",
        "SECOND_FACTEUR_OBLIGATOIRE=true",
        lambda: not settings.SECOND_FACTEUR_OBLIGATOIRE,
    ),
    Controle(
        "W013",
        "Aucun serveur mandataire n’est annoncé : derrière nginx, tous les visiteurs seraient un "
        "seul, et cinq erreurs de l’un fermeraient la porte à tous.",
        "PROXYS=1, ou le nombre de mandataires qui ajoutent leur ligne à X-Forwarded-For.",
        lambda: settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1,
    ),
    Controle(
        "W014",
        "Le jeton des métriques, ou celui des rebonds, se devine.",
        "METRIQUES_JETON, REBONDS_JETON : vingt signes au hasard au moins.",
        lambda: any(
            0 < len(jeton) < JETON for jeton in (settings.METRIQUES_JETON, settings.REBONDS_JETON)
        ),
    ),
    Controle(
        "W015",
        "Chaque processus ne compte que ses propres requêtes : les métriques mentent.",
        "Donnez un dossier vide à PROMETHEUS_MULTIPROC_DIR.",
        _metriques_d_un_seul,
    ),
    Controle(
        "W016",
        "Personne à qui signaler une faille (/.well-known/security.txt).",
        "CONTACT_SECURITE=mailto:securite@votre-domaine.fr",
        lambda: settings.CONTACT_SECURITE.endswith((".invalid", "exemple.fr")),
    ),
    Controle(
        "W017",
        "Les mentions légales et la page des données personnelles ne disent pas qui répond du site",
        "Donnez ces variables : elles s’affichent telles quelles.",
        _sans_responsable,
    ),
    Controle(
        "W018",
        "L’expéditeur des courriels n’est d’aucun domaine : ils seront refusés",
        "DEFAULT_FROM_EMAIL=Territoires d’industrie <ne-pas-repondre@votre-domaine.fr>",
        lambda: settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith(("@localhost", "@exemple.fr")),
    ),
    Controle(
        "W019",
        "Le journal du serveur est au niveau DEBUG : il écrit ce que contiennent les requêtes.",
        "LOG_LEVEL=INFO",
        lambda: settings.LOGGING["root"]["level"] == "DEBUG",
    ),
)


def _superutilisateurs():
    from territoires.agents.models import Agent

    noms = Agent.objects.filter(is_superuser=True, is_active=True).values_list(
        "username", flat=True
    )
    return ", ".join(noms.order_by("username")[:5])


def _mots_de_passe_connus():
    """Accounts of the demonstration, whose password is written in the documentation."""
    from territoires.agents.models import Agent

    connus = ("demonstration", "admin", "password")
    actifs = Agent.objects.filter(is_active=True, is_superuser=True).order_by("pk")[:5]
    demo = Agent.objects.filter(is_active=True, username="delegation")
    return ", ".join(
        agent.username
        for agent in {*actifs, *demo}
        if any(agent.check_password(connu) for connu in connus)
    )


def _sans_ouvrier():
    from config.taches.etat import est_servie

    return not est_servie()


def _plusieurs_machines():
    """Workers of other machines read the same base: do they read the same disk?"""
    from config.taches.horloge import HOTE
    from config.taches.models import Ouvrier

    ailleurs = Ouvrier.objects.presents().exclude(hote=HOTE).values_list("hote", flat=True)
    return _sur_disque() and ", ".join(sorted({*ailleurs}))


def _migrations_en_attente():
    plan, _ = en_attente()
    return ", ".join(f"{migration.app_label} {migration.name}" for migration in plan[:5])


def ecoute(hote, port):
    """Whether a server takes connections there."""
    try:
        socket.create_connection((hote, port), timeout=5).close()
    except OSError:
        return False
    return True


def _sans_serveur_de_courriels():
    hote, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    muets = settings.EMAIL_BACKEND.endswith(MUETS)
    return not muets and not ecoute(hote, port) and f"{hote}:{port}"


DE_LA_BASE = (
    Controle(
        "W101",
        "Des migrations attendent",
        "manage.py migrate",
        _migrations_en_attente,
    ),
    Controle(
        "W102",
        "Un superutilisateur est parmi les agents : son compte ouvre ceux de tous les autres",
        "Une fois la délégation invitée, ôtez-lui « superutilisateur » sur sa page, ou fermez-le.",
        _superutilisateurs,
    ),
    Controle(
        "W103",
        "Des comptes ont un mot de passe que tout le monde connaît",
        "Changez-le, ou fermez ces comptes : ce sont ceux de la démonstration.",
        _mots_de_passe_connus,
    ),
    Controle(
        "W104",
        "Aucun ouvrier ne répond : ni courriel, ni sauvegarde, ni effacement n’a lieu.",
        "Faites démarrer « manage.py ouvrier » (processus « worker »).",
        _sans_ouvrier,
    ),
    Controle(
        "W105",
        "Une autre machine sert la même base, et les pièces jointes sont sur le disque de celle-ci",
        "Un seau S3 (S3_SEAU…), ou le même disque partagé.",
        _plusieurs_machines,
    ),
    Controle(
        "W106",
        "Rien n’écoute à l’adresse d’EMAIL_URL : aucun courriel ne part",
        "EMAIL_URL=submission://utilisateur:mot-de-passe@hote:587, ou un serveur ici même.",
        _sans_serveur_de_courriels,
    ),
)


@register("territoires", deploy=True)
def des_reglages(app_configs, **options):
    return [dit for controle in REGLAGES for dit in controle.dire()]


@register("territoires", deploy=True)
def de_la_base(app_configs, **options):
    try:
        return [dit for controle in DE_LA_BASE for dit in controle.dire()]
    except DatabaseError:
        return [Info(TUE, id="territoires.I001")]
