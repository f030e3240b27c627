"""A big file is read and written by the worker: followed, left and found again, never half done."""

import re
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from config.taches.ouvrier import Processus
from echanges import travaux
from echanges.imports import avancement, ecriture, en_fond, taches
from echanges.models import Import
from echanges.registre import resources
from programme.partenaires.models import Partenaire
from tests import factories
from tests.config.taches.outils import EN_BASE

pytestmark = pytest.mark.django_db
LISTE = "/admin/programme/partenaire/"
MIENS = "/admin/echanges/import/miens/"
CSV = "identifiant,nom,presentation\n" + "\n".join(f"p-{n},Partenaire {n},Un" for n in range(30))


@pytest.fixture(autouse=True)
def un_ouvrier(settings, monkeypatch):
    settings.TASKS, settings.IMPORT_EN_FOND = EN_BASE, 500
    monkeypatch.setattr(travaux, "_PRESENCES", [lambda: True])


def travailler():
    """What a worker does, without its threads: the tests have one connection."""
    with patch.object(db_worker, "close_old_connections"):
        for ouvrier in Processus(une_passe=True).ouvriers:
            ouvrier.run()


def deposer(client, contenu=CSV, **champs):
    fichier = SimpleUploadedFile("partenaires.csv", contenu.encode())
    envoi = {"resource": "partenaires", "fichier": fichier, **champs}
    return client.post(f"{LISTE}importer/", envoi)


def suivi(depot=None):
    depot = depot or Import.objects.get()
    return reverse("admin:programme_partenaire_import_suivi", args=[depot.pk])


def lire(client, adresse):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(adresse).content.decode()).split())


def confirmer(client):
    depot = Import.objects.get()
    apercu = reverse("admin:programme_partenaire_apercu", args=[depot.pk])
    return client.post(apercu, {"confirmer": "", "empreinte": depot.marque})


def test_from_the_upload_to_the_write(client, delegation):
    reponse = deposer(client)
    assert reponse.url == suivi()
    assert "En attente" in lire(client, suivi())
    travailler()
    assert client.get(suivi()).url == reverse(
        "admin:programme_partenaire_apercu", args=[Import.objects.get().pk]
    )
    assert Import.objects.get().creees == 30 and "Partenaire 29" in lire(
        client, client.get(suivi()).url
    )
    assert confirmer(client).url == suivi()
    assert Partenaire.objects.count() == 0
    travailler()
    assert Partenaire.objects.count() == 30
    page = client.get(suivi(), follow=True)
    assert "Import enregistré" in page.content.decode()
    assert Partenaire.history.first().history_user == delegation


def test_the_same_file_does_the_same_in_the_worker_and_at_once(client, delegation, settings):
    deposer(client)
    travailler()
    en_fond_ = Import.objects.get().marque
    settings.IMPORT_EN_FOND = 10**9
    assert "suivi" not in deposer(client).url
    assert Import.objects.first().marque == en_fond_


def test_a_small_file_or_one_without_a_worker_is_read_at_once(client, delegation, monkeypatch):
    deposer(client, "identifiant,nom\np-1,Un\n")
    monkeypatch.setattr(travaux, "_PRESENCES", [lambda: False])
    deposer(client)
    assert not DBTaskResult.objects.exists()
    assert all(depot.marque for depot in Import.objects.all())


def test_a_workbook_weighs_what_it_holds():
    contenu = b"".join(resources()["partenaires"]().exporter())
    assert en_fond.poids(contenu) == len(contenu)
    assert en_fond.poids(b"PK\x03\x04 rien") == len(b"PK\x03\x04 rien")


def test_a_file_that_cannot_be_read_says_why_and_is_sent_again(client, delegation):
    deposer(client, "identifiant,nom\n" + "\n" * 600)
    travailler()
    page = lire(client, suivi())
    assert "aucune ligne à importer" in page and "Envoyer le fichier à nouveau" in page
    assert "aucune ligne à importer" in lire(client, MIENS)


def test_data_that_changed_meanwhile_are_shown_again_and_nothing_is_written(client, delegation):
    deposer(client)
    travailler()
    factories.PartenaireFactory(identifiant="p-3", nom="Un autre")
    confirmer(client)
    travailler()
    assert Partenaire.objects.count() == 1
    depot = Import.objects.get()
    assert (depot.travail, depot.creees, depot.modifiees) == ("", 29, 1)
    assert "rien n’a été écrit" in lire(client, client.get(suivi()).url)


def test_while_it_works_nothing_else_is_done_of_it(client, delegation):
    deposer(client)
    apercu = reverse("admin:programme_partenaire_apercu", args=[Import.objects.get().pk])
    colonnes = reverse("admin:programme_partenaire_correspondances", args=[Import.objects.get().pk])
    for adresse in (apercu, colonnes):
        assert client.get(adresse).url == client.post(adresse, {"confirmer": ""}).url == suivi()
    assert DBTaskResult.objects.count() == 1


def test_given_up_while_it_waits_nothing_is_read(client, delegation):
    deposer(client)
    client.post(suivi(), {"abandonner": ""})
    travailler()
    assert Import.objects.get().etat == Import.Etat.ABANDONNE


def test_a_write_that_began_is_not_given_up(client, delegation):
    deposer(client)
    travailler()
    confirmer(client)
    DBTaskResult.objects.filter(status="READY").update(status="RUNNING")
    page = client.post(suivi(), {"abandonner": ""}, follow=True).content.decode()
    assert "ne s’abandonne plus" in page
    assert Import.objects.get().etat == Import.Etat.APERCU
    client.post(MIENS, {"oublier": Import.objects.get().pk})
    assert Import.objects.get().etat == Import.Etat.APERCU


@pytest.mark.parametrize("quand", ["lecture", "ecriture"])
def test_a_work_that_died_is_told_and_started_again(client, delegation, quand):
    deposer(client)
    if quand == "ecriture":
        travailler()
        confirmer(client)
    with patch.object(taches, "_resource", side_effect=MemoryError("tout est plein")):
        travailler()
    assert Partenaire.objects.count() == 0
    assert "s’est interrompue" in lire(client, suivi())
    assert "interrompu" in lire(client, MIENS)
    client.post(suivi(), {"relancer": ""})
    travailler()
    assert Import.objects.get().travail == ""
    assert Partenaire.objects.count() == (30 if quand == "ecriture" else 0)


def test_a_work_of_which_nothing_is_left_is_asked_anew(client, delegation):
    deposer(client)
    DBTaskResult.objects.all().delete()
    assert "s’est interrompue" in lire(client, suivi())
    client.post(suivi(), {"relancer": ""})
    travailler()
    assert Import.objects.get().creees == 30


def test_a_base_that_fails_during_the_write_leaves_it_as_it_was(client, delegation):
    deposer(client)
    travailler()
    confirmer(client)
    with (
        patch.object(ecriture, "historiser", side_effect=OperationalError("disque plein")),
        patch.object(taches.connection, "close"),
    ):
        travailler()
    assert Partenaire.objects.count() == 0
    assert "La base de données a fait défaut" in lire(client, client.get(suivi()).url)


def test_the_figures_are_read_while_it_works(client, delegation):
    deposer(client)
    depot = Import.objects.get()
    DBTaskResult.objects.update(status="RUNNING")
    chiffres = {"lues": 12, "a_lire": 30}
    with patch.object(avancement.caches["avancement"], "get", return_value=chiffres):
        page = " ".join(client.get(suivi(depot)).content.decode().split())
    assert 'value="12" max="30"' in page
    assert "12 lignes lues sur 30" in page
    chiffres = {"a_ecrire": 30, "ecrites": 1}
    with patch.object(avancement.caches["avancement"], "get", return_value=chiffres):
        assert "1 ligne écrite sur 30" in lire(client, suivi(depot))


def test_every_row_is_counted_read_and_written():
    with avancement.Avancement(1) as un:
        assert list(un.lire("abc")) == list("abc")
        un.chiffres["a_ecrire"] = 3
        for _ in range(2):  # what changes, then what is created
            list(un.ecrire([[1, 2], [3]]))
        assert (un.chiffres["lues"], un.chiffres["ecrites"]) == (3, 3)


def test_one_sees_and_forgets_ones_own_alone(client, delegation):
    deposer(client)
    depot = Import.objects.get()
    autre = factories.agent_delegation()
    client.force_login(autre)
    assert "partenaires.csv" not in lire(client, MIENS)
    assert client.get(suivi(depot)).status_code == 404
    assert client.post(MIENS, {"oublier": depot.pk}).status_code == 404
    client.force_login(delegation)
    assert "partenaires.csv" in lire(client, MIENS)
    client.post(MIENS, {"oublier": depot.pk})
    depot.refresh_from_db()
    assert depot.etat == Import.Etat.ABANDONNE and not depot.contenu


def test_who_lost_the_right_meanwhile_writes_nothing(client, delegation):
    deposer(client)
    travailler()
    confirmer(client)
    delegation.niveau = ""
    delegation.save()
    travailler()
    assert Partenaire.objects.count() == 0
    assert Import.objects.get().echec


@pytest.mark.parametrize("genre", ["intercommunalité", "région"])
def test_the_page_is_for_who_imports(genre, pays, entrer):
    assert entrer(pays["agents"][genre]).get(MIENS).status_code == 403


def test_the_script_is_told_that_it_is_over_without_using_up_the_message(client, delegation):
    deposer(client)
    assert client.get(suivi(), headers={"X-Suivi": "1"}).status_code == 200
    travailler()
    assert client.get(suivi(), headers={"X-Suivi": "1"}).status_code == 204
