"""The rows written inside a form: no column is cut, whatever the model and the screen."""

from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

LARGEURS = (1440, 1280, 1024, 390)
COUPES = """() => [...document.querySelectorAll(".inline-group, .inline-group *")]
  .filter((e) => e.scrollWidth > e.clientWidth + 2 && e.querySelector("td")
    && ["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX))
  .map((e) => `${e.closest("[id]").id} : ${e.scrollWidth} sur ${e.clientWidth}`)"""


def modeles_a_lignes():
    for modele, gestion in admin.site._registry.items():
        if any(issubclass(lignes, admin.TabularInline) for lignes in gestion.inlines):
            yield modele._meta.label_lower.replace(".", "_")


def formulaires(page, nom):
    """The form of a new one and that of the first there is, as far as this person has them."""
    page.goto(reverse(f"admin:{nom}_changelist"))
    liens = page.locator("#result_list tbody th a, a[href$='/add/']").all()
    adresses = [lien.get_attribute("href") for lien in liens]
    listes = [a for a in adresses if "/add/" not in a][:1]
    return listes + [a for a in adresses if a.endswith(f"/{nom.split('_')[1]}/add/")][:1]


def test_no_row_of_a_form_is_cut(connecter):
    page, coupes, vus = connecter("delegation"), [], set()
    for nom in modeles_a_lignes():
        for adresse in formulaires(page, nom):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(adresse)
            vus.add(nom if page.locator(".inline-group td").count() else None)
            for largeur in LARGEURS:
                page.set_viewport_size({"width": largeur, "height": 900})
                coupes += [f"{adresse} à {largeur}, {une}" for une in page.evaluate(COUPES)]
    assert {"programme_ficheaction", "programme_contrat", "evenements_assemblee"} <= vus
    assert coupes == []


def test_on_a_phone_a_row_says_what_is_required_and_its_help(connecter):
    page = connecter("cc-lacq-orthez")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("admin:programme_ficheaction_add"))
    ligne = page.locator("#financements-0")
    montant, financeur = ligne.locator("td.field-montant"), ligne.locator("td.field-financeur")
    expect(montant.get_by_text("Montant")).to_be_visible()
    expect(montant.locator(".habillage-etoile")).to_be_visible()
    expect(financeur.locator(".habillage-etoile")).to_have_count(0)
    aide, champ = montant.locator(".help"), montant.locator("input")
    expect(aide).to_have_text("En euros.")
    assert aide.bounding_box()["y"] > champ.bounding_box()["y"] + champ.bounding_box()["height"]
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(montant.get_by_text("Montant")).to_be_hidden()  # its column says it
