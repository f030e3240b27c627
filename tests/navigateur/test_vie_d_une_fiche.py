"""The whole life of an interrégional fiche, each step made by the person whose turn it is.

Its séances are of yesterday and today, and this file comes after those that read the others.
"""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.navigateur.conftest import agir, continuer

TITRE = "Partager un banc d’essai entre deux régions"
LONG = "Un texte assez précis pour que le comité rende son avis."
RUBRIQUES = ("Contexte", "Objectifs", "Description", "Résultats attendus")


@pytest.fixture
def equipe(ouvrir_pour):
    """A browser for the territoire and one for each of its two régions."""
    agents = ("cc-lacq-orthez", "region-nouvelle-aquitaine", "region-occitanie")
    pages = [ouvrir_pour(agent) for agent in agents]
    yield pages
    for page in pages:
        page.context.close()


def ecrire(page):
    page.goto("/admin/programme/ficheaction/add/")
    page.get_by_label("Titre").first.fill(TITRE)
    page.get_by_label("Territoire").select_option(label="Lacq – Pau – Tarbes")
    page.get_by_label("Axe").select_option(index=1)
    for champ in RUBRIQUES:
        page.get_by_label(champ, exact=False).first.fill(LONG)
    page.get_by_label(re.compile("^Maître d’ouvrage")).fill("CC de Lacq-Orthez")
    page.get_by_label("Date de début").fill("01/03/2027")
    page.get_by_label("Coût total").fill("250 000")
    page.locator("#id_indicateurs-0-libelle").fill("Pièces essayées")
    page.locator("#id_indicateurs-0-cible").fill("200")
    continuer(page)
    return page.url


def franchir(page, adresse, etape, etat):
    page.goto(adresse)
    agir(page, etape)
    page.locator(".submit-row").get_by_role("button", name=etape).click()
    expect(page.locator("section[aria-labelledby=situation]")).to_contain_text(f"État : {etat}")


def ouvrir_le_point(page, jours):
    """In a new séance of so many days ago, the screen of the avis on the fiche; its address."""
    page.goto("/admin/programme/seance/add/")
    date = timezone.localdate() - datetime.timedelta(days=jours)
    page.get_by_label("Date").fill(f"{date:%d/%m/%Y}")
    continuer(page)
    adresse = page.url
    page.get_by_role("button", name="Composer l’ordre du jour").click()
    page.get_by_role("checkbox", name=TITRE).check()
    page.get_by_role("button", name="Enregistrer").first.click()
    if jours:  # it was sent up since
        confirmer(page)
        page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(adresse)
    page.get_by_role("button", name="Rendre les avis").click()
    page.get_by_role("link", name=TITRE).click()
    return adresse


def confirmer(page):
    page.get_by_label("La date de cette séance est juste").check()


def clore(page, adresse, jours=0):
    """Close the séance: its avis take effect."""
    page.goto(adresse)
    page.get_by_role("button", name="Clore la séance").click()
    suites = page.get_by_role("table", name="Ce qui suivra, point par point")
    expect(suites).to_contain_text(TITRE)
    if jours:
        confirmer(page)
    page.get_by_role("button", name="Clore et établir le relevé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relevé de décisions")


def rendre(page, sens):
    page.get_by_label(sens, exact=True).check()
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator(".messagelist")).to_contain_text(f"avis {sens.lower()} enregistré")


def lire(navigateur, adresse):
    """The answer to a visitor who is nobody."""
    visiteur = navigateur.new_context().new_page()
    statut = visiteur.goto(adresse).status
    visiteur.context.close()
    return statut


def mesurer(page, valeur, jour):
    page.locator("#id_indicateurs-0-valeur").fill(valeur)
    page.locator("#id_indicateurs-0-mesure_le").fill(jour)
    continuer(page)


def ajourner(lacq, aquitaine, adresse):
    """An avis given by mistake, corrected before its séance is closed: only then is it told."""
    hier = ouvrir_le_point(aquitaine, 1)
    aquitaine.get_by_label("Motif").fill("Le calendrier est à préciser.")
    aquitaine.locator("summary", has_text="contexte").click()
    aquitaine.get_by_label("Remarque sur : contexte").fill("Dire qui utilisera le banc.")
    rendre(aquitaine, "Favorable")  # by mistake, and corrected before the closing
    lacq.goto(adresse)
    situation = lacq.locator("section[aria-labelledby=situation]")
    expect(situation).to_contain_text("État : transmise")
    aquitaine.goto(hier.replace("change/", "avis/"))
    aquitaine.get_by_role("link", name=TITRE).click()
    aquitaine.get_by_role("link", name="Corriger cet avis").click()
    aquitaine.get_by_label("Ajourné", exact=True).check()
    aquitaine.get_by_role("button", name="Enregistrer").first.click()
    expect(aquitaine.locator(".messagelist")).to_contain_text("avis ajourné corrigé")
    clore(aquitaine, hier, 1)

    lacq.goto(adresse)
    expect(situation).to_contain_text("État : ajournée")
    expect(situation).to_contain_text("Le calendrier est à préciser.")
    expect(lacq.locator(".form-row", has=lacq.locator("[name^=remarque_]"))).to_contain_text(
        "Dire qui utilisera le banc."
    )
    lacq.locator("#id_contexte").fill(f"{LONG} Douze entreprises l’utiliseront.")
    lacq.get_by_label("Votre réponse sur « contexte »").fill("Douze entreprises.")
    continuer(lacq)


def modifier(equipe, navigateur, adresse, publique, verifier):
    """What was decided changes: asked for by the territoire, accepted by its two régions."""
    lacq, *regions = equipe
    lacq.goto(adresse)
    agir(lacq, "Demander une modification")
    verifier(lacq)
    lacq.get_by_label("Motif").fill("Les devis sont plus hauts.")
    lacq.get_by_label("Coût total").fill("300 000")
    lacq.get_by_role("button", name="Enregistrer et transmettre").click()
    change = lacq.get_by_role("table", name="Ce qui change, avant et après")
    verifier(lacq)
    expect(change).to_contain_text(re.compile(r"Coût total.*250.000.*300.000", re.DOTALL))
    lacq.locator(".submit-row").get_by_role("button", name="Transmettre").click()
    expect(lacq.locator("section[aria-labelledby=situation]")).to_contain_text("État : transmise")
    for jours, region in enumerate(regions, start=2):
        assert "300" not in texte_public(navigateur, publique)
        seance = ouvrir_le_point(region, jours)
        expect(region.locator("#content-main")).to_contain_text("Les devis sont plus hauts.")
        verifier(region)
        rendre(region, "Favorable")
        clore(region, seance, jours)
    dit = texte_public(navigateur, publique)
    assert re.search(r"Modification nᵒ 1, acceptée.*250.000.*300.000", dit, re.DOTALL)


def texte_public(navigateur, adresse):
    """What a visitor who is nobody reads."""
    visiteur = navigateur.new_context().new_page()
    visiteur.goto(adresse)
    texte = visiteur.locator("main").inner_text()
    visiteur.context.close()
    return texte


def dresser_le_bilan(page, adresse, verifier):
    page.goto(adresse)
    agir(page, "Réaliser")
    verifier(page)
    page.get_by_label("Coût final").fill("290 000")
    page.get_by_label("Résultats obtenus").fill("Cent vingt pièces essayées.")
    page.get_by_label("Ce que d’autres peuvent en apprendre").fill("Réserver le banc tôt.")
    page.locator(".submit-row").get_by_role("button", name="Réaliser").click()
    expect(page.locator("section[aria-labelledby=situation]")).to_contain_text("État : réalisée")


def test_a_fiche_is_adjourned_corrected_validated_by_two_regions_and_done(
    equipe, browser, verifier_accessibilite
):
    lacq, aquitaine, occitanie = equipe
    adresse = ecrire(lacq)
    franchir(lacq, adresse, "Transmettre", "transmise")
    ajourner(lacq, aquitaine, adresse)
    franchir(lacq, adresse, "Transmettre", "transmise")

    seance = ouvrir_le_point(aquitaine, 0)
    rendre(aquitaine, "Favorable")
    clore(aquitaine, seance)
    seance = ouvrir_le_point(occitanie, 0)
    expect(occitanie.locator("#content-main")).to_contain_text(
        re.compile(r"Nouvelle-Aquitaine.*favorable", re.IGNORECASE | re.DOTALL)
    )
    lacq.goto(adresse)
    expect(lacq.locator("section[aria-labelledby=situation]")).to_contain_text("État : transmise")
    agir(lacq, "Voir sur le site")
    publique = lacq.url
    assert lire(browser, publique) == 404
    rendre(occitanie, "Favorable")
    assert lire(browser, publique) == 404
    clore(occitanie, seance)

    assert lire(browser, publique) == 200

    franchir(lacq, adresse, "Engager", "engagée")
    mesurer(lacq, "60", "01/10/2026")
    mesurer(lacq, "120", "01/11/2026")
    expect(lacq.locator("section[aria-labelledby=situation]")).to_contain_text("Pièces essayées")
    modifier(equipe, browser, adresse, publique, verifier_accessibilite)
    dresser_le_bilan(lacq, adresse, verifier_accessibilite)
    expect(lacq.locator("section[aria-labelledby=situation] details ol li")).to_have_count(6)
    visiteur = browser.new_context().new_page()
    visiteur.goto(publique)
    bilan = visiteur.get_by_role("table", name="Ce qui était prévu et ce qui est réalisé")
    expect(bilan).to_contain_text(re.compile(r"300.000.*290.000", re.DOTALL))
    expect(bilan).to_contain_text(re.compile(r"Pièces essayées.*200.*120", re.DOTALL))
    visiteur.context.close()
