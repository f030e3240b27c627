"""Every setting of the application, read from the environment.

Defaults are safe for production: a missing or malformed value stops the start
with a sentence that says how to mend it. `.env.example` lists every variable.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from config.api.reglages import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401
from config.reglages import (
    BALISES,
    GABARITS,
    bucket,
    caches_de,
    courriels_de,
    journaux_de,
    operateur,
    replique_de,
    vigie_de,
)

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def lire(lecteur, nom, conseil, **options):
    """Read one variable; a malformed one is refused in words, without its (maybe secret) value."""
    try:
        return lecteur(nom, **options)
    except (EnvError, ValueError) as erreur:
        raise ImproperlyConfigured(f"{nom} est absente ou illisible. {conseil}") from erreur


def oui_ou_non(nom, default):
    return lire(env.bool, nom, "Valeurs admises : true ou false.", default=default)


# --- Environment -----------------------------------------------------------------------------

DEBUG = oui_ou_non("DEBUG", False)
# The demonstration shows its logins on the sign-in page and keeps cookies usable over plain http.
DEMO = oui_ou_non("DEMO", False)
LOCAL = DEBUG or DEMO or "pytest" in sys.modules

SECRET_KEY = lire(
    env.str,
    "SECRET_KEY",
    "Donnez une longue chaîne aléatoire, par exemple celle de "
    "« python -c 'import secrets; print(secrets.token_urlsafe(50))' ».",
    **({"default": "cle-locale-sans-valeur-hors-de-cette-machine-" + "0" * 20} if LOCAL else {}),
)
ALLOWED_HOSTS = lire(
    env.list,
    "ALLOWED_HOSTS",
    "Donnez les noms de domaine servis, séparés par des virgules.",
    **({"default": ["localhost", "127.0.0.1", "[::1]"]} if LOCAL else {}),
)
CSRF_TRUSTED_ORIGINS = lire(
    env.list,
    "CSRF_TRUSTED_ORIGINS",
    "Donnez des origines complètes (https://…), séparées par des virgules.",
    default=[],
)
# Addresses in e-mails are absolute although they are written outside any request.
ADRESSE_DU_SITE = env.str("ADRESSE_DU_SITE", "http://localhost:8000").rstrip("/")

# --- Applications ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "territoires",
    "programme",
    "evenements",
    "echanges",
    "config.habillage",
    "config.donnees",
    "config.admin.ConfigAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "config.taches",
    "config.sauvegardes",
    "config.personnes",
    "drf_spectacular",
    "dsfr",
    "import_export",
    "rest_framework",
    "rules",
    "simple_history",
    "widget_tweaks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "config.journaux.RequeteSuivie",
    "config.sante.Mesure",
    "config.securite.EntetesDeSecurite",
    "django.middleware.security.SecurityMiddleware",
    "config.statiques.StatiquesComprimees"
    if LOCAL
    else "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "territoires.editions.vigueur.CarteDuJour",
    "config.replique.SurLaReplique",
    # What stands below is not asked for a page that is kept: nobody is signed in, nothing is sent.
    "config.conservation.ReponsesConservees",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "territoires.saisie.middleware.SaisieGardee",
    "programme.fichiers.SansReste",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "territoires.acces.middleware.SessionTenue",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": GABARITS,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.contexte.site",
                "config.compte.compte",
            ],
            "builtins": BALISES,
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database --------------------------------------------------------------------------------

DATABASES = {
    "default": lire(
        env.dj_db_url,
        "DATABASE_URL",
        "Forme attendue : postgres://utilisateur:mot-de-passe@hote:5432/base "
        "ou sqlite:////chemin/vers/fichier.sqlite3.",
        default=f"sqlite:///{BASE_DIR / 'territoires.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if not DATABASES["default"].get("ENGINE") or not DATABASES["default"].get("NAME"):
    raise ImproperlyConfigured(
        "DATABASE_URL ne nomme pas de base. Forme attendue : "
        "postgres://utilisateur:mot-de-passe@hote:5432/base."
    )
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing at once; readers never wait for a writer.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": 20,  # seconds
    }
# A streaming replica of PostgreSQL, from which public pages are read while it is in time.
REPLIQUE_RETARD = lire(env.int, "REPLIQUE_RETARD", "Donnez un nombre de secondes.", default=5)
if replique := replique_de(env, lire, DATABASES["default"]):
    DATABASES["replique"], DATABASE_ROUTERS = replique, ["territoires.replique.Routeur"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Work behind -----------------------------------------------------------------------------

TASKS = {
    "default": {
        # A test that is not about the worker sees at once what was asked of it.
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if "pytest" in sys.modules
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "longue"],  # as in echanges/travaux.py
    }
}
# A file heavier than this many bytes of text takes more than two seconds: the worker reads it.
IMPORT_EN_FOND = lire(
    env.int, "IMPORT_EN_FOND", "Donnez un nombre d’octets, par exemple 600000.", default=600_000
)
# Shared by all processes and machines: Redis where there is one, else the database.
REDIS_URL = env.str("REDIS_URL", "")
CACHES = caches_de(DATABASES["default"], REDIS_URL, en_test="pytest" in sys.modules)

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "territoires.Agent"
# Of what an opérateur is the agent: a model of an app that the one of the agents does not know.
OPERATEUR_MODEL = "programme.Partenaire"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "territoires.acces.comptes.ParNomOuCourriel",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "territoires.acces.mots_de_passe.MotDePasse", "OPTIONS": {"longueur": 12}}
]

# --- Sign-in ---------------------------------------------------------------------------------

PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds
INVITATION_VALABLE = 7 * 24 * 3600  # seconds
# Guesses a minute, counted in the database so that all processes count together.
ESSAIS_PAR_COMPTE, ESSAIS_PAR_ADRESSE = 5, 30
SECOND_FACTEUR_OBLIGATOIRE = oui_ou_non("SECOND_FACTEUR_OBLIGATOIRE", not DEMO)
# Before what is grave, one says again who one is, unless one did so less than this ago.
REAUTHENTIFICATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
SESSION_COOKIE_AGE = 60 * lire(
    env.int, "SESSION_MINUTES", "Donnez un nombre de minutes, par exemple 120.", default=120
)
SESSION_COOKIE_SAMESITE = "Lax"
# How many proxies stand before the service: the address of a visitor is the one they add.
ALLAUTH_TRUSTED_PROXY_COUNT = lire(
    env.int, "PROXYS", "Donnez le nombre de serveurs mandataires.", default=0 if LOCAL else 1
)
ACCOUNT_ADAPTER = "territoires.acces.adaptateurs.Comptes"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the délégation writes the addresses
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# Letters asked by somebody unknown leave after the answer, which takes the same time for all.
LETTRES_EN_FOND = not LOCAL
ACCOUNT_RATE_LIMITS = False  # ours are shared by all processes
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_MINUTES of silence
ACCOUNT_FORMS = {
    "login": "territoires.acces.forms.ConnexionForm",
    "reset_password": "territoires.acces.forms.OubliForm",
    "reset_password_from_key": "territoires.acces.forms.NouveauMotDePasseForm",
    "user_token": "territoires.acces.forms.LienForm",
    "change_password": "territoires.acces.forms.ChangerMotDePasseForm",
    "reauthenticate": "territoires.acces.forms.ConfirmerForm",
}
# ProConnect, or another OpenID Connect provider; without a server, the way in is not offered.
# The demonstration has its own (config/identite).
_IDENTITE = f"{ADRESSE_DU_SITE}/demonstration/identite" if DEMO else ""
_CONVENU = "demonstration" if DEMO else ""
OIDC_SERVEUR = env.str("OIDC_SERVEUR", _IDENTITE).rstrip("/")
OIDC_CLIENT, OIDC_SECRET = env.str("OIDC_CLIENT", _CONVENU), env.str("OIDC_SECRET", _CONVENU)
OIDC_PORTEE = env.str("OIDC_PORTEE", "openid given_name usual_name email siret")
# Whether the provider gives verified e-mails alone, without saying so of each (ProConnect does).
OIDC_COURRIEL_VERIFIE = oui_ou_non("OIDC_COURRIEL_VERIFIE", False)
MFA_ADAPTER = "territoires.acces.adaptateurs.SecondFacteur"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the délégation writes the addresses
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Territoires d’industrie"
MFA_TOTP_TOLERANCE = 1  # a clock half a minute late
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_FORMS = {
    "authenticate": "territoires.acces.forms.CodeForm",
    "reauthenticate": "territoires.acces.forms.CodeConfirmeForm",
    "activate_totp": "territoires.acces.forms.ActiverApplicationForm",
}

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Files -----------------------------------------------------------------------------------

STATIC_URL = "static/"
# On one's own machine whitenoise finds the files where they are: no collectstatic to forget.
STATIC_ROOT = None if LOCAL else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = LOCAL
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": bucket(env) or {"BACKEND": "programme.fichiers.Stockage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = [
    "programme.fichiers.SansExces",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Uploaded files are only ever read through views that check the rights: they have no address.
MEDIA_URL = "/fichiers-sans-adresse/"

# Where the worker keeps an archive a night, and how many of them; empty, it makes none.
SAUVEGARDES = env.str("SAUVEGARDES", "")
SAUVEGARDES_A_GARDER = lire(
    env.int, "SAUVEGARDES_A_GARDER", "Donnez un nombre d’archives, par exemple 30.", default=30
)

# --- E-mail ----------------------------------------------------------------------------------

EMAIL_CONFIG = courriels_de(env, lire, local=LOCAL)
EMAIL_TIMEOUT = 15  # seconds: a silent server must not hold a row
vars().update({cle: valeur for cle, valeur in EMAIL_CONFIG.items() if valeur is not None})
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", "Territoires d’industrie <ne-pas-repondre@localhost>"
)

# A form with hundreds of rows is long, and must still be saved.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Security --------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "territoires.saisie.pages.jeton_refuse"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Ours (config/integrite.py) are those of the files as they are collected; its own are not.
DSFR_USE_INTEGRITY_CHECKSUMS = False
CONTACT_SECURITE = env.str("CONTACT_SECURITE", "mailto:securite@exemple.invalid")
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # asked on the machine itself, without TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = lire(
        env.int, "HSTS_SECONDES", "Donnez un nombre de secondes.", default=31_536_000
    )
    SECURE_HSTS_INCLUDE_SUBDOMAINS = oui_ou_non("HSTS_SOUS_DOMAINES", True)
    SECURE_HSTS_PRELOAD = oui_ou_non("HSTS_PRECHARGEMENT", False)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Logs ------------------------------------------------------------------------------------

LOGGING = journaux_de(os.environ.get("LOG_LEVEL", "INFO"), local=LOCAL)
# Prometheus asks /metriques/ with this token; without it, the page does not exist.
METRIQUES_JETON = env.str("METRIQUES_JETON", "")
METRIQUES_DOSSIER = env.str("PROMETHEUS_MULTIPROC_DIR", "")

# Mail servers report at /courriels/rebonds/ with this token; without it, there is no such page.
REBONDS_JETON = env.str("REBONDS_JETON", "")

SENTRY_DSN = vigie_de(env)  # empty, nothing is told to anybody
OPERATEUR_DU_SITE = operateur(env, demo=DEMO)

# --- API -------------------------------------------------------------------------------------

# Requests answered in a minute, by all processes together, to one address or to one key.
API_PAR_MINUTE = lire(env.int, "API_PAR_MINUTE", "Donnez un nombre.", default=120)
API_PAR_MINUTE_AVEC_CLE = lire(env.int, "API_PAR_MINUTE_AVEC_CLE", "Donnez un nombre.", default=600)

# --- Libraries -------------------------------------------------------------------------------

# Its own screens and commands ask the same permissions as ours.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE, IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "importer", "exporter"
FILTERS_EMPTY_CHOICE_LABEL = "Indifférent"
SIMPLE_HISTORY_REVERT_DISABLED = True
SILENCED_SYSTEM_CHECKS = [
    "models.W040",  # PostgreSQL answers from what an index covers, SQLite does without
    "drf_spectacular.W001",  # a filter of keys is text, as it guesses
    "security.W021",  # a place on the list of browsers is asked for by hand, and hardly left
]
