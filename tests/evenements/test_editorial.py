"""Pages and news of the délégation: written in a small markup, looked at, published, found."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from evenements.editorial.balisage import en_clair, en_html, verifier
from evenements.models import PageEditoriale
from territoires.recherche.indexation import mettre_a_jour
from tests import factories as f

pytestmark = pytest.mark.django_db


def lire(reponse):
    assert reponse.status_code == 200
    return lire_tel(reponse)


def lire_tel(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


@pytest.mark.parametrize(
    "texte",
    [
        "<script>alert(1)</script>",
        "Un <img src=x onerror=alert(1)> mot",
        "[clic](javascript:alert(1))",
        "[clic](data:text/html;base64,AAAA)",
        "![image](https://exemple.fr/i.png)",
        "<https://exemple.fr/'onclick='x>",
        "    <b>code</b>",
    ],
)
def test_nothing_typed_is_html_nor_script(texte):
    lu = BeautifulSoup(en_html(texte), "html.parser")
    assert {balise.name for balise in lu.find_all()} <= {"p", "a"}
    for lien in lu.find_all("a"):
        assert set(lien.attrs) == {"href"} and lien["href"].startswith("https://")


@pytest.mark.parametrize(
    ("texte", "titres"),
    [
        ("# Un\n\n# Deux", ["h2", "h2"]),
        ("#### Profond\n\n###### Plus", ["h2", "h3"]),
        ("# A\n\n#### B\n\n## C\n\n# D", ["h2", "h3", "h3", "h2"]),
        ("### A\n\n# B\n\n## C", ["h2", "h2", "h3"]),
    ],
)
def test_headings_start_at_h2_and_skip_no_level(texte, titres):
    lu = BeautifulSoup(en_html(texte), "html.parser")
    assert [balise.name for balise in lu.find_all()] == titres


def test_a_text_keeps_its_words_alone_for_the_search():
    assert en_clair("## Un *titre*\n\nUn [lien](/fiches/)\nà suivre.\n\n- a") == (
        "Un titre\nUn lien à suivre.\na"
    )


@pytest.mark.parametrize(
    ("lien", "faute"),
    [
        ("/fiches/", None),
        ("/fiches/?theme=x#y", None),
        ("https://www.insee.fr/", None),
        ("mailto:contact@exemple.fr", None),
        ("/fichess/", "Aucune page du site"),
        ("fiches/", "Écrivez l’adresse entière"),
        ("ftp://exemple.fr/", "pas celui d’une page"),
        ("/assemblees/brouillon/", "Rien de public"),
        ("/assemblees/publique/", None),
    ],
)
def test_a_link_that_leads_nowhere_is_told(lien, faute):
    f.AssembleeFactory(identifiant="publique")
    f.AssembleeFactory(identifiant="brouillon", publiee_le=None)
    if faute is None:
        verifier(f"Voir [ceci]({lien}).")
        return
    with pytest.raises(ValidationError, match=faute):
        verifier(f"Voir [ceci]({lien}).")


ECRITE = {"titre": "Les phases", "ordre": 1, "chapo": "Deux phases.", "texte": "## Une\n\nPuis."}


def test_a_page_is_written_looked_at_and_published(client):
    client.force_login(f.agent_delegation())
    client.post(reverse("admin:evenements_pageeditoriale_add"), ECRITE)
    page = PageEditoriale.objects.get(identifiant="les-phases")
    apercu = lire(client.get(reverse("admin:evenements_pageeditoriale_voir", args=[page.pk])))
    assert apercu.h1.text == "Les phases" and "Aperçu" in apercu.text
    client.logout()
    assert client.get(page.get_absolute_url()).status_code == 404
    client.force_login(f.agent_delegation())
    client.post(reverse("admin:evenements_pageeditoriale_publier", args=[page.pk]))
    client.logout()
    lue = lire(client.get(page.get_absolute_url()))
    assert [titre.text for titre in lue.select(".prose h2")] == ["Une"]
    assert lire(client.get(reverse("programme"))).select(f'a[href="{page.get_absolute_url()}"]')


def test_a_wrong_link_is_refused_and_nothing_that_was_typed_is_lost(client):
    client.force_login(f.agent_delegation())
    envoi = ECRITE | {"texte": "Voir [là](/nulle-part/)."}
    page = lire(client.post(reverse("admin:evenements_pageeditoriale_add"), envoi))
    assert "Aucune page du site n’a cette adresse" in page.text
    assert page.select_one("textarea[name=texte]").text.strip() == envoi["texte"]
    assert not PageEditoriale.objects.exists()


def test_only_the_delegation_writes_and_looks_before(client):
    brouillon = f.ActualiteFactory(publiee_le=None)
    client.force_login(f.agent_region())
    for nom in ("voir", "change", "publier"):
        reponse = client.get(reverse(f"admin:evenements_actualite_{nom}", args=[brouillon.pk]))
        assert reponse.status_code in (302, 403, 404), nom


def test_news_are_on_the_home_in_the_list_and_in_the_feed_once_published(client):
    f.ActualiteFactory(titre="Nouvelle publique", chapo="Ce qui change.")
    f.ActualiteFactory(titre="Nouvelle cachée", publiee_le=None)
    for nom in ("accueil", "actualites", "actualites-flux", "recherche"):
        texte = client.get(reverse(nom), {"q": "nouvelle"}).content.decode()
        assert "Nouvelle publique" in texte or "<mark>Nouvelle</mark> publique" in texte, nom
        assert "cachée" not in texte, nom


def test_news_lead_to_what_they_speak_of_as_far_as_it_is_public(client):
    actualite = f.ActualiteFactory()
    actualite.assemblees.add(f.AssembleeFactory(titre="Assemblée publique"))
    actualite.assemblees.add(f.AssembleeFactory(titre="Assemblée cachée", publiee_le=None))
    actualite.fiches.add(f.FicheActionFactory(titre="Fiche cachée"))
    texte = lire(client.get(actualite.get_absolute_url())).main.text
    assert "Assemblée publique" in texte and "cachée" not in texte and "Fiches" not in texte


@pytest.mark.parametrize("nombre", [1, 3])
def test_news_cost_the_same_for_one_and_three(client, nombre, django_assert_num_queries):
    for _ in range(nombre):
        actualite = f.ActualiteFactory()
        actualite.themes.add(f.ThemeFactory())
        actualite.assemblees.add(f.AssembleeFactory())
    with django_assert_num_queries(2):
        client.get(reverse("actualites"))
    mettre_a_jour()
    with django_assert_num_queries(8):
        client.get(actualite.get_absolute_url())


@pytest.mark.parametrize("fabrique", [f.ActualiteFactory, f.PageEditorialeFactory])
def test_what_is_taken_back_is_gone_and_nothing_leads_to_it(client, fabrique):
    retiree = fabrique(titre="Un titre à taire")
    adresse = retiree.get_absolute_url()
    autre = f.PageEditorialeFactory(texte=f"Voir [la suite]({adresse}) et [tout](/fiches/).")
    assert lire(client.get(autre.get_absolute_url())).select(f'.prose a[href="{adresse}"]')
    retiree.publiee_le = None
    retiree.save()
    partie = client.get(adresse)
    assert partie.status_code == 410 and retiree.titre not in lire_tel(partie).main.text
    restee = lire(client.get(autre.get_absolute_url())).select_one(".prose")
    assert [lien["href"] for lien in restee.select("a")] == ["/fiches/"]
    assert restee.text.strip() == "Voir la suite et tout."
    for nom in ("accueil", "programme", "actualites", "actualites-flux", "plan-du-site"):
        assert adresse not in client.get(reverse(nom)).content.decode(), nom
    jamais = fabrique(publiee_le=None)
    assert client.get(jamais.get_absolute_url()).status_code == 404
