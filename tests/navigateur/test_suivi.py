"""After the decision: money granted and paid, a step put off, an obstacle answered and lifted."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import continuer

TITRE = "Récupérer la chaleur des usines de Lacq"
REGLE = "Seuil de rejet dans le gave"


@pytest.fixture
def suivre(ouvrir_pour):
    """The page of the follow-up of one fiche under way, opened by its territoire."""
    page = ouvrir_pour("cc-lacq-orthez")
    page.goto("/admin/programme/ficheaction/?etat__exact=engagee")
    page.get_by_role("link", name=TITRE).click()
    fiche = page.url.partition("?")[0]
    page.goto(fiche.replace("/change/", "/suivi/"))
    return page, fiche


def ligne(page, financeur):
    return page.get_by_role("row").filter(has_text=financeur)


def noter(page, nature, montant, jour):
    ligne(page, "Conseil régional").get_by_role("link", name="Noter un mouvement").click()
    page.get_by_label("Ce qui s’est passé").select_option(label=nature)
    page.get_by_label("Montant").fill(montant)
    page.get_by_label(re.compile("^Date")).fill(jour)
    page.locator(".submit-row").get_by_role("button").first.click()
    page.wait_for_url("**/suivi/")


def test_what_happens_after_the_decision_is_told_to_all(
    suivre, ouvrir_pour, browser, verifier_accessibilite
):
    page, fiche = suivre
    page.get_by_role("link", name="Page publique").click()
    publique = page.url
    page.go_back()
    verifier_accessibilite(page)

    noter(page, "accordé", "1 600 000", "2026-11-02")
    noter(page, "versé", "400 000", "2026-11-10")
    noter(page, "versé", "300 000", "2026-11-20")
    region = ligne(page, "Conseil régional")
    expect(region).to_contain_text(re.compile(r"1.600.000.€.*700.000.€", re.DOTALL))

    page.get_by_role("link", name="cocher ou reporter").last.click()
    verifier_accessibilite(page)
    page.get_by_label(re.compile("^Fin")).fill("2027-01-31")
    page.get_by_label("Motif du changement").fill("Livraison retardée.")
    page.locator(".submit-row").get_by_role("button").first.click()
    page.wait_for_url("**/suivi/")
    expect(page.locator("main")).to_contain_text("31 janvier 2027")

    page.goto(fiche)
    page.locator("#id_obstacles-0-regle").fill(REGLE)
    page.locator("#id_obstacles-0-simplification").fill("Un seuil par saison.")
    continuer(page)
    expect(page.locator(".messagelist")).to_contain_text("enregistré")

    repondre(ouvrir_pour("region-nouvelle-aquitaine"), verifier_accessibilite)

    page.goto(fiche.replace("/change/", "/suivi/"))
    expect(page.locator("main")).to_contain_text(re.compile(rf"{REGLE}.*levé", re.DOTALL))
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    visiteur = browser.new_context().new_page()
    visiteur.goto(publique)
    lu = visiteur.locator("main")
    expect(lu).to_contain_text(re.compile("700.000.€"))
    expect(lu).to_contain_text("31 janvier 2027")
    expect(lu).not_to_contain_text(REGLE)
    visiteur.context.close()


def repondre(page, verifier):
    """The région answers the obstacle, then says that it is lifted."""
    page.goto("/pilotage/obstacles/")
    page.get_by_role("link", name=REGLE).click()
    verifier(page)
    page.get_by_label("Réponse").first.fill("Le préfet admet un seuil par saison.")
    page.get_by_role("button", name="Enregistrer et prévenir").first.click()
    expect(page.locator("main")).to_contain_text("Le préfet admet un seuil par saison.")
    page.get_by_label("Levé le").first.fill("2026-11-25")
    page.get_by_role("button", name="Enregistrer et prévenir").first.click()
    expect(page.locator("main")).to_contain_text("Levé le 25 novembre 2026")
