"""A query written once answers as if it were written each time."""

from datetime import date

import pytest
from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone

from territoires.ecrites import ecrite, un_seul
from territoires.editions.models import EditionCarte, Perimetre
from territoires.geographie.models import Region
from tests import factories as f

pytestmark = pytest.mark.django_db


@ecrite
def perimetres_de(territoire):
    rangees = Perimetre.objects.filter(territoire=territoire)
    return rangees.select_related("edition").prefetch_related("regions")


@ecrite
def du_nom(nom, autre):
    return Region.objects.filter(pk__in=[nom, autre]).values_list("nom")


def editions_et_regions(editions):
    perimetres = Perimetre.objects.order_by("-pk").prefetch_related("regions")
    rangees = EditionCarte.objects.filter(pk__in=editions).order_by("pk")
    return rangees.prefetch_related(Prefetch("perimetres", perimetres))


@ecrite
def des_editions(editions, jour):
    rangees = Perimetre.objects.filter(edition__in=editions, edition__date__lte=jour)
    return rangees.order_by("pk")


@ecrite
def d_ici_la():
    return EditionCarte.objects.filter(date__lte=timezone.localdate())


def test_it_reads_what_is_there_now_for_each_key(django_assert_num_queries):
    un, autre = (f.territoire_publie(f.RegionFactory(), nom=nom) for nom in "ab")
    for perimetre in (un.perimetre_courant, autre.perimetre_courant, un.perimetre_courant):
        attendues = [region.pk for region in perimetre.regions.all()]
        with django_assert_num_queries(2):
            (lu,) = perimetres_de(perimetre.territoire_id)
            assert lu == perimetre
            assert lu.edition.pk == perimetre.edition_id
            assert [region.pk for region in lu.regions.all()] == attendues
    Perimetre.objects.filter(pk=un.perimetre_courant.pk).update(nom="changé")
    assert [p.nom for p in perimetres_de(un.pk)] == ["changé"]
    assert perimetres_de(0) == []


def test_its_keys_may_be_texts():
    f.RegionFactory(code="01", nom="Ici")
    f.RegionFactory(code="02", nom="Là")
    assert du_nom("01", "absente") == [("Ici",)]
    assert sorted(du_nom("02", "01")) == [("Ici",), ("Là",)]


def test_its_keys_may_be_lists_and_days():
    perimetres = [f.PerimetreFactory(edition__date=date(2020 + n, 1, 1)) for n in range(6)]
    editions = [perimetre.edition_id for perimetre in perimetres]
    for nombre in range(7):
        assert des_editions(editions[:nombre], date(2030, 1, 1)) == perimetres[:nombre]
        assert des_editions(editions, date(2019 + nombre, 6, 1)) == perimetres[:nombre]


def test_what_hangs_on_its_rows_is_read_with_them(django_assert_num_queries):
    """Of one row or many, of a region on several périmètres or none: as Django would."""
    ici, la = f.RegionFactory(), f.RegionFactory()
    editions = f.EditionCarteFactory.create_batch(3)
    for edition, regions in ((editions[0], [ici, la]), (editions[0], [la]), (editions[1], [])):
        f.PerimetreFactory(edition=edition).regions.set(regions)
    cles = [edition.pk for edition in editions]
    with django_assert_num_queries(3):
        lues = ecrite(editions_et_regions)(cles)
        trouvees = [[[*p.regions.all()] for p in e.perimetres.all()] for e in lues]
        assert all(p.edition is e for e in lues for p in e.perimetres.all())
    attendues = editions_et_regions(cles)
    assert lues == list(attendues)
    assert [[*e.perimetres.all()] for e in lues] == [[*e.perimetres.all()] for e in attendues]
    assert trouvees == [[[*p.regions.all()] for p in e.perimetres.all()] for e in attendues]
    assert sorted(len(p) for edition in trouvees for p in edition) == [0, 1, 2]


def test_a_day_that_would_stand_still_is_refused():
    with pytest.raises(ValueError, match=str(date.today().year)):
        d_ici_la()


def test_the_only_row_or_no_page():
    assert un_seul([1], "") == 1
    with pytest.raises(Http404, match="Rien ici"):
        un_seul([], "Rien ici")
