"""The délégation sees what became of every message, and sends again what may leave."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import ESSAIS, Courriel
from programme.courriels.renvoi import renvoyer
from tests import factories as f

pytestmark = pytest.mark.django_db
LISTE = "admin:programme_courriel_changelist"


@pytest.fixture
def courriels():
    maintenant = timezone.now()
    return {
        "attente": f.CourrielFactory(),
        "envoye": f.CourrielFactory(envoye_le=maintenant),
        "retenu": f.CourrielFactory(
            retenu_le=maintenant, retenu_parce_que="ce compte est désactivé", lot="recueil-1"
        ),
        "echec": f.CourrielFactory(tentatives=ESSAIS, derniere_erreur="adresse inconnue"),
    }


@pytest.fixture
def delegue(client):
    client.force_login(f.agent_delegation())
    return client


def choisir(client, *courriels):
    envoi = {"action": "renvoyer", "_selected_action": [c.pk for c in courriels], "confirme": "oui"}
    reponse = client.post(reverse(LISTE), envoi, follow=True)
    assert reponse.status_code == 200
    return " ".join(str(m) for m in reponse.context.get("messages", ()))


def test_each_message_is_in_one_situation_and_says_why(courriels, delegue):
    for cas, courriel in courriels.items():
        page = delegue.get(reverse(LISTE), {"situation": cas})
        assert list(page.context["cl"].queryset) == [courriel]
    texte = delegue.get(reverse(LISTE)).content.decode()
    assert "ne part pas\u202f: ce compte est désactivé" in texte
    assert f"en échec après {ESSAIS} essais\u202f: adresse inconnue" in texte
    assert reverse(LISTE) in delegue.get(reverse("admin:index")).content.decode()


def test_what_may_leave_again_leaves_once_and_the_rest_says_why_not(courriels, delegue):
    dit = choisir(delegue, *courriels.values())
    assert "Repartent au prochain passage\u202f: 2" in dit
    assert "déjà envoyé" in dit and "attend déjà" in dit
    call_command("envoyer_courriels")
    attendus = {courriels[cas].agent.email for cas in ("attente", "retenu", "echec")}
    assert sorted(message.to[0] for message in mail.outbox) == sorted(attendus)
    assert not Courriel.objects.filter(envoye_le=None).exists()
    # It no longer bears the name of an e-mail that others left in.
    assert Courriel.objects.get(pk=courriels["retenu"].pk).lot != "recueil-1"
    assert LogEntry.objects.filter(change_message__contains="Remis").count() == 2


def test_what_still_stands_against_it_keeps_it(courriels, delegue):
    retenu = courriels["retenu"]
    type(retenu.agent).objects.filter(pk=retenu.agent_id).update(is_active=False)
    assert "ne repart pas, ce compte est désactivé" in choisir(delegue, retenu)
    assert Courriel.objects.get(pk=retenu.pk).retenu_le
    # Its own subject judges it too.
    retenu = f.CourrielFactory(cle="passage-0", retenu_le=timezone.now(), retenu_parce_que="x")
    assert "cette fiche a été supprimée" in choisir(delegue, retenu)


def test_nobody_else_reads_them_or_sends_them_again(courriels, client):
    retenu = courriels["retenu"]
    for agent in (*f.agents_de(f.territoire_publie()), f.AgentFactory(is_superuser=True)):
        client.force_login(agent)
        assert client.get(reverse(LISTE)).status_code in (302, 403)
        adresse = reverse("admin:programme_courriel_change", args=[retenu.pk])
        assert client.get(adresse).status_code in (302, 403)
        envoi = {"action": "renvoyer", "_selected_action": [retenu.pk]}
        assert client.post(reverse(LISTE), envoi).status_code in (302, 403)
        with pytest.raises(PermissionDenied):
            renvoyer([retenu.pk], agent=agent)
    assert Courriel.objects.get(pk=retenu.pk).retenu_le


def test_the_delegation_changes_none_by_hand(courriels, delegue):
    adresse = reverse("admin:programme_courriel_change", args=[courriels["attente"].pk])
    assert delegue.get(adresse).status_code == 200
    assert delegue.post(adresse, {"objet": "Autre"}).status_code == 403
    assert delegue.get(reverse("admin:programme_courriel_add")).status_code == 403
