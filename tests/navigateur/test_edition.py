"""An edition whose number alone was announced, composed from lists of codes and published by hand.

What its territoires were is not known to this project: this composition is invented.
"""

import pytest
from playwright.sync_api import expect

ENTREE = "200033181"  # CA Chartres Métropole, in no territoire in 2020
NOM = "Chartres (exemple inventé)"


@pytest.fixture
def edition(connecter):
    """The page of the edition 2022-12 in the admin."""
    page = connecter("delegation")
    page.goto("/admin/territoires/editioncarte/")
    page.get_by_role("link", name="2022-12").click()
    return page


def suivre(page, lien):
    page.locator(".object-tools").get_by_role("button", name=lien, exact=True).click()


def ajouter_un_territoire(page):
    suivre(page, "Ajouter un territoire")
    page.get_by_label("Code").fill("2499")
    page.get_by_label("Nom").fill(NOM)
    with page.expect_popup() as fenetre:
        page.locator("#add_id_territoire").click()
    nouveau = fenetre.value
    nouveau.get_by_label("Nom", exact=False).first.fill(NOM)
    nouveau.get_by_label("Identifiant").fill("chartres-exemple")
    nouveau.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("combobox", name="Territoire")).to_have_value(NOM)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_the_149_are_composed_from_codes_looked_at_and_published(edition, verifier_accessibilite):
    page, adresse = edition, edition.url
    suivre(page, "Copier l’édition d’octobre 2020")
    page.get_by_role("button", name="Copier").click()
    expect(page.locator(".messagelist")).to_contain_text("Composition copiée")
    ajouter_un_territoire(page)

    page.goto(adresse)
    suivre(page, "Déplacer ou retirer des membres")
    verifier_accessibilite(page)
    page.get_by_label("Vers le périmètre").select_option(label=f"{NOM} (décembre 2022, 2499)")
    page.locator("#id_codes").fill(f"{ENTREE}\n123456789\n99999")
    page.get_by_role("button", name="Déplacer").click()
    for mots in ("clé de contrôle est fausse : 123456789", "ces codes : 99999", "Rien n’a changé"):
        expect(page.get_by_role("alert")).to_contain_text(mots)
    expect(page.locator("#id_codes")).to_have_value(f"{ENTREE}\n123456789\n99999")
    page.locator("#id_codes").fill("")
    fichier = {"name": "codes.csv", "mimeType": "text/csv", "buffer": f"siren\n{ENTREE}".encode()}
    page.locator("#id_fichier").set_input_files(fichier)
    page.get_by_role("button", name="Déplacer").click()
    expect(page.locator(".messagelist")).to_contain_text("CA Chartres Métropole")

    suivre(page, "Aperçu")
    verifier_accessibilite(page)
    expect(page.locator("svg.carte")).to_be_visible()
    expect(page.locator("#content-main")).to_contain_text(NOM)
    page.goto(adresse)
    suivre(page, "Publier")
    page.get_by_label("Source").fill("Liste de codes (exemple inventé)")
    page.get_by_label("J’ai lu les points signalés").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".messagelist")).to_contain_text("publiée")

    page.goto("/carte/2022-12/")
    expect(page.locator("#tableau-carte caption")).to_contain_text("149 territoires")
    page.goto("/carte/2020-10...2022-12/")
    expect(page.locator(".chiffres")).to_contain_text("1 entré")
    page.get_by_role("link", name=NOM).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOM)
