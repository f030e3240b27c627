"""A fiche from « Nouvelle fiche action » to « Transmise », by hand: how many clicks it takes."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import continuer
from tests.navigateur.test_fiches import creer

CLICS = 12  # at most, beside typing


@pytest.fixture
def clics(page):
    """The true clicks of the mouse made on each page since the beginning."""
    faits = []
    page.expose_function("compter", lambda texte: faits.append(texte))
    page.add_init_script(
        "document.addEventListener('click', (e) => { if (e.isTrusted && e.detail) "
        "window.compter(e.target.textContent.trim().slice(0, 40)); }, true);"
    )
    return faits


def ecrire(page, champ, texte):
    """Point at the first field of a section, and type."""
    page.locator(champ).click()
    page.keyboard.type(texte)


def suivant(page, texte):
    page.keyboard.press("Tab")
    page.keyboard.type(texte)


def test_a_new_fiche_is_sent_up_in_few_clicks(page, connecter, clics):
    connecter("cc-lacq-orthez")
    clics.clear()
    page.get_by_role("link", name="Nouvelle fiche action").first.click()
    expect(page.locator("#id_titre")).to_be_focused()
    page.keyboard.type("Réparer les machines du bassin")
    page.keyboard.press("Tab")  # the territoire is known
    suivant(page, "I")  # the first axe of that letter
    suivant(page, "CC de Lacq-Orthez")
    ecrire(page, "#id_contexte", "Trente machines attendent une pièce.")
    for texte in ("Les réparer.", "Un atelier commun.", "Trente machines en marche."):
        suivant(page, texte)
    ecrire(page, "#id_date_debut", "01/03/2027")
    ecrire(page, "#id_cout_total", "250 000")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".fiche-barre")).to_contain_text("prête à transmettre")
    page.get_by_role("button", name="Transmettre", exact=True).click()
    expect(page.get_by_role("heading", name="Ce qui part")).to_be_visible()
    page.locator(".submit-row").get_by_role("button", name="Transmettre").click()
    expect(page.locator("section[aria-labelledby=situation]")).to_contain_text("État : transmise")
    assert 0 < len(clics) <= CLICS, clics


def rangs(page):
    """{step: its rank} of the form, in the order of the page."""
    lignes = page.locator("#etapes-group tr.form-row:not(.empty-form)")
    return {
        nom: ligne.locator("input[name$=-ordre]").input_value()
        for ligne in lignes.all()
        if (nom := ligne.locator("input[name$=-intitule]").input_value())
    }


def test_steps_move_by_the_keyboard_and_stay_moved(page, connecter):
    connecter("cc-lacq-orthez")
    creer(page, "Ranger les étapes")
    for rang, nom in enumerate(("Étudier", "Bâtir", "Ouvrir")):
        page.locator(f"#id_etapes-{rang}-intitule").fill(nom)
        page.locator("#etapes-group .add-row button").click()
    continuer(page)
    assert rangs(page) == {"Étudier": "1", "Bâtir": "2", "Ouvrir": "3"}
    monter = page.get_by_role("button", name=re.compile("^Monter .*Ouvrir"))
    monter.focus()
    page.keyboard.press("Enter")
    expect(monter).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # it is the first: nothing more
    expect(page.locator("#etapes-group [role=status]")).to_have_text(
        re.compile(r"Étape «\sOuvrir\s»\s: rang 1 sur 3")
    )
    attendus = [("Ouvrir", "1"), ("Étudier", "2"), ("Bâtir", "3")]
    assert list(rangs(page).items()) == attendus
    poignee = page.locator("#etapes-group tr.form-row").nth(2).locator(".etape-poignee")
    poignee.drag_to(page.locator("#etapes-group tr.form-row").nth(0).locator("td").nth(1))
    continuer(page)
    assert list(rangs(page)) == ["Bâtir", "Ouvrir", "Étudier"]


def test_a_partenaire_names_the_financeur_and_the_bar_follows(page, connecter):
    connecter("cc-lacq-orthez")
    creer(page, "Nommer le financeur")
    page.locator("#id_cout_total").fill("1 000")
    choix = page.locator("#id_financements-0-partenaire")
    choix.select_option(label="Bpifrance")
    expect(page.locator("#id_financements-0-financeur")).to_have_value("Bpifrance")
    page.locator("#id_financements-0-montant").fill("250")
    expect(page.locator("[data-part-du-plan=demande]")).to_have_attribute("width", "25")
    page.locator("#id_financements-0-financeur").fill("Bpifrance Nouvelle-Aquitaine")
    choix.select_option(index=2)
    expect(page.locator("#id_financements-0-financeur")).to_have_value(
        "Bpifrance Nouvelle-Aquitaine"
    )


def test_errors_on_top_lead_to_their_fields(page, connecter, verifier_accessibilite):
    connecter("cc-lacq-orthez")
    creer(page, "Se tromper")
    page.locator("#id_titre").fill("")
    page.locator("#id_financements-0-financeur").fill("Région")
    page.locator("#id_financements-0-montant").fill("mille")
    continuer(page)
    alerte = page.get_by_role("alert")
    expect(alerte).to_be_focused()
    alerte.get_by_role("link", name="Plan de financement, ligne 1, montant").press("Enter")
    expect(page.locator("#id_financements-0-montant")).to_be_focused()
    verifier_accessibilite(page)


def test_without_script_a_fiche_is_written_with_its_rows(browser, browser_context_args, connecter):
    page = connecter("cc-lacq-orthez")
    cookies = page.context.cookies()
    sans = browser.new_context(**browser_context_args, java_script_enabled=False)
    sans.add_cookies(cookies)
    page = sans.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/admin/programme/ficheaction/add/")
    page.locator("#id_titre").fill("Écrire sans script")
    page.locator("#id_financements-0-partenaire").select_option(label="Bpifrance")
    page.locator("#id_financements-0-montant").fill("1 000")
    page.locator("#id_etapes-0-intitule").fill("Étudier")
    page.locator("#id_etapes-0-ordre").fill("2")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("#id_etapes-1-intitule").fill("Décider")
    page.locator("#id_etapes-1-ordre").fill("1")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#id_financements-0-financeur")).to_have_value("Bpifrance")
    expect(page.locator("#id_etapes-0-intitule")).to_have_value("Décider")
    expect(page.locator("#id_etapes-1-intitule")).to_have_value("Étudier")
    sans.close()


def test_a_new_fiche_opens_at_its_top_however_late_its_scripts_come(page, connecter):
    connecter("cc-lacq-orthez")
    page.set_viewport_size({"width": 1100, "height": 900})  # where the parts are folded
    page.route("**/parcours*.js", lambda route: (time.sleep(0.5), route.continue_()))
    page.goto("/admin/programme/ficheaction/add/")
    expect(page.locator("#id_titre")).to_be_focused()
    assert page.evaluate("window.scrollY") == 0
