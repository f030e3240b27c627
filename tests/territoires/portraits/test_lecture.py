"""A territoire read at a date: what stood on that day, and what nobody can know, said so."""

import datetime
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from territoires.editions.models import EditionCarte, Territoire
from tests import factories as f
from tests.programme.fiches.test_lecture_datee import le_jour, valider_ce_jour

pytestmark = pytest.mark.django_db

LANCEMENT = datetime.date(2018, 11, 22)
ANCIENNE, RECENTE = datetime.date(2020, 10, 5), datetime.date(2023, 11, 9)
PENDANT = datetime.date(2022, 5, 1)  # the older edition in force


def mots(balise):
    return " ".join(balise.get_text(" ", strip=True).split())


def lire(client, territoire, le=None):
    adresse = territoire.get_absolute_url() + (f"?le={le}" if le else "")
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def membres(page):
    return [mots(nom) for nom in page.select("table.liste tbody th")]


def partie(page, ancre):
    """What stands between this heading and the next."""
    suite = page.find(id=ancre).find_next_siblings()
    textes = []
    for balise in suite:
        if balise.name == "h2":
            break
        textes.append(mots(balise))
    return " ".join(textes)


@pytest.fixture
def territoire():
    """In two editions, under two names, with other members."""
    territoire = f.TerritoireFactory(nom="Val Neuf", identifiant="val")
    region = f.RegionFactory()
    avant, garde, apres = (
        f.IntercommunaliteFactory(nom=nom, departement__region=region)
        for nom in ("CC Partie", "CC Restée", "CC Venue")
    )
    for rang, membre in enumerate((avant, garde, apres)):
        f.CommuneFactory(intercommunalite=membre)
        f.ContourFactory(intercommunalite=membre, geometrie=f.carre(rang, 45, 1))
    editions = [f.EditionCarteFactory(date=date) for date in (ANCIENNE, RECENTE)]
    f.PerimetreFactory(
        territoire=territoire, edition=editions[0], nom="Vieux Val", membres=[avant, garde]
    )
    f.PerimetreFactory(territoire=territoire, edition=editions[1], membres=[garde, apres])
    return territoire


class TestLaCarte:
    @pytest.mark.parametrize(
        ("le", "attendus"),
        [
            (ANCIENNE, ["CC Partie", "CC Restée"]),
            (RECENTE - datetime.timedelta(1), ["CC Partie", "CC Restée"]),
            (RECENTE, ["CC Restée", "CC Venue"]),
        ],
    )
    def test_members_are_those_of_the_edition_of_that_day(self, client, territoire, le, attendus):
        assert membres(lire(client, territoire, le)) == attendus

    def test_its_story_stops_that_day(self, client, territoire):
        assert "2023" not in partie(lire(client, territoire, PENDANT), "histoire")
        assert "novembre 2023" in partie(lire(client, territoire, RECENTE), "histoire")

    def test_its_neighbours_are_read_on_the_same_day(self, client, territoire):
        voisin = f.IntercommunaliteFactory()
        f.ContourFactory(intercommunalite=voisin, geometrie=f.carre(1, 46, 1))
        f.PerimetreFactory(
            edition=EditionCarte.objects.get(date=ANCIENNE), nom="À côté", membres=[voisin]
        )
        (lien,) = lire(client, territoire, PENDANT).select("#voisins + ul a")
        assert (mots(lien), lien["href"][-14:]) == ("À côté", "?le=2022-05-01")
        assert mots(lire(client, territoire, RECENTE)).count("À côté") == 0

    def test_its_name_of_then_is_said(self, client, territoire):
        assert "nommait alors « Vieux Val »" in mots(lire(client, territoire, PENDANT).main)

    def test_before_its_first_edition_it_was_on_no_map(self, client, territoire):
        page = lire(client, territoire, LANCEMENT)
        assert "n’avait encore figuré sur aucune carte connue" in mots(page.main)
        assert membres(page) == []

    def test_an_edition_that_left_it_out_is_said(self, client):
        ancienne = f.EditionCarteFactory(date=ANCIENNE)
        sorti = f.territoire_publie(nom="Sorti", edition=ancienne)
        f.territoire_publie(nom="Resté", edition=f.EditionCarteFactory(date=RECENTE))
        assert "ne figurait pas" not in mots(lire(client, sorti, PENDANT).main)
        assert "ne figurait pas sur la carte" in mots(lire(client, sorti, "2024-01-15").main)

    def test_an_edition_known_by_its_number_alone_is_not_guessed(self, client, territoire):
        f.EditionCarteFactory(
            code="2022-01", date=datetime.date(2022, 1, 1), composition_connue=False
        )
        page = lire(client, territoire, PENDANT)
        assert "l’édition du 1er janvier 2022, n’est connue que par son nombre" in mots(page.main)
        assert membres(page) == ["CC Partie", "CC Restée"]

    def test_an_edition_dated_to_the_month_leaves_a_doubt_that_month(self, client, territoire):
        EditionCarte.objects.filter(date=ANCIENNE).update(precision="mois")
        assert "datée au mois près" in partie(lire(client, territoire, "2020-10-20"), "limites")
        assert "au mois près" not in partie(lire(client, territoire, "2020-11-20"), "limites")


class TestCeQuOnSavait:
    def test_who_carried_it_is_who_had_the_mandat_of_that_day(self, client, territoire):
        une, autre = datetime.date(2024, 1, 10), datetime.date(2025, 1, 10)
        f.MandatFactory(
            territoire=territoire, nom="Alix Avant", debut=une, fin=autre - datetime.timedelta(1)
        )
        f.MandatFactory(territoire=territoire, nom="Zoé Après", debut=autre, constate=True)
        f.MandatFactory(territoire=territoire, nom="Lou Membre", role="membre", debut=une)
        inconnu = mots(lire(client, territoire, "2024-01-09").main)
        assert "On ne sait pas qui le portait" in inconnu
        assert "Alix" not in inconnu
        for jour in (une, autre - datetime.timedelta(1)):
            dit = mots(lire(client, territoire, jour).main)
            assert "Alix Avant" in dit and "Zoé" not in dit and "Lou" not in dit
        dit = mots(lire(client, territoire, autre).main)
        assert "Zoé Après Au moins depuis le 10 janvier 2025" in dit and "Alix" not in dit
        assert "Alix" not in mots(lire(client, territoire, timezone.localdate()).main)

    def test_a_mandat_without_a_beginning_is_told_and_never_placed(self, client, territoire):
        f.MandatFactory(territoire=territoire, nom="Alix Toujours", debut=None)
        page = lire(client, territoire, "2024-01-15")
        assert "On ne sait pas qui le portait" in mots(page.main)
        assert "depuis quel jour Alix Toujours" in partie(page, "limites")
        page = lire(client, territoire, timezone.localdate())
        assert "Alix Toujours" in mots(page.select_one("dl.porteurs"))
        assert "Alix" not in partie(page, "limites")

    def test_contrats_pratiques_and_words_come_with_their_day(self, client, territoire):
        jour = datetime.date(2024, 3, 1)
        f.ContratFactory(territoire=territoire, signe_le=jour, lieu="Lyon")
        f.BonnePratiqueFactory(
            territoire=territoire,
            titre="Une école",
            publiee_le=timezone.make_aware(datetime.datetime(2024, 3, 1, 23, 30)),
            publiee_par=f.agent_delegation(),
        )
        f.InterventionFactory(territoire=territoire, sequence__jour=jour, resume="Dit ce jour.")
        veille = mots(lire(client, territoire, "2024-02-29").main)
        ce_jour = mots(lire(client, territoire, jour).main)
        for texte in ("Lyon", "Une école", "Dit ce jour."):
            assert texte not in veille
            assert texte in ce_jour

    @pytest.mark.parametrize(
        ("fin", "etat", "doute"),
        [(datetime.date(2024, 12, 31), "Signé", False), (None, "Signé", True)],
    )
    def test_a_contrat_over_since_was_signed_then(self, client, territoire, fin, etat, doute):
        f.ContratFactory(
            territoire=territoire, etat="termine", signe_le=datetime.date(2023, 1, 1), fin=fin
        )
        page = lire(client, territoire, "2024-06-01")
        assert partie(page, "contrats").startswith(f"Contrat {etat}")
        assert ("on ne sait pas depuis quel jour" in partie(page, "limites")) is doute
        assert "Terminé" in partie(lire(client, territoire, timezone.localdate()), "contrats")

    def test_what_is_not_public_is_in_no_reading(self, client, territoire):
        agent = f.agent_delegation()
        with le_jour(datetime.date(2024, 1, 10)):
            f.fiche_complete(territoire, titre="Xyzzy")
            f.ContratFactory(territoire=territoire, etat="preparation", lieu="Xyzzy")
            f.BonnePratiqueFactory(territoire=territoire, titre="Xyzzy")
            f.InterventionFactory(
                territoire=territoire, resume="Xyzzy", sequence__assemblee__publiee_le=None
            )
        client.force_login(agent)
        for le in ("2024-01-15", timezone.localdate()):
            assert "Xyzzy" not in mots(lire(client, territoire, le))


def _rempli(territoire):
    agent = f.agent_delegation()
    with le_jour(datetime.date(2024, 2, 1)):
        fiche = f.fiche_complete(territoire, titre="Ouvrir", avancement=30)
        f.FinancementFactory(fiche=fiche, statut="acquis")
        valider_ce_jour(fiche, agent)
    f.ContratFactory(territoire=territoire)
    f.InterventionFactory(territoire=territoire)
    f.bonne_pratique_publiee(territoire=territoire)


@pytest.mark.parametrize("remplir", [_rempli, lambda territoire: None])
def test_read_today_it_is_the_page_of_today(client, territoire, remplir):
    remplir(territoire)
    page, lue = lire(client, territoire), lire(client, territoire, timezone.localdate())
    for choix in (
        *(
            "h1",
            ".porteurs div:nth-child(-n+3)",
            ".chiffres",
            ".bande",
            ".argent__legende",
            ".cartes",
            "table.liste",
            ".frise",
        ),
        *(".localisation svg", ".paroles-du-territoire"),
    ):
        # Offers are of today alone: they stand after the rest.
        ici = [mots(b) for b in page.select(choix) if not b.find_previous_sibling(id="aides")]
        assert [mots(b) for b in lue.select(choix)] == ici, choix


def test_one_day_has_one_address_which_the_page_gives(client, territoire):
    adresse = f"{territoire.get_absolute_url()}?le=2024-01-15"
    for dite in ("15/01/2024", "2024-01-15&page=3", "2024-1-15", " 2024-01-15"):
        reponse = client.get(f"{territoire.get_absolute_url()}?le={dite}")
        assert (reponse.status_code, reponse["Location"]) == (302, adresse)
    page = lire(client, territoire, "2024-01-15")
    entiere = f"http://testserver{adresse}"
    assert page.select_one('link[rel="canonical"]')["href"] == entiere
    assert entiere in partie(page, "citer")
    assert "Tel qu’il était le 15 janvier 2024." in mots(page.select_one("main > .fr-callout"))
    assert page.select_one(f'.fr-callout a[href="{territoire.get_absolute_url()}"]')
    assert page.select_one("#id_le")["value"] == "2024-01-15"
    assert "noindex" in page.select_one('meta[name="robots"]')["content"]


@pytest.mark.parametrize(
    ("le", "phrase"),
    [
        ("9999-12-31", "Le 31 décembre 9999 n’est pas encore venu"),
        ("2018-11-21", "lancé le 22 novembre 2018 : rien ne peut être lu avant"),
        ("0026-01-01", "rien ne peut être lu avant"),
        ("2024-02-30", "Ce n’est pas une date"),
        ("hier", "Ce n’est pas une date"),
        ("%00", "Ce n’est pas une date"),
        ("9" * 5000, "Ce n’est pas une date"),
    ],
)
def test_a_day_that_cannot_be_read_is_told_in_a_sentence(client, territoire, le, phrase):
    reponse = client.get(f"{territoire.get_absolute_url()}?le={le}")
    assert reponse.status_code == 400
    page = BeautifulSoup(reponse.content, "html.parser")
    assert phrase in mots(page.select_one("#erreur-le"))
    assert page.select_one("#id_le")["aria-describedby"] == "erreur-le"
    assert page.select_one(f'main a[href="{territoire.get_absolute_url()}"]')


def test_tomorrow_is_not_come_and_today_is(client, territoire):
    demain = timezone.localdate() + datetime.timedelta(1)
    assert client.get(f"{territoire.get_absolute_url()}?le={demain}").status_code == 400
    soir = timezone.make_aware(datetime.datetime.combine(demain, datetime.time(0, 30)))
    with mock.patch("django.utils.timezone.now", return_value=soir):  # in Paris
        assert client.get(f"{territoire.get_absolute_url()}?le={demain}").status_code == 200


def test_no_day_chosen_is_the_page_of_today(client, territoire):
    assert client.get(f"{territoire.get_absolute_url()}?le=").status_code == 200
    assert lire(client, territoire).select_one("#id_le").get("value") == ""


def test_a_territoire_that_is_not_public_has_no_past(client):
    futur = f.TerritoireFactory()
    assert client.get(f"{futur.get_absolute_url()}?le=2024-01-15").status_code == 404


def test_the_number_of_queries_does_not_depend_on_what_there_is(
    client, territoire, django_assert_num_queries
):
    adresse = f"{territoire.get_absolute_url()}?le={datetime.date(2024, 6, 1)}"
    _rempli(territoire)
    client.get(adresse)  # drawings and ties are kept
    Territoire.objects.update(nom="Autre nom")  # nothing is answered from what is kept
    with django_assert_num_queries(29):
        client.get(adresse)
    f.ContratFactory(territoire=territoire)
    f.InterventionFactory(territoire=territoire)
    f.bonne_pratique_publiee(territoire=territoire)
    f.MembrePerimetreFactory(
        perimetre=territoire.perimetre_courant, membre=f.IntercommunaliteFactory()
    )
    with django_assert_num_queries(29):
        client.get(adresse)
