"""What agents do every day, without a mouse: the keys reach each thing, and the focus shows."""

import pytest
from playwright.sync_api import expect

TOUCHES = 150  # more would be a page that nobody walks through
ICI = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  const nom = (e.tagName === "BUTTON" && e.innerText) || e.getAttribute("aria-label")
    || (e.labels && e.labels[0] && e.labels[0].innerText)
    || e.value || e.innerText || "";
  return {
    id: e.id, nom: nom.trim(), role: e.tagName,
    vu: s.outlineStyle !== "none" || s.boxShadow !== "none",
  };
}"""


@pytest.fixture
def clavier(page):
    """A page on which a mouse that is used fails the test."""
    faits = []
    page.expose_function("souris", lambda: faits.append(1))
    page.add_init_script(
        "document.addEventListener('click', (e) => { if (e.isTrusted && e.detail) "
        "window.souris(); }, true);"
    )
    yield faits
    assert faits == []


def aller(page, nom="", *, id=""):
    """Tab until the thing of this name, or of this id, has the focus, and shows it."""
    for _ in range(TOUCHES):
        page.keyboard.press("Tab")
        ici = page.evaluate(ICI)
        if (id and ici["id"] == id) or (nom and ici["nom"].startswith(nom)):
            assert ici["vu"], f"rien ne montre que « {nom or id} » a le focus"
            return
    pytest.fail(f"« {nom or id} » ne s’atteint pas au clavier")


def ouvrir(page, nom):
    """Go to a link or a button, and press it; the page that comes is there."""
    aller(page, nom)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def taper(page, champ, texte):
    aller(page, id=champ)
    page.keyboard.press("Control+a")
    page.keyboard.type(texte)


def test_a_fiche_is_followed_by_the_keys_alone(page, connecter, clavier):
    connecter("cc-lacq-orthez")
    clavier.clear()
    ouvrir(page, "Fiches actions")
    taper(page, "searchbar", "friche")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ouvrir(page, "Remettre en service la friche")
    ouvrir(page, "Suivre l’action")
    ouvrir(page, "Noter un mouvement")
    taper(page, "id_mouvement-nature", "v")
    taper(page, "id_mouvement-montant", "1 000")
    taper(page, "id_mouvement-le", "03/03/2026")
    ouvrir(page, "Enregistrer")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("1\u202f000\u00a0€")


def test_a_fiche_is_written_and_sent_up_by_the_keys_alone(page, connecter, clavier):
    connecter("cc-lacq-orthez")
    clavier.clear()
    ouvrir(page, "Nouvelle fiche action")
    expect(page.locator("#id_titre")).to_be_focused()
    page.keyboard.type("Former au clavier")
    aller(page, id="id_axe")
    page.keyboard.type("Comp")
    taper(page, "id_maitre_ouvrage", "CC de Lacq-Orthez")
    for champ in ("contexte", "objectifs", "description", "resultats_attendus"):
        taper(page, f"id_{champ}", "Trente soudeurs par an.")
    taper(page, "id_date_debut", "01/09/2027")
    taper(page, "id_cout_total", "250 000")
    taper(page, "id_financements-0-financeur", "Conseil régional")
    taper(page, "id_financements-0-montant", "100 000")
    ouvrir(page, "Enregistrer")
    ouvrir(page, "Transmettre")
    expect(page.locator("main")).to_contain_text("Comités saisis")
    ouvrir(page, "Transmettre")
    expect(page.locator("main")).to_contain_text("État : transmise")


def test_an_agent_is_created_by_the_keys_alone(page, connecter, clavier):
    connecter("delegation")
    clavier.clear()
    aller(page, "Administration")
    page.keyboard.press("Enter")
    ouvrir(page, "Agents")
    ouvrir(page, "Nouvel agent")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("clavier.seul")
    for champ, texte in (("last_name", "Seul"), ("first_name", "Clavier")):
        taper(page, f"id_{champ}", texte)
    taper(page, "id_email", "clavier.seul@exemple.invalid")
    taper(page, "id_niveau", "i")
    expect(page.locator("#id_niveau")).to_have_value("intercommunalite")
    aller(page, "Intercommunalités")
    page.keyboard.type("Lacq")
    expect(page.get_by_role("option", name="Lacq").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ouvrir(page, "Enregistrer")
    expect(page.locator(".messagelist")).to_contain_text("clavier.seul")
