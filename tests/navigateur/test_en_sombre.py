"""In dark, whatever is pressed is read, as it stands and under the pointer."""

import pytest

from tests.navigateur.conftest import entrer, fautes_d_axe

ECRANS = {
    "cc-lacq-orthez": ["/admin/", "/admin/programme/ficheaction/add/", "/pilotage/fiches/"],
    "region-occitanie": ["/admin/programme/seance/", "/admin/programme/seance/add/"],
    "delegation": [
        "/admin/territoires/agent/",
        "/admin/territoires/agent/add/",
        "/admin/programme/convention/1/change/",
        "/admin/programme/convention/1/delete/",
        "/admin/programme/ficheaction/",
    ],
}
EN_SOMBRE = "getComputedStyle(document.body).backgroundColor === 'rgb(22, 22, 22)'"
# As a page settles: a colour on its way to another is neither.
SANS_TRANSITION = """() => {
  const feuille = new CSSStyleSheet();
  feuille.replaceSync("*, *::before, *::after { transition: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, feuille];
  for (const replie of document.querySelectorAll("main details")) replie.open = true;
}"""
A_PRESSER = (
    "main button:enabled:not([aria-disabled=true]), main input[type=submit], main .submit-row a, "
    "main .object-tools a, nav summary"
)
# WCAG 2.2, relative luminance and contrast ratio, over the nearest background that is drawn.
CONTRASTE = """(element) => {
  const nombres = (couleur) => couleur.match(/[\\d.]+/g).map(Number);
  const lumiere = (couleur) => nombres(couleur).slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((somme, v, rang) => somme + v * [0.2126, 0.7152, 0.0722][rang], 0);
  let fond = element;
  while (nombres(getComputedStyle(fond).backgroundColor)[3] === 0) fond = fond.parentElement;
  const deux = [getComputedStyle(element).color, getComputedStyle(fond).backgroundColor];
  const [sombre, clair] = deux.map(lumiere).sort((a, b) => a - b);
  return (clair + 0.05) / (sombre + 0.05);
}"""


def peu_lisibles(page):
    """What is under 4.5 to 1 once the pointer is on it."""
    for commande in page.locator(A_PRESSER).all():
        if commande.is_visible():
            commande.hover(force=True)
            if (rapport := commande.evaluate(CONTRASTE)) < 4.5:
                yield f"{rapport:.2f} {commande.evaluate('e => e.outerHTML')[:120]}"


@pytest.mark.parametrize("identifiant", ECRANS)
def test_what_is_pressed_is_read_in_dark(identifiant, browser, browser_context_args):
    contexte = browser.new_context(**browser_context_args, color_scheme="dark")
    page = entrer(contexte.new_page(), identifiant)
    trouvees = {}
    for adresse in ECRANS[identifiant]:
        assert page.goto(adresse).ok, adresse
        # The theme is written by the script of the design system, a moment after the page.
        page.wait_for_function(
            "getComputedStyle(document.body).backgroundColor == 'rgb(22, 22, 22)'"
        )
        page.evaluate(SANS_TRANSITION)
        for faute in [*fautes_d_axe(page), *peu_lisibles(page)]:
            trouvees.setdefault(faute, adresse)
    contexte.close()
    assert trouvees == {}
