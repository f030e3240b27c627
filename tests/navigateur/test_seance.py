"""A séance held with the keyboard alone: no mouse, and no script of ours."""

import pytest
from playwright.sync_api import expect


def prochaine_seance(page):
    """The page of the next séance of the agent's comité, the first of the list."""
    page.goto("/admin/programme/seance/")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url("**/change/")


def alt(page, lettre):
    """Press an access key as a keyboard does: with the letter it types, which page.press omits."""
    session = page.context.new_cdp_session(page)
    touche = {"key": lettre, "text": lettre, "unmodifiedText": lettre, "modifiers": 1}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **touche})


def test_the_avis_are_given_with_the_keyboard_alone(page, connecter, verifier_accessibilite):
    connecter("region-occitanie")
    prochaine_seance(page)
    page.get_by_role("button", name="Rendre les avis").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Commencer")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".compteur")).to_have_text("1 sur 7")
    verifier_accessibilite(page)
    expect(page.get_by_label("Favorable", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")  # round to the last choice: ajourné
    expect(page.get_by_label("Ajourné", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    erreur = page.get_by_role("alert")
    expect(erreur).to_be_focused()
    expect(erreur).to_contain_text("Ce que vous avez saisi est gardé")
    expect(page.get_by_label("Ajourné", exact=True)).to_be_checked()
    verifier_accessibilite(page)

    page.keyboard.press("Tab")
    expect(erreur.get_by_role("link")).to_be_focused()  # to the field that is missing
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ajourné", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Motif")).to_be_focused()
    page.keyboard.type("Le plan de financement est à préciser.")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")  # the first remark
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Remarque sur : titre")).to_be_focused()
    page.keyboard.type("Dire de quel atelier il s’agit.")
    alt(page, "s")

    expect(page.locator(".compteur")).to_have_text("2 sur 7")
    expect(page.locator(".messagelist")).to_contain_text("avis ajourné enregistré")
    alt(page, "p")
    expect(page.locator(".compteur")).to_have_text("1 sur 7")
    expect(page.locator(".rendu")).to_contain_text("Dire de quel atelier il s’agit.")
    alt(page, "o")
    expect(page.locator("#content")).to_contain_text("1 avis rendu sur 7 points.")


@pytest.mark.parametrize("largeur", [1280, 390])
def test_the_documents_are_readable_by_all(page, connecter, verifier_accessibilite, largeur):
    page.set_viewport_size({"width": largeur, "height": 900})
    connecter("region-nouvelle-aquitaine")
    prochaine_seance(page)
    accueil = page.url
    for lien in ("Ordre du jour", "Dossier de séance", "Présences"):
        page.goto(accueil)
        page.get_by_role("button", name=lien, exact=True).click()
        verifier_accessibilite(page)
        assert page.evaluate("document.documentElement.scrollWidth") == largeur, lien
    page.goto("/admin/programme/seance/")
    close = page.locator(
        "#result_list tbody tr", has=page.locator(".field-close_le", has_text="20")
    )
    close.first.locator("th a").click()  # the last one that was held
    page.get_by_role("button", name="Relevé de décisions", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relevé de décisions rectifié")
    verifier_accessibilite(page)
    assert page.evaluate("document.documentElement.scrollWidth") == largeur
