"""Every public page, as the map of the site tells of them: what each says of itself, and the
criteria of the accessibility audit that a machine can judge (`config/rgaa.csv`)."""

import json
import re
from collections import Counter
from copy import copy
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from config.contexte import MENU
from tests import factories as f
from tests.monde import une_fois
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db
RACINE = "http://testserver"
SANS_FIL = {"/"}  # the home is where the way begins


def _monde():
    """One public object of every kind, and a territoire of which nothing is known."""
    region = f.RegionFactory(code="75", nom="Nouvelle-Aquitaine")
    f.ContourFactory(region=region, intercommunalite=None, geometrie=f.geographie.carre(0, 45, 10))
    territoire = f.territoire_publie(region, nom="Val plein")
    f.MandatFactory(territoire=territoire, nom="Anne Exemple")
    f.territoire_publie(region, nom="Val vide")
    fiche = valider(f.fiche_complete(territoire), f.agent_delegation())
    f.FinancementFactory(fiche=fiche)
    f.NouvelleFactory(fiche=fiche)
    f.DateCleFactory()
    f.ThemeFactory(description="Ce qui chauffe.").fiches.add(fiche)
    f.ThemeFactory()
    f.PageEditorialeFactory(texte="## Un titre\n\nEt [un lien](/fiches/).")
    f.ActualiteFactory(chapo="En une phrase.")
    f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=region), lieu="Conseil régional")
    f.OffreDeServiceFactory()
    promesse = f.EngagementFactory(convention__publiee=True)
    f.ContratFactory(territoire=territoire)
    f.bonne_pratique_publiee(territoire=territoire, fiche=fiche)
    f.obstacle_national_publie()
    parole = f.InterventionFactory(territoire=territoire, organisation="AdCF", role="président")
    f.DocumentFactory(assemblee=parole.sequence.assemblee)
    client = Client()
    adresses = [a for section in lues(client, "/plan-du-site.xml") for a in lues(client, section)]
    autres = [
        *("/recherche/", "/recherche/?q=val", "/territoires/?texte=introuvable"),
        *(
            "/territoires/?interregional=non",
            "/fiches/?montant_min=mille",
            "/carte/?couleur=fiches",
        ),
        territoire.get_absolute_url() + "?le=2024-01-15",
        *("/aide/region/", "/donnees/fiches/", reverse("financements-mobilises")),
        reverse("engagement", args=[promesse.convention.reference, promesse.numero]),
    ]
    return {a: soupe(client.get(a)) for a in [*adresses, *autres]}


def lues(client, adresse):
    return [urlsplit(a).path for a in re.findall("<loc>(.+?)</loc>", texte(client.get(adresse)))]


def texte(reponse):
    return reponse.content.decode()


def soupe(reponse):
    assert reponse.status_code == 200, reponse.request["PATH_INFO"]
    return BeautifulSoup(texte(reponse), "html.parser")


pages = une_fois(_monde)


def fautes(pages, juger):
    """{address: what is wrong there}, for a judge that returns what is wrong or nothing."""
    return {adresse: faute for adresse, page in pages.items() if (faute := juger(page))}


def meta(page, nom):
    balise = page.select_one(f'meta[name="{nom}"], meta[property="{nom}"]')
    return balise["content"].strip() if balise else ""


def nom_de(balise):
    """Its accessible name, near enough: what it is labelled with, else its text or that inside."""
    dits = [balise.get("aria-label"), balise.get("title"), balise.get_text(" ", strip=True)]
    dits += [titre.text for titre in balise.select("title")]
    return next((dit.strip() for dit in dits if dit and dit.strip()), "")


def test_the_walk_reaches_every_kind_of_page(pages):
    assert len(pages) > 40
    assert {a.split("/")[1] for a in pages} >= {"", "carte", "territoires", "fiches", "assemblees"}


def test_every_page_has_one_title_that_no_other_page_has(pages):
    titres = {a: page.title.text.strip() for a, page in pages.items()}
    assert [t for t in titres.values() if not t.endswith(" – Territoires d’industrie")] == []
    assert [t for t in titres.values() if re.search(r"\s\s|^–|\n", t)] == []
    # « Carte » and its latest edition are the same map under two addresses.
    doubles = {t: n for t, n in Counter(titres.values()).items() if n > 1 and "Carte" not in t}
    assert doubles == {}


def test_every_page_is_described_in_a_sentence(pages):
    assert fautes(pages, lambda p: not 40 < len(meta(p, "description")) < 400) == {}
    dites = Counter(meta(p, "description") for a, p in pages.items() if "?" not in a)
    assert [dite for dite, nombre in dites.items() if nombre > 1 and "La carte" not in dite] == []


def test_every_page_says_its_own_address_and_what_a_shared_link_shows(pages):
    for adresse, page in pages.items():
        propre = page.select('link[rel="canonical"]')
        # What is read at a date is a page of its own.
        chemin = adresse if "?le=" in adresse else adresse.split("?")[0]
        assert [lien["href"] for lien in propre] == [RACINE + chemin], adresse
        assert meta(page, "og:url") == propre[0]["href"], adresse
        assert page.title.text.strip().startswith(meta(page, "og:title")), adresse
        assert meta(page, "og:description") == meta(page, "description"), adresse
        assert meta(page, "og:image").startswith(RACINE), adresse


def test_every_page_but_the_home_says_where_it_stands(pages):
    def sans_fil(page):
        fil = page.select_one('[itemtype="https://schema.org/BreadcrumbList"]')
        return not fil or len(fil.select('[itemprop="position"]')) < 2

    assert set(fautes(pages, sans_fil)) == SANS_FIL


def test_the_home_tells_engines_how_to_ask_the_site(pages):
    donnees = json.loads(pages["/"].select_one('script[type="application/ld+json"]').text)
    assert (donnees["@type"], donnees["url"]) == ("WebSite", f"{RACINE}/")
    assert donnees["potentialAction"]["target"] == f"{RACINE}/recherche/?q={{commune}}"


def test_what_is_in_the_linked_data_is_on_the_page(pages):
    genres = {"territoires": "AdministrativeArea", "fiches": "Project", "assemblees": "Event"}
    for rubrique, genre in genres.items():
        adresse = next(a for a in pages if re.fullmatch(rf"/{rubrique}/[-\w]+/", a))
        page = pages[adresse]
        donnees = json.loads(page.select_one('script[type="application/ld+json"]').text)
        assert (donnees["@type"], donnees["url"]) == (genre, RACINE + adresse)
        assert donnees["name"] == page.h1.text.strip()


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(pages):
    def mal_titree(page):
        rangs = [int(titre.name[1]) for titre in page.select("main :is(h1, h2, h3, h4, h5, h6)")]
        sauts = [b for a, b in pairwise(rangs) if b > a + 1]
        return rangs.count(1) != 1 or rangs[0] != 1 or sauts

    assert fautes(pages, mal_titree) == {}


def test_every_page_is_french_and_begins_by_its_type(pages):
    assert fautes(pages, lambda page: page.html.get("lang") != "fr") == {}
    assert fautes(pages, lambda page: "doctype html" not in str(page)[:300].lower()) == {}


def test_every_identifier_is_unique_and_every_reference_leads_to_one(pages):
    def perdus(page):
        connus = [balise["id"] for balise in page.select("[id]")]
        cites = [
            cite
            for nom in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
            for balise in page.select(f"[{nom}]")
            for cite in balise[nom].split()
        ]
        ancres = [lien["href"][1:] for lien in page.select('a[href^="#"]')]
        doubles = [ident for ident, nombre in Counter(connus).items() if nombre > 1]
        return doubles + [cite for cite in [*cites, *ancres] if cite not in connus]

    assert fautes(pages, perdus) == {}


def test_every_link_button_and_field_has_a_name(pages):
    def sans_nom(page):
        muets = [b for b in page.select("a[href], button, summary") if not nom_de(b)]
        etiquetes = {label["for"] for label in page.select("label[for]")}
        champs = page.select('input:not([type="hidden"]), select, textarea')
        return muets + [
            c for c in champs if c.get("id") not in etiquetes and not c.find_parent("label")
        ]

    assert fautes(pages, sans_nom) == {}


def test_the_name_of_a_control_contains_the_text_that_is_seen(pages):
    def sans_son_texte(page):
        return [
            balise
            for balise in page.select("main a[aria-label], button[aria-label]")
            if balise.get_text(" ", strip=True).lower() not in balise["aria-label"].lower()
        ]

    assert fautes(pages, sans_son_texte) == {}


def test_every_table_has_a_name_and_every_heading_its_scope(pages):
    def mal_faite(page):
        tableaux = page.select("table")
        sans_titre = [
            t
            for t in tableaux
            if not t.caption and not t.find_parent(attrs={"role": "region", "aria-label": True})
        ]
        return sans_titre + [th for t in tableaux for th in t.select("th:not([scope])")]

    assert fautes(pages, mal_faite) == {}


def test_the_heading_of_figures_stands_over_them(pages):
    def de_travers(page):
        fautives = []
        for tableau in page.select("table:has(thead)"):
            entetes = tableau.select("thead tr:last-child > *")
            for ligne in tableau.select("tbody tr"):
                for entete, cellule in zip(entetes, ligne.select("th, td"), strict=False):
                    dit = cellule.get_text(strip=True)
                    chiffre = not cellule.code and re.fullmatch(r"[\d\s\u202f\xa0,]+(€|%)?", dit)
                    rangees = {"nombre" in balise.get("class", []) for balise in (entete, cellule)}
                    if rangees == {True, False} or (chiffre and rangees == {False}):
                        fautives.append((entete.get_text(strip=True), dit))
        return fautives

    assert fautes(pages, de_travers) == {}


def test_links_that_go_together_are_a_list(pages):
    def en_vrac(page):
        menus = [nav for nav in page.select("nav") if len(nav.select("a")) > 1]
        return [
            lien
            for nav in menus
            for lien in nav.select("a")
            if not lien.find_parent("li") and "menu__fermer" not in lien.get("class", [])
        ]

    assert fautes(pages, en_vrac) == {}


def test_the_menu_marks_the_page_one_is_on_and_no_other(pages):
    for adresse, page in pages.items():
        marques = [lien["href"] for lien in page.select("#navigation [aria-current]")]
        ici = adresse.split("?")[0]
        connue = page.select_one(f'#navigation a[href="{ici}"]')
        assert marques == ([ici] if connue else []), adresse


def test_the_menu_has_six_entries_of_which_only_one_holds_the_page(pages):
    assert len(MENU) == 6
    page = pages[next(a for a in pages if a.startswith("/fiches/FA-"))]
    assert len(page.select("#navigation > ul > li")) == 6
    (rubrique,) = page.select("#navigation .ici")
    assert "(rubrique en cours)" in rubrique.text
    assert rubrique.text.split()[0] == "Actions"


def test_every_page_leads_to_the_search_the_plan_and_the_pages_of_trust(pages):
    attendues = [
        reverse(nom)
        for nom in (
            *("recherche", "plan", "accessibilite", "mentions-legales"),
            *("donnees-personnelles", "admin:index"),
        )
    ]

    def manquantes(page):
        liens = {lien["href"] for lien in page.select("header a, footer a")}
        return set(attendues) - liens

    assert fautes(pages, manquantes) == {}
    assert fautes(pages, lambda page: "licence etalab-2.0" not in page.footer.text) == {}


def test_the_plan_leads_to_every_page_that_stands_alone(pages):
    liens = {lien["href"] for lien in pages[reverse("plan")].select("main a[href]")}
    for section in ("pages", "pages-du-programme", "editions", "regions"):
        seules = {*lues(Client(), f"/plan-du-site-{section}.xml")} - {reverse("plan")}
        assert seules
        assert seules - liens == set()


def test_commas_and_full_stops_follow_their_word(pages):
    def ecartes(page):
        main = copy(page.main)
        for code in main.select("pre, code"):
            code.replace_with("x")
        return re.findall(r"\w+\s+[,.](?=\s)|\w+[ \n]+\u202f[:;!?]", main.get_text())

    assert fautes(pages, ecartes) == {}


def test_what_people_quote_can_be_shared_by_plain_links(pages):
    for rubrique in ("territoires", "fiches", "carte", "assemblees", "contrats", "conventions"):
        adresse = next(a for a in pages if re.fullmatch(rf"/{rubrique}/[-\w]+/", a))
        partage = pages[adresse].select_one(".partager")
        assert partage.select_one('a[href^="mailto:?subject="]'), adresse
        assert partage.select_one(f'a[href="{RACINE}{adresse}"]'), adresse


def test_every_page_has_a_picture_of_its_size_said_in_words(pages):
    """Those that people share show what they are about; the others the map."""
    propres, client = set(), Client()
    for adresse, page in pages.items():
        dits = {m["property"]: m["content"] for m in page.select('meta[property^="og:image"]')}
        assert len(dits["og:image:alt"]) > 10, adresse
        image = urlsplit(dits["og:image"]).path
        if image in propres:
            continue
        propres.add(image)
        octets = client.get(image).content
        assert octets.startswith(b"\x89PNG"), adresse
        taille = [int.from_bytes(octets[rang : rang + 4], "big") for rang in (16, 20)]
        assert taille == [int(dits[f"og:image:{cote}"]) for cote in ("width", "height")]
        assert len(octets) < 300_000
    genres = {image.split("/")[1] for image in propres}
    assert genres == {"partage.png", "territoires", "fiches", "assemblees"}
