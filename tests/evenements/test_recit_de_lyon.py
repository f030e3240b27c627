"""The records that the application comes with: who took which position, nothing put in a mouth."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
CIBLES = ("engagement", "convention_signee", "contrat", "fiche", "edition", "bonne_pratique")


def lire(nom):
    with (FIXTURES / f"{nom}.csv").open(newline="") as fichier:
        return list(csv.DictReader(fichier))


def de(nom, assemblee):
    return [ligne for ligne in lire(nom) if ligne["assemblee"] == assemblee]


def test_every_speaker_of_lyon_took_a_position():
    ensemble = {s["ordre"] for s in de("sequences", "lyon-2019") if s["dit_ensemble"]}
    tous, dits = set(), set()
    for parole in de("interventions", "lyon-2019"):
        qui = parole["intervenant"] or parole["organisation"]
        tous.add(qui)
        if parole["resume"] or parole["sequence"] in ensemble:
            dits.add(qui)
    assert tous - dits == {"Pôle emploi"}  # signed its convention, held no workshop


def test_no_word_is_quoted_that_the_source_does_not_quote():
    assert [p for p in lire("interventions") if p["citation"]] == []


def test_the_workshop_tells_its_difficulties_one_by_one():
    (atelier,) = [s for s in de("sequences", "lyon-2019") if s["difficultes"]]
    assert "AdCF" in atelier["titre"]
    assert len(atelier["difficultes"].splitlines()) == 3


@pytest.mark.parametrize(
    ("personne", "territoire"),
    [
        ("virginie-carolo", "axe-seine-2020"),
        ("sebastien-martin", "grand-chalon-2020"),
        ("francois-decoster", "flandre-saint-omer-2020"),
    ],
)
def test_who_spoke_for_a_territoire_is_tied_to_it(personne, territoire):
    (parole,) = [p for p in lire("interventions") if p["intervenant"] == personne]
    assert parole["territoire"] == territoire
    assert territoire in {ligne["identifiant"] for ligne in lire("territoires")}


def test_every_promise_leads_to_what_became_of_it():
    annonces = lire("annonces")
    sans_suite = [a for a in annonces if not any(a[nom] for nom in (*CIBLES, "registre"))]
    assert [(a["assemblee"], a["nature"]) for a in sans_suite] == [("lyon-2019", "demande")]
    suivies = {a["convention_signee"] for a in annonces if a["assemblee"] == "lyon-2019"} - {""}
    assert suivies == {ligne["reference"] for ligne in lire("conventions")}
    for nom, fichier, cle in (
        ("contrat", "contrats", "reference"),
        ("edition", "editions", "code"),
        ("convention_signee", "conventions", "reference"),
    ):
        cites = {a[nom] for a in annonces} - {""}
        assert cites <= {ligne[cle] for ligne in lire(fichier)}


def test_the_launch_lyon_and_phase_2_are_records_of_their_own():
    recits = {a["identifiant"]: a for a in lire("assemblees")}
    assert {nom: a["edition"] for nom, a in recits.items()} == {
        "lancement-2018": "2018-11",
        "lyon-2019": "2019-03",
        "chalon-2023": "2023-11",
    }
    assert all(a["source"] and a["resume"] and a["publiee_le"] for a in recits.values())


def test_each_workshop_leads_to_themes_that_exist_and_say_what_they_are():
    themes = {theme["identifiant"]: theme for theme in lire("themes")}
    assert [
        nom for nom, theme in themes.items() if not theme["description"] or not theme["mots"]
    ] == []
    ateliers = [s for s in de("sequences", "lyon-2019") if s["type"] == "atelier"]
    assert ateliers and all(set(s["themes"].split()) <= {*themes} and s["themes"] for s in ateliers)
