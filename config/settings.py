"""Every setting of the application, read from the environment.

Defaults are safe for production: a missing or malformed value stops the start
with a sentence that says how to mend it. `.env.example` lists every variable.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def lire(lecteur, nom, conseil, **options):
    """Read one variable; a malformed one is refused in words, without its (maybe secret) value."""
    try:
        return lecteur(nom, **options)
    except (EnvError, ValueError) as erreur:
        raise ImproperlyConfigured(f"{nom} est absente ou illisible. {conseil}") from erreur


# --- Environment -----------------------------------------------------------------------------

DEBUG = lire(env.bool, "DEBUG", "Valeurs admises : true ou false.", default=False)
# The demonstration shows its logins on the sign-in page and keeps cookies usable over plain http.
DEMO = lire(env.bool, "DEMO", "Valeurs admises : true ou false.", default=False)
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
    "dsfr",
    "import_export",
    "rules",
    "simple_history",
    "widget_tweaks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.statiques.StatiquesComprimees"
    if LOCAL
    else "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "territoires.saisie.middleware.SaisieGardee",
    "programme.fichiers.SansReste",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "territoires.editions.vigueur.CarteDuJour",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.contexte.site",
            ],
            # Its token of forms says who opened them.
            "builtins": ["territoires.templatetags.saisie_tags"],
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "territoires.Agent"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Files -----------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]  # the pictures of the guide
# On one's own machine whitenoise finds the files where they are: no collectstatic to forget.
STATIC_ROOT = None if LOCAL else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = LOCAL
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "programme.fichiers.Stockage"},
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

# --- E-mail ----------------------------------------------------------------------------------

EMAIL_CONFIG = lire(
    env.dj_email_url,
    "EMAIL_URL",
    "Forme attendue : smtp://utilisateur:mot-de-passe@hote:587.",
    default="console:",
)
EMAIL_TIMEOUT = 15  # seconds: a silent server must not hold a row
vars().update({cle: valeur for cle, valeur in EMAIL_CONFIG.items() if valeur is not None})
if not EMAIL_CONFIG.get("EMAIL_BACKEND"):
    raise ImproperlyConfigured(
        "EMAIL_URL est absente ou illisible. Forme attendue : "
        "smtp://utilisateur:mot-de-passe@hote:587."
    )
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
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Logs ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}

# --- Libraries -------------------------------------------------------------------------------

FILTERS_EMPTY_CHOICE_LABEL = "Indifférent"
SIMPLE_HISTORY_REVERT_DISABLED = True
