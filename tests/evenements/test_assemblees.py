"""Public pages of the assemblées."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from evenements.deroule import deroule
from evenements.models import Sequence
from territoires.recherche.indexation import mettre_a_jour
from tests import factories

pytestmark = pytest.mark.django_db


def test_unpublished_assemblee_is_nowhere(client):
    publique = factories.AssembleeFactory()
    brouillon = factories.AssembleeFactory(publiee_le=None)
    document = factories.DocumentFactory(assemblee=brouillon)
    factories.InterventionFactory(sequence__assemblee=brouillon)
    assert list(client.get("/assemblees/").context["object_list"]) == [publique]
    assert client.get(brouillon.get_absolute_url()).status_code == 404
    page = client.get(publique.get_absolute_url())
    assert (page.context["precedente"], page.context["suivante"]) == (None, None)
    adresse = reverse("document", args=[brouillon.identifiant, document.pk])
    assert client.get(adresse).status_code == 404
    sorties = {}
    for nom in ("assemblees", "sequences", "interventions"):
        reponse = client.get(reverse("donnees-csv", args=[nom, "machine"]))
        texte = reponse.getvalue().decode()
        sorties[nom] = list(csv.DictReader(io.StringIO(texte)))
    assert [ligne["identifiant"] for ligne in sorties["assemblees"]] == [publique.identifiant]
    assert (sorties["sequences"], sorties["interventions"]) == ([], [])


def test_draft_convention_and_edition_stay_off_the_page(client):
    edition = factories.EditionCarteFactory(
        code="2027-01", date=datetime.date(2027, 1, 1), publiee_le=None
    )
    assemblee = factories.AssembleeFactory(edition=edition)
    publique = factories.ConventionFactory()
    brouillon = factories.ConventionFactory(publiee=False)
    assemblee.conventions.set([publique, brouillon])
    page = client.get(assemblee.get_absolute_url())
    assert list(page.context["conventions"]) == [publique]
    assert page.content.decode().count("2027-01") == 0


@pytest.mark.parametrize("nombre", [1, 3])
def test_page_costs_the_same_for_one_and_three_sequences(client, nombre, django_assert_num_queries):
    assemblee = factories.AssembleeFactory()
    for _ in range(nombre):
        sequence = factories.SequenceFactory(assemblee=assemblee)
        for _ in range(nombre):
            factories.InterventionFactory(sequence=sequence)
    mettre_a_jour()
    with django_assert_num_queries(12):
        client.get(assemblee.get_absolute_url())


def _sequence(ordre, debut=None, fin=None, type="table_ronde", jour=5, moment=""):
    return Sequence(
        ordre=ordre,
        jour=datetime.date(2019, 3, jour),
        debut=debut and datetime.time(debut),
        fin=fin and datetime.time(fin),
        type=type,
        moment=moment,
    )


def test_timeline_puts_side_by_side_only_what_happens_together():
    sequences = [
        _sequence(1, 9, 10),
        _sequence(2, 10, 12),
        _sequence(3, 10, 11),
        _sequence(4, moment="apres_midi"),
        _sequence(5, type="signature", moment="apres_midi"),
        _sequence(6, type="atelier", jour=6, moment="matin"),
        _sequence(7, type="atelier", jour=6, moment="matin"),
        _sequence(8, type="atelier", jour=6, moment="apres_midi"),
    ]
    rangs = [
        [[s.ordre for s in bloc.sequences] for bloc in blocs] for _, blocs in deroule(sequences)
    ]
    assert rangs == [[[1], [2, 3], [4], [5]], [[6, 7], [8]]]
