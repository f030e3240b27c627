"""An edition of which little is known is looked at and published: what lacks is said."""

import datetime

import pytest
from django.urls import reverse

from territoires.editions.models import Territoire
from territoires.geographie.models import Contour
from tests import factories as f

pytestmark = pytest.mark.django_db
AVANT = datetime.date(2018, 11, 22)


def sans_perimetre(edition):
    pass


def sans_membre(edition):
    f.PerimetreFactory(edition=edition, membres=[])


def sans_contour(edition):
    commune = f.CommuneFactory()
    f.PerimetreFactory(edition=edition, membres=[commune.intercommunalite])


def sans_commune(edition):
    f.PerimetreFactory(edition=edition, membres=[f.IntercommunaliteFactory()])


def commune_seule(edition):
    f.PerimetreFactory(edition=edition, membres=[f.CommuneFactory(intercommunalite=None)])


MANQUES = [sans_perimetre, sans_membre, sans_contour, sans_commune, commune_seule]


@pytest.fixture(params=["alone", "after another", "without any outline at all"])
def edition(request):
    if request.param == "after another":
        f.EditionCarteFactory(code="2018-11", date=AVANT)
        f.territoire_publie(nom="Ancien", edition=f.EditionCarteFactory(code="2018-11"))
    if request.param != "without any outline at all":
        f.ContourFactory(intercommunalite=None, region=f.RegionFactory())
    else:
        assert not Contour.objects.exists()
    return f.EditionCarteFactory(code="2019-03", date="2019-03-05", publiee_le=None)


@pytest.mark.parametrize("manquer", MANQUES)
def test_it_can_be_looked_at_and_its_publication_answers(manquer, edition, client, delegation):
    manquer(edition)
    edition.refresh_from_db()
    vue = client.get(reverse("admin:territoires_editioncarte_voir", args=[edition.pk]))
    assert "Rien n’est dessiné" in vue.content.decode()
    adresse = reverse("admin:territoires_editioncarte_publier", args=[edition.pk])
    assert client.get(adresse).status_code == 200
    reponse = client.post(adresse, {"source": "Liste", "assume": "on"}, follow=True)
    assert reponse.status_code == 200
    edition.refresh_from_db()
    publiable = manquer not in (sans_perimetre, sans_membre)
    assert bool(edition.publiee_le) is publiable


@pytest.mark.parametrize("manquer", MANQUES)
def test_once_public_every_page_about_it_answers(manquer, edition, client):
    manquer(edition)
    edition.publiee_le = datetime.datetime(2019, 3, 5, tzinfo=datetime.UTC)
    edition.save()
    Territoire.objects.actualiser_perimetres()
    pages = [edition.get_absolute_url(), reverse("carte-en-vigueur"), reverse("accueil")]
    pages += [f"{pages[0]}?couleur={couleur}" for couleur in ("fiches", "changement")]
    pages += [t.get_absolute_url() for t in Territoire.objects.du_public()]
    pages += map(integre, Territoire.objects.du_public())
    regions = {r for p in edition.perimetres.all() for r in p.regions.all()}
    pages += [region.get_absolute_url() for region in regions]
    pages += [reverse("integrer-carte", args=[edition.code]), reverse("donnees-carte")]
    pages += [f"{pages[0]}?region={region.pk}" for region in regions]
    if precedente := edition.precedente():
        pages.append(reverse("comparaison", args=[precedente.code, edition.code]))
        pages.append(pages[-1] + "?format=csv")
    assert {p: client.get(p).status_code for p in pages} == dict.fromkeys(pages, 200)
    for fichier in ("territoires.geojson", "territoires.topojson", "carte.svg", "carte.png"):
        reponse = client.get(reverse("fichier-carte", args=[edition.code, fichier]))
        assert reponse.status_code in (200, 404), fichier
    compositions = reverse("fichier-carte", args=[edition.code, "compositions.csv"])
    assert client.get(compositions).status_code == 200


def integre(territoire):
    return reverse("integrer-territoire", args=[territoire.identifiant])
