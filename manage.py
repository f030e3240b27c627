#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        import config.settings  # noqa: F401
    except ImproperlyConfigured as erreur:
        # A setting to mend is a sentence for whoever installs, not a trace.
        sys.exit(str(erreur))
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as erreur:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            "La base de données fait défaut. Vérifiez DATABASE_URL, que la base existe, accepte "
            f"les connexions et a ses tables. ({str(erreur).strip().splitlines()[0]})"
        )
