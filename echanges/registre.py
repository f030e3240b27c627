"""Every resource of the applications, by name, in the order in which their files load."""

from functools import cache
from importlib import import_module

APPLICATIONS = ("territoires", "programme", "evenements")


@cache
def ressources():
    """{name: resource class}; each app's `resources` module lists its own in `RESSOURCES`."""
    classes = [c for app in APPLICATIONS for c in import_module(f"{app}.resources").RESSOURCES]
    return {classe._meta.nom: classe for classe in classes}
