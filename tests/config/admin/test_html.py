"""Every screen of every role is valid, says by itself what is drawn, in our words, and leads to
its page of the guide. Each screen is drawn once: whoever has one more thing to ask asks it here.
"""

import os
import subprocess
from pathlib import Path

import pytest
from django.urls import resolve

from config.aide import aide_de_l_ecran
from tests.config.admin.ecrans import ROLES, ecrans, monde_des_ecrans
from tests.config.admin.test_phrases import A_NE_PAS_DIRE, MAL_ECRIT, en_texte
from tests.html import fautes
from tests.monde import une_fois

monde = une_fois(monde_des_ecrans)
# The Nu checker (npm vnu-jar): `make html` fetches it and names it here.
NU = os.environ.get("NU_JAR")


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("role", ROLES)
def test_every_screen_is_well_made(role, monde, db, client, tmp_path):
    trouvees, lus, menees = {}, 0, set()
    dossier = tmp_path / "ecrans"  # the files that the pages serve stand beside it
    dossier.mkdir()
    for adresse, page in ecrans(client, monde[role]):
        texte = page.content.decode()
        lus += 1
        if NU:
            (dossier / f"{lus}.html").write_text(f"{texte}<!-- {adresse} -->", encoding="utf-8")
        suite = [faute.partition(" (ligne")[0] for faute in fautes(texte)]
        suite += [f"a stock phrase: {dit}" for dit in A_NE_PAS_DIRE.findall(en_texte(page))]
        suite += [f"written as the library does: {dit}" for dit in MAL_ECRIT.findall(texte)]
        if not _est_un_papier(page):
            lien = aide_de_l_ecran(resolve(page.request["PATH_INFO"]).view_name)
            if lien is None or f'href="{lien.adresse}"' not in texte:
                suite.append(f"no page of the guide: {adresse}")
            else:
                menees.add(lien.adresse)
        for faute in suite:
            trouvees.setdefault(faute, adresse)
    assert lus > 60
    assert len(menees) > 10
    assert trouvees == {}
    if NU:
        assert _nu(dossier) == ""


def _est_un_papier(page):
    """Read and printed as it is, without the site around it."""
    return "programme/documents/page.html" in {gabarit.name for gabarit in page.templates}


def _nu(dossier: Path):
    """What the Nu checker calls an error in these files."""
    commande = ["java", "-jar", NU, "--errors-only", "--exit-zero-always", "--stdout", str(dossier)]
    return subprocess.run(commande, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("corps", "faute"),
    [
        ('<p id="a"></p><p id="a"></p>', "an id twice"),
        ('<input aria-label="x" aria-describedby="y">', "names an id that is not there"),
        ("<ul><p>x</p></ul>", "holds what it must not"),
        ('<a href="/"><button>x</button></a>', "stands inside what is pressed already"),
        ('<a href="/"></a>', "says nothing"),
        ('<input name="x">', "a field without a name"),
        ("<label>x</label>", "labels nothing"),
        ('<label><input type="radio" name="x">x</label>', "choices of one question"),
        ("<fieldset><p>x</p></fieldset>", "a group without a name"),
        ("<table><tr><th>x</th></tr></table>", "a header that does not say"),
        ("<table><tr><td>x</td></tr></table>", "a table without headers"),
        ('<img src="/x">', "a picture without its text"),
        ("<h3>x</h3>", "headings"),
        ("<nav></nav>", "landmarks"),
        ("<button autofocus>x</button><button autofocus>y</button>", "takes the focus besides"),
        ('<p style="color:red">x</p>', "an attribute of another age"),
        ('<select aria-label="x"><option value=""></option></select>', "a list to choose from"),
        ('<a href="#">x</a>', "a link that leads nowhere"),
        ('<p class="a"id="b">x</p>', "no space between attributes"),
        ("<div><span></div>", "while open"),
    ],
)
def test_each_kind_of_fault_is_seen(corps, faute):
    saine = "<html lang='fr'><body><main><h1>Titre</h1>{}</main></body></html>"
    assert fautes(saine.format("")) == []
    assert any(faute in phrase for phrase in fautes(saine.format(corps))), fautes(
        saine.format(corps)
    )
