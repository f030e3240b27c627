"""The rooms of the app in their order: each one uses those before it, never one that follows."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

RACINE = Path(__file__).resolve().parents[2]
SALLES = (
    *("courriels", "partenaires", "fiches", "comites", "contrats", "pratiques", "mobilisation"),
    *("pilotage", "demo"),
)
# What loads the rooms: it may import them all, and they none of it.
CHARGEURS = {"admin", "apps", "management", "migrations", "models", "resources", "templatetags"}
CHARGEURS |= {"urls"}
# How an object of a model is called where it is shown.
NOMS = {"FicheAction": "fiche", "Partenaire": "partenaire", "Convention": "convention"}
NOMS |= {"Axe": "axe", "Passage": "passage", "OffreDeService": "offre", "Seance": "seance"}
# A page asks for these until it offers a place where the rooms above write.
EN_ATTENTE = {"fiche.contrats", "fiche.bonnes_pratiques"}


def salle(chemin):
    """The room of a file of the app, "" for the modules at its root, None for what loads."""
    partie = chemin.relative_to(RACINE / "programme").parts[0].removesuffix(".py")
    if partie in CHARGEURS:
        return None
    return partie if partie in SALLES else ""


def plus_haut(nom):
    """The rooms that follow this one; all of them for the modules at the root."""
    suite = SALLES[SALLES.index(nom) + 1 :] if nom else SALLES
    return {*suite, *CHARGEURS}


FICHIERS = [f for f in (RACINE / "programme").rglob("*.py") if salle(f) is not None]


def modules(fichier):
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
            yield noeud.module
            yield from (f"{noeud.module}.{alias.name}" for alias in noeud.names)


def test_every_folder_of_the_app_is_a_room_or_loads_the_rooms():
    dossiers = {d.parent.name for d in (RACINE / "programme").glob("*/__init__.py")}
    assert dossiers - CHARGEURS == set(SALLES)


@pytest.mark.parametrize("nom", ["", *SALLES])
def test_a_room_imports_only_those_before_it(nom):
    interdits = plus_haut(nom)
    ecarts = {
        f"{fichier.relative_to(RACINE)} importe {module}"
        for fichier in FICHIERS
        if salle(fichier) == nom
        for module in modules(fichier)
        if module.startswith("programme.") and module.split(".")[1] in interdits
    }
    assert ecarts == set()


GABARIT = re.compile(r"""["'](programme/(\w+)/[\w/]+\.(?:html|typ))["']""")


@pytest.mark.parametrize("nom", ["", *SALLES])
def test_the_templates_of_a_room_are_its_own_or_of_those_before_it(nom):
    """What a room draws, and what those templates include."""
    interdits = plus_haut(nom)
    ecarts = {
        f"{fichier.relative_to(RACINE)} prend {gabarit}"
        for fichier in fichiers_et_gabarits(nom)
        for gabarit, dossier in GABARIT.findall(fichier.read_text(encoding="utf-8"))
        if dossier in interdits
    }
    assert ecarts == set()


def fichiers_et_gabarits(nom):
    siens = [fichier for fichier in FICHIERS if salle(fichier) == nom]
    return [*siens, *(RACINE / "templates/programme" / nom).rglob("*.html")] if nom else siens


def retours():
    """{(name of an object, reverse accessor): room that declares it}, from a room to one above."""
    for modele, variable in NOMS.items():
        classe = apps.get_model("programme", modele)
        ici = classe.__module__.split(".")[1]
        for relation in classe._meta.related_objects:
            ailleurs = relation.related_model.__module__.split(".")
            nom = relation.get_accessor_name()
            if nom and ailleurs[0] == "programme" and ailleurs[1] in plus_haut(ici):
                yield variable, nom, ailleurs[1]


def test_a_room_asks_nothing_of_its_rows_that_a_room_above_hangs_on_them():
    tous = list(retours())
    assert ("fiche", "avis", "comites") in tous and ("partenaire", "fiches", "fiches") in tous
    ecarts = set()
    for nom in SALLES:
        for fichier in fichiers_et_gabarits(nom):
            texte = fichier.read_text(encoding="utf-8")
            for variable, accesseur, dessus in tous:
                appel = f"{variable}.{accesseur}"
                if dessus in plus_haut(nom) and re.search(rf"\b{appel}\b", texte):
                    ecarts |= {(appel, fichier.name)} if appel not in EN_ATTENTE else set()
    assert ecarts == set()
