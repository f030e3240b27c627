"""« Travail de fond »: the délégation sees what runs and what failed, and starts it again."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.taches.horloge import sonner
from config.taches.models import Echeance, Ouvrier
from tests.config.taches.outils import EN_BASE, echouer

pytestmark = pytest.mark.django_db
ICI = "/admin/taches/"


def en_echec():
    maintenant = timezone.now()
    return DBTaskResult.objects.create(
        task_path=echouer.module_path,
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
        worker_ids=["a.default"],
        backend_name="default",
        run_after=maintenant,
        finished_at=maintenant,
        traceback="Traceback…\nValueError: le partenaire n’existe plus\n",
    )


@pytest.mark.parametrize(
    ("genre", "statut"), [("intercommunalité", 403), ("région", 403), ("délégation", 200)]
)
def test_the_delegation_alone_sees_it(genre, statut, pays, entrer):
    client = entrer(pays["agents"][genre])
    tache = en_echec()
    assert client.get(ICI).status_code == statut
    envoi = client.post(ICI, {"relancer": str(tache.pk)})
    assert (envoi.status_code == 403) == (statut == 403)
    tache.refresh_from_db()
    assert tache.status == ("FAILED" if statut == 403 else "READY")


def test_nobody_else_comes_near(client):
    assert client.get(ICI).status_code == 302


def test_a_failure_says_why_and_is_started_again_once(client, delegation):
    tache = en_echec()
    assert "le partenaire n’existe plus" in client.get(ICI).content.decode()
    client.post(ICI, {"relancer": str(tache.pk)})
    encore = client.post(ICI, {"relancer": str(tache.pk)}, follow=True)
    assert "rien n’a été relancé" in encore.content.decode()


@pytest.mark.parametrize("cle", ["", "abc", "\x00", str(uuid.UUID(int=1)), "9" * 5000])
def test_what_is_no_task_is_answered(cle, client, delegation):
    assert client.post(ICI, {"relancer": cle}).status_code == 302
    assert client.post(ICI, {"avancer": cle}).status_code == 302


def test_a_schedule_is_brought_forward(client, delegation, settings):
    settings.TASKS = EN_BASE
    sonner()
    client.post(ICI, {"avancer": "durees"})
    assert sonner() == ["durees"]


def test_it_says_when_nobody_works(client, delegation):
    assert "Aucun ouvrier ne répond" in client.get(ICI).content.decode()
    maintenant = timezone.now()
    Ouvrier.objects.create(nom="un", hote="h", pid=3, demarre_le=maintenant, vu_le=maintenant)
    assert "1 ouvrier au travail" in client.get(ICI).content.decode()


def test_a_watcher_is_told(client, settings):
    assert client.get("/sante/pret/").json()["ouvrier"].startswith("en panne")
    assert "ouvrier" not in client.get("/sante/pret/?sans=ouvrier").json()
    settings.METRIQUES_JETON = "un-jeton"
    Echeance.objects.create(nom="durees", prochaine_le=timezone.now(), echecs=2)
    en_echec()
    page = client.get("/metriques/", headers={"Authorization": "Bearer un-jeton"}).content.decode()
    assert 'ti_ouvriers{nom=""} 0.0' in page
    assert 'ti_taches_en_echec{nom=""} 1.0' in page
    assert 'ti_echeance_echecs_de_suite{nom="durees"} 2.0' in page


def test_the_page_is_in_the_menu(client, delegation):
    accueil = client.get(reverse("admin:index")).content.decode()
    assert f'href="{ICI}"' in accueil
