"""Nothing typed is lost: a draft in the browser, a question on leaving, a session that ends."""

import re

from playwright.sync_api import expect

from tests.navigateur.attente import attendre
from tests.navigateur.conftest import MOT_DE_PASSE, SESSIONS, continuer

BROUILLON = re.compile("Un brouillon du .+ à .+h.+ n’a pas été enregistré")
AGENT = "cc-lacq-orthez"


def ouvrir_une_fiche(page):
    page.goto("/admin/programme/ficheaction/?etat__exact=brouillon")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url("**/change/**")
    page.wait_for_load_state()
    return page.url


def taper(page, contexte, etape):
    page.locator("#id_contexte").fill(contexte)
    page.locator("#etapes-group .add-row button").click()
    page.locator("#etapes-group tr.form-row:not(.empty-form)").last.locator(
        "input[name$=-intitule]"
    ).fill(etape)
    attendre(page, "texte => Object.values(localStorage).some((v) => v.includes(texte))", etape)


def recharger(page):
    """Leave as a person who insists, and come back."""
    with page.expect_event("dialog") as question:
        page.once("dialog", lambda dialogue: dialogue.accept())
        page.reload()
    assert question.value.type == "beforeunload"


def test_a_draft_is_offered_again_until_the_form_is_saved(page, connecter, verifier_accessibilite):
    connecter(AGENT)
    ouvrir_une_fiche(page)
    avant = page.locator("#id_contexte").input_value()
    taper(page, "Un contexte gardé", "Une étape gardée")
    recharger(page)
    offre = page.get_by_role("region", name="Brouillon non enregistré")
    expect(offre.get_by_role("status")).to_have_text(BROUILLON)
    assert page.locator("#id_contexte").input_value() == avant
    verifier_accessibilite(page)
    offre.get_by_role("button", name="Le reprendre").click()
    expect(page.locator("#id_contexte")).to_have_value("Un contexte gardé")
    etapes = page.locator("#etapes-group tr.form-row:not(.empty-form) input[name$=-intitule]")
    expect(etapes.last).to_have_value("Une étape gardée")
    page.once("dialog", lambda dialogue: dialogue.accept())
    continuer(page)
    expect(page.locator("#id_contexte")).to_have_value("Un contexte gardé")
    page.reload()  # nothing to ask, nothing to offer
    expect(page.locator("#id_contexte")).to_be_visible()
    page.wait_for_timeout(300)
    expect(offre).to_have_count(0)


def test_a_draft_is_of_one_agent_and_goes_when_he_signs_out(page, connecter):
    connecter(AGENT)
    adresse = ouvrir_une_fiche(page)
    taper(page, "Secret de Lacq", "Une étape")
    page.once("dialog", lambda dialogue: dialogue.accept())
    connecter("region-nouvelle-aquitaine")
    page.goto(adresse)
    page.wait_for_timeout(500)
    expect(page.get_by_text(BROUILLON)).to_have_count(0)

    connecter(AGENT)
    page.goto(adresse)
    expect(page.get_by_text(BROUILLON)).to_be_visible()
    SESSIONS.pop(AGENT)  # what follows ends it
    page.get_by_role("button", name="Déconnexion").click()
    page.wait_for_url("**/logout/")
    cles = page.evaluate("Object.keys(localStorage).filter((c) => c.includes('/change/'))")
    assert cles == []


def test_a_session_that_ends_in_a_long_form_loses_nothing(page, connecter, verifier_accessibilite):
    connecter(AGENT)
    ouvrir_une_fiche(page)
    taper(page, "Tapé longtemps", "Étape d’une longue saisie")
    page.context.clear_cookies(name="sessionid")
    continuer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous n’êtes plus connecté")
    expect(page.get_by_label("Contexte")).to_have_value("Tapé longtemps")
    verifier_accessibilite(page)
    page.locator("input[name=login]").fill(AGENT)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter et retrouver ma saisie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre saisie est gardée")
    verifier_accessibilite(page)
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.locator("#id_contexte")).to_have_value("Tapé longtemps")
    expect(page.locator("#etapes-group")).to_be_visible()
    etapes = page.locator("#etapes-group input[value='Étape d’une longue saisie']")
    expect(etapes).to_have_count(1)
