"""What people type, and what they find first."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.urls import reverse

from programme.fiches.models import FicheAction
from territoires.recherche import demande, indexation
from territoires.recherche.moteur import chercher, proposer
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db


def trouves(texte):
    """The titles found, the best first, kind after kind."""
    return [r.titre for groupe in chercher(texte).groupes.values() for r in groupe]


def commune(nom, *codes, **champs):
    commune = f.CommuneFactory(nom=nom, **champs)
    for code in codes:
        f.CodePostalFactory(commune=commune, code=code)
    return commune


def fiche(**textes):
    fiche = une_fiche_decidee()
    models.QuerySet(FicheAction).filter(pk=fiche.pk).update(**textes)
    return fiche


@pytest.fixture
def villes():
    commune("Pau", "64000", code="64445", population=77_000)
    commune("Paulhan", "34230", population=4_000)
    commune("Saint-Étienne", "42000", population=173_000)
    commune("Saint-Étienne-du-Bois", "01370", population=2_500)
    commune("Orthez", "64300", population=10_500)
    commune("Fos-sur-Mer", "13270", population=15_000)
    marseille = commune("Marseille", "13001", "13002", code="13055", population=870_000)
    f.LocaliteFactory(
        nom="Marseille 2e Arrondissement",
        code="13202",
        nature="arrondissement",
        commune=marseille,
        codes_postaux="13002",
    )


@pytest.mark.parametrize(
    ("texte", "premier"),
    [
        ("Pau", "Pau"),
        ("  pAU ", "Pau"),
        ("64000", "Pau"),
        ("64 000", "Pau"),
        ("64000 Pau", "Pau"),
        ("PAU CEDEX", "Pau"),
        ("64013 Pau cedex 9", "Pau"),
        ("64445", "Pau"),
        ("Saint-Etienne", "Saint-Étienne"),
        ("st étienne", "Saint-Étienne"),
        ("Saint Etiene", "Saint-Étienne"),
        ("saint-ét", "Saint-Étienne"),
        ("ortez", "Orthez"),
        ("orhtez", "Orthez"),
        ("pua", "Pau"),
        ("13270", "Fos-sur-Mer"),
        ("fos mer", "Fos-sur-Mer"),
        ("Marseille 2e", "Marseille 2e Arrondissement"),
        ("marseille 2", "Marseille 2e Arrondissement"),
    ],
)
def test_the_town_that_was_meant_comes_first(villes, texte, premier):
    assert trouves(texte)[0] == premier


@pytest.mark.parametrize(
    "texte", ["%", "_au", "P_u", "10000 %", "'", '"', "\\", "* *", "é" * 500, "\x00"]
)
def test_signs_are_taken_as_they_are(villes, client, texte):
    assert trouves(texte) == []
    assert client.get(reverse("recherche"), {"q": texte}).status_code == 200
    assert client.get(reverse("recherche-propositions"), {"q": texte}).json() == {
        "propositions": []
    }


def test_a_postcode_is_no_piece_of_a_siren():
    siren = f.siren(13_270)
    f.IntercommunaliteFactory(siren=siren, nom="CC d’ici")
    assert trouves(siren) == ["CC d’ici"]
    assert trouves(siren[:5]) == trouves(siren[2:7]) == []


def test_a_postcode_is_not_the_insee_code_of_another_commune(client):
    commune("Montsalvy", "15120", code="15134")
    mauriac = commune("Mauriac", "15200", code="15120")
    assert trouves("15120") == ["Montsalvy"]
    # Half of all postcodes are one too: it is said, unless it is no postcode.
    assert trouves("INSEE 15120") == trouves("code insee : 15120") == ["Mauriac"]
    assert trouves("15134") == ["Montsalvy"]
    assert [propose[1] for propose in proposer("15120")] == ["Montsalvy"]
    assert [propose[1] for propose in proposer("15134")] == ["Montsalvy"]
    # What is proposed leads to itself, and is named.
    ((*_, adresse),) = proposer("Mauriac")
    reponse = client.get(adresse).content.decode()
    assert f'value="{mauriac.nom}"' in reponse
    assert "15120" not in BeautifulSoup(reponse, "html.parser").title.text
    assert page(client, q="INSEE 15120 usine").title.text.split("–")[0].strip() != mauriac.nom
    assert "Montsalvy" not in reponse


def test_a_code_of_corsica_has_a_letter():
    commune("Ajaccio", "20000", code="2A004")
    assert trouves("2a004") == trouves("INSEE 2A004") == ["Ajaccio"]


def test_an_exact_name_comes_before_the_like_of_many_inhabitants():
    commune("Valence", population=64_000)
    commune("Valenciennes", population=43_000)
    commune("Val", population=100)
    communes = [r.titre for r in chercher("val").groupes["commune"]]
    assert communes == ["Val", "Valence", "Valenciennes"]


@pytest.mark.parametrize(
    ("ecrit", "cherche"),
    [
        ("Décarboner les fours", "décarbonation"),
        ("Décarboner les fours", "decarbonees"),
        ("Un atelier de soudure", "soudures"),
        ("Des formations courtes", "formation"),
        ("L’hydrogène vert", "hydrogene"),
        ("Chaînes logistiques", "logis"),
        ("Des œuvres", "oeuvre"),
    ],
)
def test_a_word_is_found_under_its_other_forms(ecrit, cherche):
    fiche(titre="Fiche", contexte=ecrit)
    (trouvee,) = chercher(cherche).resultats
    assert trouvee.titre == "Fiche"


def test_a_typo_finds_even_where_a_text_holds_those_letters():
    commune("Orthez")
    fiche(titre="Fiche", contexte="Le hortezan")
    assert trouves("ortez")[0] == "Orthez"


@pytest.mark.parametrize("migree", [True, False])
def test_a_typo_still_finds_once_the_index_is_made_anew(migree, monkeypatch):
    """After a migration, or by a version that reads words otherwise than the one before."""
    commune("Orthez")
    with monkeypatch.context() as avant:
        if not migree:
            avant.setattr(indexation, "signature", lambda: "une autre")
        assert trouves("ortez")[0] == "Orthez"
    if migree:
        indexation.Indexation.objects.update(signature="")
    demande._mots.update(empreinte=None)  # another process
    assert trouves("ortez")[0] == "Orthez"


def test_each_name_of_an_intercommunalite_leads_to_it():
    f.IntercommunaliteFactory(nom="CA Pau Béarn Pyrénées", nature="CA")
    for nom in (
        "CA Pau Béarn Pyrénées",
        "pau bearn pyrenees",
        "Communauté d’agglomération Pau Béarn Pyrénées",
        "agglo pau",
        "agglomération de Pau",
        "CAPBP",
        "capbp pau",
    ):
        assert trouves(nom) == ["CA Pau Béarn Pyrénées"], nom


def test_a_territoire_is_found_under_its_names_of_all_editions():
    territoire = f.territoire_publie(nom="Val d’Aujourd’hui")
    territoire.perimetres.update(nom="Val d’Autrefois")
    assert trouves("autrefois") == trouves("aujourd’hui") == ["Val d’Aujourd’hui"]


def page(client, **parametres):
    reponse = client.get(reverse("recherche"), parametres)
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def texte(noeud):
    return " ".join(noeud.get_text().replace("\u202f", " ").split())


def test_a_former_commune_says_where_it_is_and_whether_that_is_in(client):
    territoire = f.territoire_publie(nom="Mauges")
    membre = territoire.perimetre_courant.membres.get().intercommunalite
    entiere = commune("Beaupréau-en-Mauges", intercommunalite=membre)
    f.LocaliteFactory(nom="Andrezé", code="49006", commune=entiere)
    commune("Andrezel")
    dite = texte(page(client, q="Andrezé").select_one(".reponses li"))
    assert dite.startswith("Andrezé Commune déléguée : Beaupréau-en-Mauges")
    assert "Oui, Beaupréau-en-Mauges est dans Mauges" in dite
    assert "Oui, Beaupréau-en-Mauges est dans Mauges" in texte(page(client, q="49006"))


def test_overseas_the_answer_is_that_there_is_no_territoire(client):
    f.LocaliteFactory(
        nom="Papeete", nature="outre_mer", commune=None, collectivite="Polynésie française"
    )
    dite = texte(page(client, q="papeete").select_one(".reponses li"))
    assert "collectivité d’outre-mer Polynésie française" in dite
    assert "n’y a pas de territoire d’industrie" in dite


def test_words_found_are_marked_in_a_sentence_and_markup_is_text(client):
    fiche(titre="<b>Fours</b>", contexte="Une phrase. On décarbone <i>tout</i> le four. Une autre.")
    resultat = page(client, q="décarbonation").select_one(".reponses li")
    assert [m.text for m in resultat.select("mark")] == ["décarbone"]
    assert "On décarbone <i>tout</i> le four." in resultat.text
    assert resultat.select("b, i") == []


def test_each_kind_says_how_many_and_leads_to_all_of_them(client):
    for rang in range(23):
        commune(f"Kerbourg {rang}")
    f.territoire_publie(nom="Kerbourg d’Ici")
    toute = page(client, q="kerbourg")
    assert [texte(h2) for h2 in toute.select("h2")] == ["1 territoire d’industrie", "23 communes"]
    assert len(toute.select(".reponses li")) == 1 + 5
    lien = toute.find("a", string=lambda dit: dit and "Voir les 23 communes" in dit)
    premiere = BeautifulSoup(client.get("/recherche/" + lien["href"]).content, "html.parser")
    seconde = page(client, q="kerbourg", genre="commune", page=2)
    titres = [texte(h3) for p in (premiere, seconde) for h3 in p.select("h3")]
    assert len(titres) == len(set(titres)) == 23


@pytest.mark.parametrize(
    "mauvais", [{"page": "x"}, {"page": "0"}, {"page": "9" * 9}, {"genre": "x"}]
)
def test_a_mad_address_is_answered(client, mauvais):
    commune("Pau")
    page(client, q="pau", **mauvais)


@pytest.mark.parametrize("rangs", [1, 3])
def test_a_search_costs_the_same_with_more_of_everything(
    client, rangs, django_assert_num_queries, django_assert_max_num_queries
):
    for rang in range(rangs):
        f.territoire_publie(nom=f"Val {rang}")
        f.LocaliteFactory(nom=f"Val ancien {rang}", commune=commune(f"Val du Bois {rang}"))
        fiche(titre=f"Le val {rang}")
    indexation.mettre_a_jour()
    with django_assert_num_queries(14):
        client.get(reverse("recherche"), {"q": "val"})
    with django_assert_max_num_queries(3):
        client.get(reverse("recherche-propositions"), {"q": "val"})


def test_what_is_proposed_begins_as_typed_the_biggest_first(client):
    for nom, habitants in (("Pau", 77_000), ("Paulhan", 4_000), ("Paumotu", 9), ("Épau", 10)):
        commune(nom, population=habitants)
    lus = client.get(reverse("recherche-propositions"), {"q": "Pau"}).json()["propositions"]
    assert [p["titre"] for p in lus] == ["Pau", "Paulhan", "Paumotu"]
    assert lus[0]["genre"] == "commune"
    assert client.get(lus[0]["adresse"]).status_code == 200
    assert proposer("p") == []


def test_a_slip_of_the_hand_is_proposed_what_it_was_meant_for():
    commune("Orthez")
    assert [titre for _, titre, *_ in proposer("ortez")] == ["Orthez"]
    assert proposer("xyzxyz") == []


@pytest.mark.parametrize(
    ("nom", "sigle"),
    [
        ("CC de Lacq-Orthez", "CCLO"),
        ("Métropole Européenne de Lille", "MEL"),
        ("CA Intercommunale de la Réunion Est (CIREST)", "CIREST"),
    ],
)
def test_an_intercommunalite_is_found_under_its_initials(nom, sigle):
    f.IntercommunaliteFactory(nom=nom)
    assert trouves(sigle) == trouves(sigle.lower()) == [nom]


def test_initials_are_no_form_of_a_word():
    f.IntercommunaliteFactory(nom="CA Lorient Agglomération")
    assert trouves("CALA") == ["CA Lorient Agglomération"]
    assert trouves("Calais") == []


def test_a_word_inside_a_name_is_proposed_too():
    f.IntercommunaliteFactory(nom="CC de Lacq-Orthez")
    assert [titre for _, titre, *_ in proposer("orth")] == ["CC de Lacq-Orthez"]


def test_a_territoire_of_the_map_in_force_comes_before_a_closer_name_of_an_older_map():
    ancienne, actuelle = (
        f.EditionCarteFactory(date=datetime.date(annee, 11, 1)) for annee in (2019, 2023)
    )
    for nom, edition in (("Acier", ancienne), ("Vallée de l’Acier", actuelle)):
        territoire = f.TerritoireFactory(nom=f"{nom} et fonte")
        perimetre = f.PerimetreFactory(territoire=territoire, edition=edition, nom=territoire.nom)
        type(territoire).objects.filter(pk=territoire.pk).update(perimetre_courant=perimetre)
    assert trouves("acier") == ["Vallée de l’Acier et fonte", "Acier et fonte"]


def test_the_very_commune_stands_above_those_of_near_names(client, villes):
    page = BeautifulSoup(client.get(reverse("recherche"), {"q": "pau"}).content, "html.parser")
    titres = [h.get_text(strip=True) for h in page.select("section[aria-labelledby=commune] h3")]
    assert titres[:3] == ["Pau", "Noms proches", "Paulhan"]
