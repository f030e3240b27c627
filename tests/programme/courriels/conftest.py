import pytest

from tests.programme.courriels import outils


@pytest.fixture
def serveur(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{outils.__name__}.Refusant"

    def _repondre(adresse, erreur):
        monkeypatch.setattr(outils.Refusant, "refuse", adresse)
        monkeypatch.setattr(outils.Refusant, "erreur", erreur)

    return _repondre
