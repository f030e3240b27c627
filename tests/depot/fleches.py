"""The rooms of the house in order, and what points from one to another in code and templates."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.urls import URLResolver, get_resolver

RACINE = Path(__file__).resolve().parents[2]
APPS = ("echanges", "territoires", "programme", "evenements", "config")

# From the ground up. A room uses itself and those of lower floors, never its neighbours of the same
# floor. The longest name that begins that of a module is its room.
ETAGES = (
    ("config.habillage",),
    (
        "echanges.dialectes",
        "echanges.erreurs",
        "echanges.lots",
        "echanges.models",
        "echanges.registre",
        "echanges.statistiques",
        "echanges.textes",
        "echanges.travaux",
    ),
    ("echanges.champs", "echanges.listes"),
    ("echanges.historisation",),
    ("echanges.lecture",),
    ("echanges.colonnes",),
    ("echanges.exports", "echanges.imports"),
    ("echanges.bibliotheque",),
    ("echanges.admin", "echanges.apps", "echanges.management", "echanges.resources"),
    ("echanges.migrations",),
    ("territoires.champs", "territoires.nombres", "territoires.replique"),
    (
        "territoires.adresses",
        "territoires.conservation",
        "territoires.contraintes",
        "territoires.declencheurs",
        "territoires.ecrites",
        "territoires.encarts",
        "territoires.formulaires",
        "territoires.grave",
        "territoires.liste_publique",
        "territoires.permissions",
        "territoires.publics",
        "territoires.tables",
    ),
    ("territoires.journal",),
    ("territoires.historique", "territoires.listes", "territoires.recherche"),
    ("territoires.saisie",),
    ("territoires.administration", "territoires.supprimes"),
    ("territoires.profils", "territoires.publication"),
    ("territoires.geographie",),
    ("territoires.agents",),
    ("territoires.acces",),
    ("territoires.editions",),
    ("territoires.carte",),
    ("territoires.mandats",),
    ("territoires.liens",),
    ("territoires.portraits", "territoires.preparation"),
    (
        "territoires.admin",
        "territoires.management",
        "territoires.models",
        "territoires.resources",
        "territoires.urls",
    ),
    ("territoires.apps", "territoires.migrations"),
    ("programme.documents", "programme.ecritures", "programme.fichiers", "programme.filtres"),
    ("programme.chargement", "programme.fichiers_s3", "programme.graphiques"),
    ("programme.courriels",),
    ("programme.partenaires", "programme.themes"),
    ("programme.fiches",),
    ("programme.instruction",),
    ("programme.comites", "programme.mobilisation"),
    ("programme.contrats", "programme.pilotage", "programme.pratiques"),
    ("programme.brochure", "programme.rappels"),
    ("programme.admin", "programme.models", "programme.resources", "programme.urls"),
    ("programme.demo",),
    ("programme.apps", "programme.management", "programme.migrations"),
    ("evenements",),
    ("config",),
)
ETAGE = {piece: rang for rang, pieces in enumerate(ETAGES) for piece in pieces}
# Django wants the libraries of tags at the root of an app: the room that each is about.
BALISES = {
    "territoires.templatetags.adresses_tags": "territoires.adresses",
    "territoires.templatetags.carte_tags": "territoires.carte",
    "territoires.templatetags.compte_tags": "territoires.adresses",
    "territoires.templatetags.encarts": "territoires.encarts",
    "territoires.templatetags.enumerations": "territoires.adresses",
    "territoires.templatetags.fixes": "territoires.encarts",
    "territoires.templatetags.liste_tags": "territoires.liste_publique",
    "territoires.templatetags.page": "territoires.encarts",
    "territoires.templatetags.pluriels": "territoires.nombres",
    "territoires.templatetags.saisie_tags": "territoires.saisie",
    "programme.templatetags.fiches_tags": "programme.fiches",
    "programme.templatetags.programme_tags": "programme.ecritures",
}
# What every page is made of, whoever makes it.
COMMUNS = re.compile(r"^(composants/|base\.html$|liste\.html$|admin/[^/]+$|admin/echanges/[^/]+$)")


def piece(module):
    """The room of a module, or of what is imported from it; None when the list does not say."""
    morceaux = module.split(".")
    noms = (".".join(morceaux[:n]) for n in range(len(morceaux), 0, -1))
    return next((BALISES.get(nom, nom) for nom in noms if nom in ETAGE or nom in BALISES), None)


def peut_viser(depart, arrivee):
    """Whether one room may know another."""
    return depart == arrivee or ETAGE[arrivee] < ETAGE[depart]


@cache
def fichiers(*motifs):
    liste = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *motifs],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [nom for nom in liste.stdout.splitlines() if (RACINE / nom).is_file()]


@cache
def modules():
    """{name: parsed} of every module of the project that says something."""
    lus = {}
    for nom in fichiers(*(f"{app}/*.py" for app in APPS)):
        arbre = ast.parse((RACINE / nom).read_text(encoding="utf-8"))
        if arbre.body:
            lus[nom[:-3].replace("/", ".").removesuffix(".__init__")] = arbre
    return lus


def importes(module, arbre):
    """(line, what is imported) of each import from the project, inline ones included."""
    est_paquet = (RACINE / module.replace(".", "/") / "__init__.py").is_file()
    parents = module.split(".") if est_paquet else module.split(".")[:-1]
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            noms = [alias.name for alias in noeud.names]
        elif isinstance(noeud, ast.ImportFrom):
            debut = parents[: len(parents) - noeud.level + 1] if noeud.level else []
            base = ".".join([*debut, *filter(None, [noeud.module])])
            noms = [f"{base}.{alias.name}" for alias in noeud.names]
        else:
            continue
        yield from ((noeud.lineno, nom) for nom in noms if nom.split(".")[0] in APPS)


@cache
def gabarits():
    """{name: text} of every template."""
    return {
        nom.removeprefix("templates/"): (RACINE / nom).read_text(encoding="utf-8")
        for nom in fichiers("templates/*")
    }


@cache
def piece_du_gabarit(nom):
    """The room of a template: that of its folder, or of the ModelAdmin whose pages it makes."""
    morceaux = nom.split("/")
    if morceaux[0] == "admin" and len(morceaux) > 3 and morceaux[1] != "echanges":
        modele = apps.get_model(morceaux[1], morceaux[2])
        return piece(type(admin.site._registry[modele]).__module__)
    if morceaux[0] == "admin" and len(morceaux) > 2:
        morceaux = morceaux[1:]
    return piece(".".join(morceaux[:-1])) or "config"


@cache
def piece_de_la_balise(bibliotheque):
    """The room of a library of tags; None when it is not ours."""
    noms = [m for m in modules() if m.endswith(f".templatetags.{bibliotheque}")]
    return piece(noms[0]) if noms else None


def vises_par(texte):
    """(name, room) of each template or library that a template includes, extends or loads."""
    for nom in re.findall(r"""{%\s*(?:include|extends|fixe)\s+["']([^"']+)["']""", texte):
        if nom in gabarits() and not COMMUNS.match(nom):
            yield nom, piece_du_gabarit(nom)
    for noms in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", texte):
        for nom in noms.split():
            if arrivee := piece_de_la_balise(nom):
                yield nom, arrivee


def gabarits_nommes(arbre):
    """(line, name) of each template that a module names in full."""
    for noeud in ast.walk(arbre):
        nom = noeud.value if isinstance(noeud, ast.Constant) else None
        if isinstance(nom, str) and nom in gabarits() and not COMMUNS.match(nom):
            yield noeud.lineno, nom


def adresses_nommees(texte):
    """(name, app) of each url of ours that a template names."""
    for nom in re.findall(r"""{%\s*url\s+["']([^"']+)""", texte):
        if app := app_de_l_adresse(nom):
            yield nom, app


def adresses_du_module(arbre):
    """(line, name, app) of each url of ours that a module names."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and noeud.args and nom_de(noeud.func) in ADRESSER:
            nom = noeud.args[0].value if isinstance(noeud.args[0], ast.Constant) else None
            if isinstance(nom, str) and (app := app_de_l_adresse(nom)):
                yield noeud.lineno, nom, app


@cache
def app_de_l_adresse(nom):
    """The app that defines a url, by its name; None for those of Django."""
    if trouve := re.match(rf"admin:({'|'.join(APPS)})_", nom):
        return trouve[1]
    return adresses().get(nom)


@cache
def adresses():
    return dict(_adresses(get_resolver(), "config"))


def _adresses(resolveur, app):
    urlconf = getattr(resolveur.urlconf_module, "__name__", "")
    app = urlconf.split(".")[0] if urlconf.split(".")[0] in APPS else app
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLResolver):
            if not motif.namespace:
                yield from _adresses(motif, app)
        elif motif.name:
            yield motif.name, app


@cache
def relations_inverses():
    """(accessor, query name, room that holds the relation, room of the model it reaches)."""
    return [
        (champ.remote_field.get_accessor_name(), champ.related_query_name(), depart, arrivee)
        for modele in apps.get_models()
        if modele.__module__.split(".")[0] in APPS
        for champ in modele._meta.get_fields()
        if champ.is_relation and not champ.auto_created and champ.related_model
        if not champ.remote_field.hidden
        if champ.related_model.__module__.split(".")[0] in APPS
        for depart in [piece(modele.__module__)]
        for arrivee in [piece(champ.related_model.__module__)]
        if depart != arrivee
    ]


# Calls whose texts, or names of arguments, are paths through relations.
CHEMINS = re.compile(
    "(select|prefetch)_related|Prefetch|prefetch_related_objects|values(_list)?|order_by|only|defer"
    "|distinct|dates|F|Q|OuterRef|Count|Sum|Max|Min|Avg|Exists|Coalesce|filter|exclude|get|annotate"
    "|aggregate|getattr|hasattr|attrgetter"
)
ADRESSER = ("adresse", "redirect", "reverse", "reverse_lazy")
CONDITIONS = ("filter", "exclude", "get", "Q")


def lus_dans(arbre):
    """(line, name) of each attribute, and of each step of a path of the ORM."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Attribute):
            yield noeud.lineno, noeud.attr
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
            if re.fullmatch(r"-?\w+__\w+", noeud.value):
                yield from ((noeud.lineno, pas) for pas in noeud.value.strip("-").split("__"))
        elif isinstance(noeud, ast.keyword) and noeud.arg and "__" in noeud.arg:
            yield from ((noeud.value.lineno, pas) for pas in noeud.arg.split("__"))
        elif isinstance(noeud, ast.Call) and CHEMINS.fullmatch(nom_de(noeud.func)):
            textes = [a.value for a in noeud.args if isinstance(a, ast.Constant)]
            yield from ((noeud.lineno, texte) for texte in textes if isinstance(texte, str))
            if nom_de(noeud.func) in CONDITIONS:
                yield from ((noeud.lineno, mot.arg) for mot in noeud.keywords if mot.arg)


def nom_de(fonction):
    return getattr(fonction, "attr", getattr(fonction, "id", ""))


def relations_lues(depart, noms):
    """(line, name, room that holds it) of each of these names that is a relation from above.

    A room that does not know the model reached cannot mean this relation.
    """
    for ligne, nom in noms:
        for inverse, requete, haut, bas in relations_inverses():
            connue = peut_viser(depart, bas) and not peut_viser(depart, haut)
            if connue and nom in (inverse, requete):
                yield ligne, nom, haut


def lus_dans_le_gabarit(texte):
    """(line, name) of each attribute read by a template."""
    for balise in re.finditer(r"{[{%].*?[%}]}", texte, re.S):
        nue = re.sub(r""""[^"]*"|'[^']*'""", "", balise[0])
        ligne = texte.count("\n", 0, balise.start()) + 1
        yield from ((ligne, nom) for nom in re.findall(r"\.(\w+)", nue))
