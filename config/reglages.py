"""What settings.py works out of the environment, where that takes more than a line."""


def avancement_de(base):
    """Where the worker says how far it is, and every web process reads it, while it writes."""
    dossier = "django.core.cache.backends"
    if not base["ENGINE"].endswith("sqlite3"):
        return {"BACKEND": f"{dossier}.db.DatabaseCache", "LOCATION": "avancement"}
    if "memory" in base["NAME"]:
        return {"BACKEND": f"{dossier}.locmem.LocMemCache", "LOCATION": "avancement"}
    return {
        "BACKEND": f"{dossier}.filebased.FileBasedCache",
        "LOCATION": f"{base['NAME']}-avancement",  # SQLite has one writer
    }


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


def operateur(env):
    """Who answers for this installation: told on the pages of the law, which say when it is not."""
    return {
        "editeur": env.str("EDITEUR", ""),
        "directeur": env.str("DIRECTEUR_DE_LA_PUBLICATION", ""),
        "hebergeur": env.str("HEBERGEUR", ""),
        "contact": env.str("CONTACT_DONNEES_PERSONNELLES", ""),
    }


def vigie_de(env):
    """The DSN to which faults are told, without a word of anybody; empty, nothing leaves."""
    dsn = env.str("SENTRY_DSN", "")
    if dsn:
        from config.vigie import brancher  # a library that takes its time to load

        brancher(dsn, env.str("SENTRY_ENVIRONNEMENT", "production"))
    return dsn
