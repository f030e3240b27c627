"""The national file, one row a commune: it goes out of an edition and comes into another."""

import pytest

from territoires.editions.models import EditionCarte, Perimetre
from tests import factories as f
from tests.echanges.outils import analyser, importer, messages

pytestmark = pytest.mark.django_db
ENTETES = "insee_com,lib_com,id_ti,lib_ti"


def fichier(*lignes, entetes=ENTETES):
    return "\n".join([entetes, *lignes, ""]).encode()


@pytest.fixture
def publie():
    """A territoire of one intercommunalité with two communes, in the edition in force."""
    territoire = f.territoire_publie(nom="Val d’Ici")
    (commune,) = territoire.perimetre_courant.membres.get().intercommunalite.communes()
    f.CommuneFactory(
        intercommunalite=commune.intercommunalite, departement=commune.departement, nom="Autre"
    )
    return territoire


@pytest.fixture
def brouillon():
    return f.EditionCarteFactory(code="2099-01", date="2099-01-01", publiee_le=None)


def membres(perimetre):
    return {m.intercommunalite_id or m.commune_id for m in perimetre.membres.all()}


def test_it_names_each_commune_of_the_edition_once(publie, client):
    perimetre = publie.perimetre_courant
    lignes = client.get("/carte/communes.csv").content.decode().splitlines()
    communes = perimetre.membres.get().intercommunalite.communes().order_by("pk")
    assert lignes[0] == ENTETES
    assert lignes[1:] == [
        f"{commune.pk},{commune.nom},{perimetre.code},{perimetre.nom}" for commune in communes
    ]


def test_what_goes_out_of_an_edition_comes_into_the_one_in_preparation(publie, brouillon, client):
    contenu = client.get("/carte/communes.csv").content
    rapport = importer("perimetres", contenu)
    assert rapport.comptes()["creees"] == 1
    perimetre = Perimetre.objects.get(edition=brouillon)
    assert perimetre.territoire == publie
    # All its communes are there: the intercommunalité is the member, and not each of them.
    assert membres(perimetre) == membres(publie.perimetre_courant)
    assert analyser("perimetres", contenu).inchangees == 1


def test_a_part_of_an_intercommunalite_is_as_many_communes(publie, brouillon):
    commune = publie.perimetre_courant.membres.get().intercommunalite.communes().first()
    importer("perimetres", fichier(f"{commune.pk.lstrip('0')},x,ti-1,val d'ici"))
    perimetre = Perimetre.objects.get(edition=brouillon)
    assert (perimetre.code, membres(perimetre)) == ("ti-1", {commune.pk})


def test_a_column_may_say_the_edition(publie, brouillon):
    f.EditionCarteFactory(code="2098-01", date="2098-01-01", publiee_le=None)
    commune = publie.perimetre_courant.membres.get().intercommunalite.communes().first()
    ligne = f"{commune.pk},x,ti-1,Val d’Ici"
    with pytest.raises(Exception, match=r"plusieurs sont en préparation \(2098-01, 2099-01\)"):
        analyser("perimetres", fichier(ligne))
    importer("perimetres", fichier(f"{ligne},2099-01", entetes=f"{ENTETES},edition"))
    assert Perimetre.objects.get(code="ti-1").edition == brouillon


def test_a_territoire_and_a_commune_that_nobody_knows_are_refused_at_their_row(publie, brouillon):
    commune = publie.perimetre_courant.membres.get().intercommunalite.communes().first()
    rapport = analyser(
        "perimetres", fichier(f"{commune.pk},x,a,Val d’Ici", "99999,x,a,Val d’Ici", "01001,x,b,Zut")
    )
    refus = " ".join(messages(rapport))
    assert "Zut" in refus
    assert "99999" in refus
    assert EditionCarte.objects.get(code="2099-01").perimetres.count() == 0
