"""A setting to mend stops the start, with a sentence that says how."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]


def demarrer(*arguments, **environnement):
    propre = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, "manage.py", *(arguments or ["check"])],
        cwd=RACINE,
        env=propre | environnement,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


EN_PRODUCTION = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "territoires.exemple"}


@pytest.mark.parametrize(
    ("environnement", "phrase"),
    [
        (EN_PRODUCTION, "EMAIL_URL est absente ou illisible."),
        *(
            (EN_PRODUCTION | {"EMAIL_URL": url}, "EMAIL_URL n’envoie rien")
            for url in ("console:", "dummy:", "memory:")
        ),
        ({}, "SECRET_KEY est absente ou illisible."),
        ({"SECRET_KEY": "x"}, "ALLOWED_HOSTS est absente ou illisible."),
        ({"DEBUG": "peut-être"}, "DEBUG est absente ou illisible."),
        ({"DEMO": "true", "DATABASE_URL": "n’importe quoi"}, "DATABASE_URL est absente"),
        ({"DEMO": "true", "DATABASE_URL": "mysterieux://base"}, "DATABASE_URL est absente"),
        ({"DEMO": "true", "DATABASE_URL": "postgres://hote"}, "DATABASE_URL ne nomme pas de base."),
        ({"DEMO": "true", "EMAIL_URL": "pigeon://voyageur"}, "EMAIL_URL est absente ou illisible."),
    ],
)
def test_a_setting_to_mend_is_a_sentence(environnement, phrase):
    essai = demarrer(**environnement)
    assert essai.returncode == 1
    assert essai.stderr.startswith(phrase)
    assert "Traceback" not in essai.stderr


def test_the_secret_of_a_malformed_address_is_not_shown():
    essai = demarrer(DEMO="true", DATABASE_URL="postgres//moi:tres-secret@hote/base")
    assert essai.returncode == 1
    assert "tres-secret" not in essai.stdout + essai.stderr


def test_a_database_that_does_not_answer_is_a_sentence():
    essai = demarrer("demo", DEMO="true", DATABASE_URL="postgres://moi@127.0.0.1:1/base")
    assert essai.returncode == 1
    assert "La base de données ne répond pas. Vérifiez DATABASE_URL" in essai.stderr
    assert "Traceback" not in essai.stderr


@pytest.mark.parametrize("commande", ["sauvegarder", "appliquer_les_durees", "envoyer_courriels"])
def test_whatever_the_command_a_database_that_is_away_is_a_sentence(commande, tmp_path):
    suite = [str(tmp_path)] if commande == "sauvegarder" else []
    absente = "postgres://moi@127.0.0.1:1/base"
    essai = demarrer(commande, *suite, DEMO="true", DATABASE_URL=absente)
    assert essai.returncode == 1
    assert "La base de données fait défaut" in essai.stderr
    assert "Traceback" not in essai.stderr
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("port", ["quatre-vingts", "0", "70000"])
def test_a_port_that_is_none_is_a_sentence(port, tmp_path):
    base = f"sqlite:///{tmp_path}/base.sqlite3"
    essai = demarrer("demo", "--port", port, DEMO="true", DATABASE_URL=base)
    assert essai.returncode == 1
    assert f"PORT=«\u202f{port}\u202f» n’est pas un port" in essai.stderr
    assert not (tmp_path / "base.sqlite3").exists()
