"""Several régions on one fiche: side by side, with what they remark on the same field."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.comites import conduite, decisions
from programme.comites.models import Avis
from programme.fiches import parcours
from programme.fiches.instruction import instruction
from programme.pilotage.taux import ranger, reponses
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche():
    regions = [f.RegionFactory(code="75", nom="Atlantide"), f.RegionFactory(code="76", nom="Bise")]
    territoire = f.territoire_publie(*regions, nom="Entre deux")
    fiche = f.fiche_complete(territoire, titre="Ouvrir l’atelier")
    return parcours.transmettre(fiche, agent=f.agent_delegation())


def dire(fiche, code, sens, *remarques, clore=True, motif="Parce que."):
    comite = f.ComiteDePilotageFactory(region=f.RegionFactory(code=code))
    seance, agent = f.SeanceFactory(comite=comite), f.agent_delegation()
    decisions.rendre_avis(
        fiche, seance=seance, agent=agent, sens=sens, motif=motif, remarques=remarques
    )
    if clore:
        conduite.clore(seance, agent=agent)
    return seance


def cellules(page):
    """{title of the row: its cells}"""
    soupe = BeautifulSoup(page.content, "html.parser")
    table = soupe.find(id="legende-regards").find_parent("table")
    return {
        " ".join(ligne.th.get_text(" ", strip=True).split()): [
            " ".join(td.get_text(" ", strip=True).split()) for td in ligne.find_all("td")
        ]
        for ligne in table.select("tbody tr")
    }


def page_de(fiche):
    return reverse("admin:programme_ficheaction_change", args=[fiche.pk])


def test_avis_motives_and_delays_stand_side_by_side(fiche, client):
    dire(fiche, "75", "favorable", ("contexte", "Chiffrez l’emploi."))
    client.force_login(f.agents_de(fiche.territoire)[0])
    lues = cellules(client.get(page_de(fiche)))
    assert lues["Avis"] == ["Favorable", "Pas encore d’avis"]
    assert lues["Motif"] == ["Parce que.", "–"]
    assert lues["Délai"] == ["0 jour", "Attendu depuis 0 jour"]
    assert lues["Contexte"] == ["Chiffrez l’emploi.", "–"]


def test_who_is_awaited_is_named_with_its_region(fiche, client):
    client.force_login(f.agents_de(fiche.territoire)[0])

    def agir():
        return " ".join(
            BeautifulSoup(client.get(page_de(fiche)).content, "html.parser").text.split()
        )

    assert "Aux comités de pilotage des régions Atlantide et Bise : rendre un avis" in agir()
    dire(fiche, "75", "favorable")
    assert "Au comité de pilotage de la région Bise : rendre un avis" in agir()


def test_remarks_on_one_field_are_shown_together(fiche, client):
    dire(fiche, "75", "favorable", ("contexte", "Trop long."), ("objectifs", "Bien."))
    fiche.refresh_from_db()
    avis = instruction().avis_en_cours(fiche, avec_remarques=True)
    regards = instruction().regards(fiche, avis)
    assert not regards.divergent
    dire(fiche, "76", "ajourne", ("contexte", "Trop court."))
    fiche.refresh_from_db()
    client.force_login(f.agents_de(fiche.territoire)[0])
    page = client.get(page_de(fiche))
    lues = cellules(page)
    assert lues["Contexte Remarques de plusieurs régions"] == ["Trop long.", "Trop court."]
    assert lues["Objectifs"] == ["Bien.", "–"]
    assert "ne disent pas la même chose" in page.content.decode()


def test_what_a_seance_still_open_noted_is_told_to_no_other(fiche, client):
    seance = dire(fiche, "75", "favorable", motif="Motif Xyzzy", clore=False)
    client.force_login(f.agent_region("76"))
    assert "Xyzzy" not in client.get(page_de(fiche)).content.decode()
    point = f.PointOrdreDuJourFactory(seance=seance, demande=None, fiche=fiche)
    autre = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=f.RegionFactory(code="76")))
    point = f.PointOrdreDuJourFactory(seance=autre, demande=None, fiche=fiche)
    adresse = reverse("admin:programme_seance_avis_point", args=[autre.pk, point.pk])
    page = client.get(adresse)
    assert page.status_code == 200
    assert "Xyzzy" not in page.content.decode()
    assert "legende-regards" not in page.content.decode()  # nobody has answered


def test_a_fiche_of_one_region_has_nothing_to_compare(client):
    territoire = f.territoire_publie("75")
    fiche = parcours.transmettre(f.fiche_complete(territoire), agent=f.agent_delegation())
    assert instruction().regards(fiche, []) is None
    client.force_login(f.agents_de(territoire)[0])
    assert "legende-regards" not in client.get(page_de(fiche)).content.decode()


def test_rates_by_region_and_axe(fiche, client):
    dire(fiche, "75", "favorable")
    dire(fiche, "76", "defavorable")
    lignes, axes, regions = ranger(reponses(Avis.objects.all()))
    assert [(regions[r].nom, axes[a] == fiche.axe, dict(n)) for r, a, n in lignes] == [
        ("Atlantide", True, {"favorable": 1}),
        ("Bise", True, {"defavorable": 1}),
    ]
    client.force_login(f.agent_delegation())
    page = client.get(reverse("pilotage"))
    tableau = next(t for t in page.context["tableaux"] if t.code == "avis")
    assert [[c.valeur for c in ligne.cellules] for ligne in tableau.lignes] == [
        [1, 1, 0, 0, 100],
        [1, 0, 1, 0, 0],
    ]
    liste = client.get(tableau.lignes[1].cellules[2].adresse)
    assert [avis.region.nom for avis in liste.context["page_obj"]] == ["Bise"]
