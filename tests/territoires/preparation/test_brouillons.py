"""An edition in preparation: copied, moved, checked; a published one stays as it is."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from territoires.editions.models import EditionCarte, MembrePerimetre, Perimetre, Territoire
from territoires.preparation.brouillons import conflits, copier, deplacer, retirer
from tests.factories.agents import agent_delegation
from tests.factories.carte import EditionCarteFactory, PerimetreFactory, territoire_publie
from tests.factories.geographie import (
    CommuneFactory,
    ContourFactory,
    IntercommunaliteFactory,
    carre,
)

pytestmark = pytest.mark.django_db

DEMAIN = datetime.date(2027, 1, 1)


@pytest.fixture
def brouillon():
    return EditionCarteFactory(code="2027-01", date=DEMAIN, nombre_annonce=5, publiee_le=None)


def noms_des_membres(perimetre):
    return sorted(str(membre) for membre in perimetre.membres.all())


def test_a_copy_has_the_same_codes_members_regions_and_outline(brouillon):
    territoire = territoire_publie("27", "75")
    origine = territoire.perimetre_courant
    copier(origine.edition, brouillon)
    copie = brouillon.perimetres.get()
    assert (copie.code, copie.nom, copie.population) == (
        origine.code,
        origine.nom,
        origine.population,
    )
    assert noms_des_membres(copie) == noms_des_membres(origine)
    assert list(copie.regions.all()) == list(origine.regions.all())
    assert copie.trace.geometrie == origine.trace.geometrie
    territoire.refresh_from_db()
    assert territoire.perimetre_courant == origine


def test_a_copy_is_refused_over_a_filled_a_published_or_an_older_edition(brouillon):
    source = territoire_publie().perimetre_courant.edition
    ancienne = EditionCarteFactory(date=datetime.date(2019, 1, 1), publiee_le=None)
    with pytest.raises(ValidationError, match="postérieure"):
        copier(source, ancienne)
    copier(source, brouillon)
    with pytest.raises(ValidationError, match="contient déjà"):
        copier(source, brouillon)
    with pytest.raises(ValidationError, match="publiée"):
        copier(brouillon, source)


def test_a_moved_member_leaves_the_other_perimetre_and_both_are_computed_again(brouillon):
    communes = [CommuneFactory(population=100), CommuneFactory(population=50)]
    amont = PerimetreFactory(edition=brouillon, membres=communes)
    aval = PerimetreFactory(edition=brouillon, membres=[])
    deplacer(aval, [communes[1], communes[1]])
    amont.refresh_from_db()
    aval.refresh_from_db()
    assert (amont.population, aval.population) == (100, 50)
    assert MembrePerimetre.objects.filter(edition=brouillon).count() == 2


def test_nothing_moves_in_a_published_edition():
    perimetre = territoire_publie().perimetre_courant
    with pytest.raises(ValidationError, match="ne change plus"):
        deplacer(perimetre, [CommuneFactory()])
    assert perimetre.membres.count() == 1


def test_conflicts_are_told_in_words(brouillon):
    dissoute = IntercommunaliteFactory(nom="CC d’Antan", dissoute_le=datetime.date(2022, 1, 1))
    commune = CommuneFactory(nom="Bourg", code="27001")
    sans_contour = CommuneFactory(nom="Îlot", code="27002")
    apres = datetime.date(2028, 1, 1)  # it will still exist on the day of the edition
    vivante = IntercommunaliteFactory(dissoute_le=apres)
    for x, membre in enumerate((dissoute, vivante, commune.intercommunalite)):
        ContourFactory(intercommunalite=membre, geometrie=carre(x, 45))
    ContourFactory(intercommunalite=None, commune=commune, geometrie=carre(2, 45, 0.5))
    PerimetreFactory(edition=brouillon, nom="Large", membres=[sans_contour])
    PerimetreFactory(edition=brouillon, nom="Vide", membres=[])
    PerimetreFactory(edition=brouillon, nom="Ancien", membres=[dissoute, vivante])
    PerimetreFactory(edition=brouillon, nom="Entier", membres=[commune.intercommunalite])
    PerimetreFactory(edition=brouillon, nom="Seul", membres=[commune])
    brouillon.nombre_annonce = 149
    assert conflits(brouillon) == [
        "149 territoires ont été annoncés, cette édition en a 5.",
        "«\u202fVide\u202f» n’a aucun membre.",
        "CC d’Antan, dans «\u202fAncien\u202f», est dissoute depuis le 01/01/2022.",
        "Bourg (27001) est à la fois dans «\u202fSeul\u202f» et dans «\u202fEntier\u202f».",
        f"{sans_contour}, dans «\u202fLarge\u202f», n’a pas de contour\u202f: "
        "il ne sera pas dessiné.",
    ]


def test_a_withdrawn_member_leaves_the_map_and_its_perimetre_is_computed_again(brouillon):
    communes = [CommuneFactory(population=100), CommuneFactory(population=50)]
    amont = PerimetreFactory(edition=brouillon, membres=communes)
    assert retirer(brouillon, [communes[1], CommuneFactory()]) == [(communes[1], amont)]
    amont.refresh_from_db()
    assert (amont.population, brouillon.membres.count()) == (100, 1)


def test_an_edition_known_by_its_number_is_prepared_unseen_then_published_for_good():
    ancienne = territoire_publie().perimetre_courant
    annoncee = EditionCarteFactory(date=datetime.date(2024, 12, 1), composition_connue=False)
    copier(ancienne.edition, annoncee)
    copie = annoncee.perimetres.get()
    assert list(Perimetre.objects.du_public()) == [ancienne]
    Territoire.objects.actualiser_perimetres()
    assert Territoire.objects.get().perimetre_courant == ancienne
    annoncee.publier(agent_delegation())
    assert EditionCarte.objects.en_vigueur() == annoncee
    assert Territoire.objects.get().perimetre_courant == copie
    for geste in (
        lambda: annoncee.publier(agent_delegation()),
        lambda: retirer(annoncee, [copie.membres.get().intercommunalite]),
        lambda: deplacer(copie, [CommuneFactory()]),
    ):
        with pytest.raises(ValidationError):
            geste()


def test_a_filled_edition_stays_after_the_one_it_follows(brouillon):
    source = territoire_publie().perimetre_courant.edition
    brouillon.date = datetime.date(2019, 1, 1)
    brouillon.full_clean()
    brouillon.date = DEMAIN
    copier(source, brouillon)
    brouillon.date = source.date
    with pytest.raises(ValidationError, match="suit l’édition du 9 novembre 2023") as refus:
        brouillon.clean()
    assert set(refus.value.message_dict) == {"date"}


def test_an_edition_older_than_the_one_in_force_starts_from_the_one_before_it():
    avant = EditionCarteFactory(date=datetime.date(2020, 10, 1))
    EditionCarteFactory(date=datetime.date(2023, 11, 9))
    EditionCarteFactory(date=datetime.date(2021, 5, 1), composition_connue=False)
    entre = EditionCarteFactory(date=datetime.date(2022, 12, 1), publiee_le=None)
    assert entre.precedente() == avant
    assert avant.precedente() is None
