"""Papers of texts as years of typing leave them: made every time, and everything stands there."""

import io
import re
import struct
import unicodedata
import zlib
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import typst
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from programme import documents
from programme.comites import conduite, decisions
from programme.comites.admin import imprimes
from programme.comites.dossier import dossier
from programme.comites.models import Presence
from programme.fiches.impression import fiche_imprimee
from programme.fiches.models import FicheAction
from tests import factories as f

QUAND = datetime(2026, 1, 2, 3, tzinfo=UTC)
# Of these nothing is drawn as text: an image, and what the template chooses by.
MUETS = {"carte"}
MORCEAUX = st.sampled_from(
    [
        *("#panic()", "#", "*gras*", "_ital_", "$x^2$", "<lien>", "@ref", "`code`", "[x]", "{y}"),
        *("// fin", "/* */", "\\", "\\u{41}", "~", "---", "= Titre", "- un", "+ un", "'", '"'),
        *("\x00", "\x07", "\x1b[0m", "\u200b", "\u202e", "\ufeff", "\u2028", "\x85", "\r", "\n"),
        *(
            "Иван",
            "Ωμέγα",
            "漢字",
            "مرحبا",
            "שלום",
            "हिन्दी",
            "🏭",
            "e\u0301",
            "ﬁ",
            "œ",
            "½",
            "\ufffe",
        ),
    ]
)
SALES = st.lists(
    MORCEAUX | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=5
)


def feuilles(valeur, ecrire, chemin=()):
    """The same data, each text that people wrote replaced by `ecrire(its path)`."""
    if isinstance(valeur, dict):
        return {
            cle: v if cle in MUETS else feuilles(v, ecrire, (*chemin, cle))
            for cle, v in valeur.items()
        }
    if isinstance(valeur, list | tuple):
        return [feuilles(v, ecrire, (*chemin, str(rang))) for rang, v in enumerate(valeur)]
    return ecrire(chemin) if isinstance(valeur, str) and valeur else valeur


def lignes(octets):
    pages = PdfReader(io.BytesIO(octets)).pages
    return [ligne for page in pages for ligne in page.extract_text().split("\n")]


def en_pages(octets):
    return [serre(page.extract_text()) for page in PdfReader(io.BytesIO(octets)).pages]


def est_dit(texte, pages):
    """It stands on a page, or begins on one and ends on the next: their feet are between."""
    if any(texte in page for page in pages):
        return True
    coupes = [(texte[:i], texte[i:]) for i in range(1, len(texte))]
    return any(
        debut in une and fin in suivante
        for une, suivante in pairwise(pages)
        for debut, fin in coupes
    )


def serre(texte):
    """Without what a line break adds or takes away, signs written in one way of several."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", texte))


@pytest.fixture
def papiers(agent, seance, transmettre, composer):
    """{template: what it draws} of a séance whose every kind of line is there."""
    fiche = transmettre("75", titre="Un")
    f.FinancementFactory(fiche=fiche, financeur="Banque", montant=450_000, statut="acquis")
    autre = transmettre(titre="Deux")
    composer(seance, fiche, autre, transmettre(titre="Trois"))
    type(seance).objects.filter(pk=seance.pk).update(ordre_du_jour="Un mot")
    membres = [f.MembreComiteFactory(comite=seance.comite) for _ in range(2)]
    for membre, statut in zip(membres, Presence.Statut.values, strict=True):
        Presence.objects.create(seance=seance, membre=membre, statut=statut)
    remarques = [("titre", "Trop long")]
    for une, sens in ((fiche, "favorable"), (autre, "ajourne")):
        suite = {"motif": "Dit", "remarques": remarques, "agent": agent}
        decisions.rendre_avis(une, seance=seance, sens=sens, **suite)
    seance = type(seance).objects.get(pk=seance.pk)
    conduite.clore(seance, agent=agent)
    seance = type(seance).objects.get(pk=seance.pk)
    etabli = seance.releves.get()
    return {
        "programme/comites/dossier.typ": dossier(seance),
        "programme/comites/releve.typ": imprimes._a_imprimer(etabli, etabli.contenu),
        "programme/fiches/fiche.typ": fiche_imprimee(FicheAction.objects.get(pk=fiche.pk)),
    }


def marquer(donnees, texte=""):
    """(the data with a mark of its own before this text in each leaf, the marks)."""
    marques = []

    def ecrire(chemin):
        marques.append(f"Q{len(marques)}k")
        return marques[-1] + texte

    return feuilles(donnees, ecrire), marques


def dessinees(modele, donnees):
    """The marks of the leaves that this paper draws."""
    marquees, marques = marquer(donnees)
    lu = serre("".join(lignes(documents.pdf(modele, marquees, QUAND))))
    return {marque for marque in marques if marque in lu}


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    morceaux=['\U0001429d툡¨"\x8d\U0007ad3a', "Qxg\n@7", "\n", "/* */", "Qxg\n@7"]
)  # two pages
@given(morceaux=SALES)
def test_every_text_stands_in_every_paper_whatever_was_stored(papiers, morceaux):
    texte = " ".join(morceaux)
    attendu = serre(documents.dessinable(texte))
    for modele, donnees in papiers.items():
        presentes = dessinees(modele, donnees)
        assert len(presentes) > 10, modele
        sales, _ = marquer(donnees, texte)
        pages = en_pages(documents.pdf(modele, sales, QUAND))
        assert [m for m in presentes if not est_dit(m + attendu, pages)] == [], (modele, attendu)


def test_a_word_without_an_end_stays_on_the_page(papiers, monkeypatch):
    dessiner = typst.compile
    nombres = {modele: len(dessinees(modele, donnees)) for modele, donnees in papiers.items()}
    monkeypatch.setattr(documents.typst, "compile", lambda fichiers, **_: fichiers)
    for modele, donnees in papiers.items():
        longues, _ = marquer(donnees, "M" * 300)
        fichiers = documents.pdf(modele, longues, QUAND)
        lu = "".join(lignes(dessiner(fichiers, format="pdf", ignore_system_fonts=True)))
        assert lu.count("M") >= 300 * nombres[modele]
        pages = dessiner(fichiers, format="png", ppi=PPP, ignore_system_fonts=True)
        for numero, page in enumerate([pages] if isinstance(pages, bytes) else pages, start=1):
            marge = [ligne[-PPP // 2 :] for ligne in rouges(page)]  # half an inch on the right
            assert {rouge for ligne in marge for rouge in ligne} == {255}, (modele, numero)


PPP = 24  # pixels an inch


def rouges(png):
    """The first channel of each pixel, line by line, of a PNG of 8 bits a channel (RFC 2083)."""
    largeur, _, profondeur, genre = struct.unpack(">IIBB", png[16:26])
    pas, donnees, rang = {2: 3, 6: 4}[genre], b"", 8
    assert profondeur == 8
    while rang < len(png):
        (longueur,) = struct.unpack(">I", png[rang : rang + 4])
        if png[rang + 4 : rang + 8] == b"IDAT":
            donnees += png[rang + 8 : rang + 8 + longueur]
        rang += 12 + longueur
    octets, avant = zlib.decompress(donnees), bytearray(largeur * pas)
    for debut in range(0, len(octets), largeur * pas + 1):
        ligne = bytearray(octets[debut + 1 : debut + 1 + largeur * pas])
        for i in range(len(ligne)):
            gauche = ligne[i - pas] if i >= pas else 0
            coin = avant[i - pas] if i >= pas else 0
            ligne[i] = (ligne[i] + _predit(octets[debut], gauche, avant[i], coin)) % 256
        yield ligne[::pas]
        avant = ligne


def _predit(filtre, gauche, haut, coin):
    if filtre == 4:
        estime = gauche + haut - coin
        return min((gauche, haut, coin), key=lambda octet: abs(estime - octet))
    return (0, gauche, haut, (gauche + haut) // 2)[filtre]
