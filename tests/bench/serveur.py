"""The application for gunicorn, with one address more: the empty view of `adresses`."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "tests.bench.adresses"

__all__ = ["application"]
