"""Lists: one cost whatever the rows, filters and sorts that answer, and the help pages."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.fiches.chemin import niveaux
from programme.fiches.models import Passage
from territoires.recherche.indexation import mettre_a_jour
from tests import factories
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def fiche():
    agent = factories.agent_delegation()
    return valider(factories.fiche_complete(), agent)


def pratique():
    return factories.bonne_pratique_publiee(
        territoire=factories.territoire_publie(), axe=factories.AxeFactory()
    )


LISTES = [
    ("fiches", fiche, 7),
    ("partenaires", lambda: factories.OffreDeServiceFactory(), 2),
    ("offres", lambda: factories.OffreDeServiceFactory(), 7),
    ("conventions", lambda: factories.ConventionFactory(), 3),
    ("contrats", lambda: factories.ContratFactory(), 11),
    ("bonnes-pratiques", pratique, 6),
    ("assemblees", lambda: factories.AssembleeFactory(), 2),
]


@pytest.mark.parametrize("rangs", [1, 3])
@pytest.mark.parametrize(("nom", "creer", "requetes"), LISTES)
def test_list_costs_the_same_for_one_and_three_rows(
    client, nom, creer, requetes, rangs, django_assert_num_queries
):
    for _ in range(rangs):
        creer()
    with django_assert_num_queries(requetes):
        reponse = client.get(reverse(nom))
    assert len(reponse.context["object_list"]) == rangs


@pytest.mark.parametrize(("nom", "creer", "requetes"), LISTES)
def test_list_answers_empty_and_in_every_order(client, nom, creer, requetes):
    assert client.get(reverse(nom)).status_code == 200
    creer()
    for tri in client.get(reverse(nom)).context["view"].tris:
        assert client.get(reverse(nom), {"tri": tri}).status_code == 200


def test_fiches_are_found_by_each_filter(client):
    trouvee = fiche()
    axe, territoire = trouvee.axe.code, trouvee.territoire
    partenaire = factories.PartenaireFactory()
    trouvee.partenaires.add(partenaire)
    pour = {
        "texte": (trouvee.titre, "introuvable"),
        "region": (territoire.regions[0].code, factories.RegionFactory().code),
        "territoire": (territoire.identifiant, factories.territoire_publie().identifiant),
        "axe": (axe, factories.AxeFactory().code),
        "etat": ("validee", "realisee"),
        "partenaire": (partenaire.identifiant, factories.PartenaireFactory().identifiant),
        "montant_min": ("1000", "9000000"),
        "montant_max": ("9000000", "1000"),
        "debut_min": ("2023-01-01", "2025-01-01"),
        "debut_max": ("2025-01-01", "2023-01-01"),
    }
    for nom, (oui, non) in pour.items():
        resultats = [
            list(client.get("/fiches/", {nom: valeur}).context["object_list"])
            for valeur in (oui, non)
        ]
        assert (nom, resultats) == (nom, [[trouvee], []])


@pytest.mark.parametrize("role", ["public", "intercommunalite", "region", "delegation"])
def test_help_answers_for_each_role(client, role):
    assert client.get(reverse("aide-role", args=[role])).status_code == 200


def test_unknown_help_is_not_found(client):
    assert client.get(reverse("aide")).status_code == 200
    assert client.get(reverse("aide-role", args=["inconnu"])).status_code == 404


def test_open_data_page_answers(client):
    factories.territoire_publie()
    assert client.get(reverse("donnees")).status_code == 200


@pytest.mark.parametrize("rangs", [1, 3])
def test_fiche_page_costs_the_same_for_one_and_three_of_each_part(
    client, rangs, django_assert_num_queries
):
    agent = factories.agent_delegation()
    complete = factories.fiche_complete()
    for _ in range(rangs - 1):
        factories.FinancementFactory(fiche=complete)
        factories.EtapeFactory(fiche=complete)
        factories.IndicateurFactory(fiche=complete)
    for _ in range(rangs):
        complete.partenaires.add(factories.PartenaireFactory())
        contrat = factories.ContratFactory(territoire=complete.territoire)
        factories.FicheContratFactory(contrat=contrat, fiche=complete)
        factories.NouvelleFactory(fiche=complete)
    publique = valider(complete, agent)
    mettre_a_jour()
    with django_assert_num_queries(22):
        client.get(publique.get_absolute_url())


def test_way_up_counts_the_days_at_each_level():
    complete = factories.fiche_complete()
    jours = [datetime.datetime(2024, 1, jour, 12, tzinfo=datetime.UTC) for jour in (1, 4, 10, 12)]
    complete.created_at, complete.etat = jours[0], "refusee"
    pas = [("transmise", jours[1]), ("ajournee", jours[2]), ("transmise", jours[3])]
    passages = [Passage(apres=apres, le=le) for apres, le in pas]
    passages.append(Passage(apres="refusee", le=jours[3] + datetime.timedelta(days=5)))
    vus = [(n.code, n.jours, n.en_cours) for n in niveaux(complete, passages)]
    assert vus == [("territoire", 5, False), ("region", 11, False), ("delegation", None, False)]


@pytest.mark.parametrize("retour", ["brouillon", "ajournee"])
def test_what_came_back_down_is_done_by_nobody_above(retour):
    complete = factories.fiche_complete()
    complete.etat = retour
    lundi = complete.created_at
    pas = [("transmise", 2), (retour, 5)]
    passages = [Passage(apres=a, le=lundi + datetime.timedelta(days=jours)) for a, jours in pas]
    dits = [niveau.situation for niveau in niveaux(complete, passages)]
    assert dits == ["En cours", "À reprendre", "À venir"]
    passages.append(Passage(apres="transmise", le=lundi + datetime.timedelta(days=6)))
    complete.etat = "transmise"
    assert [niveau.situation for niveau in niveaux(complete, passages)] == [
        *("Fait", "En cours", "À venir")
    ]


def test_what_is_seldom_asked_waits_folded_until_it_is_asked(client):
    fiche()
    fermes, ouverts = (
        BeautifulSoup(client.get(f"/fiches/?{requete}").content, "html.parser").select_one(
            "form.filtres details"
        )
        for requete in ("region=84", "montant_min=mille")
    )
    assert not fermes.has_attr("open")
    assert ouverts.has_attr("open")
    assert ouverts.select_one(".fr-error-text")


def page_de(client, adresse):
    return BeautifulSoup(client.get(adresse).content, "html.parser")


def test_the_title_of_a_list_says_its_filters_and_its_page(client):
    region = factories.RegionFactory(code="75", nom="Nouvelle-Aquitaine")
    for _ in range(21):
        factories.territoire_publie(region)
    titre = page_de(client, "/territoires/?region=75&interregional=non&page=2").title.text
    assert " ".join(titre.split()) == (
        "Territoires – Région : Nouvelle-Aquitaine – Interrégional : Non – page 2 sur 2"
        " – Territoires d’industrie"
    )


def test_each_filter_chosen_is_a_tag_that_takes_it_away(client):
    factories.RegionFactory(code="84")
    page = page_de(client, "/fiches/?region=84&montant_min=1000&page=1&tri=cout")
    tags = {tag["href"] for tag in page.select("a.fr-tag--dismiss")}
    assert tags == {"?montant_min=1000&tri=cout", "?region=84&tri=cout"}
    assert page_de(client, "/fiches/").select("a.fr-tag--dismiss") == []


def test_pages_are_reached_by_their_number(client):
    for rang in range(61):
        factories.PartenaireFactory(nom=f"Partenaire {rang:03}")
    page = page_de(client, "/partenaires/?page=2&tri=nom")
    liens = page.select(".fr-pagination a[href]")
    assert [a["href"] for a in liens if a.text.strip().isdigit()] == [
        f"?tri=nom&page={numero}" for numero in (1, 3, 4)
    ]
    (ici,) = page.select('.fr-pagination [aria-current="page"]')
    assert ici.text.strip() == "2"


def test_a_row_says_its_headings_again_where_they_are_not_seen(client):
    """On a phone a row is a card: without its heading, a figure would say nothing."""
    fiche()
    page = page_de(client, "/fiches/")
    entetes = [th.text.strip() for th in page.select("table thead th")]
    for ligne in page.select("table tbody tr"):
        assert [td["data-titre"] for td in ligne.select("td")] == entetes[1:]


def test_a_malformed_filter_is_told_beside_its_field(client):
    page = page_de(client, "/fiches/?montant_min=mille")
    champ = page.select_one("#id_montant_min")
    assert page.find(id=champ["aria-describedby"]).select_one(".fr-error-text")


def test_a_choice_is_remembered_in_its_list(client):
    region = factories.RegionFactory(code="75", nom="L’Île <b>")
    factories.territoire_publie(region)
    (choisie,) = page_de(client, "/territoires/?region=75").select("#id_region option[selected]")
    assert (choisie["value"], choisie.text) == ("75", "L’Île <b>")
