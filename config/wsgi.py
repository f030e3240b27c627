import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
import_module("config.statiques").verifier()
# What was loaded stays: collecting garbage need not walk through it while requests wait.
gc.freeze()
