"""The description of the API is OpenAPI 3.1, and answers are what it says, whatever is asked."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from config.jeux_de_donnees import JEUX
from config.wsgi import application
from tests.echanges.imports.outils import une_fiche_decidee
from tests.echanges.test_aller_retour import tout

CONTROLES = [
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_headers_conformance, response_schema_conformance, unsupported_method, ignored_auth),
]
ESSAIS = 2  # demands an operation


@pytest.fixture
def description(db, settings, sans_limite):
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    tout()
    une_fiche_decidee()
    # The one connection of the test stays open, as Django's own client leaves it.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(reverse("api-schema"), application)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
def test_the_description_is_one_of_openapi_and_tells_every_table(client):
    description = client.get(reverse("api-schema")).json()
    validate_schema(description)
    assert description["openapi"].startswith("3.1")
    for nom in JEUX:
        operation = description["paths"][reverse(f"api-{nom}")]["get"]
        assert {"200", "400", "401", "429"} <= set(operation["responses"])
        noms = {parametre["name"] for parametre in operation["parameters"]}
        assert {"curseur", "taille"} <= noms
    parametres = description["paths"][reverse("api-fiches")]["get"]["parameters"]
    assert {"region", "axe", "montant_min"} <= {parametre["name"] for parametre in parametres}


@pytest.mark.lent
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_answers_are_what_the_description_says(mode, description):
    """Demands as the description has them, then demands that it does not admit."""
    demandes = 0
    for trouvee in description.get_all_operations():
        operation = trouvee.ok()

        @settings(
            max_examples=ESSAIS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def demander(case):
            nonlocal demandes
            demandes += 1
            case.call_and_validate(checks=CONTROLES)

        with suppress(Unsatisfiable):  # nothing there can be written wrongly
            demander()
    assert demandes > len(JEUX)
