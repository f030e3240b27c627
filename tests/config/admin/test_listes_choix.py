"""What a list of the admin finds, filters, tags and confirms, on rows made for it."""

import datetime

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.config.admin.test_listes import adresse, html
from tests.config.admin.test_matrice import MODELES

pytestmark = pytest.mark.django_db


def dans_un_etat(etat, **champs):
    fiche = f.FicheActionFactory(**champs)
    models.QuerySet(type(fiche)).filter(pk=fiche.pk).update(etat=etat)
    return fiche


def test_a_filter_without_a_choice_is_not_shown_and_one_with_a_choice_is(pays, entrer):
    for genre in ("intercommunalité", "région"):
        page = entrer(pays["agents"][genre]).get(adresse(MODELES["ficheaction"]))
        assert page.context["cl"].filtres == [], genre
    dans_un_etat("transmise", territoire=pays["ici"]["territoire"])
    page = entrer(pays["agents"]["intercommunalité"]).get(adresse(MODELES["ficheaction"]))
    titres = {filtre.titre for filtre in page.context["cl"].filtres}
    assert "État" in titres
    assert not titres & {"Territoire", "Région", "Coût total", "Année de début"}
    page = entrer(pays["agents"]["délégation"]).get(adresse(MODELES["ficheaction"]))
    assert {"État", "Territoire", "Région"} <= {f.titre for f in page.context["cl"].filtres}


def test_two_territoires_of_one_name_are_told_apart_by_their_edition(delegation, client):
    avant, apres = (
        f.EditionCarteFactory(date=datetime.date(annee, 1, 1), code=f"{annee}-01")
        for annee in (2020, 2023)
    )
    region = f.RegionFactory()
    for edition in (avant, apres):
        territoire = f.territoire_publie(region, nom="Le même", edition=edition)
        f.FicheActionFactory(territoire=territoire)
    liste = client.get(adresse(MODELES["ficheaction"])).context["cl"]
    (filtre,) = [filtre for filtre in liste.filtres if filtre.titre == "Territoire"]
    libelles = [option.libelle for option in filtre.options[1:]]
    assert [libelle for libelle in libelles if "même" in libelle] == [
        "Le même (1er janvier 2023)",
        "Le même (1er janvier 2020)",
    ]


def test_what_is_chosen_is_a_tag_that_takes_it_away(delegation, client):
    for etat in ("brouillon", "transmise"):
        dans_un_etat(etat, titre="Agir")
    page = client.get(adresse(MODELES["ficheaction"]), {"etat__exact": "brouillon", "q": "a"})
    dites = html(page).select(".habillage-etiquette.choisie")
    textes = [" ".join(lien.text.split()) for lien in dites]
    assert textes == [
        "Retirer le filtre recherche : « a » ×",
        "Retirer le filtre état : brouillon ×",
    ]
    reste = client.get(adresse(MODELES["ficheaction"]) + dites[1]["href"], follow=True)
    assert reste.request["QUERY_STRING"] == "q=a"
    (effacer,) = [lien for lien in html(page).select("a") if lien.text == "Tout effacer"]
    tout = client.get(adresse(MODELES["ficheaction"]) + effacer["href"], follow=True)
    assert tout.request["QUERY_STRING"] == "" and tout.context["cl"].result_count == 2


def test_a_value_that_is_no_more_is_told_as_such(delegation, client):
    f.FicheActionFactory()
    page = client.get(adresse(MODELES["ficheaction"]), {"territoire__id__exact": "987654"})
    assert page.context["cl"].result_count == 0
    assert "territoire\u202f: valeur qui n’est plus proposée" in page.content.decode()


def trouvees(client, nom, texte, attribut="nom"):
    page = client.get(adresse(MODELES[nom]), {"q": texte})
    return [getattr(ligne, attribut) for ligne in page.context["cl"].result_list]


@pytest.mark.parametrize("texte", ["pau", "PAU", "Páu"])
def test_the_nearest_comes_first(texte, delegation, client):
    proches = ["Pau", "Pau-Ville", "Paulhan", "Lacq Pau Sud", "Les Paulmiers", "Épaux-Bézu"]
    for nom in [*sorted(proches, reverse=True), "Lescar"]:
        f.CommuneFactory(nom=nom)
    assert trouvees(client, "commune", texte) == proches


def test_a_list_without_a_key_of_search_ranks_alike(delegation, client):
    noms = ["Hébert", "Hébert-Prat", "Hébertot", "De Hébert", "Le Hébertin", "Cahébertien"]
    for nom in sorted(noms, reverse=True):
        f.AgentFactory(last_name=nom, username=f"u{noms.index(nom)}", email="", first_name="Zoé")
    assert trouvees(client, "agent", "hebert", "last_name") == noms


def test_what_a_row_says_comes_before_what_its_territoire_says(delegation, client):
    region = f.RegionFactory()
    loin = f.FicheActionFactory(titre="Autre", territoire=f.territoire_publie(region, nom="Pau"))
    pres = f.FicheActionFactory(titre="Dépaupériser")
    assert trouvees(client, "ficheaction", "pau", "pk") == [pres.pk, loin.pk]


def test_a_wildcard_is_a_sign_like_another(delegation, client):
    for nom in ("Pau", "Puits 100 %", "P U"):
        f.CommuneFactory(nom=nom)
    assert trouvees(client, "commune", "p%u") == ["P U"]
    assert trouvees(client, "commune", "p_u") == ["P U"]
    assert trouvees(client, "commune", "%") == ["Puits 100 %"]


def test_an_order_that_was_asked_holds_against_the_nearest(delegation, client):
    for nom in ("Pau", "Paulhan", "Champau"):
        f.CommuneFactory(nom=nom)
    page = client.get(adresse(MODELES["commune"]), {"q": "pau", "o": "-1"})
    assert [c.nom for c in page.context["cl"].result_list] == ["Paulhan", "Pau", "Champau"]


def test_a_search_stays_in_the_perimeter(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    assert trouvees(client, "ficheaction", "fiche", "titre") == ["Fiche ici"]


def test_a_bulk_act_says_how_many_which_and_which_not(delegation, client):
    pretes = [f.BonnePratiqueFactory(titre=titre) for titre in ("Une", "Deux")]
    parue = f.bonne_pratique_publiee(titre="Parue")
    envoi = {"action": "publier", "_selected_action": [x.pk for x in (*pretes, parue)]}
    page = html(client.post(adresse(MODELES["bonnepratique"]), envoi))
    texte = " ".join(page.select_one("main").text.split())
    assert "3 lignes cochées : 2 changeront, 1 restera comme elle est." in texte
    assert "Parue : déjà publié" in texte
    assert {i["value"] for i in page.select("input[name=_selected_action]")} == {
        str(p.pk) for p in pretes
    }


def test_nothing_to_do_says_why_and_offers_no_button(delegation, client):
    parue = f.bonne_pratique_publiee(titre="Parue")
    envoi = {"action": "publier", "_selected_action": [parue.pk]}
    page = html(client.post(adresse(MODELES["bonnepratique"]), envoi))
    assert "déjà publié" in page.select_one("main").text
    assert not page.select("main input[type=submit]")


def test_what_was_just_made_is_where_its_next_acts_are(delegation, client):
    comite = f.ComiteDePilotageFactory()
    page = client.get(reverse("admin:programme_seance_add"))
    envoi = {c["name"]: c.get("value", "") for c in html(page).select("#seance_form input[name]")}
    envoi |= {"comite": comite.pk, "genre": "seance", "date": "12/03/2027", "lieu": "Ici"}
    envoi = {k: v for k, v in envoi.items() if not k.startswith("_")} | {"_save": "1"}
    suite = client.post(reverse("admin:programme_seance_add"), envoi, follow=True)
    assert suite.resolver_match.url_name == "programme_seance_change"
    assert "12/03/2027" in " ".join(str(m) for m in suite.context["messages"])


def test_a_territoire_of_mine_comes_first(pays, entrer):
    page = entrer(pays["agents"]["région voisine"]).get(adresse(MODELES["territoire"]))
    assert page.context["cl"].result_list[0].nom == "Territoire la"
    assert "les vôtres, puis" in html(page).select_one(".habillage-compte").text


def test_an_obstacle_opens_where_it_is_answered(pays, entrer):
    fiche = pays["ici"]["obstacle"].fiche
    reference = fiche.reference
    FicheAction.objects.filter(pk=fiche.pk).update(partagee_le=timezone.now())
    for genre, mene in (("région", True), ("délégation", True), ("intercommunalité", False)):
        page = entrer(pays["agents"][genre]).get(adresse(MODELES["obstacle"]))
        liens = [lien["href"] for lien in html(page).select("#result_list tbody th a")]
        assert any(reference in lien for lien in liens) is mene, genre
