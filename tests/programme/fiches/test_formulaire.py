"""The form of a fiche as a journey: where each section stands, what is refused, what it costs."""

import datetime

import pytest
import rules
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.fiches import parcours
from programme.fiches.models import FicheAction, Sommes
from tests import factories as f
from tests.formulaires import envoi as envoi_de
from tests.programme.fiches.outils import adresse, ajouter, envoi, poster

pytestmark = pytest.mark.django_db
AJOUT = "/admin/programme/ficheaction/add/"
REQUETES = 25  # at most, of a form of a fiche in any state, for anybody


@pytest.fixture
def agent(deux):
    return deux[0]


def lire(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


def sommaire(page):
    """{section: what the list beside the form says of it}"""
    lignes = lire(page).select(".fiche-sommaire li")
    return {li.a.get_text(): " ".join(li.get_text(" ").split()) for li in lignes}


# --- Sections --------------------------------------------------------------------------------


def test_each_section_of_the_list_stands_on_the_page_in_the_same_order(fiche, agent):
    page = lire(agent.get(adresse(fiche)))
    cibles = [a["href"].removeprefix("#") for a in page.select(".fiche-sommaire li a")]
    places = [balise["id"] for balise in page.find_all(id=lambda i: i in cibles)]
    assert places == cibles
    assert len(cibles) == len(set(cibles)) == 10


@pytest.mark.parametrize("nom", FicheAction.ATTENDUS)
def test_what_the_comite_expects_is_told_at_its_section_and_in_the_bar(nom, fiche, agent):
    assert "prête à transmettre" in lire(agent.get(adresse(fiche))).select_one(".fiche-barre").text
    setattr(fiche, nom, None if FicheAction._meta.get_field(nom).null else "")
    fiche.save()
    page = agent.get(adresse(fiche))
    libelle = FicheAction._meta.get_field(nom).verbose_name
    assert [t for t, dit in sommaire(page).items() if f"Il manque : {libelle}" in dit]
    assert lire(page).select_one(".fiche-barre a[href^='#']")["href"] == f"#id_{nom}"


def test_what_is_typed_and_refused_counts_as_filled(fiche, agent):
    fiche.contexte = ""
    fiche.save()
    page = poster(agent, fiche, envoi(agent.get(adresse(fiche)), contexte="Dit", titre=""))
    assert "contexte" not in sommaire(page)["Le projet"]
    assert "1 erreur à corriger" in sommaire(page)["L’action"]


def juger(fiche, region, sens, **avis):
    seance, agent = f.SeanceFactory(comite__region=region), f.agent_region(region)
    f.rendre_et_clore(fiche, seance=seance, agent=agent, sens=sens, motif="Flou.", **avis)


def test_a_remark_of_the_comite_is_told_at_its_section_until_it_is_answered(fiche, agent):
    fiche = parcours.transmettre(fiche, agent=agent.agent)
    (region,) = fiche.regions_concernees()
    juger(fiche, region, "ajourne", remarques=[("contexte", "Dites qui.")])
    page = agent.get(adresse(fiche))
    assert "1 remarque du comité, 1 sans réponse" in sommaire(page)["Le projet"]
    (reponse,) = [nom for nom in page.context["adminform"].form.fields if "remarque_" in nom]
    poster(agent, fiche, envoi(page, **{reponse: "Les soudeurs."}))
    assert sommaire(agent.get(adresse(fiche)))["Le projet"].endswith("1 remarque du comité")


def test_two_marks_say_what_is_needed_to_save_and_what_to_send_up(fiche, agent):
    page = lire(agent.get(adresse(fiche)))
    assert page.select_one(".fiche-marques")
    marques = {
        classe: {
            label["for"] for label in page.select(f"label:has(.{classe}):not(.inline-related *)")
        }
        for classe in ("habillage-etoile", "marque-attendu")
    }
    assert marques["habillage-etoile"] == {"id_titre", "id_territoire"}
    assert marques["marque-attendu"] == {f"id_{nom}" for nom in FicheAction.ATTENDUS}


# --- Acts ------------------------------------------------------------------------------------


def principal(page):
    """The texts of the buttons that are not folded: the main one comes last."""
    return [b.get_text(strip=True) for b in lire(page).select(".fiche-barre__actes > button")]


def test_there_is_one_main_act_and_it_is_the_next_one(fiche, agent):
    assert principal(agent.get(AJOUT)) == ["Enregistrer"]
    assert principal(agent.get(adresse(fiche))) == ["Enregistrer", "Transmettre"]
    fiche.axe = None
    fiche.save()
    assert principal(agent.get(adresse(fiche))) == ["Enregistrer"]


def test_a_decided_fiche_waits_to_be_engaged(decidee, client):
    client.force_login(decidee.local)
    assert principal(client.get(adresse(decidee))) == ["Enregistrer", "Engager"]


def test_a_new_fiche_is_saved_then_asks_to_confirm_what_leaves(fiche, agent):
    page = agent.get(AJOUT)
    donnees = envoi_de(
        page,
        "ficheaction_form",
        titre="Neuve",
        territoire=str(fiche.territoire_id),
        _puis="transmettre",
    )
    reponse = agent.post(AJOUT, donnees)
    neuve = FicheAction.objects.get(titre="Neuve")
    attendue = reverse("admin:programme_ficheaction_parcours", args=[neuve.pk, "transmettre"])
    assert (reponse.url, neuve.etat) == (attendue, "brouillon")


# --- Rows ------------------------------------------------------------------------------------

TABLES = ("financements", "etapes", "indicateurs", "obstacles", "pieces")


@pytest.mark.parametrize("nouvelle", [True, False])
def test_an_empty_row_stands_in_each_table_and_writes_nothing_as_is(nouvelle, fiche, agent):
    page = agent.get(AJOUT if nouvelle else adresse(fiche))
    groupes = {g.formset.prefix: g.formset for g in page.context["inline_admin_formsets"]}
    assert {nom: len(g.extra_forms) for nom, g in groupes.items()} == dict.fromkeys(TABLES, 1)
    donnees = envoi_de(page, "ficheaction_form", titre="Neuve", territoire=fiche.territoire_id)
    assert agent.post(page.request["PATH_INFO"], donnees).status_code == 302
    ecrite = FicheAction.objects.get(titre="Neuve")
    comptes = {nom: getattr(ecrite, nom).count() for nom in TABLES}
    attendues = (0, 0, 0, 0, 0) if nouvelle else (1, 1, 1, 0, 0)
    assert comptes == dict(zip(TABLES, attendues, strict=True))


def test_the_empty_row_of_news_left_for_tomorrow_writes_nothing(decidee, client, monkeypatch):
    client.force_login(decidee.local)
    donnees = envoi(client.get(adresse(decidee)))
    hier = datetime.date.today() - datetime.timedelta(days=1)
    donnees["nouvelles-0-le"] = f"{hier:%d/%m/%Y}"
    assert poster(client, decidee, donnees).status_code == 302
    assert decidee.nouvelles.count() == 0


def test_a_row_left_empty_is_no_text_to_give_back(fiche, agent):
    donnees = envoi(agent.get(adresse(fiche)), contexte="Mon texte")
    chemin = adresse(fiche)
    FicheAction.objects.filter(pk=fiche.pk).delete()
    saisie = dict(agent.post(chemin, donnees).context["saisie"])
    assert saisie["plan de financement"].count("\n") == 0  # its stored line, not the empty one


def test_a_partenaire_gives_its_name_to_a_line_that_says_none(fiche, agent):
    partenaire = f.PartenaireFactory(nom="Banque d’Essai")
    ligne = {"partenaire": str(partenaire.pk), "financeur": "", "montant": "10"}
    donnees = ajouter(envoi(agent.get(adresse(fiche))), "financements", **ligne)
    assert poster(agent, fiche, donnees).status_code == 302
    assert fiche.financements.get(partenaire=partenaire).financeur == "Banque d’Essai"
    sans = ajouter(envoi(agent.get(adresse(fiche))), "financements", montant="10")
    assert "Écrivez le nom du financeur" in poster(agent, fiche, sans).content.decode()


def test_partenaires_with_an_offer_for_the_axe_come_first(fiche, agent):
    autre, sien = f.PartenaireFactory(nom="Autre"), f.PartenaireFactory(nom="Zélé")
    f.OffreDeServiceFactory(partenaire=sien).axes.add(fiche.axe)
    liste = lire(agent.get(adresse(fiche))).select_one("#id_financements-0-partenaire")
    groupes = {g["label"]: [o["value"] for o in g.select("option")] for g in liste("optgroup")}
    assert groupes["Ont une offre pour cet axe"] == [str(sien.pk)]
    assert str(autre.pk) in groupes["Les autres"]


# --- Errors ----------------------------------------------------------------------------------


def test_each_error_is_told_on_top_and_leads_to_its_field(fiche, agent):
    donnees = envoi(agent.get(adresse(fiche)), titre="", cout_total="douze")
    donnees = ajouter(donnees, "financements", financeur="Région", montant="mille")
    donnees = ajouter(donnees, "etapes", intitule="", debut="01/01/2027")
    page = lire(poster(agent, fiche, donnees))
    boite = page.select_one("[role=alert].errornote")
    assert boite["tabindex"] == "-1" and len(page.select(".errornote")) == 1
    liens = {a["href"].removeprefix("#"): a.get_text() for a in boite.select("a")}
    assert liens == {
        "id_titre": "Titre",
        "id_cout_total": "Coût total",
        "id_financements-1-montant": "Plan de financement, ligne 2, montant",
        "id_etapes-1-intitule": "Étapes, ligne 2, étape",
    }
    for cle in liens:
        champ = page.find(id=cle)
        assert champ["aria-invalid"] == "true"
        assert page.find(id=f"{cle}_error").get_text()
        assert f"{cle}_error" in champ["aria-describedby"].split()


# --- The plan in one bar -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "sommes, parts",
    [
        (Sommes(acquis=50, demande=25, cout=100), [("acquis", 0, 50), ("demande", 50, 25)]),
        (Sommes(acquis=150, demande=50, cout=100), [("acquis", 0, 75), ("demande", 75, 25)]),
        (Sommes(acquis=50, demande=0), [("acquis", 0, 100), ("demande", 100, 0)]),
        (Sommes(), [("acquis", 0, 0), ("demande", 0, 0)]),
    ],
)
def test_the_bar_holds_the_greater_of_the_cost_and_of_the_plan(sommes, parts):
    assert sommes.parts == parts


def test_the_bar_is_drawn_by_the_server_and_said_in_words(fiche, agent):
    page = lire(agent.get(adresse(fiche)))
    sommes = fiche.financement_par_statut()
    largeurs = {
        r["data-part-du-plan"]: float(r["width"]) for r in page.select(".fiche-plan rect[x]")
    }
    assert largeurs["acquis"] == pytest.approx(float(sommes.parts[0][2]), abs=0.01)
    assert largeurs["demande"] == pytest.approx(float(sommes.parts[1][2]), abs=0.01)
    assert "à trouver" in page.select_one("[data-equilibre]").get_text()


# --- Cost --------------------------------------------------------------------------------------


@pytest.fixture(params=FicheAction.Etat.values)
def chargee(request, regions):
    """(a fiche in this state with several of each row, its agent), similar to a decided one."""
    territoire = f.territoire_publie(*regions, nom="Val d’Essai")
    fiche = f.fiche_complete(territoire, saisie_par=regions[0])
    local, _ = f.agents_de(fiche.territoire)
    for rang in range(2, 5):
        f.FinancementFactory(fiche=fiche, financeur=f"F{rang}", montant=10)
        f.EtapeFactory(fiche=fiche, ordre=rang)
        f.IndicateurFactory(fiche=fiche, libelle=f"I{rang}")
        f.OffreDeServiceFactory().axes.add(fiche.axe)
        f.PartenaireFactory().fiches.add(fiche)
        f.ThemeFactory().fiches.add(fiche)
        f.IntercommunaliteFactory().fiches.add(fiche)
        f.ObstacleFactory(fiche=fiche)
        f.PieceJointeFactory(fiche=fiche)
    if request.param != "brouillon":
        fiche = parcours.transmettre(fiche, agent=local)
    if request.param == "ajournee":
        remarques = [("contexte", "Qui ?"), ("cout_total", "Et donc ?")]
        juger(fiche, regions[0], "ajourne", remarques=remarques)
    if request.param == "refusee":
        juger(fiche, regions[0], "defavorable")
    for region in regions if request.param in FicheAction.ETATS_PUBLICS else ():
        juger(fiche, region, "favorable")
    if request.param in ("engagee", "realisee"):
        parcours.engager(fiche, agent=local)
    if request.param == "realisee":
        f.BilanFactory(fiche=fiche)
        parcours.realiser(fiche, agent=local)
    if request.param == "abandonnee":
        parcours.abandonner(fiche, agent=local, motif="Plus personne.")
    if fiche.est_du_public:
        suivre(fiche, local)
    fiche.refresh_from_db()
    assert fiche.etat == request.param
    return fiche, local


def suivre(fiche, agent):
    """Several of what is noted once a fiche was decided."""
    for rang in range(2):
        f.NouvelleFactory(fiche=fiche)
        for ligne in fiche.financements.all():
            f.MouvementFinancierFactory(financement=ligne)
        for indicateur in fiche.indicateurs.all():
            jour = datetime.date(2025, 1, 1 + rang)
            f.MesureFactory(indicateur=indicateur, mesure_le=jour)
        for etape in fiche.etapes.all():
            f.ReportEtapeFactory(etape=etape)


def lecteurs(fiche, local):
    """Those who open this form: one of each kind."""
    yield from (local, f.agent_region(*fiche.regions_concernees()), f.agent_delegation())
    if fiche.etat != "brouillon":
        yield f.agent_etat(*fiche.regions_concernees())
        yield f.agent_operateur(fiche.partenaires.first())


def test_the_form_costs_few_queries_in_each_state_for_each_role(chargee, client):
    fiche, local = chargee
    for agent in lecteurs(fiche, local):
        client.force_login(agent)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(fiche)).status_code == 200
        dites = [r["sql"].partition(" FROM ")[2][:90] for r in requetes.captured_queries]
        assert len(dites) <= REQUETES, f"{agent.niveau}: " + "\n".join(dites)


def test_a_page_asks_each_permission_once(fiche, agent, monkeypatch):
    posees, vraie = [], rules.has_perm

    def has_perm(nom, agent, objet=None):
        posees.append((str(nom), objet))
        return vraie(nom, agent, objet)

    monkeypatch.setattr(rules, "has_perm", has_perm)
    agent.get(adresse(fiche))
    assert posees and len(posees) == len(set(posees))


def test_what_was_retained_of_a_page_serves_no_later_one(fiche, agent):
    assert agent.get(adresse(fiche)).context["has_change_permission"]
    parcours.transmettre(fiche, agent=agent.agent)
    assert not agent.get(adresse(fiche)).context["has_change_permission"]
