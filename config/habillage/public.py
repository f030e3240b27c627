"""The part of the State's design system that the public pages use, as one style sheet.

Whole, it weighs 100 kB compressed before anything shows; less than a third of it is of use.
After a new class in a template, or a new version of the design system:
`python -m config.habillage.public` (`make fix` does it).
"""

import re
from functools import cache
from pathlib import Path

import dsfr

RACINE = Path(__file__).resolve().parents[2]
SYSTEME = Path(dsfr.__file__).parent
SOURCES = ("dsfr.min.css", "utility/utility.min.css", "../../css/dsfr-django-overrides.css")
FEUILLE = Path(__file__).with_name("static") / "habillage/public.css"
ENTETE = "/* Drawn from the State’s design system (Licence MIT) by config/habillage/public.py. */"
CLASSE = re.compile(r"\bfr-[\w-]+")
NEGATION = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
OUVRANTES, FERMANTES = "([", ")]"


@cache
def classes_ecrites():
    """Those that templates, scripts and code name; « fr-badge-- » stands for all that it begins."""
    dossiers = [RACINE / nom for nom in ("templates", "config", "echanges", "evenements")]
    dossiers += [RACINE / nom for nom in ("programme", "territoires")]
    return {
        classe
        for dossier in dossiers
        for chemin in dossier.rglob("*.*")
        if chemin.suffix in (".html", ".py", ".js") and chemin.is_file()
        for classe in CLASSE.findall(chemin.read_text(encoding="utf-8"))
    }


def est_utile(selecteur):
    """Whether an element of ours can be the one it means."""
    ecrites = classes_ecrites()
    debuts = tuple(classe for classe in ecrites if classe.endswith("-"))
    classes = re.findall(r"\.(fr-[\w-]+)", NEGATION.sub("", selecteur))
    return all(classe in ecrites or classe.startswith(debuts) for classe in classes)


def separer(selecteurs):
    """Its commas, but for those between brackets."""
    profondeur, morceaux = 0, [""]
    for signe in selecteurs:
        profondeur += (signe in OUVRANTES) - (signe in FERMANTES)
        if signe == "," and not profondeur:
            morceaux.append("")
        else:
            morceaux[-1] += signe
    return morceaux


def blocs(css):
    """(what stands before the brace, what stands in it) of each block, and statements without."""
    debut = position = 0
    while (ouverture := css.find("{", position)) >= 0:
        tete, profondeur, fin = css[debut:ouverture], 1, ouverture + 1
        while profondeur:
            profondeur += (css[fin] == "{") - (css[fin] == "}")
            fin += 1
        yield tete.rpartition(";")[2].strip(), css[ouverture + 1 : fin - 1]
        debut = position = fin


def utiles(css):
    """The rules of this style sheet that are of use, in their order."""
    for tete, corps in blocs(css):
        if tete.startswith(("@media", "@supports")):
            if dedans := "".join(utiles(corps)):
                yield f"{tete}{{{dedans}}}"
        elif tete.startswith("@"):
            yield f"{tete}{{{corps}}}"
        elif gardes := [s for s in separer(tete) if est_utile(s)]:
            yield f"{','.join(gardes)}{{{corps}}}"


def feuille():
    regles = [ENTETE]
    for nom in SOURCES:
        source = SYSTEME / "static/dsfr/dist" / nom
        css = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.S)
        dossier = "../dsfr/dist/" + "utility/" * nom.startswith("utility")
        adresse = re.compile(r"url\((?!['\"]?(?:data:|https?:|#))(['\"]?)")
        regles += utiles(adresse.sub(rf"url(\1{dossier}", css))
    return "\n".join([*regles, ""])


if __name__ == "__main__":
    FEUILLE.write_text(feuille(), encoding="utf-8")
