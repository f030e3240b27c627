"""The product starts with what `requirements.txt` installs, and nothing of the tools of tests."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from django.conf import settings

from tests import fournitures
from tests.depot.fleches import APPS, modules

NOTRES = {*APPS, "tests"}


def racines_importees():
    """{top-level name: modules that import it} of what the product imports from elsewhere."""
    vues = {}
    for module, arbre in modules().items():
        for noeud in ast.walk(arbre):
            if isinstance(noeud, ast.Import):
                noms = [alias.name for alias in noeud.names]
            elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
                noms = [noeud.module]
            else:
                continue
            for nom in noms:
                vues.setdefault(nom.partition(".")[0], set()).add(module)
    return {n: m for n, m in vues.items() if n not in NOTRES | sys.stdlib_module_names}


def nommees_par_les_reglages():
    """Dotted names that Django imports for us."""
    dits = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE, *settings.AUTHENTICATION_BACKENDS]
    dits += re.findall(r"\"([a-z_]+(?:\.\w+)+)\"", str(settings.STORAGES).replace("'", '"'))
    return {nom.partition(".")[0] for nom in dits} - NOTRES


def test_the_product_imports_nothing_that_is_not_required():
    distributions, requis = packages_distributions(), fournitures.paquets().keys()
    trop = {}
    for nom in {*racines_importees(), *nommees_par_les_reglages()}:
        siennes = {re.sub(r"[-_.]+", "-", d).lower() for d in distributions.get(nom, ())}
        if not siennes & requis:
            trop[nom] = sorted(racines_importees().get(nom, ()))
    assert trop == {}


def test_the_walk_of_imports_sees_something():
    assert {"django", "shapely", "sentry_sdk", "allauth"} <= racines_importees().keys()
