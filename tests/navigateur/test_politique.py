"""Every page of every role, opened under the policy of the site: nothing in it is refused."""

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.navigateur.attente import attendre

ROLES = [None, "cc-lacq-orthez", "region-occitanie", "delegation"]
# Asked on purpose, or leaving the site; files are not pages.
SANS = ("/admin/logout", "/compte/deconnexion", "/static/", "/integrer/")
ECOUTER = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


def genre(adresse):
    """One page of each view is enough; None for what is no page of ours."""
    chemin = urlsplit(adresse).path
    if chemin.startswith(SANS):
        return None
    try:
        return resolve(chemin).view_name
    except Resolver404:
        return None


def visiter(page, depart):
    """{address: what was refused} of one page of each view that can be reached from there."""
    vues, refus, attente = set(), {}, deque(depart)
    while attente:
        adresse = attente.popleft()
        nom = genre(adresse)
        if nom is None or nom in vues:
            continue
        vues.add(nom)
        try:
            page.goto(adresse)
        except Error:  # a file: it is downloaded, not shown
            continue
        if trouves := page.evaluate("window.violations || []"):
            refus[adresse] = trouves
        liens = page.eval_on_selector_all("a[href]", "as => as.map(a => a.getAttribute('href'))")
        base = urlsplit(page.url)
        for lien in liens:
            if lien.startswith("?"):
                lien = base.path + lien
            if lien.startswith("/") and not lien.startswith("//"):
                attente.append(lien.partition("#")[0])
    return vues, refus


def test_what_is_written_in_a_page_is_refused(page):
    """The walk below would see nothing if nothing were ever refused."""
    page.add_init_script(ECOUTER)
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    attendre(page, "window.violations.length > 0")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_in_a_page_is_refused_by_the_policy(role, page, connecter):
    page.add_init_script(ECOUTER)
    depart = ["/", "/compte/connexion/", "/compte/mot-de-passe/oublie/"]
    if role:
        connecter(role)
        depart = ["/admin/", "/compte/", "/compte/second-facteur/", "/compte/second-facteur/cles/"]
        depart += ["/"]
    vues, refus = visiter(page, depart)
    assert len(vues) > (20 if role is None else 30)
    assert refus == {}
