"""The stock phrases of the library, which no screen says (`test_html` reads them all)."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tests.config.admin import lignes_a_garder as lignes
from tests.monde import une_fois

# What agrees with nothing, what is jargon, and what is not French.
A_NE_PAS_DIRE = re.compile(
    r"\b[Ll][’']objet |\b[Uu]n(?:e)? objet |\bobjets? .{0,40}sélectionné|sélectionnée?s?\b"
    r"|supplémentaire\b|\(pk=|heure du serveur|\bde a\b|\bAjout d|\bde le\b"
    r"|\b(?:Modification|Suppression) de [aeiouéèê]"
    r"|(?<![\d.,])\b1 (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre)\b"
    r"|[a-zà-ÿ]: \w|\b[Rr]elations? \w+-\w+|\bobject \(\d|\b[Aa]dministration de [AEIOUÉ]"
    r"|[a-z]'[a-zà-ÿ]|\b0 € \w+és\b|\bnouveau \w+s de\b|l’identifiant «|Supprimer [a-zé]+ «"
    r"|\b(?:Add|Change|Delete|Select|Save|Search|Home|None|True|False)\b"
)
# What the library writes of a field: a colon after its name, two zeros after every number, help
# under what is only read; and a star that is not after the name of what is required.
MAL_ECRIT = re.compile(
    r"<(?:label|legend)\b[^>]*>[^<]*:\s*</(?:label|legend)>"
    r"|<(?:p|td|div|div class=\"readonly\")>\s*[\d\u202f\u00a0 ]+,0+\s*<"
    r"|<label\b[^>]*\brequired\b[^>]*>[^<]*</label>|title=\"obligatoire\"\s*>\*</span>\s*\w"
    r"|<div class=\"readonly\">[^<]*</div>\s*</div>\s*<div\s+class=\"help\b"
)
BALISES = re.compile(r"<(script|style|svg|textarea)\b.*?</\1>|<[^>]*>", re.S)
CATALOGUES = Path("config/habillage/locale/fr/LC_MESSAGES")

monde = une_fois(lignes.monde)


def en_texte(page):
    """What people read, scripts and what agents typed left out."""
    lu = BALISES.sub(" ", page.content.decode())
    return " ".join(lu.split())


def messages(chemin):
    """[(msgid, plural or None, translations)] of a catalogue, one line a text."""
    for bloc in chemin.read_text(encoding="utf-8").split("\n\n")[2:]:
        textes = dict(re.findall(r'^(\w+(?:\[\d\])?) "(.*)"$', bloc, re.M))
        textes = {cle: texte.replace('\\"', '"') for cle, texte in textes.items()}
        yield textes


@pytest.mark.parametrize("nom", ["django"])
def test_the_compiled_catalogue_is_that_of_its_text(nom):
    """A text that was changed and not compiled (msgfmt) would never be read."""
    lus = list(messages(CATALOGUES / f"{nom}.po"))
    assert len(lus) > 30
    for textes in lus:
        if "msgid_plural" in textes:
            for rang, nombre in enumerate((1, 2)):
                dit = ngettext(textes["msgid"], textes["msgid_plural"], nombre)
                assert dit == textes[f"msgstr[{rang}]"]
        else:
            assert gettext(textes["msgid"]) == textes["msgstr"]


def test_the_scripts_say_so_too(db, delegation, client):
    dits = client.get(reverse("admin:jsi18n")).content.decode()
    assert "%(sel)s ligne coch\\u00e9e sur %(cnt)s" in dits


def test_each_list_says_how_one_more_is_called(monde, db, client):
    client.force_login(monde["délégation"])
    noms = set()
    for modele, page in admin.site._registry.items():
        adresse = reverse(f"admin:{modele._meta.label_lower.replace('.', '_')}_changelist")
        liste = client.get(adresse)
        if liste.status_code == 200 and liste.context["has_add_permission"]:
            noms.add(liste.context["nouveau"])
            assert liste.context["nouveau"] in en_texte(liste), page
    assert noms >= {"Nouvelle fiche action", "Nouvel agent", "Nouveau contrat", "Nouvelle séance"}
