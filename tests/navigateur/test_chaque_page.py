"""Every page of every role, opened once: the policy of the site refuses nothing in it, all that it
loads is known by its digest, nothing overflows sideways. axe finds nothing on any public page, nor
on the screens where agents work most.
"""

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.navigateur.attente import attendre
from tests.navigateur.conftest import fautes_d_axe

DU_COMPTE = ["/compte/", "/compte/second-facteur/", "/compte/second-facteur/cles/"]
# Where each walk begins, and what no link leads to as such; > is the first row of a list.
DEPARTS = {
    "": [
        "/",
        "/compte/connexion/",
        "/compte/mot-de-passe/oublie/",
        "/carte/?region=11",
        "/carte/2020-10...2023-11/",
        "/territoires/?texte=introuvable",
        "/territoires/lacq-pau-tarbes/",
        "/territoires/lacq-pau-tarbes/?le=2025-01-15",
        "/territoires/lacq-pau-tarbes/?le=hier",
        "/recherche/?q=saint etiene",
        "/assemblees/lyon-2019/",
        "/intervenants/jacqueline-gourault/",
    ],
    "cc-lacq-orthez": [
        "/admin/",
        *DU_COMPTE,
        "/",
        "/admin/programme/ficheaction/add/",
        "/admin/programme/ficheaction/?etat__exact=ajournee >",
    ],
    "region-occitanie": [
        "/admin/",
        *DU_COMPTE,
        "/",
        "/admin/programme/seance/ >",
        "/admin/programme/seance/add/",
        "/admin/programme/ficheaction/?etat__exact=transmise >",
        "/admin/programme/demandeperimetre/ >",
        "/admin/programme/contrat/add/",
    ],
    "prefecture-pyrenees-atlantiques": [
        "/admin/",
        *DU_COMPTE,
        "/",
        "/admin/programme/ficheaction/",
        "/admin/programme/ficheaction/?etat__exact=transmise >",
    ],
    "banque-des-territoires": [
        "/admin/",
        *DU_COMPTE,
        "/",
        "/admin/programme/ficheaction/",
        "/admin/programme/ficheaction/?etat__exact=engagee >",
        "/admin/programme/convention/ >",
        "/admin/programme/offredeservice/ >",
    ],
    "delegation": [
        "/admin/",
        *DU_COMPTE,
        "/",
        "/admin/programme/ficheaction/",
        "/admin/programme/ficheaction/ >",
        "/admin/programme/contrat/ >",
        "/admin/programme/convention/add/",
        "/admin/territoires/contour/add/",
        "/admin/evenements/assemblee/ >",
        "/admin/evenements/sequence/ >",
        "/pilotage/",
        "/pilotage/obstacles/",
        "/admin/programme/obstacle/",
        "/admin/programme/obstaclenational/ >",
        "/admin/programme/ficheaction/?etat__exact=engagee >",
    ],
}
# Where several kinds of agents work on one object: read by axe for each of them.
LUES = {
    "instruction",
    "complement",
    "mes-courriels",
    "admin:programme_ficheaction_suivi",
    "admin:programme_ficheaction_mouvement",
    "admin:territoires_mandat_territoire",
    "admin:territoires_mandat_add",
    "admin:programme_demandeperimetre_add",
}
LARGEURS, LARGEURS_LUES = (1280, 390, 320), (1280, 390)
# Asked on purpose, or leaving the site; files are not pages.
SANS = ("/admin/logout", "/compte/deconnexion", "/static/", "/integrer/")
ECOUTER = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
# A script or a sheet whose digest is not that of its file is told in the console alone.
SANS_CONDENSE = """
[...document.querySelectorAll("script[src], link[rel=stylesheet]")]
  .filter((e) => !e.integrity && !e.src?.endsWith("/admin/jsi18n/")).map((e) => e.outerHTML)
"""


def ecouter(page):
    """[sentence] to which the console of the page will add what it refuses to run."""
    page.add_init_script(ECOUTER)
    dites = []
    page.on("console", lambda dite: "integrity" in dite.text and dites.append(dite.text))
    return dites


def genre(adresse):
    """One page of each view is enough; None for what is no page of ours."""
    chemin = urlsplit(adresse).path
    if chemin.startswith(SANS):
        return None
    try:
        return resolve(chemin).view_name
    except Resolver404:
        return None


def fautes(page, *, lue=True, largeurs=LARGEURS):
    """[sentence] of what is wrong in the page that stands; axe reads it too when it is `lue`."""
    suite = [f"refused: {refus}" for refus in page.evaluate("window.violations || []")]
    suite += [f"without a digest: {element}" for element in page.evaluate(SANS_CONDENSE)]
    # First as the page was opened, which is the width of the last one: each is laid out again.
    ouverte = page.viewport_size["width"]
    for largeur in sorted(largeurs, key=lambda une: une != ouverte):
        if largeur != ouverte:
            page.set_viewport_size({"width": largeur, "height": 900})
        if (vue := page.evaluate("document.documentElement.scrollWidth")) > largeur:
            suite.append(f"{vue} px wide on a screen of {largeur}")
        if lue and largeur in LARGEURS_LUES:
            suite += [f"axe, at {largeur}: {faute}" for faute in fautes_d_axe(page)]
    return suite


def visiter(page, depart):
    """(views, {fault: where it was first seen}) of one page of each view that one can reach.

    What is asked for by its whole address is opened besides, whatever its view.
    """
    vues, trouvees, attente, demandees = set(), {}, deque(depart), set(depart)
    while attente:
        adresse = attente.popleft()
        nom = genre(adresse)
        if nom is None or (nom in vues and adresse not in demandees):
            continue
        vues.add(nom)
        demandees.discard(adresse)
        try:
            reponse = page.goto(adresse.removesuffix(" >"))
        except Error:  # a file: it is downloaded, not shown
            continue
        if not reponse.headers.get("content-type", "").startswith("text/html"):
            continue
        if adresse.endswith(" >"):
            page.locator("#result_list tbody th a").first.click()
        publiques = depart is DEPARTS[""]
        largeurs = LARGEURS if publiques else LARGEURS_LUES
        lue = publiques or adresse in depart or nom in LUES
        try:
            defauts = fautes(page, lue=lue, largeurs=largeurs)
        except Error:  # the page of an import goes on by itself once its file has been read
            page.wait_for_load_state()
            defauts = fautes(page, lue=lue, largeurs=largeurs)
        for faute in defauts:
            trouvees.setdefault(faute, adresse)
        liens = page.eval_on_selector_all("a[href]", "as => as.map(a => a.getAttribute('href'))")
        base = urlsplit(page.url)
        for lien in liens:
            if lien.startswith("?"):
                lien = base.path + lien
            if lien.startswith("/") and not lien.startswith("//"):
                attente.append(lien.partition("#")[0])
    return vues, trouvees


def test_what_is_written_in_a_page_is_refused(page):
    """The walk below would see nothing if nothing were ever refused."""
    page.add_init_script(ECOUTER)
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    attendre(page, "window.violations.length > 0")


def test_a_script_that_was_tampered_with_does_not_run(page):
    refus = ecouter(page)
    page.route("**/recherche.js", lambda route: route.fulfill(body="window.volee = true"))
    page.goto("/")
    assert refus and page.evaluate("window.volee") is None


@pytest.mark.parametrize("role", DEPARTS)
def test_nothing_is_wrong_in_any_page(role, page, connecter):
    refus = ecouter(page)
    if role:
        connecter(role)
    vues, trouvees = visiter(page, DEPARTS[role])
    assert len(vues) > (30 if role else 20)
    assert trouvees == {}
    assert refus == []


def test_an_address_that_leads_nowhere_is_a_page_like_the_others(page):
    page.goto("/nulle-part/")
    assert fautes(page) == []
