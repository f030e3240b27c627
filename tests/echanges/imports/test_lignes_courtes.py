"""Rows that stop before the last column: Excel leaves out their last separators."""

import pytest

from tests import factories
from tests.echanges.outils import analyser, messages

pytestmark = pytest.mark.django_db
ENTETES = "siren;nom;nature;departement;population\r\n"
SIREN = "247100589"
COURTE = f"{SIREN};CA Le Grand Chalon;CA;71\r\n"
ENTIERE = "200070308;CC Bresse;CC;71;12000\r\n"


@pytest.fixture(autouse=True)
def departement():
    factories.DepartementFactory(code="71")


def lu(texte, encodage="utf-8"):
    return analyser("intercommunalites", texte.encode(encodage))


@pytest.mark.parametrize("encodage", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_missing_last_cells_are_read_as_empty_and_said(encodage):
    rapport = lu(ENTETES + ENTIERE + COURTE, encodage)
    assert (messages(rapport), rapport.creees) == ([], 2)
    reconnu = rapport.tableau.reconnu()
    assert "1 ligne plus courte que les en-têtes (cellules de la fin lues comme vides)" in reconnu


def test_what_a_short_row_clears_is_shown_before_and_after():
    factories.IntercommunaliteFactory(
        siren=SIREN, nom="CA Le Grand Chalon", nature="CA", departement_id="71", population=7
    )
    (plan,) = lu(ENTETES + COURTE).plans
    changements = [(c.nom, avant, apres) for c, avant, apres in plan.changements]
    assert changements == [("population", 7, None)]


@pytest.mark.parametrize("encodage", ["utf-8", "cp1252", "utf-16", "utf-16-be"])
def test_a_last_row_alone_cut_short_without_line_end_is_a_truncated_file(encodage):
    rapport = lu(ENTETES + ENTIERE + COURTE.strip(), encodage)
    (message,) = messages(rapport)
    assert message.startswith("ligne 3") and "à la cellule 4 sur 5" in message
    assert "sans doute tronqué" in message
    assert (rapport.creees, "plus courte" in rapport.tableau.reconnu()) == (1, False)


def test_a_last_row_short_as_others_are_needs_no_line_end():
    autre = COURTE.replace(SIREN, "200070308")
    rapport = lu(ENTETES + autre + COURTE.strip())
    assert (messages(rapport), rapport.creees) == ([], 2)
    assert "2 lignes plus courtes" in rapport.tableau.reconnu()


def test_a_row_with_more_cells_than_headers_stays_refused():
    (message,) = messages(lu(ENTETES + COURTE.strip() + ";1;2\r\n"))
    assert "6 cellules pour 5 colonnes" in message


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("intercommunalites", ENTETES + ENTIERE + "Source : INSEE\r\n"),
        ("fiches", "reference;titre;territoire\r\nSource : INSEE\r\n"),
        ("partenaires", "identifiant;nom;nature\r\nSource : INSEE\r\n"),
        ("perimetres", "edition;code;nom;territoire;membre\r\nSource : INSEE\r\n"),
        ("conventions", "reference;partenaire;objet\r\nSource : INSEE\r\n"),
    ],
)
def test_a_footnote_is_never_taken_for_a_row(nom, contenu):
    rapport = analyser(nom, contenu.encode())
    assert list(rapport.refus) == [contenu.count("\r\n")]
    assert all("Source" not in plan.nom for plan in rapport.plans)
