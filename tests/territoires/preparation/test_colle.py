"""One paste puts members into several périmètres: said line by line, then all of it or nothing."""

import datetime

import pytest
from django.urls import reverse

from territoires.preparation.colle import lire
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """In preparation: « Alpha » (A1) and « Bêta Sud » (B2) with one intercommunalité each."""
    edition = f.EditionCarteFactory(
        code="2027-01", date=datetime.date(2027, 1, 1), source="Test", publiee_le=None
    )
    for code, nom in (("A1", "Alpha"), ("B2", "Bêta Sud")):
        f.PerimetreFactory(edition=edition, code=code, nom=nom)
    return edition


@pytest.fixture
def libre():
    """An intercommunalité that is nowhere."""
    return f.IntercommunaliteFactory(nom="CC du Val d’Été")


def places(edition):
    return {
        p.code: {str(membre) for membre in p.membres.all()}
        for p in edition.perimetres.prefetch_related("membres")
    }


ECRITURES = ["A1\t{siren}", "a1;{espace}", "A1 {siren}", "A1, {siren}", "Alpha\t{siren}"]
ECRITURES += ["A1\tcc du val d'ete", "A1;CC du Val d’Été", "A1;Alpha;CC du Val d’Été;{siren}"]
ECRITURES += ["A1 CC du Val d’Été", '"A1";"{siren}"']


@pytest.mark.parametrize("ecriture", ECRITURES)
def test_a_line_is_understood_however_it_is_written(ecriture, edition, libre):
    siren = libre.pk
    espace = f"{siren[:3]} {siren[3:6]}\u00a0{siren[6:]}"
    (ligne,) = lire(ecriture.format(siren=siren, espace=espace), edition)
    assert (ligne.refus, ligne.perimetre.code, ligne.membre) == ("", "A1", libre)
    assert ligne.dit == "Entre dans l’édition."


def test_each_line_says_what_it_would_do(edition, libre):
    a, b = edition.perimetres.order_by("code")
    de_b, de_a = b.membres.get().intercommunalite, a.membres.get().intercommunalite
    f.IntercommunaliteFactory(nom="Homonyme")
    f.IntercommunaliteFactory(nom="Homonyme")
    texte = "\n".join(
        [
            "Code\tSIREN",
            f"A1\t{libre.pk}",
            f"A1\t{de_b.pk}",
            f"A1\t{de_a.pk}",
            f"Z9\t{de_a.pk}",
            "A1",
            "A1\t999999999",
            "A1\tPersonne",
            "A1\tHomonyme",
            f"B2\t{libre.pk}",
        ]
    )
    dits = {ligne.numero: ligne.dit for ligne in lire(texte, edition)}
    assert dits[2] == "Entre dans l’édition."
    assert dits[3] == "Quitte «\u202fBêta Sud\u202f»."
    assert dits[4] == "Y est déjà."
    assert "ne porte le code ni le nom" in dits[5]
    assert "Il manque le membre" in dits[6]
    assert "999999999" in dits[7]
    assert "Aucune intercommunalité ne s’appelle" in dits[8]
    assert "Plusieurs portent ce nom" in dits[9]
    assert dits[10] == "Ce membre est déjà à la ligne 2."


def page(client, edition, **envoi):
    return client.post(reverse("admin:territoires_editioncarte_coller", args=[edition.pk]), envoi)


def test_nothing_is_written_before_it_was_read_then_all_of_it_is(edition, libre, client):
    client.force_login(f.agent_delegation())
    b = edition.perimetres.get(code="B2")
    texte = f"A1\t{b.membres.get().intercommunalite_id}\nBêta Sud;{libre.pk}"
    avant = places(edition)
    lue = page(client, edition, texte=texte)
    assert [ligne.dit for ligne in lue.context["lignes"]] == [
        "Quitte «\u202fBêta Sud\u202f».",
        "Entre dans l’édition.",
    ]
    assert places(edition) == avant
    faite = page(client, edition, texte=texte, vu=lue.context["vu"], confirmer="oui")
    assert faite.status_code == 302
    assert places(edition) == {"A1": avant["A1"] | avant["B2"], "B2": {str(libre)}}


def test_one_line_to_mend_stops_all_of_them_and_the_text_stays(edition, libre, client):
    client.force_login(f.agent_delegation())
    texte, avant = f"A1\t{libre.pk}\nZ9\t{libre.pk}", places(edition)
    lue = page(client, edition, texte=texte)
    lue = page(client, edition, texte=texte, vu=lue.context["vu"], confirmer="oui")
    assert "1 ligne à corriger" in " ".join(lue.content.decode().split())
    assert texte.replace("\n", "\r\n") in lue.content.decode().replace("\n", "\r\n")
    assert places(edition) == avant


def test_what_changed_since_it_was_read_is_shown_again(edition, libre, client):
    client.force_login(f.agent_delegation())
    texte = f"A1\t{libre.pk}"
    vu = page(client, edition, texte=texte).context["vu"]
    f.MembrePerimetreFactory(perimetre=edition.perimetres.get(code="B2"), membre=libre)
    relue = page(client, edition, texte=texte, vu=vu, confirmer="oui")
    assert relue.context["change"]
    assert [ligne.dit for ligne in relue.context["lignes"]] == ["Quitte «\u202fBêta Sud\u202f»."]
    assert str(libre) in places(edition)["B2"]


def test_a_published_edition_is_not_pasted_into(client):
    edition = f.territoire_publie().perimetre_courant.edition
    client.force_login(f.agent_delegation())
    assert page(client, edition, texte="A1 1").status_code == 403


@pytest.mark.parametrize("nombre", [1, 20])
def test_reading_costs_the_same_for_one_line_and_twenty(nombre, edition, django_assert_num_queries):
    texte = "\n".join(f"A1\t{f.IntercommunaliteFactory().pk}" for _ in range(nombre))
    with django_assert_num_queries(4):
        assert len(lire(texte, edition)) == nombre
