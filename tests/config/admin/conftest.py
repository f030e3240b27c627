"""What a walk over many screens does without: every role has each of them drawn in `test_html`."""

from contextlib import contextmanager

import pytest
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.template.response import SimpleTemplateResponse

DESSIN = SimpleTemplateResponse.rendered_content


@contextmanager
def dessinees(lesquelles):
    """Meanwhile an answer is drawn only where `lesquelles` says so of it."""

    def dessiner(reponse):
        return DESSIN.fget(reponse) if lesquelles(reponse) else ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimpleTemplateResponse, "rendered_content", property(dessiner))
        yield


@pytest.fixture
def refus_nus(monkeypatch):
    """A refusal is its status alone: its page, drawn for each, was a sixth of the time."""
    interdit, absent = HttpResponseForbidden, HttpResponseNotFound
    monkeypatch.setattr("config.urls.handler403", lambda request, exception: interdit())
    monkeypatch.setattr("config.urls.handler404", lambda request, exception: absent())


@pytest.fixture
def rien_de_dessine(refus_nus):
    """An answer is its status and what would be drawn, in `context_data`: nothing is."""
    with dessinees(lambda reponse: False):
        yield


@pytest.fixture(scope="module")
def connues(monde):
    """Each test undoes what it wrote: a page that one opened is that of the others."""
    return {}
