"""A value that only one row may hold: handed over within a file, refused with both rows named."""

import datetime

import pytest

from programme.partenaires.models import Axe
from territoires.editions.models import EditionCarte, MembrePerimetre, Perimetre
from tests import factories
from tests.echanges.imports.outils import annuler, importer, photographie
from tests.echanges.outils import analyser, csv, messages

pytestmark = pytest.mark.django_db


def trois_editions():
    for rang in range(1, 4):
        jour = datetime.date(2020 + rang, 1, 1)
        factories.EditionCarteFactory(code=f"e{rang}", date=jour, publiee_le=None)
    return "editions", lambda: [
        code for (code,) in EditionCarte.objects.order_by("date").values_list("code")
    ]


def deux_axes():
    phase = factories.PhaseFactory(numero=7)
    for nom in ("Attirer", "Recruter"):
        factories.AxeFactory(code=nom.lower(), nom=nom, phase=phase)
    return "axes", lambda: [code for (code,) in Axe.objects.order_by("nom").values_list("code")]


def deux_perimetres():
    edition = factories.EditionCarteFactory(code="e1", publiee_le=None)
    for rang in (1, 2):
        territoire = factories.TerritoireFactory(identifiant=f"t{rang}")
        factories.PerimetreFactory(edition=edition, code=f"p{rang}", territoire=territoire)
    perimetres = Perimetre.objects.order_by("territoire__identifiant")
    return "perimetres", lambda: [code for (code,) in perimetres.values_list("code")]


@pytest.mark.parametrize(
    ("fabrique", "fichier", "attendu"),
    [
        (trois_editions, ("code,date", "e1,2022-01-01", "e2,2021-01-01"), ["e2", "e1", "e3"]),
        (
            trois_editions,
            ("code,date", "e1,2022-01-01", "e2,2023-01-01", "e3,2021-01-01"),
            ["e3", "e1", "e2"],
        ),
        (deux_axes, ("code,nom", "attirer,Recruter", "recruter,Attirer"), ["recruter", "attirer"]),
        (deux_perimetres, ("edition,code,territoire", "e1,p1,t2", "e1,p2,t1"), ["p2", "p1"]),
    ],
)
def test_rows_that_swap_a_unique_value_are_written_and_taken_back(fabrique, fichier, attendu):
    nom, lire = fabrique()
    avant, ordre = photographie(), lire()
    depot = importer(nom, csv(*fichier))
    assert lire() == attendu
    assert annuler(depot) == []
    assert (photographie(), lire()) == (avant, ordre)


def test_two_perimetres_swap_their_members():
    un, deux = (factories.PerimetreFactory(edition__publiee_le=None) for _ in range(2))
    Perimetre.objects.filter(pk=deux.pk).update(edition=un.edition)
    MembrePerimetre.objects.filter(perimetre=deux).update(edition=un.edition)
    membres = [p.membres.get().intercommunalite_id for p in (un, deux)]
    lignes = [
        f"{un.edition.code},{p.code},{membre}"
        for p, membre in zip((un, deux), reversed(membres), strict=True)
    ]
    importer("perimetres", csv("edition,code,membre", *lignes))
    assert [p.membres.get().intercommunalite_id for p in (un, deux)] == membres[::-1]
    (refus,) = messages(
        analyser("perimetres", csv("edition,code,membre", lignes[0][:-9] + membres[0], lignes[1]))
    )
    assert refus.startswith("ligne 2") and refus.endswith(f" : {deux.nom}.")


def test_a_new_row_takes_what_another_gives_up():
    trois_editions()
    importer("editions", csv("code,date", "neuve,2021-01-01", "e1,2030-01-01"))
    assert EditionCarte.objects.get(date="2021-01-01").code == "neuve"


def test_a_value_that_nobody_gives_up_is_refused_with_who_has_it():
    trois_editions()
    rapport = analyser(
        "editions", csv("code,date", "e1,2023-01-01", "x,2029-01-01", "y,2029-01-01")
    )
    assert messages(rapport) == [
        "ligne 2 : Une autre édition porte déjà cette date : e3.",
        "ligne 4 : Une autre édition porte déjà cette date : ligne 3.",
    ]
