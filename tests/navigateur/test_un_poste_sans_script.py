"""Without script: a séance is held, money followed, an agent invited, by links and forms alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import SESSIONS, entrer


@pytest.fixture
def sans_script(browser, browser_context_args):
    contextes = []

    def _ouvrir(identifiant):
        contextes.append(browser.new_context(**browser_context_args, java_script_enabled=False))
        # What is grave asks who one is of a session that is not new.
        SESSIONS.pop(identifiant, None)
        return entrer(contextes[-1].new_page(), identifiant)

    yield _ouvrir
    for contexte in contextes:
        contexte.close()


def la_seance_de_sept_points(page):
    """Open the avis of the one that the demonstration prepared: other tests hold others, and it."""
    page.goto("/admin/programme/seance/")
    liens = page.locator("#result_list tbody th a").evaluate_all("as => as.map(a => a.pathname)")
    for lien in liens:
        page.goto(lien.replace("/change/", "/avis/"))
        if page.get_by_text("sur 7 points").count():
            return
    pytest.fail("Aucune séance n’a sept points.")


def test_a_seance_is_held(sans_script):
    page = sans_script("region-occitanie")
    la_seance_de_sept_points(page)
    page.get_by_role("link", name=re.compile("^(Commencer|Continuer)")).click()
    vus = []
    for _ in range(3):
        vus.append(page.locator(".compteur").inner_text())
        page.get_by_label("Favorable", exact=True).check()
        page.get_by_role("button", name="Enregistrer et passer au suivant").first.click()
        expect(page.locator(".compteur")).not_to_have_text(vus[-1])
    assert len(set(vus)) == 3
    page.get_by_role("link", name="Tous les points").click()
    dits = re.compile(r"[3-7] avis rendus sur 7\s+points")
    expect(page.locator("#content")).to_contain_text(dits)


def test_a_fiche_is_written_and_sent_up(sans_script):
    page = sans_script("cc-lacq-orthez")
    page.goto("/admin/programme/ficheaction/add/")
    page.locator("#id_titre").fill("Transmettre sans script")
    page.locator("#id_axe").select_option(index=1)
    page.locator("#id_maitre_ouvrage").fill("CC de Lacq-Orthez")
    for champ in ("contexte", "objectifs", "description", "resultats_attendus"):
        page.locator(f"#id_{champ}").fill("Trente soudeurs par an.")
    page.locator("#id_date_debut").fill("01/09/2027")
    page.locator("#id_cout_total").fill("250 000")
    page.locator("#id_financements-0-financeur").fill("Conseil régional")
    page.locator("#id_financements-0-montant").fill("100 000")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".fiche-barre")).to_contain_text("prête à transmettre")
    page.get_by_role("button", name="Transmettre", exact=True).click()
    expect(page.locator("main")).to_contain_text("Comités saisis")
    page.locator(".submit-row").get_by_role("button", name="Transmettre").click()
    expect(page.locator("main")).to_contain_text("État : transmise")


def test_money_is_followed(sans_script):
    page = sans_script("cc-lacq-orthez")
    page.goto("/admin/programme/ficheaction/?etat__exact=engagee")
    page.locator("#result_list tbody th a").first.click()
    page.goto(page.url.partition("?")[0].replace("/change/", "/suivi/"))
    page.get_by_role("link", name="Noter un mouvement").first.click()
    page.get_by_label("Ce qui s’est passé").select_option(label="accordé")
    page.get_by_label("Montant").fill("1 234")
    page.get_by_label(re.compile("^Date")).fill("2026-11-02")
    page.locator(".submit-row").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("1.234.€"))


def test_an_agent_is_invited_for_an_intercommunalite(sans_script):
    page = sans_script("delegation")
    page.goto("/admin/territoires/agent/add/")
    page.get_by_label("Identifiant").fill("sans-script")
    page.get_by_label("Adresse e-mail").fill("sans-script@exemple.invalid")
    page.get_by_label("Niveau").select_option(label="intercommunalité")
    choix = page.locator(".habillage-choix", has=page.locator("[name^=intercommunalites]"))
    choix.locator("input[type=text]").fill("Lacq")
    choix.get_by_role("button").first.click()
    choix.get_by_label(re.compile("Lacq-Orthez")).check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("sans-script@exemple.invalid")
    page.get_by_role("link", name="Invitations").click()
    page.get_by_role("link", name=re.compile("Renvoyer ou copier le lien.*sans-script")).click()
    page.get_by_role("button", name="Montrer un lien à copier").click()
    lien = page.get_by_label("Lien à remettre")
    expect(lien).to_have_value(re.compile("/compte/"))
    expect(lien).not_to_be_editable()
