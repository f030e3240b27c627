"""What each person is told, and where: its reminders, its calendar, the programmes of its place."""

import re

from playwright.sync_api import expect

from tests.navigateur.test_a_table import TELEPHONE, deborde


def test_a_calendar_is_subscribed_to_then_revoked(ouvrir_pour, base_url, verifier_accessibilite):
    page = ouvrir_pour("region-nouvelle-aquitaine")
    page.set_viewport_size(TELEPHONE)
    page.goto("/compte/#agenda")
    page.get_by_role("button", name="Ouvrir une adresse").click()
    champ = page.get_by_label("Votre adresse privée")
    chemin = re.search(r"/agenda/[\w-]+\.ics", champ.input_value()).group()
    assert not deborde(page)
    verifier_accessibilite(page)
    anonyme = page.context.browser.new_context(base_url=base_url)
    lu = anonyme.request.get(chemin)
    assert lu.status == 200
    assert "BEGIN:VEVENT" in lu.text() and "ance" in lu.text()
    page.get_by_role("link", name="Retour à mon compte").click()
    page.get_by_role("button", name=re.compile("Fermer|Révoquer")).last.click()
    expect(page.locator("main")).to_contain_text("L’adresse de votre agenda ne répond plus.")
    assert anonyme.request.get(chemin).status == 404
    anonyme.close()


def test_each_person_chooses_its_reminders(ouvrir_pour, verifier_accessibilite):
    page = ouvrir_pour("bpifrance")
    page.goto("/pilotage/mes-courriels/")
    verifier_accessibilite(page)
    page.get_by_label("Vos rappels").select_option("Jamais")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto("/pilotage/mes-courriels/")
    expect(page.get_by_label("Vos rappels")).to_have_value("aucun")


def test_another_programme_is_written_shown_filtered_and_exported(ouvrir_pour):
    page = ouvrir_pour("ca-pau-bearn-pyrenees")
    page.set_viewport_size(TELEPHONE)
    page.goto("/admin/territoires/lienprogramme/add/")
    territoire = page.get_by_role("combobox", name="Territoire")
    territoire.press_sequentially("Lacq")
    page.get_by_role("option", name=re.compile("Lacq")).first.click()
    page.get_by_label("Autre programme").select_option("ORT")
    page.locator("#id_nom").fill("ORT de Pau (exemple inventé)")
    assert not deborde(page)
    page.locator(".submit-row [name=_save]").click()
    expect(page.locator(".messagelist")).to_contain_text("ORT de Pau")
    page.goto("/territoires/?programme=ort")
    page.get_by_role("link", name="Lacq – Pau – Tarbes").first.click()
    expect(page.locator("main")).to_contain_text("ORT de Pau (exemple inventé)")
    page.goto("/admin/territoires/lienprogramme/exporter/")
    with page.expect_download() as fichier:
        page.get_by_role("button", name=re.compile("CSV|tableur", re.IGNORECASE)).first.click()
    lu = fichier.value.path().read_bytes().decode("utf-8-sig")
    assert "ORT de Pau (exemple inventé)" in lu
