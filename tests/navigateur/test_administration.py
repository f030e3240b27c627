"""The screens of entry: axe finds nothing, and nothing overflows a wide screen or a phone."""

import pytest

# Alone, or followed by > for the page of what it lists first.
PAGES = {
    "delegation": [
        "/admin/",
        "/admin/programme/ficheaction/",
        "/admin/programme/ficheaction/ >",
        "/admin/programme/contrat/ >",
        "/admin/territoires/contour/add/",
        "/admin/evenements/assemblee/ >",
        "/admin/evenements/sequence/ >",
        "/pilotage/",
        "/pilotage/obstacles/",
        "/admin/programme/obstacle/",
        "/admin/programme/obstaclenational/ >",
        "/admin/programme/ficheaction/?etat__exact=engagee >",
    ],
    "cc-lacq-orthez": [
        "/admin/",
        "/admin/programme/ficheaction/add/",
        "/admin/programme/ficheaction/?etat__exact=ajournee >",
    ],
    "region-occitanie": ["/admin/programme/seance/ >", "/admin/programme/seance/add/"],
}


@pytest.mark.parametrize("agent", PAGES)
def test_axe_is_silent_where_agents_work(page, connecter, verifier_accessibilite, agent):
    connecter(agent)
    for adresse in PAGES[agent]:
        page.goto(adresse.removesuffix(" >"))
        if adresse.endswith(">"):
            page.locator("#result_list tbody th a").first.click()
        verifier_accessibilite(page)
        for largeur in (1280, 390):
            page.set_viewport_size({"width": largeur, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == largeur, adresse
