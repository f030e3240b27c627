"""The catalogue of the open data: what a portal harvests leads to files that are there."""

import json
import re

import pytest
from django.urls import reverse

from config.donnees import archives
from config.donnees.graphe import Iri, Noeud, Texte, en_turtle
from config.jeux_de_donnees import JEUX
from tests import factories as f

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
OBLIGATOIRES = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dcat:distribution"},
    "dcat:Distribution": {"dcat:accessURL"},
    "foaf:Agent": {"foaf:name"},
}


@pytest.fixture
def graphe(client):
    f.territoire_publie()
    archives.archiver(SITE)
    reponse = client.get(reverse("donnees-catalogue", args=["jsonld"]))
    assert reponse["Content-Type"].startswith("application/ld+json")
    assert reponse["Access-Control-Allow-Origin"] == "*"
    return {noeud["@id"]: noeud for noeud in json.loads(reponse.content)["@graph"]}


def test_each_thing_says_what_dcat_ap_asks_of_it(graphe):
    assert {noeud["@type"] for noeud in graphe.values()} >= set(OBLIGATOIRES)
    for noeud in graphe.values():
        assert OBLIGATOIRES.get(noeud["@type"], set()) <= set(noeud), noeud["@id"]


def test_every_table_is_a_data_set_and_no_link_leads_nowhere(graphe, client):
    jeux = [noeud for noeud in graphe.values() if noeud["@type"] == "dcat:Dataset"]
    noms = {jeu["dct:identifier"][0] for jeu in jeux}
    assert {*JEUX, "scdl-subventions", "scdl-deliberations", "archives", "carte-2023-11"} <= noms
    (catalogue,) = [n for n in graphe.values() if n["@type"] == "dcat:Catalog"]
    assert {lien["@id"] for lien in catalogue["dcat:dataset"]} == {jeu["@id"] for jeu in jeux}
    for jeu in jeux:
        for lien in jeu["dcat:distribution"]:
            distribution = graphe[lien["@id"]]
            adresses = [a["@id"] for a in distribution["dcat:downloadURL"]]
            adresses += [a["@id"] for a in distribution.get("dct:conformsTo", ())]
            for adresse in adresses:
                if adresse.startswith(SITE):
                    reponse = client.get(adresse.removeprefix(SITE))
                    assert reponse.status_code == 200, adresse
                    b"".join(reponse)  # to the end: its file is closed


def test_turtle_says_the_same(graphe, client):
    texte = client.get(reverse("donnees-catalogue", args=["ttl"])).content.decode()
    sujets = re.findall(r"^<([^>]+)> a (\S+) ", texte, re.MULTILINE)
    assert sujets == [(adresse, noeud["@type"]) for adresse, noeud in graphe.items()]
    assert texte.startswith("@prefix adms: <http://www.w3.org/ns/adms#> .")
    assert texte.rstrip().endswith(".")


def test_what_a_text_holds_does_not_end_it():
    noeud = Noeud("a:b", "dcat:Dataset", {"dct:title": [Texte('« "é"\\\n»'), Iri("c:d")]})
    assert '<a:b> a dcat:Dataset ;\n    dct:title "« \\"é\\"\\\\\\n»"@fr, <c:d> .' in en_turtle(
        [noeud]
    )
