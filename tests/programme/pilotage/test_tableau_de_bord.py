"""Each figure of the dashboard is the count, or the sum, of the list it leads to."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.fiches import parcours
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.monde import une_fois

pytestmark = pytest.mark.django_db


def _pays():
    """Fiches in several states, axes and régions; one territoire touches both régions."""
    partage, seul = f.territoire_publie("75", "76"), f.territoire_publie("75")
    delegation = f.agent_delegation()
    partenaire = f.PartenaireFactory()
    for territoire in (partage, partage, seul):
        fiche = f.fiche_complete(territoire)
        fiche.partenaires.set([partenaire, f.PartenaireFactory()])
        f.FinancementFactory(fiche=fiche, statut="acquis", montant="1234.50")
    f.FicheActionFactory(territoire=seul)
    valider(FicheAction.objects.filter(territoire=partage)[0], delegation)
    return {"delegation": delegation, "partage": partage, "seul": seul, "partenaire": partenaire}


pays = pytest.fixture(_pays)
pays_pour_tous = une_fois(_pays, portee="class")


def valider(fiche, agent):
    parcours.transmettre(fiche, agent=agent)
    for region in fiche.regions_concernees():
        seance = f.SeanceFactory(comite__region=region)
        f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=agent)


def entrer(client, agent):
    client.force_login(agent)
    return client


def derriere(page, cellule):
    """What the list behind this figure says of it."""
    code = cellule.colonne.code
    if code in ("cout", "acquis", "demande"):
        return page.context["sommes"].get(code) or 0
    if code in ("mediane", "lents"):
        return page.context["serie"][1 if code == "mediane" else 2]
    return page.context["page_obj"].paginator.count


def cellules(page):
    tableaux = page.context.get("tableaux") or [page.context["tableau"]]
    for tableau in tableaux:
        lignes = [*tableau.lignes, *([tableau.total] if tableau.total else [])]
        for ligne in lignes:
            for cellule in ligne.cellules:
                yield tableau.code, ligne.nom, cellule


def agent(qui, pays):
    if qui == "delegation":
        return pays["delegation"]
    return f.agent_region("76") if qui == "region" else f.agents_de(pays["partage"])[0]


class TestEveryFigure:
    @pytest.mark.parametrize("filtres", ["", "region=75", "region=76", "etat=brouillon", "cas=moi"])
    @pytest.mark.parametrize("qui", ["delegation", "region", "intercommunalite"])
    @pytest.mark.parametrize("nom", ["pilotage", "pilotage-matrice"])
    def test_each_figure_is_that_of_the_list_behind_it(
        self, nom, qui, filtres, pays_pour_tous, client
    ):
        entrer(client, agent(qui, pays_pour_tous))
        listes = {}
        for ou, ligne, cellule in cellules(client.get(f"{reverse(nom)}?{filtres}")):
            if cellule.valeur is None or cellule.colonne.genre == "part":
                continue
            if cellule.adresse not in listes:  # several figures lead to one list
                listes[cellule.adresse] = client.get(cellule.adresse)
            liste = listes[cellule.adresse]
            assert liste.status_code == 200
            assert derriere(liste, cellule) == cellule.valeur, (ou, ligne, cellule.colonne.code)


def test_an_interregional_fiche_counts_once_in_the_total_and_in_each_region(pays, client):
    page = entrer(client, pays["delegation"]).get(reverse("pilotage"))
    regions = next(t for t in page.context["tableaux"] if t.code == "regions")
    assert {ligne.code: ligne.cellules[0].valeur for ligne in regions.lignes} == {"75": 4, "76": 2}
    assert regions.total.cellules[0].valeur == 4
    assert "une seule fois dans le total" in page.content.decode()


def test_months_tell_what_was_created_and_validated(pays, client):
    page = entrer(client, pays["delegation"]).get(reverse("pilotage"))
    mois = next(t for t in page.context["tableaux"] if t.code == "mois")
    assert [[c.valeur for c in ligne.cellules] for ligne in mois.lignes] == [[4, 1]]
    assert "<svg" in page.context["graphique"]


def test_only_the_perimeter_is_counted(pays, client):
    f.fiche_complete(f.territoire_publie("11"))
    entrer(client, f.agent_region("76"))
    for partagee, lues in ((None, 1), (timezone.now(), 2)):  # the other is a draft
        FicheAction.objects.filter(territoire=pays["partage"]).update(partagee_le=partagee)
        page = client.get(reverse("pilotage"))
        assert page.context["total"].cellules[0].valeur == lues


@pytest.mark.parametrize("qui, statut", [(None, 302), ("sans", 403)])
@pytest.mark.parametrize(
    "nom", ["pilotage", "pilotage-fiches", "pilotage-delais", "pilotage-matrice"]
)
def test_it_is_for_agents_with_a_perimeter(nom, qui, statut, client):
    if qui:
        client.force_login(f.AgentFactory())
    assert client.get(reverse(nom)).status_code == statut


@pytest.mark.parametrize("code", ["etats", "axes", "regions", "mois", "delais", "matrice"])
def test_each_table_goes_out_as_csv(code, pays, client):
    entrer(client, pays["delegation"])
    page = client.get(reverse("pilotage-matrice" if code == "matrice" else "pilotage"))
    attendues = {ligne for ou, ligne, _ in cellules(page) if ou == code} - {
        "Total",
        "Tous les comités",
    }
    reponse = client.get(reverse("pilotage-csv", args=[code, "excel"]))
    lignes = list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert {ligne["nom"] for ligne in lignes} == attendues
    if code == "regions":
        assert [ligne["acquis"] for ligne in lignes] == ["3703,50", "2469,00"]


def test_an_unknown_table_is_not_found(pays, client):
    entrer(client, pays["delegation"])
    for adresse in (["secrets", "excel"], ["etats", "pdf"]):
        assert client.get(reverse("pilotage-csv", args=adresse)).status_code == 404


COUTS = {"pilotage": 16, "pilotage-fiches": 11, "pilotage-delais": 11, "pilotage-matrice": 10}


@pytest.mark.parametrize("nom, cout", COUTS.items())
def test_it_costs_the_same_with_one_fiche_and_a_hundred(
    nom, cout, client, django_assert_num_queries
):
    delegation = f.agent_delegation()
    entrer(client, delegation)
    fiche = f.fiche_complete(f.territoire_publie("75"))
    fiche.partenaires.set([f.PartenaireFactory()])
    valider(fiche, delegation)
    client.get(reverse(nom))  # what was just written is counted once, by who comes first
    with django_assert_num_queries(cout):
        client.get(reverse(nom))
    FicheAction.objects.bulk_create(
        FicheAction(titre=f"Fiche {n}", territoire=fiche.territoire, axe=fiche.axe)
        for n in range(100)
    )
    autre = f.fiche_complete(f.territoire_publie("76"))
    autre.partenaires.set([f.PartenaireFactory()])
    valider(autre, delegation)
    client.get(reverse(nom))
    with django_assert_num_queries(cout):
        client.get(reverse(nom))


def test_filters_of_the_admin_list_count_each_fiche_once(pays, client):
    entrer(client, pays["delegation"])
    adresse = reverse("admin:programme_ficheaction_changelist")
    attendus = {
        "region=75": 4,
        "region=76": 2,
        "cas=sans-budget": 1,
        "cas=sans-nouvelle": 0,
        "cout=grand": 3,
        "cout=petit": 0,
        "debut=2024": 3,
        f"partenaires__id__exact={pays['partenaire'].pk}": 3,
    }
    vus = {
        filtre: client.get(f"{adresse}?{filtre}").context["cl"].result_count for filtre in attendus
    }
    assert vus == attendus


@pytest.mark.parametrize("cas, attendue", [("sans-budget", "chere"), ("sans-nouvelle", "vieille")])
def test_the_public_list_finds_what_has_no_budget_or_no_news(cas, attendue, client):
    delegation = f.agent_delegation()
    fiches = {
        "chere": f.fiche_complete(),
        "vieille": f.fiche_complete(),
        "autre": f.fiche_complete(),
    }
    for fiche in fiches.values():
        valider(fiche, delegation)
    FicheAction.objects.filter(pk=fiches["chere"].pk).update(cout_total=None)
    il_y_a_sept_mois = timezone.now() - datetime.timedelta(days=210)
    FicheAction.objects.filter(pk=fiches["vieille"].pk).update(updated_at=il_y_a_sept_mois)
    page = client.get(reverse("fiches"), {"cas": cas})
    assert list(page.context["page_obj"]) == [fiches[attendue]]
    assert page.context["page_obj"].paginator.count == 1
