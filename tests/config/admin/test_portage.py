"""Mandats, contrats and demandes: every page of their own, for every kind of agent."""

import pytest
from django.urls import reverse

from tests import factories as f

SECRETS = ("xyzzy@exemple.invalid", "0999999999")
LECTEURS = {"intercommunalité", "région", "délégation"}
# Address of a page of one row -> (the row, who opens it on their own territoire).
PAGES = {
    "territoires_mandat_territoire": ("territoire", LECTEURS),
    "territoires_mandat_change": ("mandat", LECTEURS),
    "territoires_lienprogramme_change": ("lienprogramme", LECTEURS),
    "programme_contrat_change": ("contrat", LECTEURS),
    "programme_contrat_avenant": ("contrat", {"région", "délégation"}),
    "programme_demandeperimetre_change": ("demandeperimetre", LECTEURS),
}


def qui(agents, lieu):
    """{kind: agent} of those who have nothing to do with this place."""
    voisins = {"ici": ("intercommunalité voisine", "région voisine")}
    etrangers = voisins.get(lieu, ("intercommunalité", "région"))
    return {genre: agents[genre] for genre in (*etrangers, "sans périmètre", "anonyme")}


@pytest.mark.parametrize("nom", PAGES)
def test_each_page_opens_to_its_own_agents_only(nom, pays, entrer):
    modele, lecteurs = PAGES[nom]
    ici = reverse(f"admin:{nom}", args=[pays["ici"][modele].pk])
    for genre in LECTEURS:
        statut = entrer(pays["agents"][genre]).get(ici).status_code
        assert (statut == 200) is (genre in lecteurs), genre
    for genre, agent in qui(pays["agents"], "ici").items():
        assert entrer(agent).get(ici).status_code in (302, 403, 404), genre


@pytest.fixture
def prives(pays):
    """A mandat whose address and telephone only those who work there may read."""
    return f.MandatFactory(
        territoire=pays["ici"]["territoire"],
        role="chef_de_projet",
        nom="Nom public",
        courriel=SECRETS[0],
        telephone=SECRETS[1],
    )


def lues(client, mandat):
    """What every answer that could name it says."""
    territoire = mandat.territoire
    liste = reverse("admin:territoires_mandat_changelist")
    for adresse in (
        liste,
        f"{liste}?q=Nom",
        reverse("admin:territoires_mandat_fichier", args=["mandats", "machine"]),
        reverse("admin:territoires_mandat_change", args=[mandat.pk]),
        reverse("admin:territoires_mandat_history", args=[mandat.pk]),
        reverse("admin:territoires_mandat_territoire", args=[territoire.pk]),
        reverse("admin:territoires_territoire_change", args=[territoire.pk]),
        reverse("admin:territoires_territoire_history", args=[territoire.pk]),
        territoire.get_absolute_url(),
        reverse("donnees-csv", args=["mandats", "machine"]),
        f"{reverse('recherche')}?q=xyzzy",
    ):
        reponse = client.get(adresse)
        octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        yield adresse, octets.decode("utf-8", "replace").replace("q=xyzzy", "")


def test_no_address_nor_telephone_to_who_does_not_work_there(pays, prives, entrer):
    for genre, agent in qui(pays["agents"], "ici").items():
        for adresse, texte in lues(entrer(agent), prives):
            assert not [secret for secret in SECRETS if secret in texte], (genre, adresse)


def test_who_works_there_reads_them(pays, prives, entrer):
    for genre in LECTEURS:
        vus = [a for a, texte in lues(entrer(pays["agents"][genre]), prives) if SECRETS[0] in texte]
        assert reverse("admin:territoires_mandat_change", args=[prives.pk]) in vus, genre
        assert prives.territoire.get_absolute_url() not in vus
