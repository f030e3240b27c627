"""One fiche in two browsers, and the whole way up of one, as each person walks it."""

import re

from playwright.sync_api import expect

from tests.navigateur.conftest import continuer

CHEMIN = "/admin/programme/ficheaction/"


def creer(page, titre):
    page.goto(f"{CHEMIN}add/")
    page.get_by_label("Titre").first.fill(titre)
    page.get_by_label("Territoire", exact=False).first.select_option(label="Lacq – Pau – Tarbes")
    continuer(page)
    return page.url


def test_two_browsers_write_one_fiche(ouvrir_pour):
    lacq = ouvrir_pour("cc-lacq-orthez")
    pau = ouvrir_pour("ca-pau-bearn-pyrenees")
    adresse = creer(lacq, "Écrire à deux")
    pau.goto(adresse)
    pau.locator("#id_contexte").fill("Le contexte de Pau")
    pau.locator("#id_objectifs").fill("Les objectifs de Pau")
    continuer(pau)
    lacq.locator("#id_contexte").fill("Le contexte de Lacq")
    continuer(lacq)
    panneau = lacq.locator(".rapprochement")
    for texte in ("CA Pau Béarn Pyrénées", "Le contexte de Pau", "Le contexte de Lacq"):
        expect(panneau).to_contain_text(texte)
    panneau.get_by_label("Garder ma version").focus()
    lacq.keyboard.press("Space")
    lacq.locator("#id_contexte").fill("Les deux contextes")
    continuer(lacq)
    expect(lacq.locator(".rapprochement")).to_have_count(0)
    pau.goto(adresse)
    expect(pau.locator("#id_contexte")).to_have_value("Les deux contextes")
    expect(pau.locator("#id_objectifs")).to_have_value("Les objectifs de Pau")
    for page in (lacq, pau):
        page.context.close()


def test_the_totals_follow_what_is_typed(page, connecter):
    connecter("cc-lacq-orthez")
    creer(page, "Compter en écrivant")
    page.locator("#id_cout_total").fill("1 000 000")
    page.locator("#id_financements-0-montant").fill("400 000,50 €")
    expect(page.locator("[data-equilibre]")).to_contain_text(re.compile(r"Il reste 599\s999,50\s€"))
    page.locator("#id_financements-0-montant").fill("1200000")
    expect(page.locator("[data-equilibre]")).to_contain_text("Le plan dépasse le coût total")
