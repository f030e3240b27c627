"""What settings.py works out of the environment, where that takes more than a line."""

from django.core.exceptions import ImproperlyConfigured

DJANGO = "django.core.cache.backends"
# Django's two, that name each script and style sheet with its digest.
GABARITS = [
    (
        "django.template.loaders.cached.Loader",
        ["config.integrite.DesDossiers", "config.integrite.DesApplications"],
    )
]
BALISES = [
    "config.integrite",
    "territoires.templatetags.saisie_tags",  # its token of forms says who opened them
    "territoires.templatetags.pluriels",  # zero is singular in French
    "territoires.templatetags.adresses_tags",  # an address is looked for once
]
MUETS = (".console.EmailBackend", ".dummy.EmailBackend", ".locmem.EmailBackend")


def replique_de(env, lire, base):
    """The database that public pages read, if there is one; gone, it is soon known."""
    if not env.str("DATABASE_URL_REPLIQUE", ""):
        return None
    replique = lire(
        env.dj_db_url,
        "DATABASE_URL_REPLIQUE",
        "Forme attendue : postgres://utilisateur:mot-de-passe@hote:5432/base.",
        conn_max_age=60,
        conn_health_checks=True,
    )
    if not all(une["ENGINE"].endswith("postgresql") for une in (base, replique)):
        raise ImproperlyConfigured(
            "DATABASE_URL_REPLIQUE est celle d’une réplique de PostgreSQL : DATABASE_URL et elle "
            "commencent par postgres://."
        )
    delais = {"connect_timeout": 2, "tcp_user_timeout": 5000}  # seconds, milliseconds
    options = {**replique.get("OPTIONS", {}), **delais}
    return {**replique, "OPTIONS": options, "TEST": {"MIRROR": "default"}}


def caches_de(base, redis, *, en_test):
    """`default` holds for all processes (limits, codes that served), `avancement` how far an import
    is, `dessins` what can be drawn again, `reponses` the kept pages where they can be shared.

    On Redis when there is one; else in the database, or in a folder beside that of SQLite.
    """
    if redis:
        return {
            nom: {
                "BACKEND": f"config.caches.{classe}",
                "LOCATION": redis,
                "KEY_PREFIX": nom,
                "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},  # seconds
            }
            for nom, classe in {
                "default": "EnRedis",
                "avancement": "EnRedis",
                "dessins": "DessinsEnRedis",
                "reponses": "DessinsEnRedis",
            }.items()
        }
    caches = {"dessins": {"BACKEND": f"{DJANGO}.locmem.LocMemCache", "LOCATION": "dessins"}}
    # Written to the database, an answer would change the state that it was kept under.
    caches["reponses"] = {"BACKEND": f"{DJANGO}.dummy.DummyCache"}
    caches["default"] = _partage(base, "partage", en_test)
    caches["avancement"] = _partage(base, "avancement", en_test)
    return caches


def _partage(base, nom, en_test):
    if en_test or "memory" in base["NAME"]:
        return {"BACKEND": f"{DJANGO}.locmem.LocMemCache", "LOCATION": nom}
    if base["ENGINE"].endswith("sqlite3"):
        lieu, classe = f"{base['NAME']}-{nom}", "EnFichiers"
    else:
        lieu, classe = nom, "EnBase"
    options = {"MAX_ENTRIES": 20_000}
    return {"BACKEND": f"config.caches.{classe}", "LOCATION": lieu, "OPTIONS": options}


def courriels_de(env, lire, *, local):
    """How e-mails leave.

    Printed or dropped, they would be marked as sent and nobody would have read them: refused
    outside DEBUG and DEMO.
    """
    forme = "Forme attendue : submission://utilisateur:mot-de-passe@hote:587."
    defaut = {"default": "console:"} if local else {}
    courriels = lire(env.dj_email_url, "EMAIL_URL", forme, **defaut)
    classe = courriels.get("EMAIL_BACKEND")
    if not classe:
        raise ImproperlyConfigured(f"EMAIL_URL est absente ou illisible. {forme}")
    if not local and classe.endswith(MUETS):
        raise ImproperlyConfigured(
            "EMAIL_URL n’envoie rien : hors de DEBUG et de DEMO, les courriels doivent partir. "
            f"{forme}"
        )
    return courriels


def bucket(env):
    """A private S3 bucket for attachments, for several machines or without a disk; else None."""
    seau = env.str("S3_SEAU", "")
    if not seau:
        return None
    return {
        "BACKEND": "programme.fichiers_s3.StockageS3",
        "OPTIONS": {
            "bucket_name": seau,
            "endpoint_url": env.str("S3_ADRESSE", "") or None,
            "region_name": env.str("S3_REGION", "") or None,
            "access_key": env.str("S3_CLE", "") or None,
            "secret_key": env.str("S3_SECRET", "") or None,
        },
    }


def operateur(env, *, demo):
    """Who answers for this installation: told on the pages of the law, which say when it is not."""
    invente = "Service de la démonstration (exemple inventé)" if demo else ""
    adresse = "demonstration@exemple.invalid" if demo else ""
    return {
        "editeur": env.str("EDITEUR", invente),
        "directeur": env.str("DIRECTEUR_DE_LA_PUBLICATION", ""),
        "hebergeur": env.str("HEBERGEUR", invente),
        "contact": env.str("CONTACT_DONNEES_PERSONNELLES", adresse),
        "accessibilite": env.str("CONTACT_ACCESSIBILITE", adresse),
    }


def vigie_de(env):
    """The DSN to which faults are told, without a word of anybody; empty, nothing leaves."""
    dsn = env.str("SENTRY_DSN", "")
    if dsn:
        from config.vigie import brancher  # a library that takes its time to load

        brancher(dsn, env.str("SENTRY_ENVIRONNEMENT", "production"))
    return dsn


def journaux_de(niveau, *, local):
    """A line of JSON an answer; on one's own machine the server's own lines are enough."""
    sortie = {"class": "logging.StreamHandler", "formatter": "texte" if local else "json"}
    du_fond = {"level": "WARNING" if local else "INFO"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.journaux.EnJson"}, "texte": {}},
        "filters": {"doublons": {"()": "config.journaux.SansDoublon"}},
        "handlers": {"console": sortie if local else {**sortie, "filters": ["doublons"]}},
        "root": {"handlers": ["console"], "level": niveau},
        "loggers": {
            "requetes": {"level": "CRITICAL" if local else "INFO"},
            "django_tasks": du_fond,
            "django_tasks_db": du_fond,
        },
    }
