"""An assemblée entered from nothing in the admin, as the délégation does it, then read."""

from playwright.sync_api import expect

from tests.navigateur.conftest import continuer

PROGRAMME = """Jeudi 9 novembre 2023
9h30 – 10h15 : Ouverture (auditorium)
- Camille Exemple, présidente, Association inventée
10h30 – 12h : Ateliers en parallèle
Atelier 1 : les compétences
Atelier 2 : le foncier
"""


def test_chalon_is_entered_looked_at_published_and_corrected(
    page, connecter, verifier_accessibilite
):
    connecter("delegation")
    page.goto("/admin/evenements/assemblee/add/")
    page.get_by_label("Titre").first.fill("Assemblée de Chalon-sur-Saône (exemple inventé)")
    page.get_by_label("Premier jour").fill("09/11/2023")
    page.get_by_label("Dernier jour").fill("09/11/2023")
    page.get_by_label("Ville").fill("Chalon-sur-Saône")
    page.get_by_role("combobox", name="Édition").fill("novembre 2023")
    page.get_by_role("option", name="9 novembre 2023").click()
    continuer(page)

    page.get_by_role("button", name="Coller un programme").click()
    page.get_by_label("Programme, une chose par ligne").fill(f"{PROGRAMME}une ligne étrange")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("alert")).to_contain_text("Ligne 7")
    page.get_by_label("Programme, une chose par ligne").fill(PROGRAMME)
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator(".programme-lu")).to_contain_text("sera créé")
    page.get_by_role("button", name="Ajouter 3 séquences").click()

    page.get_by_role("button", name="Voir comme le public").click()
    expect(page.locator("main")).to_contain_text("Aperçu d’un brouillon")
    verifier_accessibilite(page)
    assert page.goto("/assemblees/chalon-sur-saone-2023/").status == 404
    page.goto("/admin/evenements/assemblee/")
    page.get_by_role("link", name="Assemblée de Chalon-sur-Saône").click()
    page.locator(".object-tools").get_by_role("button", name="Publier").click()
    page.locator(".submit-row").get_by_role("button", name="Publier").click()
    page.get_by_label("Résumé").fill("La phase 2 s’ouvre avec 183 territoires.")
    page.get_by_label("Ce que vous corrigez").fill("Le résumé manquait.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("enregistré")

    page.context.clear_cookies()
    page.goto("/assemblees/chalon-sur-saone-2023/")
    expect(page.locator("main")).to_contain_text("183 territoires")
    expect(page.locator("main")).to_contain_text("Le résumé manquait.")
    ateliers = [page.locator(f"#sequence-{rang}").bounding_box() for rang in (2, 3)]
    assert ateliers[0]["y"] == ateliers[1]["y"]  # side by side
    page.get_by_role("link", name="Camille Exemple").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Camille Exemple")


def test_two_agents_write_one_sequence_and_one_brings_it_back(ouvrir_pour):
    """What both changed is chosen; what was deleted is found again with what was said in it."""
    une, autre = ouvrir_pour("delegation"), ouvrir_pour("delegation")
    une.goto("/admin/evenements/sequence/?q=")
    une.locator("#result_list tbody th a").first.click()
    adresse = une.url
    titre = une.locator("#id_titre").input_value()
    autre.goto(adresse)
    autre.locator("#id_compte_rendu").fill("Le compte rendu de l’autre")
    continuer(autre)
    une.locator("#id_compte_rendu").fill("Mon compte rendu")
    continuer(une)
    panneau = une.locator(".rapprochement")
    for texte in ("Le compte rendu de l’autre", "Mon compte rendu", "vous, dans une autre fenêtre"):
        expect(panneau).to_contain_text(texte)
    panneau.get_by_label("Garder ma version").check()
    continuer(une)
    expect(une.locator(".rapprochement")).to_have_count(0)
    autre.goto(adresse)
    expect(autre.locator("#id_compte_rendu")).to_have_value("Mon compte rendu")

    autre.get_by_role("link", name="Supprimer", exact=True).click()
    une.locator("#id_compte_rendu").fill("Une ligne de plus")
    continuer(une)
    autre.get_by_role("button", name="Oui, supprimer").click()
    expect(autre.locator(".rapprochement")).to_contain_text("Une ligne de plus")
    autre.get_by_role("button", name="Oui, supprimer").click()
    expect(autre.locator(".messagelist")).to_contain_text("suppression")
    autre.goto("/admin/")
    autre.locator("#navigation summary", has_text="Administration").click()
    autre.get_by_role("link", name="Objets supprimés").click()
    autre.get_by_role("link", name=titre).click()
    expect(autre.locator("#content")).to_contain_text("Une ligne de plus")
    autre.get_by_role("button", name="Ramener").click()
    expect(autre.locator(".messagelist")).to_contain_text("est revenu")
    expect(autre.locator("#id_compte_rendu")).to_have_value("Une ligne de plus")
    for fenetre in (une, autre):
        fenetre.context.close()
