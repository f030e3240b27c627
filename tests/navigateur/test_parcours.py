"""The four journeys for which the product exists, from end to end, as each person makes them."""

import re

from playwright.sync_api import expect

from tests.navigateur.conftest import agir, continuer

TITRE = "Ouvrir un atelier partagé de fonderie"
LONG = "Un texte assez précis pour que le comité rende son avis."


def test_an_agent_writes_a_fiche_and_sends_it_up_and_its_region_sees_it(page, connecter):
    connecter("cc-lacq-orthez")
    page.goto("/admin/programme/ficheaction/add/")
    page.get_by_label("Titre").first.fill(TITRE)
    page.get_by_label("Territoire").select_option(label="Lacq – Pau – Tarbes")
    continuer(page)
    expect(page.locator("#content")).to_contain_text("Maître d’ouvrage")  # what is missing

    page.get_by_label("Axe").select_option(index=1)
    for champ in ("Contexte", "Objectifs", "Description", "Résultats attendus"):
        page.get_by_label(champ, exact=False).first.fill(LONG)
    page.get_by_label(re.compile("^Maître d’ouvrage")).fill("CC de Lacq-Orthez")
    page.get_by_label("Date de début").fill("01/03/2027")
    page.get_by_label("Coût total").fill("250000")
    agir(page, "Transmettre")  # saves
    expect(page.locator("#content")).to_contain_text("Région Occitanie")  # who will be told
    page.locator(".submit-row").get_by_role("button", name="Transmettre").click()
    expect(page.locator("#content")).to_contain_text("transmise")
    agir(page, "Voir sur le site")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITRE)
    adresse = page.url

    page.context.clear_cookies()
    assert page.goto(adresse).status == 404
    connecter("region-nouvelle-aquitaine")
    expect(page.locator("#content")).to_contain_text(TITRE)
    assert page.goto(adresse).status == 200


def test_a_region_gives_its_avis_and_the_other_one_is_still_awaited(page, connecter):
    connecter("region-occitanie")
    page.goto("/admin/programme/seance/")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("button", name="Rendre les avis").click()
    expect(page.locator("#content")).to_contain_text("Lacq – Pau – Tarbes")


def test_the_delegation_exports_corrects_and_imports(page, connecter, tmp_path):
    connecter("delegation")
    page.goto("/admin/programme/partenaire/")
    page.get_by_role("link", name="Exporter").click()
    with page.expect_download() as telechargement:
        page.get_by_role("button", name=re.compile("^CSV pour Excel")).click()
    fichier = tmp_path / "partenaires.csv"
    telechargement.value.save_as(fichier)
    octets = fichier.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")  # a double click opens it right in French Excel

    _envoyer(page, fichier)
    expect(page.locator("#content")).to_contain_text(re.compile("inchangé", re.I))

    texte = octets.decode("utf-8-sig")
    assert "Bpifrance" in texte
    fichier.write_bytes(texte.replace("Bpifrance;", "Bpifrance (groupe);").encode("cp1252"))
    _envoyer(page, fichier)
    expect(page.locator("#content")).to_contain_text("Bpifrance (groupe)")
    page.get_by_role("button", name=re.compile("^(Confirmer|Écrire|Importer)")).click()
    expect(page.get_by_role("link", name="Annuler cet import")).to_be_visible()
    page.goto("/partenaires/")
    expect(page.locator("main")).to_contain_text("Bpifrance (groupe)")


def _envoyer(page, fichier):
    page.goto("/admin/programme/partenaire/")
    page.get_by_role("link", name="Importer").click()
    page.set_input_files("input[type=file]", fichier)
    page.locator(
        "#content form input[type=submit], #content form button[type=submit]"
    ).first.click()


def test_a_visitor_finds_the_territoire_of_a_commune_and_reads_the_lyon_record(page):
    page.goto("/")
    page.get_by_label("Nom de la commune ou code postal").fill("64300")
    page.keyboard.press("Enter")
    page.locator("main li", has_text="Orthez").get_by_role(
        "link", name="Lacq – Pau – Tarbes"
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lacq – Pau – Tarbes")
    expect(page.locator("main")).to_contain_text("Occitanie")
    expect(page.locator("main")).to_contain_text("Nouvelle-Aquitaine")

    page.get_by_role("link", name="Carte", exact=True).click()
    expect(page.locator("svg.carte a")).to_have_count(183)
    page.get_by_role("link", name="Grand Chalon").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Grand Chalon")

    page.get_by_role("link", name="Assemblées").click()
    page.get_by_role("link", name=re.compile("Lyon|Première assemblée")).first.click()
    for mots in ("Annabel André-Laurent", "François Decoster", "Banque des Territoires"):
        expect(page.locator("main")).to_contain_text(mots)
