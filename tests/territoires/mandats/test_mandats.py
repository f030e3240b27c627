"""Who carries a territoire, from when to when: one mandat ends, another begins, none is lost."""

import datetime
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config.donnees_ouvertes import JEUX
from echanges.registre import resources
from territoires.mandats.models import Mandat
from tests import factories as f
from tests.echanges.outils import analyser, importer

pytestmark = pytest.mark.django_db

ELECTION = datetime.date(2026, 3, 22)
VEILLE = ELECTION - datetime.timedelta(days=1)
AJOUT = reverse("admin:territoires_mandat_add")


def saisir(client, territoire, **champs):
    champs = {"role": "elu", "nom": "Zoé Après", "fonction": "", "debut": "22/03/2026"} | champs
    return client.post(AJOUT, {"territoire": territoire.pk, "fin": ""} | champs)


def page_de(mandat):
    return reverse("admin:territoires_mandat_change", args=[mandat.pk])


def erreurs(reponse):
    dites = reponse.context["adminform"].form.errors.values()
    return " ".join(phrase for phrases in dites for phrase in phrases)


@pytest.fixture
def territoire():
    return f.territoire_publie("75", nom="Val d’Ici")


@pytest.fixture
def agent(territoire, client):
    agent = f.agents_de(territoire)[0]
    client.force_login(agent)
    return agent


class TestUnNouveauMandat:
    def test_it_ends_the_one_that_ran_the_day_before(self, territoire, agent, client):
        avant = f.MandatFactory(territoire=territoire, nom="Alix Avant")
        reponse = saisir(client, territoire)
        assert reponse["Location"] == avant.page
        avant.refresh_from_db()
        assert (avant.nom, avant.fin) == ("Alix Avant", VEILLE)
        assert "clos" in client.get(avant.page).content.decode()
        assert list(Mandat.objects.du_jour(VEILLE)) == [avant]
        assert [m.nom for m in Mandat.objects.du_jour(ELECTION)] == ["Zoé Après"]

    def test_one_of_another_function_or_territoire_runs_on(self, territoire, agent, client):
        autres = [
            f.MandatFactory(territoire=territoire, role="industriel"),
            f.MandatFactory(territoire=territoire, role="membre"),
            f.MandatFactory(),
        ]
        saisir(client, territoire)
        saisir(client, territoire, role="membre")  # a comité has many members
        assert [Mandat.objects.get(pk=m.pk).fin for m in autres] == [None] * 3
        assert Mandat.objects.count() == 5

    @pytest.mark.parametrize(
        ("bornes", "mots"),
        [
            ((datetime.date(2025, 1, 1), datetime.date(2027, 1, 1)), "ne se croisent pas"),
            ((datetime.date(2026, 6, 1), None), "Choisissez un début plus tard"),
            ((ELECTION, None), "Choisissez un début plus tard"),
        ],
    )
    def test_two_of_one_function_never_cross(self, bornes, mots, territoire, agent, client):
        tenu = f.MandatFactory(
            territoire=territoire, nom="Alix Avant", debut=bornes[0], fin=bornes[1]
        )
        reponse = saisir(client, territoire)
        assert "Alix Avant est déjà élu du binôme" in erreurs(reponse)
        assert mots in erreurs(reponse)
        assert reponse.context["adminform"].form["nom"].value() == "Zoé Après"  # nothing is lost
        assert list(Mandat.objects.all()) == [tenu]

    def test_without_a_beginning_it_cannot_end_another(self, territoire, agent, client):
        f.MandatFactory(territoire=territoire)
        assert "sera clos la veille" in erreurs(saisir(client, territoire, debut=""))

    def test_one_person_sits_once_in_a_comite(self, territoire, agent, client):
        f.MandatFactory(territoire=territoire, role="membre", nom="Zoe apres", fin=ELECTION)
        assert "est déjà membre du comité local" in erreurs(
            saisir(client, territoire, role="membre")
        )

    def test_an_end_before_the_beginning_is_refused(self, territoire, agent, client):
        reponse = saisir(client, territoire, fin="21/03/2026")
        assert "ne finit pas avant d’avoir commencé" in erreurs(reponse)
        assert not Mandat.objects.exists()

    def test_a_past_one_may_be_told_afterwards(self, territoire, agent, client):
        f.MandatFactory(territoire=territoire, debut=ELECTION)
        saisir(client, territoire, nom="Alix Avant", debut="01/07/2020", fin="21/03/2026")
        assert Mandat.objects.count() == 2

    def test_a_territoire_of_others_is_refused(self, territoire, agent, client):
        ailleurs = f.territoire_publie("76", nom="Là-bas")
        assert "territoire" in saisir(client, ailleurs).context["adminform"].form.errors
        page = reverse("admin:territoires_mandat_territoire", args=[ailleurs.pk])
        assert client.get(page).status_code == 403


class TestRienNEstEcrase:
    def poster(self, client, mandat, **champs):
        reponse = client.get(page_de(mandat))
        formulaire = reponse.context["adminform"].form
        envoi = {nom: formulaire[nom].value() or "" for nom in formulaire.fields}
        envoi.pop("constate")
        lu = BeautifulSoup(reponse.content, "html.parser").select_one("[name=lu]")["value"]
        return client.post(page_de(mandat), envoi | {"lu": lu} | champs)

    def test_a_slip_is_mended(self, territoire, agent, client):
        mandat = f.MandatFactory(territoire=territoire, nom="Alix Avnat")
        assert self.poster(client, mandat, nom="Alix Avant").status_code == 302
        assert Mandat.objects.get().nom == "Alix Avant"

    def test_somebody_else_is_another_mandat(self, territoire, agent, client):
        mandat = f.MandatFactory(territoire=territoire, nom="Alix Avant")
        reponse = self.poster(client, mandat, nom="Zoé Marchand")
        assert "saisissez un nouveau mandat" in erreurs(reponse)
        assert Mandat.objects.get().nom == "Alix Avant"

    def test_a_longer_end_does_not_run_into_the_next(self, territoire, agent, client):
        avant = f.MandatFactory(territoire=territoire, fin=VEILLE)
        f.MandatFactory(territoire=territoire, debut=ELECTION)
        assert "ne se croisent pas" not in erreurs(self.poster(client, avant, fin=""))
        assert Mandat.objects.get(pk=avant.pk).fin == VEILLE


def test_nobody_crosses_whatever_the_way_in(territoire):
    f.MandatFactory(territoire=territoire, debut=ELECTION)
    with pytest.raises(ValidationError):
        Mandat(territoire=territoire, role="elu", nom="Zoé", debut=ELECTION).ouvrir()


class TestFichier:
    ENTETE = "territoire,role,nom,debut,fin"

    def test_rows_that_cross_in_a_file_are_refused(self, territoire):
        un = f"{territoire.identifiant},elu,Alix,2020-07-01,2026-03-22"
        autre = f"{territoire.identifiant},elu,Zoé,2026-03-22,"
        rapport = analyser("mandats", f"{self.ENTETE}\n{un}\n{autre}\n".encode())
        assert any("est déjà élu du binôme" in erreur.message for erreur in rapport.erreurs())

    def test_a_file_that_ends_one_and_begins_another_comes_in(self, territoire):
        f.MandatFactory(territoire=territoire, nom="Alix", debut=datetime.date(2020, 7, 1))
        un = f"{territoire.identifiant},elu,Alix,2020-07-01,2026-03-21"
        autre = f"{territoire.identifiant},elu,Zoé,2026-03-22,"
        rapport = importer("mandats", f"{self.ENTETE}\n{un}\n{autre}\n".encode())
        assert (rapport.comptes()["modifiees"], rapport.comptes()["creees"]) == (1, 1)

    def test_the_columns_of_before_say_where_they_went(self, territoire):
        f.TerritoireFactory()
        contenu = f"identifiant,nom,elu_nom\n{territoire.identifiant},Val,Alix\n".encode()
        dites = [remarque.message for remarque in analyser("territoires", contenu).remarques]
        assert any("désormais dans le fichier « mandats »" in texte for texte in dites), dites

    def test_open_data_names_nobody_of_the_comite_and_no_address(self, territoire):
        f.MandatFactory(territoire=territoire, nom="Alix", courriel="alix@exemple.invalid")
        f.MandatFactory(territoire=territoire, role="membre", nom="Membre Xyzzy")
        contenu = b"".join(
            resources()["mandats"]().exporter(
                Mandat.objects.du_public(), colonnes=list(JEUX["mandats"].colonnes)
            )
        ).decode()
        assert "Alix" in contenu
        assert "exemple.invalid" not in contenu and "Xyzzy" not in contenu


class TestLaReleve:
    def test_what_ended_without_a_successor_is_listed_with_a_message(self, territoire, client):
        collegue, region = f.agents_de(territoire)
        fini = f.MandatFactory(territoire=territoire, nom="Alix Avant", fin=VEILLE)
        f.MandatFactory(territoire=territoire, role="industriel", nom="Ira Suivie", fin=VEILLE)
        f.MandatFactory(territoire=territoire, role="industriel", debut=ELECTION)
        f.MandatFactory(territoire=territoire, role="membre", nom="Lou Membre", fin=VEILLE)
        assert list(Mandat.objects.a_pourvoir(timezone.localdate())) == [fini]
        client.force_login(region)
        page = BeautifulSoup(client.get(fini.page).content, "html.parser")
        texte = page.select_one("#message-releve").text
        assert "Alix Avant, élu du binôme, jusqu’au 21 mars 2026" in texte
        assert "Ira" not in texte
        assert f"http://testserver{fini.page}" in texte
        lien = unquote(page.select_one('a[href^="mailto:"]')["href"])
        assert lien.startswith(f"mailto:{collegue.email}?subject=Qui porte désormais")
        assert "Alix Avant" in lien

    def test_once_taken_up_it_is_not_any_more(self, territoire, client):
        client.force_login(f.agents_de(territoire)[1])
        fini = f.MandatFactory(territoire=territoire, fin=VEILLE)
        assert "message-releve" in client.get(fini.page).content.decode()
        saisir(client, territoire, debut="01/05/2026")
        assert "message-releve" not in client.get(fini.page).content.decode()


class TestCeQuiEstPublic:
    def test_names_and_functions_of_three_and_no_address(self, territoire, client):
        for role in Mandat.Role:
            f.MandatFactory(
                territoire=territoire,
                role=role,
                nom=f"Nom-{role}",
                fonction=f"fonction-{role}",
                courriel=f"{role.replace('_', '')}@exemple.invalid",
                telephone="0102030405",
                note="Note interne",
            )
        page = client.get(territoire.get_absolute_url()).content.decode()
        for role in Mandat.Role:
            publique = role in Mandat.ROLES_PUBLICS
            assert (f"Nom-{role}" in page) is publique, role
            assert (f"onction-{role}" in page) is publique, role
        for tu in ("exemple.invalid", "0102030405", "Note interne", "Tenir ses mandats"):
            assert tu not in page

    def test_who_works_for_it_finds_the_way_to_its_mandats(self, territoire, client):
        sienne = reverse("admin:territoires_mandat_territoire", args=[territoire.pk])
        ici, region = f.agents_de(territoire)
        autre = f.agents_de(f.territoire_publie("76"))[0]
        for agent, voit in ((ici, True), (region, True), (autre, False)):
            client.force_login(agent)
            page = client.get(territoire.get_absolute_url()).content.decode()
            assert (sienne in page) is voit

    def test_the_search_finds_a_territoire_by_who_carries_it(self, territoire, client):
        f.MandatFactory(territoire=territoire, nom="Anatole Kanari")
        f.MandatFactory(territoire=territoire, role="membre", nom="Berthe Secrète")
        lue = client.get("/recherche/", {"q": "Kanari"}).content.decode()
        assert territoire.get_absolute_url() in lue
        lue = client.get("/recherche/", {"q": "Secrète"}).content.decode()
        assert territoire.get_absolute_url() not in lue


def test_the_page_costs_the_same_with_many(territoire, agent, client, django_assert_num_queries):
    page = f.MandatFactory(territoire=territoire).page
    client.get(page)
    with django_assert_num_queries(11):
        client.get(page)
    for _ in range(3):
        f.MandatFactory(territoire=territoire, role="membre")
    with django_assert_num_queries(11):
        client.get(page)
