"""Two comités at one table: they differ on one fiche, and decide a request of their territoire.

It closes séances that others read: its name has it come after those of `test_seance.py`,
and their days are not those of `test_vie_d_une_fiche.py`.
"""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.navigateur.test_a_table import TELEPHONE, deborde, jour

FICHE = "Desservir les zones d’activité de Tarbes"
AVIS = re.compile("^Enregistrer")


def tenir(page, date, retenu):
    """A new séance of this day with what bears these words on its agenda; its address."""
    page.goto("/admin/programme/seance/add/")
    page.locator("#id_date").fill(date)
    page.locator(".submit-row [name=_save]").click()
    page.wait_for_url("**/change/**")
    seance = page.url.partition("change/")[0]
    page.goto(f"{seance}ordre-du-jour/")
    for ligne in page.locator("tr", has=page.locator("[name=retenu]")).all():
        ligne.locator("[name=retenu]").set_checked(retenu in ligne.inner_text())
    page.get_by_role("button", name=AVIS).last.click()
    expect(page.locator(".messagelist")).to_be_visible()
    return seance


def premier_point(page, seance):
    page.goto(f"{seance}avis/")
    page.get_by_role("link", name="Commencer").click()


def rendre(page, sens, motif, **remarques):
    page.get_by_label(sens, exact=True).check()
    page.locator("#id_motif").fill(motif)
    for champ, texte in remarques.items():
        page.locator("summary", has_text=champ.capitalize()).click()
        page.locator(f"#id_remarque-{champ}").fill(texte)
    page.get_by_role("button", name=AVIS).first.click()
    expect(page.locator(".messagelist")).to_contain_text("enregistré")


def clore(page, seance):
    page.goto(f"{seance}clore/")
    page.get_by_role("button", name=re.compile("^Clore")).click()
    page.wait_for_url("**/releve/**")


def cellules(page, titre):
    """What the régions say side by side under this title."""
    ligne = page.locator("#legende-regards ~ tbody tr", has=page.get_by_role("rowheader")).filter(
        has=page.locator("th", has_text=re.compile(f"^\\s*{titre}"))
    )
    return [" ".join(texte.split()) for texte in ligne.locator("td").all_inner_texts()]


def test_two_regions_differ_on_one_fiche_and_its_territoire_reads_both(ouvrir_pour):
    ici, la = ouvrir_pour("region-nouvelle-aquitaine"), ouvrir_pour("region-occitanie")
    seances = [tenir(page, jour(-4), FICHE) for page in (ici, la)]
    premier_point(ici, seances[0])
    rendre(ici, "Favorable", "Le site est attendu.", objectifs="Dire combien d’emplois.")
    premier_point(la, seances[1])
    # What an open séance noted is told to nobody else.
    expect(la.locator("#legende-regards")).to_have_count(0)
    clore(ici, seances[0])

    territoire = ouvrir_pour("cc-lacq-orthez")
    territoire.goto("/admin/programme/ficheaction/?q=equipe")
    territoire.get_by_role("link", name=re.compile(FICHE)).first.click()
    territoire.wait_for_url("**/change/**")
    expect(territoire.locator(".fiche-situation")).to_contain_text(
        re.compile("À qui d’agir.*de la région Occitanie.*rendre un avis", re.DOTALL)
    )
    assert cellules(territoire, "Avis") == ["Favorable", "Pas encore d’avis"]
    assert cellules(territoire, "Délai")[1].startswith("Attendu depuis")

    la.reload()
    assert cellules(la, "Objectifs") == ["Dire combien d’emplois.", "–"]
    rendre(la, "Ajourné", "Le plan n’est pas bouclé.", objectifs="Fixer l’emploi local.")
    clore(la, seances[1])

    for taille in ({"width": 1280, "height": 900}, TELEPHONE):
        territoire.set_viewport_size(taille)
        territoire.reload()
        assert not deborde(territoire)
    situation = territoire.locator(".fiche-situation")
    expect(situation).to_contain_text("État : ajournée")
    expect(situation).to_contain_text("Les régions ne disent pas la même chose.")
    assert cellules(territoire, "Avis") == ["Favorable", "Ajourné"]
    assert cellules(territoire, "Motif") == ["Le site est attendu.", "Le plan n’est pas bouclé."]
    assert cellules(territoire, "Objectifs") == ["Dire combien d’emplois.", "Fixer l’emploi local."]
    expect(situation).to_contain_text("Remarques de plusieurs régions")
    territoire.goto("/admin/")
    expect(territoire.locator("main")).to_contain_text("Occitanie : Le plan n’est pas bouclé.")


def mouvement(page, rang, sens, nom):
    page.locator(f"#id_mouvements-{rang}-sens").select_option(sens)
    ligne = page.locator(f"#mouvements-{rang}")
    ligne.get_by_role("combobox", name="Intercommunalité").press_sequentially(nom)
    ligne.get_by_role("option", name=re.compile(nom)).first.click()


def ce_qui_changerait(page, verifier):
    """Every part of the simulation is on the page that stands, wide and on a phone."""
    lue = page.locator("section.simulation")
    expect(lue.get_by_role("row", name=re.compile("^Habitants"))).to_contain_text("-68")
    for partie in (
        "Membres",
        "Régions touchées",
        "Conflits",
        "Fiches actions concernées",
        "Contrats concernés (1)",
        "Le conseil communautaire : CA Tarbes-Lourdes-Pyrénées, qui part",
        "Le comité de pilotage régional : Occitanie",
        "Ce qui partirait",
        "Ce qui entrerait",
    ):
        expect(lue).to_contain_text(partie)
    expect(lue.locator("figure > svg")).to_have_count(2)
    for taille in ({"width": 1280, "height": 900}, TELEPHONE):
        page.set_viewport_size(taille)
        assert not deborde(page)
        verifier(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def composer_la_demande(page, verifier):
    """Its territoire simulates it, changes nothing, then sends it; its reference."""
    page.goto("/admin/programme/demandeperimetre/add/")
    page.get_by_role("button", name="Simuler").click()
    expect(page.locator("#simulation")).to_contain_text("Rien à simuler pour l’instant")
    page.locator("#id_motif").fill("Le bassin d’emploi déborde sur les Landes.")
    mouvement(page, 0, "ajout", "Grand Dax")
    page.get_by_text("Ajouter une ligne").click()
    mouvement(page, 1, "retrait", "Tarbes")
    page.get_by_role("button", name="Simuler").click()
    ce_qui_changerait(page, verifier)
    expect(page.locator("#titre-simulation")).to_be_in_viewport()
    page.locator(".submit-row [name=_save]").click()
    return re.search(r"DP-\w+", page.locator(".messagelist").inner_text()).group()


def ouvrir_la_demande(page, reference):
    page.goto("/admin/programme/demandeperimetre/")
    page.get_by_role("link", name=reference).click()
    page.wait_for_url("**/change/**")


def test_a_request_is_simulated_decided_and_applied(ouvrir_pour, verifier_accessibilite):
    territoire = ouvrir_pour("cc-lacq-orthez")
    reference = composer_la_demande(territoire, verifier_accessibilite)

    ici, la = ouvrir_pour("region-nouvelle-aquitaine"), ouvrir_pour("region-occitanie")
    seances = [tenir(page, jour(-5), reference) for page in (ici, la)]
    la.goto(f"{seances[1]}dossier/")
    expect(la.locator(".avant-apres-cartes svg")).to_have_count(2)
    pdf = la.request.get(f"{seances[1]}dossier.pdf")
    lu = " ".join(
        " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.body())).pages).split()
    )
    for dit in (reference, "Le périmètre avant et après", "Qui délibère", "Contrats concernés"):
        assert dit in lu, dit
    for page, seance in ((ici, seances[0]), (la, seances[1])):
        premier_point(page, seance)
        ce_qui_changerait(page, verifier_accessibilite)
        rendre(page, "Favorable", "Le territoire y gagne.")
        clore(page, seance)
        ouvrir_la_demande(territoire, reference)
        etat = "déposée" if page is ici else "acceptée"
        expect(territoire.locator(".field-etat")).to_contain_text(etat)
    avis = territoire.locator("section", has=territoire.locator("#titre-avis"))
    expect(avis.get_by_text("avis favorable")).to_have_count(2)

    page = ouvrir_pour("delegation")
    page.goto("/admin/territoires/editioncarte/add/")
    page.locator("#id_code").fill("2031-01")
    page.locator("#id_date").fill("01/01/2031")
    page.get_by_label(re.compile("Reprendre la composition")).select_option(
        label="édition du 9 novembre 2023"
    )
    page.locator(".submit-row [name=_save]").click()
    ouvrir_la_demande(page, reference)
    page.get_by_role("link", name="Appliquer à une édition").click()
    ce_qui_changerait(page, verifier_accessibilite)
    expect(page.locator("#legende-simulation")).to_contain_text("1er janvier 2031")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator(".messagelist")).to_contain_text(f"Demande {reference} appliquée")
    ouvrir_la_demande(territoire, reference)
    expect(territoire.locator(".field-application")).to_contain_text("CA du Grand Dax : ajouté")
