"""Themes: proposed from words, chosen in forms, a page across fiches, pratiques, assemblées."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.themes.propositions import proposes
from territoires.recherche.indexation import mettre_a_jour
from tests import factories as f
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def lire(reponse):
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


@pytest.fixture
def chaleur():
    return f.ThemeFactory(nom="Décarbonation", mots="chaleur fatale\ndécarbonation")


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Récupérer les chaleurs fatales des fours", ["chaleur fatale"]),
        ("Décarboner les ateliers", ["décarbonation"]),
        ("DECARBONATION, chaleur, issue fatale", ["chaleur fatale", "décarbonation"]),
        ("Une chaleur d’été", None),
        ("", None),
    ],
)
def test_a_theme_is_proposed_by_its_words_in_any_form(chaleur, texte, mots):
    f.ThemeFactory(mots="")
    assert proposes([texte]) == ({chaleur: mots} if mots else {})


def test_the_form_of_a_fiche_says_why_it_proposes_and_ticks_nothing(client, chaleur):
    fiche = f.fiche_complete(titre="Récupérer la chaleur fatale")
    client.force_login(f.agent_delegation())
    page = lire(client.get(reverse("admin:programme_ficheaction_change", args=[fiche.pk])))
    (boite,) = page.select("input[name=themes]")
    assert (boite["value"], boite.has_attr("checked")) == (str(chaleur.pk), False)
    assert "proposé\u202f: «\u00a0chaleur fatale\u00a0»" in boite.find_parent("label").text


def test_the_theme_of_a_decided_fiche_can_still_be_chosen(client, chaleur):
    delegation = f.agent_delegation()
    fiche = valider(f.fiche_complete(), delegation)
    local, _ = f.agents_de(fiche.territoire)
    client.force_login(local)
    page = lire(client.get(reverse("admin:programme_ficheaction_change", args=[fiche.pk])))
    assert page.select("input[name=themes]") and not page.select("[name=titre]")


@pytest.fixture
def rempli(chaleur):
    """A theme with something public and something that is not, of each kind."""
    publique = valider(f.fiche_complete(titre="Fiche publique"), f.agent_delegation())
    seance = f.SequenceFactory(titre="Atelier public")
    cachee = f.SequenceFactory(titre="Atelier caché", assemblee__publiee_le=None)
    for objet in (
        publique,
        f.fiche_complete(titre="Fiche cachée"),
        f.bonne_pratique_publiee(titre="Pratique publique"),
        f.BonnePratiqueFactory(titre="Pratique cachée"),
        seance,
        cachee,
        f.DocumentFactory(titre="Document public", assemblee=seance.assemblee),
        f.DocumentFactory(titre="Document caché", assemblee=cachee.assemblee),
    ):
        objet.themes.add(chaleur)
    return chaleur


def test_its_page_shows_what_is_public_of_each_kind(client, rempli):
    texte = lire(client.get(rempli.get_absolute_url())).main.text
    for dit in ("Fiche publique", "Pratique publique", "Atelier public", "Document public"):
        assert dit in texte
    assert "caché" not in texte


def test_the_list_counts_what_is_public(client, rempli):
    vide = f.ThemeFactory(nom="Vide", ordre=9)
    page = lire(client.get(reverse("themes")))
    cartes = {
        c.a.text: " ".join(c.select_one(".carte-fiche__pied").text.split())
        for c in page.select(".carte-fiche")
    }
    assert cartes == {
        "Décarbonation": "1 fiche action, 1 bonne pratique, 1 séquence d’assemblée, 1 document",
        vide.nom: "Rien encore",
    }


def test_what_bears_a_theme_leads_to_it(client, rempli):
    for objet in (
        rempli.fiches.du_public().get(),
        rempli.bonnes_pratiques.du_public().get(),
        rempli.sequences.get(titre="Atelier public").assemblee,
    ):
        page = lire(client.get(objet.get_absolute_url()))
        assert page.main.select(f'a.fr-tag[href="{rempli.get_absolute_url()}"]'), objet


@pytest.mark.parametrize("nombre", [1, 3])
def test_pages_cost_the_same_for_one_and_three(client, nombre, django_assert_num_queries):
    for _ in range(nombre):
        theme = f.ThemeFactory()
        for _ in range(nombre):
            valider(f.fiche_complete(), f.agent_delegation()).themes.add(theme)
            f.bonne_pratique_publiee().themes.add(theme)
            sequence = f.SequenceFactory()
            sequence.themes.add(theme)
            f.DocumentFactory(assemblee=sequence.assemblee).themes.add(theme)
    with django_assert_num_queries(6):
        client.get(reverse("themes"))
    mettre_a_jour()
    with django_assert_num_queries(9):
        client.get(theme.get_absolute_url())
