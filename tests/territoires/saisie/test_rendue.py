"""Whatever stops a form that was sent, its text comes back, and nothing else happens."""

import errno
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from programme.fiches.models import PieceJointe
from tests import factories as f
from tests import formulaires

pytestmark = pytest.mark.django_db
REPRISE = "/admin/reprendre/"
TYPE = "Un texte « tapé »\r\nsur deux lignes & <b>riche</b>"
ICI = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def partenaire():
    return f.PartenaireFactory(nom="Avant")


@pytest.fixture
def adresse(partenaire):
    return reverse("admin:programme_partenaire_change", args=[partenaire.pk])


@pytest.fixture
def agent():
    agent = f.agent_delegation(username="camille")
    agent.set_password("une phrase assez longue")
    agent.save()
    return agent


@pytest.fixture
def client():
    """As a browser: its tokens are checked, and an error is a page."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def rendu(page):
    """({name: value} of what the page would send, where to)"""
    assert "no-store" in page["Cache-Control"]
    lus = formulaires.Formulaires(page.content.decode()).lus
    return (lus[-1][1].dict(), lus[-1][0]["action"]) if lus else ({}, None)


def ouvrir(client, adresse, **champs):
    """What a browser sends of this form, these fields typed."""
    return formulaires.envoi(client.get(adresse), "partenaire_form").dict() | champs


def test_a_lost_session_gives_the_text_back_and_saves_it_once_signed_in(
    client, agent, partenaire, adresse
):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, nom="Après", presentation=TYPE)
    del client.cookies["sessionid"]
    page = client.post(adresse, saisie, **ICI)
    assert page.status_code == 403
    champs, reprise = rendu(page)
    assert reprise == REPRISE
    assert champs["saisie:presentation"] == TYPE

    faux = client.post(REPRISE, champs | {"login": "camille", "password": "non"}, **ICI)
    champs, _ = rendu(faux)
    assert champs["saisie:presentation"] == TYPE
    phrase = "une phrase assez longue"
    page = client.post(REPRISE, champs | {"login": "camille", "password": phrase}, **ICI)
    assert page.status_code == 200
    assert phrase not in page.content.decode()
    champs, vers = rendu(page)
    assert (champs["presentation"], vers) == (TYPE, adresse)
    partenaire.refresh_from_db()
    assert partenaire.nom == "Avant"  # nothing is sent without the person

    assert client.post(vers, champs, **ICI).status_code == 302
    partenaire.refresh_from_db()
    assert (partenaire.nom, partenaire.presentation) == ("Après", TYPE.replace("\r\n", "\n"))


def test_a_refused_token_gives_the_text_back_with_a_fresh_one(client, agent, partenaire, adresse):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, nom="Après") | {"csrfmiddlewaretoken": "x" * 64}
    page = client.post(adresse, saisie, **ICI)
    assert page.status_code == 403
    champs, vers = rendu(page)
    assert client.post(vers, champs, **ICI).status_code == 302
    partenaire.refresh_from_db()
    assert partenaire.nom == "Après"


@pytest.mark.parametrize("avec_droit", [True, False])
def test_another_agent_sends_nothing_unknowingly(
    avec_droit, client, agent, pays, partenaire, adresse
):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, nom="Après")
    autre = f.agent_delegation() if avec_droit else pays["agents"]["région"]
    client.force_login(autre)
    page = client.post(adresse, saisie, **ICI)
    assert page.status_code == 409
    assert str(autre) in page.content.decode()
    champs, vers = rendu(page)
    if not avec_droit:
        assert (champs, vers) == ({}, None)
        assert "Après" in page.content.decode()
        return
    assert vers == REPRISE
    champs, vers = rendu(client.post(REPRISE, champs | {"confirme": "oui"}, **ICI))
    assert client.post(vers, champs, **ICI).status_code == 302
    partenaire.refresh_from_db()
    assert partenaire.nom == "Après"


def test_what_another_site_sends_is_neither_done_nor_shown(client, agent, partenaire, adresse):
    client.force_login(agent)
    page = client.post(adresse, {"nom": "Piège"}, HTTP_ORIGIN="https://ailleurs.example")
    assert page.status_code == 403
    assert "Piège" not in page.content.decode()
    assert "<form" not in page.content.decode()


def test_the_address_to_send_to_cannot_be_made_up(client, agent, adresse):
    client.force_login(agent)
    jeton = ouvrir(client, adresse)["csrfmiddlewaretoken"]
    for faux in ("https://ailleurs.example/", "//ailleurs.example", "/admin/", ""):
        envoi = {"csrfmiddlewaretoken": jeton, "adresse": faux, "saisie:nom": "x"}
        page = client.post(REPRISE, envoi, **ICI)
        assert page.status_code == 400
        assert "ailleurs" not in page.content.decode()


def test_a_password_is_never_given_back(client, agent):
    client.force_login(agent)
    ajout = reverse("admin:territoires_agent_add")
    jeton = formulaires.envoi(client.get(ajout), "agent_form")["csrfmiddlewaretoken"]
    client.logout()
    envoi = {"username": "dominique", "password1": "azertyuiop", "csrfmiddlewaretoken": jeton}
    page = client.post(ajout, envoi, **ICI).content.decode()
    assert "dominique" in page
    assert "azertyuiop" not in page
    assert "jamais rendus" in page


@pytest.mark.parametrize("plusieurs", [False, True])
def test_too_much_at_once_is_given_back_as_far_as_it_was_read(
    plusieurs, client, agent, adresse, partenaire, settings
):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, nom="Après", presentation="long " * 100)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500
    if plusieurs:  # a form with files
        page = client.post(adresse, saisie, **ICI)
    else:
        page = client.post(
            adresse, urlencode(saisie), content_type="application/x-www-form-urlencoded", **ICI
        )
    assert page.status_code == 413
    assert "Après" in page.content.decode()
    assert "long long" in page.content.decode()


def test_without_its_database_the_page_still_stands(client, agent, adresse, monkeypatch):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, nom="Après", presentation=TYPE)

    def absente(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", absente)
    page = client.post(adresse, saisie, **ICI)
    lecture = client.get(adresse)
    monkeypatch.undo()
    assert (page.status_code, lecture.status_code) == (503, 503)
    champs, vers = rendu(page)
    assert champs["presentation"] == TYPE
    assert client.post(vers, champs, **ICI).status_code == 302


def test_a_row_deleted_meanwhile_gives_the_text_back(client, agent, partenaire, adresse):
    client.force_login(agent)
    saisie = ouvrir(client, adresse, presentation=TYPE)
    partenaire.delete()
    page = client.post(adresse, saisie, **ICI)
    assert page.status_code == 409
    assert "Un texte « tapé »" in page.content.decode()


class TestFiles:
    PDF = b"%PDF-1.4 note"

    @pytest.fixture
    def fiche(self):
        return f.fiche_complete(f.territoire_publie(nom="Val d’Essai"))

    @pytest.fixture
    def joindre(self, client, agent, fiche):
        adresse = reverse("admin:programme_ficheaction_change", args=[fiche.pk])

        def _joindre(**champs):
            client.force_login(agent)
            saisie = formulaires.envoi(client.get(adresse), "ficheaction_form").dict()
            saisie = {nom: texte for nom, texte in saisie.items() if "__prefix__" not in nom}
            saisie |= {"pieces-TOTAL_FORMS": "1", "pieces-0-titre": "Note"} | champs
            saisie["pieces-0-fichier"] = SimpleUploadedFile("note.pdf", self.PDF)
            return client.post(adresse, saisie, **ICI)

        return _joindre

    def restes(self, settings):
        return [chemin for chemin in settings.MEDIA_ROOT.rglob("*") if chemin.is_file()]

    def test_a_saved_file_stays(self, joindre, settings):
        assert joindre().status_code == 302
        assert [chemin.name for chemin in self.restes(settings)] == ["note.pdf"]

    def test_a_full_disk_leaves_no_half_file(self, joindre, settings, monkeypatch):
        def pleine(self, *args):
            (settings.MEDIA_ROOT / "piecejointe").mkdir(parents=True)
            (settings.MEDIA_ROOT / args[0]).write_bytes(b"%PD")
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", pleine)
        page = joindre(contexte="Un contexte long à taper")
        assert page.status_code == 507
        champs, _ = rendu(page)
        assert champs["contexte"] == "Un contexte long à taper"
        assert "note.pdf" in page.content.decode()
        assert self.restes(settings) == []
        assert not PieceJointe.objects.exists()

    def test_a_save_that_fails_after_its_file_leaves_none(self, joindre, settings, monkeypatch):
        def echouer(*args, **kwargs):
            raise OperationalError("database is away")

        monkeypatch.setattr("programme.fiches.admin.etapes.enregistrer_les_reponses", echouer)
        assert joindre().status_code == 503
        assert self.restes(settings) == []
