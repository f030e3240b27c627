"""A small graph of linked data, written as JSON-LD and as Turtle: the same statements in both."""

import json
from dataclasses import dataclass

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ECHAPPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


@dataclass(frozen=True)
class Iri:
    adresse: str


@dataclass(frozen=True)
class Texte:
    """A literal: in a language, of a type (`xsd:date`), or plain."""

    valeur: str
    langue: str = "fr"
    genre: str = ""


@dataclass(frozen=True)
class Noeud:
    """What is said of one thing: {predicate: [Iri or Texte]}."""

    adresse: str
    genre: str
    dits: dict


def en_json_ld(noeuds):
    graphe = [
        {"@id": noeud.adresse, "@type": noeud.genre}
        | {predicat: [_valeur(objet) for objet in objets] for predicat, objets in _dits(noeud)}
        for noeud in noeuds
    ]
    return json.dumps({"@context": PREFIXES, "@graph": graphe}, ensure_ascii=False, indent=1)


def _valeur(objet):
    if isinstance(objet, Iri):
        return {"@id": objet.adresse}
    if objet.genre:
        return {"@value": objet.valeur, "@type": objet.genre}
    return {"@value": objet.valeur, "@language": objet.langue} if objet.langue else objet.valeur


def en_turtle(noeuds):
    lignes = [f"@prefix {nom}: <{adresse}> ." for nom, adresse in PREFIXES.items()]
    for noeud in noeuds:
        dits = [f"    {p} {', '.join(map(_terme, objets))}" for p, objets in _dits(noeud)]
        lignes += ["", " ;\n".join([f"<{noeud.adresse}> a {noeud.genre}", *dits]) + " ."]
    return "\n".join([*lignes, ""])


def _terme(objet):
    if isinstance(objet, Iri):
        return f"<{objet.adresse}>"
    texte = f'"{objet.valeur.translate(ECHAPPES)}"'
    if objet.genre:
        return f"{texte}^^{objet.genre}"
    return f"{texte}@{objet.langue}" if objet.langue else texte


def _dits(noeud):
    """What says something: nothing is written of what is not known."""
    return [(predicat, objets) for predicat, objets in noeud.dits.items() if objets]
