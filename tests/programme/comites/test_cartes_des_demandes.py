"""A request to adapt a périmètre shows its map before and after, to who reads it."""

import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from programme.comites.simulation import simuler_la_demande
from programme.fiches.models import FicheAction
from territoires.editions.composition import calculer
from tests import factories as f

pytestmark = pytest.mark.django_db


def cartes(demande):
    return simuler_la_demande(demande, fiches=FicheAction.objects.none()).cartes


@pytest.fixture
def demande():
    """Alpha, of two intercommunalités, asks to lose one and to take a third."""
    territoire = f.territoire_publie("75", nom="Alpha")
    perimetre = territoire.perimetre_courant
    partant = f.ContourFactory().intercommunalite
    f.MembrePerimetreFactory(perimetre=perimetre, membre=partant)
    calculer([perimetre])
    demande = f.DemandePerimetreFactory(perimetre=perimetre)
    venant = f.ContourFactory().intercommunalite
    f.MouvementDemandeFactory(demande=demande, sens="ajout", intercommunalite=venant, commune=None)
    f.MouvementDemandeFactory(
        demande=demande, sens="retrait", intercommunalite=partant, commune=None
    )
    return demande


def test_what_goes_is_on_the_first_and_what_comes_on_the_second(demande):
    dessin = cartes(demande)
    assert len({dessin.avant.mouvement, dessin.apres.mouvement, ""}) == 3
    assert len({dessin.avant.territoire, dessin.apres.territoire, ""}) == 3
    demande.mouvements.filter(sens="ajout").delete()
    assert (cartes(demande).avant.mouvement != "", cartes(demande).apres.mouvement) == (True, "")
    demande.mouvements.update(sens="ajout")  # it is there already
    assert cartes(demande).avant.mouvement == ""


def test_nothing_is_drawn_of_what_has_no_outline(demande):
    sans = f.IntercommunaliteFactory(nom="Sans contour")
    f.MouvementDemandeFactory(demande=demande, sens="ajout", intercommunalite=sans, commune=None)
    assert cartes(demande).sans_contour == [sans]
    demande.mouvements.exclude(intercommunalite=sans).delete()
    assert cartes(demande) is None


@pytest.mark.parametrize("page", ["change", "appliquer"])
def test_the_pages_of_a_request_show_both(page, demande, client):
    client.force_login(f.agent_delegation())
    lue = client.get(reverse(f"admin:programme_demandeperimetre_{page}", args=[demande.pk]))
    html = BeautifulSoup(lue.content, "html.parser")
    figures = html.select(".avant-apres figure")
    assert [figure.figcaption.text for figure in figures] == ["Avant", "Après"]
    assert [figure.p.text.split()[-1] for figure in figures] == ["partirait", "entrerait"]


def test_its_territoire_sees_them_too_and_a_new_request_has_none(demande, client):
    local, _ = f.agents_de(demande.perimetre.territoire)
    client.force_login(local)
    lue = client.get(reverse("admin:programme_demandeperimetre_change", args=[demande.pk]))
    assert lue.context["simulation"].cartes
    ajout = client.get(reverse("admin:programme_demandeperimetre_add"))
    assert ajout.context["simulation"] is None


def test_the_dossier_draws_both_on_its_page_and_in_its_pdf(demande, client):
    comite = f.ComiteDePilotageFactory(region=demande.perimetre.regions.get())
    seance = f.SeanceFactory(comite=comite)
    f.PointOrdreDuJourFactory(seance=seance, demande=demande)
    f.PointOrdreDuJourFactory(seance=seance, demande=f.DemandePerimetreFactory())  # moves nothing
    client.force_login(f.agent_delegation())
    page = client.get(reverse("admin:programme_seance_dossier", args=[seance.pk]))
    figures = BeautifulSoup(page.content, "html.parser").select(".avant-apres-cartes figure")
    assert [" ".join(figure.figcaption.text.split()) for figure in figures] == [
        "Avant. Hachuré : ce qui partirait.",
        "Après. Hachuré : ce qui entrerait.",
    ]
    dessin = cartes(demande)
    for figure, mouvement in zip(figures, (dessin.avant, dessin.apres), strict=True):
        (motif,) = figure.select("pattern")
        hachure = figure.select_one(f"path[fill='url(#{motif['id']})']")
        assert hachure["d"] == mouvement.mouvement
    pdf = client.get(reverse("admin:programme_seance_dossier_pdf", args=[seance.pk]))
    lu = PdfReader(io.BytesIO(pdf.content)).pages
    dit = " ".join(" ".join(page.extract_text().split()) for page in lu)
    assert "Hachuré : ce qui entrerait" in dit
