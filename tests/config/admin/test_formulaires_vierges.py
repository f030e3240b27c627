"""A form that begins shows what is to be written, not what nobody has filled yet."""

from django.contrib import admin
from django.urls import reverse
from lxml import html

VIDES = {"", "–", "Non", "Aucun", "Aucun.", "Rien pour l’instant."}


def test_a_new_form_shows_no_row_that_is_empty_and_only_read(db, delegation, client):
    client.force_login(delegation)
    vus, fautes = 0, []
    for modele in admin.site._registry:
        nom = f"{modele._meta.app_label}_{modele._meta.model_name}"
        page = client.get(reverse(f"admin:{nom}_add"))
        if page.status_code != 200:
            continue
        vus += 1
        corps = html.fromstring(page.content)
        lus = corps.xpath(
            "//*[not(ancestor-or-self::*[@hidden])]"
            "[contains(@class, 'readonly') or self::p[contains(., 'Rien pour l’instant')]]"
        )
        fautes += [(nom, lu.text_content().strip()) for lu in lus]
    assert vus > 20
    assert [faute for faute in fautes if faute[1] in VIDES] == []
