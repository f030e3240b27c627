"""A site without its styles, or with those of another release, does not start."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

from config.statiques import verifier


@pytest.fixture
def collectes(settings, tmp_path):
    """What `collectstatic` leaves, for these files."""
    settings.STATIC_ROOT = tmp_path

    def ecrire(noms):
        manifeste = {"paths": dict.fromkeys(noms, "")}
        (tmp_path / "staticfiles.json").write_text(json.dumps(manifeste))

    return ecrire


def tous():
    return {nom for finder in finders.get_finders() for nom, _ in finder.list([])}


def test_on_one_s_own_machine_nothing_is_to_be_collected(settings):
    assert settings.STATIC_ROOT is None
    verifier()


def test_without_them_it_does_not_start(collectes):
    with pytest.raises(ImproperlyConfigured, match="ne sont pas prêts"):
        verifier()


def test_with_those_of_another_release_it_does_not_start(collectes):
    collectes(tous() - {"territoires/admin.css"})
    with pytest.raises(ImproperlyConfigured, match=r"il manque.*territoires/admin\.css"):
        verifier()


def test_with_all_of_them_it_starts(collectes):
    collectes(tous())
    verifier()
