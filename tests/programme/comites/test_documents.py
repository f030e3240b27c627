"""The PDF: accessible, in French, and never mistaken about what people typed."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from programme import documents
from programme.comites import decisions
from programme.comites.dossier import dossier
from programme.fiches import parcours
from tests import factories as f

PIEGES = [
    '#panic() #include "/etc/passwd" #read("donnees.json")',
    "= Titre *gras* _ital_ $x^2$ `code` <lien> @ref // fin /* */ \\ ~ --- [x] {y}",
    "{{ 7 }} {% now 'Y' %} <script>alert(1)</script> &amp;",
    "</svg><script>alert(1)</script>",
]
MODELE = "programme/comites/dossier.typ"
VIDE = dict.fromkeys(("comite", "region", "date", "lieu", "introduction", "etabli"), "")
VIDE |= {"quorum": None, "partie": 1, "parties": [], "points": [], "fiches": [], "demandes": []}
VIDE |= {"genre": "séance", "commune": []}


def texte(octets):
    pages = PdfReader(io.BytesIO(octets)).pages
    lu = " ".join(page.extract_text() for page in pages)
    return " ".join(lu.replace("\u200b", "").split())  # where a long word may be cut


@pytest.fixture
def pdf(client, agent):
    def _pdf(seance, nom="dossier_pdf"):
        client.force_login(agent)
        return client.get(reverse(f"admin:programme_seance_{nom}", args=[seance.pk]))

    return _pdf


def test_the_dossier_is_a_tagged_french_pdf_with_title_and_contents(
    pdf, seance, transmettre, composer
):
    composer(seance, transmettre(titre="Un atelier"), transmettre(titre="Une école"))
    reponse = pdf(seance)
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Content-Disposition"].startswith('inline; filename="dossier-76-20')
    assert "no-store" in reponse["Cache-Control"]
    lecteur = PdfReader(io.BytesIO(reponse.content))
    racine = lecteur.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in racine
    assert racine["/Lang"] == "fr-FR"
    assert lecteur.metadata.title.startswith("Dossier de séance – Comité de pilotage régional")
    assert b"pdfuaid:part" in racine["/Metadata"].get_data()
    assert [p["/Title"] for p in lecteur.outline if not isinstance(p, list)] == [
        "Ordre du jour",
        "Fiches actions",
    ]
    pages = len(lecteur.pages)
    for numero, page in enumerate(lecteur.pages, start=1):
        assert page.extract_text().rstrip().endswith(f"{numero} / {pages}")


def test_the_dossier_holds_the_money_the_map_and_the_other_regions(
    pdf, seance, transmettre, composer
):
    fiche = transmettre("75", cout_total=1_000_000)
    f.FinancementFactory(fiche=fiche, financeur="Banque", montant=450_000, statut="acquis")
    composer(seance, fiche)
    contenu = dossier(seance)
    finances = contenu["fiches"][0]["finances"]
    assert finances["part"] == "45\u00a0%"
    assert (finances["total"], finances["ecart"]) == ("750\u202f000\u00a0€", "250\u202f000\u00a0€")
    assert contenu["fiches"][0]["carte"].startswith("<svg ")
    lu = texte(pdf(seance).content)
    assert "Région 75 : pas encore d’avis" in lu.replace("\u202f", " ")
    assert "soit 45 % du coût" in lu.replace("\u00a0", " ")


def test_a_long_dossier_comes_in_parts_each_with_the_whole_agenda(
    client, pdf, seance, transmettre, composer, monkeypatch
):
    monkeypatch.setattr("programme.comites.dossier.PAR_PARTIE", 2)
    titres = ["Un atelier", "Une école", "Un quai"]
    composer(seance, *[transmettre(titre=titre) for titre in titres])
    assert [point["titre"] for point in dossier(seance, 2)["points"]] == titres
    dans = [[fiche["titre"] for fiche in dossier(seance, n)["fiches"]] for n in (1, 2)]
    assert dans == [titres[:2], titres[2:]]
    reponse = pdf(seance)
    assert "-partie-1.pdf" in reponse["Content-Disposition"]
    assert "1 sur 2, points 1 à 2" in texte(reponse.content)
    page = client.get(reverse("admin:programme_seance_dossier", args=[seance.pk]), {"partie": "2"})
    assert 'href="?partie=1#point-1"' in page.content.decode()
    lien = BeautifulSoup(page.content, "html.parser").select_one("a[href$='dossier.pdf?partie=2']")
    assert " ".join(lien.text.split()) == "Cette partie en PDF"


def test_an_earlier_avis_comes_with_its_remarks_and_answers(
    agent, comite, seance, transmettre, composer
):
    fiche = transmettre()
    avant = f.SeanceFactory(comite=comite)
    f.rendre_et_clore(
        fiche,
        seance=avant,
        sens="ajourne",
        motif="À préciser",
        remarques=[("titre", "Trop long")],
        agent=agent,
    )
    fiche.refresh_from_db()
    fiche.avis.get().remarques.update(reponse="Raccourci")
    composer(seance, parcours.transmettre(fiche, agent=agent))
    (ancien,) = dossier(seance)["fiches"][0]["anciens"]
    assert (ancien["avis"], ancien["motif"]) == ("ajourné", "À préciser")
    assert ancien["remarques"] == [{"champ": "Titre", "texte": "Trop long", "reponse": "Raccourci"}]


def test_what_two_regions_remark_on_one_field_stands_together(
    pdf, agent, seance, transmettre, composer
):
    fiche = transmettre("75")
    autre = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=f.RegionFactory(code="75")))
    f.rendre_et_clore(
        fiche,
        seance=autre,
        sens="favorable",
        motif="Oui",
        remarques=[("contexte", "Trop long"), ("titre", "Bien")],
        agent=f.agent_region("75"),
    )
    fiche.refresh_from_db()
    composer(seance, fiche)
    decisions.rendre_avis(
        fiche,
        seance=seance,
        sens="ajourne",
        motif="Non",
        remarques=[("contexte", "Trop court")],
        agent=agent,
    )
    contexte, titre = dossier(seance)["fiches"][0]["remarques"]
    assert {ligne["texte"] for ligne in contexte["lignes"]} == {"Trop long", "Trop court"}
    assert (contexte["plusieurs"], titre["plusieurs"]) == (True, False)
    lu = texte(pdf(seance).content)
    assert "Contexte, remarques de plusieurs régions" in lu
    assert "Trop long" in lu and re.search(r"Occitanie\s: Trop court", lu)
    page = " ".join(texte_de(pdf(seance, "dossier")).split())
    assert "Contexte, remarques de plusieurs régions" in page
    assert "Titre, remarques de plusieurs" not in page


def texte_de(page):
    return BeautifulSoup(page.content, "html.parser").get_text(" ").replace(" ,", ",")


def test_contacts_and_comptes_rendus_never_stand_in_it(seance, transmettre, composer):
    """The members who receive it are not agents: it is the same as if there were none."""
    fiche = transmettre()
    composer(seance, fiche)
    sans = dossier(seance)
    fiche.contact_nom, fiche.contact_courriel = "Nom Secret", "secret@exemple.invalid"
    fiche.contact_telephone = "0102030405"
    fiche.save()
    seance.compte_rendu = "Ce qui s’est dit"
    seance.save()
    assert dossier(seance) == sans


@pytest.mark.parametrize("piege", PIEGES)
def test_what_people_type_is_text_everywhere(client, pdf, seance, transmettre, composer, piege):
    fiche = transmettre(titre=piege[:200], contexte=piege, maitre_ouvrage=piege[:200])
    f.FinancementFactory(fiche=fiche, financeur=piege[:150])
    composer(seance, fiche)
    seance.ordre_du_jour = piege
    seance.save()
    lu = texte(pdf(seance).content).replace(" ", "")
    assert lu.count(piege.replace(" ", "")) >= 3
    page = client.get(reverse("admin:programme_seance_dossier", args=[seance.pk])).content.decode()
    assert "<script" not in page
    assert "alert(1)" not in piege or "&lt;script&gt;alert(1)" in page


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_printed(saisi):
    """Signs the fonts lack become a white square: they never stop the document."""
    donnees = VIDE | dict.fromkeys(("comite", "date", "lieu", "introduction"), saisi)
    assert documents.pdf(MODELE, donnees, timezone.now()).startswith(b"%PDF-")


def test_the_signs_that_fonts_lack_are_shown_as_absent():
    assert documents.dessinable("a😀b\x00\r\nœ№ «\u202fé\u202f» 漢") == "a□b□\nœ№ «\u202fé\u202f» □"


def test_the_same_data_gives_the_same_file():
    quand = timezone.now()
    assert documents.pdf(MODELE, VIDE, quand) == documents.pdf(MODELE, VIDE, quand)


def test_the_releve_is_accessible_and_bears_its_signature_line(pdf, agent, seance, transmettre):
    decisions.rendre_avis(transmettre(titre="Un"), seance=seance, sens="favorable", agent=agent)
    projet = texte(pdf(seance, "releve_pdf").content)
    assert "Projet de relevé de décisions" in projet and "La présidence du comité" in projet
    assert "Avis favorable. Examiné sans figurer à l’ordre du jour." not in projet
    lecteur = PdfReader(io.BytesIO(pdf(seance, "releve_pdf").content))
    assert lecteur.trailer["/Root"]["/Lang"] == "fr-FR"
