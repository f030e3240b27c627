"""Keys of an agent: made after saying who one is, shown once, revoked, told in the journal."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from territoires.acces import cles
from territoires.acces.models import CleApi
from territoires.journal.models import LigneDuJournal
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client, settings):
    settings.REAUTHENTIFICATION = False
    agent = f.agent_delegation()
    client.force_login(agent)
    return agent


def faire(client, nom="Tableau de bord"):
    return client.post(reverse("cles-api"), {"nom": nom})


def test_a_key_is_shown_once_and_a_digest_of_it_kept(client, agent):
    reponse = faire(client)
    secret = reponse.context["secret"]
    assert secret.startswith("ti_")
    assert secret in reponse.content.decode()
    (cle,) = CleApi.objects.all()
    assert secret not in [str(v) for v in vars(cle).values()]
    assert secret not in client.get(reverse("cles-api")).content.decode()
    assert cles.trouver(secret).agent == agent


def test_its_last_use_is_shown_and_seldom_written(client, agent):
    secret = faire(client).context["secret"]
    assert "jamais utilisée" in client.get(reverse("cles-api")).content.decode()
    cles.trouver(secret)
    premiere = CleApi.objects.get().utilisee_le
    assert (
        f"{timezone.localtime(premiere):%H:%M}" in client.get(reverse("cles-api")).content.decode()
    )
    cles.trouver(secret)
    assert CleApi.objects.get().utilisee_le == premiere
    CleApi.objects.update(utilisee_le=premiere - datetime.timedelta(hours=1))
    cles.trouver(secret)
    assert CleApi.objects.get().utilisee_le >= premiere


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(client, agent):
    secret = faire(client).context["secret"]
    cle = CleApi.objects.get()
    for _ in range(2):
        client.post(reverse("cle-api-revoquer", args=[cle.pk]))
    with pytest.raises(cles.CleRefusee, match="révoquée"):
        cles.trouver(secret)
    assert "Révoquée le" in client.get(reverse("cles-api")).content.decode()
    actes = LigneDuJournal.objects.filter(acte="cle").order_by("pk")
    assert [(ligne.detail, ligne.agent) for ligne in actes] == [
        ("créée", agent),
        ("révoquée", agent),
    ]
    assert secret not in " ".join(actes.values_list("objet", flat=True))


def test_nobody_revokes_the_key_of_another(client, agent):
    autre, _ = cles.creer(f.agent_region(), "à moi")
    assert client.post(reverse("cle-api-revoquer", args=[autre.pk])).status_code == 404
    assert "à moi" not in client.get(reverse("cles-api")).content.decode()
    assert CleApi.objects.get().revoquee_le is None


def test_a_key_is_made_by_who_has_just_said_who_it_is(client, agent, settings):
    settings.REAUTHENTIFICATION = True
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    agent.set_password("une phrase assez longue")
    agent.save()
    client.force_login(agent)
    reponse = faire(client)
    assert reponse.status_code == 302
    assert "confirmer" in reponse.url
    assert not CleApi.objects.exists()


def test_so_many_keys_and_no_more(client, agent):
    for n in range(cles.AU_PLUS):
        faire(client, f"clé {n}")
    assert "révoquez-en une" in faire(client).content.decode()
    assert CleApi.objects.count() == cles.AU_PLUS


def test_a_name_is_asked_for(client, agent):
    assert faire(client, "").status_code == 200
    assert not CleApi.objects.exists()
