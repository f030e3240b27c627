"""What the fast verb leaves out is a short list of tests that exist."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_each_slow_test_exists(pytestconfig):
    lents = pytestconfig.pluginmanager.getplugin(str(TESTS / "conftest.py")).LENTS
    textes = "\n".join(chemin.read_text(encoding="utf-8") for chemin in TESTS.rglob("test_*.py"))
    ecrits = set(re.findall(r"def (test_\w+)", textes))
    assert lents - ecrits == set()
