"""The catalogue as a portal reads it: JSON-LD and Turtle make the same statements, read as RDF."""

import pytest
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from config.donnees import archives
from config.donnees.graphe import Iri, Noeud, Texte, en_json_ld, en_turtle
from config.jeux_de_donnees import JEUX
from tests import factories as f
from tests.config.test_rien_de_plus import tout_ce_qui_est_public

pytestmark = [
    pytest.mark.django_db,
    # rdflib reads JSON-LD by a class of its own that it gives up.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]
FORMATS = {"jsonld": "json-ld", "ttl": "turtle"}


def lu(client, genre):
    reponse = client.get(reverse("donnees-catalogue", args=[genre]))
    return Graph().parse(data=reponse.content, format=FORMATS[genre])


def test_both_serializations_make_the_same_statements(client):
    tout_ce_qui_est_public()
    archives.archiver("http://testserver")
    json_ld, turtle = (set(lu(client, genre)) for genre in FORMATS)
    assert json_ld ^ turtle == set()
    assert len(json_ld) > 1000


def test_what_it_says_is_of_the_kind_it_says(client):
    f.territoire_publie()
    graphe = lu(client, "ttl")
    for sujet, predicat, objet in graphe:
        assert isinstance(sujet, URIRef)
        assert ":" in sujet
        if isinstance(objet, Literal):
            assert not objet.ill_typed, (predicat, objet)
            assert objet.strip(), (sujet, predicat)
        else:
            assert " " not in objet
    jeux = set(graphe.subjects(RDF.type, DCAT.Dataset))
    dits = {str(nom) for jeu in jeux for nom in graphe.objects(jeu, DCTERMS.identifier)}
    assert set(JEUX) < dits
    # Nothing is pointed at and left unsaid: every distribution is one, of one data set.
    for jeu, distribution in graphe.subject_objects(DCAT.distribution):
        assert (distribution, RDF.type, DCAT.Distribution) in graphe
        assert list(graphe.subjects(DCAT.distribution, distribution)) == [jeu]


TEXTES = ["« é »", 'un "mot"', "a\\b", "l\nl", "\t\r", "\b\f", "𝄞", "\x7f\u2028", "@fr ."]
TEXTES += ["x" * 5000]


@pytest.mark.parametrize("texte", TEXTES)
def test_no_text_makes_them_differ(texte):
    dits = {"dct:title": [Texte(texte), Texte(texte, langue="")], "dct:source": [Iri("http://x/é")]}
    dits["dct:issued"] = [Texte("2026-01-05", genre="xsd:date")]
    noeuds = [Noeud("http://x/a", "dcat:Dataset", dits)]
    json_ld = Graph().parse(data=en_json_ld(noeuds), format="json-ld")
    turtle = Graph().parse(data=en_turtle(noeuds), format="turtle")
    assert set(json_ld) == set(turtle)
    assert {str(t) for t in turtle.objects(None, DCTERMS.title)} == {texte}
