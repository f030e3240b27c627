"""Everyone at the table: each story by the people who live it, on the demonstration."""

import datetime
import io
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.navigateur.conftest import RACINE, continuer

FICHE = "Préparer un site de vingt hectares près de Tarbes"
SUIVIE = "Lancer la plateforme composites du piémont"
TELEPHONE = {"width": 390, "height": 844}


def chercher(page, titre):
    """The form of this fiche, found in the list."""
    page.goto(f"/admin/programme/ficheaction/?q={titre.split()[-1]}")
    page.get_by_role("link", name=re.compile(titre)).first.click()
    page.wait_for_url("**/change/**")


def instruire(page, titre):
    """The page where this fiche is examined; its address."""
    chercher(page, titre)
    reference = re.search(r"FA-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content()).group()
    page.goto(f"/instruction/{reference}/")
    return page.url


def deborde(page):
    """The page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_complement_on_a_line_and_the_opinion_of_the_state_reach_the_dossier(ouvrir_pour):
    region = ouvrir_pour("region-nouvelle-aquitaine")
    adresse = instruire(region, FICHE)
    region.get_by_text("Demander un complément au territoire").click()
    region.locator("#id_complement-question").fill("Combien la Banque accorde-t-elle ?")
    region.get_by_text("Plan de financement : Banque des Territoires (acquis)").click()
    region.get_by_role("button", name="Demander le complément").click()
    expect(region.locator("main")).to_contain_text("plan de financement : Banque des Territoires")

    territoire = ouvrir_pour("cc-lacq-orthez")
    territoire.set_viewport_size(TELEPHONE)
    territoire.goto(adresse)
    territoire.get_by_role("link", name="Répondre").last.click()
    assert not deborde(territoire)
    lignes = territoire.locator(".ligne-a-completer")
    expect(lignes).to_have_count(1)
    territoire.get_by_label("Votre réponse").fill("Quatre cent mille euros.")
    lignes.get_by_label("Montant").fill("400 000")
    territoire.get_by_role("button", name="Envoyer la réponse").click()
    expect(territoire.locator("main")).to_contain_text("Quatre cent mille euros.")

    etat = ouvrir_pour("prefecture-pyrenees-atlantiques")
    etat.goto(adresse)
    etat.locator("#id_technique-sens").select_option("reserves")
    etat.locator("#id_technique-texte").fill("Le permis reste à déposer.")
    etat.get_by_role("button", name="Enregistrer l’avis").click()
    expect(etat.locator("#avis-techniques ~ .fr-callout").first).to_contain_text("permis")

    region.goto("/admin/programme/seance/")
    region.locator("#result_list tbody th a").first.click()
    region.wait_for_url("**/change/**")
    pdf = region.request.get(region.url.partition("change/")[0] + "dossier.pdf")
    lu = " ".join(
        " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.body())).pages).split()
    )
    for dit in ("Le permis reste à déposer.", "Quatre cent mille euros.", "400 000"):
        assert dit in lu.replace("\u202f", " "), dit


def test_an_operator_grants_then_pays_its_own_line_and_the_territoire_reads_it(ouvrir_pour):
    operateur = ouvrir_pour("banque-des-territoires")
    chercher(operateur, SUIVIE)
    fiche = operateur.url.partition("?")[0].replace("/change/", "/suivi/")
    operateur.goto(fiche)
    for nature, montant in (("accordé", "21 000"), ("versé", "11 000")):
        # Its own lines, and those of nobody else.
        operateur.get_by_role("link", name=re.compile("^Noter un mouvement")).click()
        operateur.get_by_label("Ce qui s’est passé").select_option(label=nature)
        operateur.get_by_label("Montant").fill(montant)
        operateur.get_by_label(re.compile("^Date")).fill(f"{timezone.localdate()}")
        operateur.locator(".submit-row").get_by_role("button").first.click()
        operateur.wait_for_url("**/suivi/")
    territoire = ouvrir_pour("cc-lacq-orthez")
    territoire.goto(fiche)
    ligne = territoire.get_by_role("row").filter(has_text="Banque des Territoires")
    expect(ligne).to_contain_text(re.compile(r"21.000.€.*11.000.€", re.DOTALL))
    expect(ligne).to_contain_text("noté par Banque des Territoires")


def jour(ecart):
    return f"{timezone.localdate() + datetime.timedelta(days=ecart):%d/%m/%Y}"


def test_after_an_election_the_handover_is_ready_and_a_successor_takes_over(ouvrir_pour):
    page = ouvrir_pour("cc-lacq-orthez")
    page.goto("/admin/territoires/mandat/?role=presidence")
    page.locator("#result_list").get_by_role("link", name=re.compile("Exemple")).first.click()
    page.locator("#id_fin").fill(jour(-1))
    continuer(page)
    page.locator(".submit-row, .fiche-barre, #content-main").get_by_role(
        "button", name="Voir tous les mandats du territoire"
    ).first.click()
    releve = page.locator("section[aria-labelledby=titre-releve]")
    expect(releve).to_contain_text("président du comité local")
    expect(releve.locator("textarea")).to_have_value(re.compile("Qui prend la suite"))
    page.set_viewport_size(TELEPHONE)
    assert not deborde(page)
    page.get_by_role("link", name="Nouveau mandat").click()
    page.locator("#id_role").select_option("presidence")
    page.locator("#id_nom").fill("Dominique Relève")
    page.locator("#id_debut").fill(jour(0))
    page.locator("[name=_save]").click()
    expect(page.locator("#content-main")).to_contain_text("Dominique Relève")
    expect(page.locator("section[aria-labelledby=titre-releve]")).to_have_count(0)


LUNDI = """
import datetime
from django.utils import timezone
from programme.courriels.models import Courriel
from programme.rappels.envoi import rappeler
jour = timezone.localdate()
rappeler(jour - datetime.timedelta(days=jour.weekday()))
rappels = Courriel.objects.filter(genre="rappel", agent__username="AGENT")
print(rappels.exclude(corps_html="").latest("pk").corps_html)
"""


@pytest.mark.parametrize("identifiant", ["region-occitanie", "cc-lacq-orthez"])
def test_mondays_digest_is_read_and_its_link_followed(identifiant, ouvrir_pour, environnement):
    lu = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", LUNDI.replace("AGENT", identifiant)],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    page = ouvrir_pour(identifiant)
    page.set_content(lu)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre semaine du")
    lien = page.get_by_role("listitem").get_by_role("link").first.get_attribute("href")
    chemin = urlsplit(lien).path
    assert page.goto(chemin).status == 200
    expect(page).to_have_url(re.compile(re.escape(chemin)))
