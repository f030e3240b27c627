"""The brochure of a territoire: what its page says, on paper, and no more."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from programme.brochure.contenu import CARTE, brochure
from programme.fiches import parcours
from tests import factories as f
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db

BALISES = '#panic("non") $x$ *gras* <etiquette> @renvoi `code` [crochets] \\ "guillemets" // rien'


def _donnees(territoire):
    territoire.refresh_from_db()
    return brochure(territoire, "https://exemple.invalid{}".format)


def _lue(client, territoire):
    reponse = client.get(reverse("brochure", args=[territoire.identifiant]))
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(reponse.content))


def _texte(pdf):
    return " ".join("".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture
def riche():
    territoire = f.territoire_publie(nom="Val d’Ici", presentation="Là-bas.")
    f.MandatFactory(territoire=territoire, nom="Alix Exemple", fonction="présidente")
    fiche = f.fiche_complete(territoire, titre="Ouvrir l’atelier", cout_total=1_000_000)
    f.FinancementFactory(fiche=fiche, montant=400_000, statut="acquis")
    valider(fiche, f.agent_delegation())
    f.ContratFactory(territoire=territoire, signe_le=date(2024, 3, 1), lieu="Lyon", source="JO")
    return territoire


def test_it_says_what_the_page_says(riche, client):
    texte = _texte(_lue(client, riche))
    for attendu in (
        *("Val d’Ici", "Alix Exemple", "présidente", "Là-bas.", "Ouvrir l’atelier", "validée"),
        *("1\u202f000\u202f000\u00a0€", "400\u202f000\u00a0€", "signé le 1er\u00a0mars 2024"),
        *("Liste de test", "JO", "Lyon"),
    ):
        assert " ".join(attendu.split()) in texte, attendu
    assert "brochure.pdf" in client.get(riche.get_absolute_url()).content.decode()


def test_the_money_bar_is_the_one_of_the_page(riche):
    donnees, _ = _donnees(riche)
    parts = {part["cle"]: (part["montant"], part["part"]) for part in donnees["argent"]}
    assert parts == {
        "acquis": ("400\u202f000\u00a0€", 40.0),
        "demande": ("300\u202f000\u00a0€", 30.0),
        "manque": ("300\u202f000\u00a0€", 30.0),
    }


def test_with_nothing_filled_in_it_says_so(client):
    nu = f.TerritoireFactory(nom="Nu")
    f.PerimetreFactory(territoire=nu, membres=[f.IntercommunaliteFactory(nom="CC Seule")])
    donnees, images = _donnees(nu)
    assert (donnees["carte"], images) == ("", {})  # no outline, no drawing
    texte = _texte(_lue(client, nu))
    assert "CC Seule" in texte
    for phrase in ("Pas encore renseigné", "Aucune fiche action", "Aucun contrat signé"):
        assert phrase in texte


def test_it_is_accessible_and_named(riche, client):
    pdf = _lue(client, riche)
    assert pdf.metadata.title == "Val d’Ici – Territoire d’industrie"
    assert pdf.trailer["/Root"]["/Lang"] == "fr-FR"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert CARTE in _donnees(riche)[1]


def test_what_people_typed_is_text_and_never_markup(client):
    territoire = f.territoire_publie(nom=f"Val {BALISES}"[:200], presentation=BALISES)
    f.MandatFactory(territoire=territoire, nom=BALISES)
    fiche = f.fiche_complete(territoire, titre=BALISES)
    valider(fiche, f.agent_delegation())
    f.ContratFactory(territoire=territoire, lieu=BALISES, source=BALISES)
    texte = _texte(_lue(client, territoire)).replace(" ", "")
    assert texte.count(BALISES.replace(" ", "")) >= 5


def test_nothing_that_is_not_public_is_in_it(client):
    territoire = f.territoire_publie(nom="Ici")
    f.fiche_complete(territoire, titre="Fiche Xyzzy", contact_nom="Xyzzy")
    transmise = f.fiche_complete(territoire, titre="Transmise Xyzzy")
    parcours.transmettre(transmise, agent=f.agent_delegation())
    f.ContratFactory(territoire=territoire, etat="preparation", signe_le=None, source="Xyzzy")
    f.MandatFactory(territoire=territoire, role="membre", nom="Xyzzy")
    f.MandatFactory(territoire=territoire, courriel="xyzzy@exemple.invalid", note="Xyzzy")
    client.force_login(f.agent_delegation())
    assert "Xyzzy" not in _texte(_lue(client, territoire))


def test_the_number_of_queries_does_not_depend_on_what_is_in_it(riche, django_assert_num_queries):
    _donnees(riche)  # the drawing is kept
    with django_assert_num_queries(13):
        brochure(_frais(riche), str)
    for rang in range(3):
        valider(f.fiche_complete(riche, titre=f"Encore {rang}"), f.agent_delegation())
        f.ContratFactory(territoire=riche)
        perimetre = riche.perimetre_courant
        f.MembrePerimetreFactory(perimetre=perimetre, membre=f.IntercommunaliteFactory())
    with django_assert_num_queries(13):
        brochure(_frais(riche), str)


def _frais(territoire):
    lignes = type(territoire).objects.select_related("region_pilote", "perimetre_courant__edition")
    return lignes.get(pk=territoire.pk)
