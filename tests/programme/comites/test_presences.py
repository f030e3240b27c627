"""Who was there: members of that comité alone, and what the quorum makes of it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programme.comites import conduite, releve
from programme.comites.models import Presence
from tests import factories as f

PRESENT, EXCUSE = Presence.Statut.PRESENT, Presence.Statut.EXCUSE


def page(seance):
    return reverse("admin:programme_seance_presences", args=[seance.pk])


def notees(seance):
    return dict(seance.presences.values_list("membre__nom", "statut"))


@pytest.fixture
def membres(comite):
    return [f.MembreComiteFactory(comite=comite, nom=nom) for nom in ("Ana", "Bea", "Cyr")]


def test_a_member_of_another_comite_cannot_be_noted(client, comite, seance, membres):
    """The agent works for both régions: its right is not what makes a member."""
    ailleurs = f.MembreComiteFactory(comite__region__code="75", nom="Zoé")
    agent = f.agent_region(comite.region, ailleurs.comite.region)
    client.force_login(agent)
    montres = client.get(page(seance)).context["membres"]
    assert [membre.nom for membre in montres] == ["Ana", "Bea", "Cyr"]
    client.post(page(seance), {f"membre-{m.pk}": "present" for m in (membres[0], ailleurs)})
    assert notees(seance) == {"Ana": "present"}
    with pytest.raises(ValidationError, match="membre d’un autre comité"):
        conduite.noter_presences(seance, agent=agent, statuts={ailleurs: PRESENT})
    assert notees(seance) == {"Ana": "present"}


def test_only_those_in_office_that_day_are_offered(client, agent, seance, membres):
    hier = seance.date - datetime.timedelta(days=1)
    for membre, fin in zip(membres, (hier, seance.date, None), strict=True):
        membre.fin = fin
        membre.save()
    client.force_login(agent)
    assert [m.nom for m in client.get(page(seance)).context["membres"]] == ["Bea", "Cyr"]
    conduite.noter_presences(seance, agent=agent, statuts={membres[0]: PRESENT})
    assert [m.nom for m in client.get(page(seance)).context["membres"]] == ["Ana", "Bea", "Cyr"]


def test_two_agents_note_different_members_and_both_stay(client, agent, seance, membres):
    client.force_login(agent)
    lus = {f"avant-{m.pk}": "" for m in membres}
    client.post(page(seance), lus | {f"membre-{membres[0].pk}": "present"})
    # A page opened before: what it did not touch is not written again.
    client.post(page(seance), lus | {f"membre-{m.pk}": "" for m in membres[:2]})
    assert notees(seance) == {"Ana": "present"}
    lus[f"avant-{membres[0].pk}"] = "present"
    client.post(page(seance), lus | {f"membre-{membres[0].pk}": "excuse"})
    client.post(page(seance), lus | {f"membre-{membres[1].pk}": "n’importe quoi"})
    assert notees(seance) == {"Ana": "excuse"}
    assert Presence.history.count() == 2


@pytest.mark.parametrize(
    ("presents", "quorum", "atteint", "phrase"),
    [
        (2, 2, True, "2 membres présents sur 3, pour un quorum de 2 : le quorum est atteint."),
        (1, None, None, "1 membre présent sur 3. Ce comité n’a pas fixé de quorum."),
        (0, 2, False, "Les présences ne sont pas notées : le quorum de 2 n’est pas constaté."),
        (
            1,
            2,
            False,
            "1 membre présent sur 3, pour un quorum de 2 : le quorum n’est pas atteint. "
            "Les avis rendus le sont sans lui.",
        ),
    ],
)
def test_the_screen_says_whether_the_quorum_is_reached(
    client, agent, seance, membres, presents, quorum, atteint, phrase
):
    seance.comite.quorum = quorum
    seance.comite.save()
    statuts = dict.fromkeys(membres[:presents], PRESENT)
    conduite.noter_presences(seance, agent=agent, statuts=statuts)
    assert releve.quorum_de(seance) == (atteint, phrase)
    client.force_login(agent)
    for nom in ("presences", "avis", "clore"):
        adresse = reverse(f"admin:programme_seance_{nom}", args=[seance.pk])
        assert client.get(adresse).context["quorum"] == (atteint, phrase), nom


def test_a_member_who_sat_cannot_be_deleted(agent, seance, membres):
    from django.db.models import ProtectedError

    conduite.noter_presences(seance, agent=agent, statuts={membres[0]: EXCUSE})
    with pytest.raises(ProtectedError):
        membres[0].delete()
