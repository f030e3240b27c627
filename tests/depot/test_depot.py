"""The repository tests itself."""

import ast
import io
import os
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from echanges.textes import en_cle

RACINE = Path(__file__).resolve().parents[2]
APPS = ("territoires", "programme", "evenements", "echanges", "config")


def fichiers_suivis(*motifs):
    liste = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *motifs],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [RACINE / nom for nom in liste.stdout.splitlines() if (RACINE / nom).is_file()]


def test_no_migration_is_pending(tmp_path):
    """In a process of its own: under --no-migrations no app has any, and none can be missing."""
    essai = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--no-input"],
        cwd=RACINE,
        env={**os.environ, "DEMO": "true", "DATABASE_URL": f"sqlite:///{tmp_path}/base.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert essai.returncode == 0, essai.stdout + essai.stderr


def modeles_de_page():
    return sorted(
        str(fichier.relative_to(RACINE / "templates"))
        for fichier in (RACINE / "templates").rglob("*")
        if fichier.is_file()
    )


def test_every_template_parses():
    for nom in modeles_de_page():
        get_template(nom)


def _blocs(gabarit, lus):
    """The names of the blocks of this page and of those that it extends."""
    noms = {bloc.name for bloc in gabarit.nodelist.get_nodes_by_type(BlockNode)}
    extension = next(iter(gabarit.nodelist.get_nodes_by_type(ExtendsNode)), None)
    if extension is not None:
        lus = [*lus, gabarit.origin]
        parent, _ = gabarit.engine.find_template(extension.parent_name.var, skip=lus)
        noms |= _blocs(parent, lus)
    return noms


def test_every_block_that_is_filled_is_drawn_somewhere():
    """A page extended that lost a block drops in silence what its children put there."""
    perdus = []
    for nom in modeles_de_page():
        gabarit = get_template(nom).template
        for extension in gabarit.nodelist.get_nodes_by_type(ExtendsNode):
            lus = [gabarit.origin]
            parent, _ = gabarit.engine.find_template(extension.parent_name.var, skip=lus)
            remplis = {bloc.name for bloc in extension.nodelist if isinstance(bloc, BlockNode)}
            perdus += [(nom, bloc) for bloc in remplis - _blocs(parent, lus)]
    assert perdus == []


def test_no_line_of_a_template_is_too_long_to_read():
    longues = [
        f"{fichier.relative_to(RACINE)}:{numero}"
        for fichier in fichiers_suivis("templates/*.html")
        for numero, ligne in enumerate(fichier.read_text(encoding="utf-8").splitlines(), start=1)
        if len(ligne) > 160
    ]
    assert longues == []


SIGNE_DETACHE = re.compile(r"(?<=[\w»)’}>])[ \n]\s*[;:!?](?=[\s\"'<]|$)")
HORS_TEXTE = re.compile(r"\{[%{#].*?[%}#]\}|<(script|style)\b.*?</\1>", re.DOTALL)
# What people paste, or words for the database.
AUTRES_TEXTES = {"evenements/admin/pages.py", "territoires/recherche/moteur.py"}


def _textes_du_code(fichier):
    """Its strings as they are written, without those that describe code."""
    source = fichier.read_text(encoding="utf-8")
    decrits = {
        (noeud.body[0].lineno, noeud.body[0].col_offset)
        for noeud in ast.walk(ast.parse(source))
        if isinstance(noeud, ast.Module | ast.ClassDef | ast.FunctionDef)
        and noeud.body
        and isinstance(noeud.body[0], ast.Expr)
    }
    for jeton in tokenize.generate_tokens(io.StringIO(source).readline):
        if jeton.type == tokenize.STRING and jeton.start not in decrits:
            yield jeton.start[0], jeton.string


def test_no_sign_leaves_its_word_at_the_end_of_a_line():
    """« ; : ! ? » stand after a narrow no-break space, in templates and in what the code says."""
    fautifs = []
    for fichier in fichiers_suivis("*.html", *(f"{app}/*.py" for app in APPS)):
        nom = str(fichier.relative_to(RACINE))
        if nom.endswith(".html"):
            texte = fichier.read_text(encoding="utf-8")
            textes = [(0, HORS_TEXTE.sub(lambda trouve: "}" * len(trouve[0]), texte))]
        elif "/migrations/" in nom or nom in AUTRES_TEXTES:
            continue
        else:
            textes = _textes_du_code(fichier)
        for ligne, texte in textes:
            for trouve in SIGNE_DETACHE.finditer(texte):
                numero = ligne + texte.count("\n", 0, trouve.end())
                fautifs.append(
                    f"{nom}:{numero}: {texte[max(0, trouve.start() - 20) : trouve.end()]}"
                )
    assert fautifs == []


def test_no_key_is_written_as_people_write_numbers():
    """« 1 234 » is no key: from the thousandth row on, a form would send back another one."""
    cles = re.compile(r"\{\{ [\w.]*(\.pk|\.id|\b(ancien|nouveau)_id|\.version) \}\}")
    fautifs = [
        str(fichier.relative_to(RACINE))
        for fichier in fichiers_suivis("templates/*.html")
        if cles.search(fichier.read_text(encoding="utf-8"))
    ]
    assert fautifs == []


def test_every_template_is_used():
    textes = [f.read_text(encoding="utf-8") for f in fichiers_suivis("*.py", "*.html", "*.txt")]
    ecrits = "\n".join(textes)
    # Names that Django and the libraries look for by convention.
    convenus = re.compile(
        r"^(4\d\d|500)\.html$"
        r"|^(account|admin|registration|import_export|dsfr|django|mfa|socialaccount|aide/ecrans)/"
    )
    generiques = {
        f"{app}/{modele}_{suffixe}.html"
        for app, modele in vues_generiques()
        for suffixe in ("list", "detail", "filter")
    }
    inutiles = [
        nom
        for nom in modeles_de_page()
        if nom not in ecrits and not convenus.match(nom) and nom not in generiques
    ]
    assert inutiles == []


def vues_generiques():
    from django.apps import apps

    return [
        (app, modele._meta.model_name)
        for app in APPS[:3]
        for modele in apps.get_app_config(app).get_models()
    ]


def commandes():
    return sorted(nom for nom, app in get_commands().items() if app in APPS)


def test_the_commands_are_known():
    assert {"charger_fixtures", "demo", "envoyer_courriels", "reconstruire_geographie"} <= set(
        commandes()
    )


@pytest.mark.parametrize("nom", commandes())
def test_every_command_says_in_french_what_it_does(nom):
    aide = load_command_class(get_commands()[nom], nom).help
    assert len(aide) > 30
    assert re.search(r"[éèàêç’]", aide), aide


def test_no_registry_host_stands_in_a_file():
    hotes = re.compile(r"https?://[^\s\"'<>]*(pypi|pythonhosted|npmjs|simple/|artifactory|nexus)")
    fautifs = [
        str(fichier.relative_to(RACINE))
        for fichier in fichiers_suivis("*.txt", "*.toml", "*.cfg", "*.lock", "Makefile", ".ci/*")
        if hotes.search(fichier.read_text(encoding="utf-8"))
        or re.search(r"^--(extra-)?index-url", fichier.read_text(encoding="utf-8"), re.M)
    ]
    assert fautifs == []


def test_python_files_stay_small():
    longs = {
        str(fichier.relative_to(RACINE)): lignes
        for fichier in fichiers_suivis("*.py")
        if "migrations" not in fichier.parts
        and (lignes := fichier.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert longs == {}


def test_functions_stay_small():
    longues = []
    for fichier in fichiers_suivis("*.py"):
        if "migrations" in fichier.parts:
            continue
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.FunctionDef) and noeud.end_lineno - noeud.lineno >= 50:
                longues.append(f"{fichier.relative_to(RACINE)}:{noeud.lineno} {noeud.name}")
    assert longues == []


def _retapes(arbre):
    """Lines of constraints that write the values of a column again, beside its TextChoices."""
    for noeud in ast.walk(arbre):
        if not isinstance(noeud, ast.Call):
            continue
        nom = getattr(noeud.func, "id", getattr(noeud.func, "attr", ""))
        valeurs = noeud.args[1:2] if nom == "parmi" else []
        if nom == "Q":
            valeurs = [mot.value for mot in noeud.keywords if (mot.arg or "").endswith("__in")]
        for liste in valeurs:
            mots = getattr(liste, "elts", [])
            if any(isinstance(mot, ast.Constant) and mot.value for mot in mots):
                yield noeud.lineno


def test_choices_are_not_written_again_beside_their_textchoices():
    for retape in ('parmi("etat", ["clos"], "x")', 'Q(etat__in=["clos", "ouvert"])'):
        assert list(_retapes(ast.parse(retape)))
    modules = fichiers_suivis(*(f"{app}/**/*.py" for app in APPS), *(f"{app}/*.py" for app in APPS))
    trouves = [
        f"{module.relative_to(RACINE)}:{ligne}"
        for module in modules
        if "migrations" not in module.parts
        for ligne in _retapes(ast.parse(module.read_text()))
    ]
    assert trouves == []


def test_no_word_loses_the_capitals_that_it_has():
    """« Opérateur de l’état », « Siret »: `capitalize` lowers what follows, `capfirst` does not."""
    for module in fichiers_suivis(*(f"{app}/**/*.py" for app in APPS)):
        assert ".capitalize()" not in module.read_text(), module


def test_no_key_is_judged_by_isdigit():
    """« ² » is a digit and no number: `echanges.textes.en_cle` reads the keys of forms."""
    for module in fichiers_suivis(*(f"{app}/**/*.py" for app in APPS)):
        for ligne in module.read_text().splitlines():
            cle = re.search(r"\.isdigit\(\) else|int\(.*\.isdigit\(\)|pk.*\.isdigit\(\)", ligne)
            assert not cle or "isascii()" in ligne, (module, ligne)


@pytest.mark.parametrize("texte", ["²", "", None, "-1", "1.5", "9" * 20, "a", "1 2"])
def test_what_is_no_key_is_read_as_none(texte):
    assert (en_cle(texte), en_cle("26")) == (None, 26)
