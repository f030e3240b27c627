"""The journal: who did what, told once, and never changed."""

from importlib import import_module

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from programme.fiches.models import PieceJointe
from territoires.journal.models import LigneDuJournal
from territoires.supprimes.corbeille import GARDE, vider
from tests import factories as f
from tests.formulaires import lu

pytestmark = pytest.mark.django_db
declencheurs = import_module("territoires.migrations.0009_journal_sans_retouche")


def actes():
    return list(LigneDuJournal.objects.order_by("pk").values_list("acte", flat=True))


@pytest.fixture
def gardee():
    with connection.schema_editor() as editeur:
        declencheurs.poser(None, editeur)
    yield
    with connection.schema_editor() as editeur:
        declencheurs.retirer(None, editeur)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_or_to_lose_a_line(gardee):
    ligne = f.LigneDuJournalFactory()
    for geste in (
        lambda: LigneDuJournal.objects.update(nom="Un autre"),
        lambda: LigneDuJournal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()
    ligne.refresh_from_db()
    assert ligne.nom == "Camille Essai"
    ancienne = f.LigneDuJournalFactory(le=timezone.now() - timezone.timedelta(days=366))
    LigneDuJournal.objects.filter(pk=ancienne.pk).delete()
    assert LigneDuJournal.objects.count() == 1


def test_sign_ins_and_failures_are_told_with_where_they_came_from(client):
    agent = f.agent_delegation(username="camille")
    agent.set_password("une phrase assez longue")
    agent.save()
    for phrase in ("faux", "une phrase assez longue"):
        client.post("/compte/connexion/", {"login": "camille", "password": phrase})
    assert actes() == ["echec", "connexion"]
    assert {ligne.adresse for ligne in LigneDuJournal.objects.all()} == {"127.0.0.1"}


def test_an_export_is_told_with_its_filter_and_its_rows(client, delegation):
    f.PartenaireFactory.create_batch(2)
    adresse = reverse("admin:programme_partenaire_fichier", args=["partenaires", "machine"])
    client.get(adresse, {"q": "Partenaire"})
    ligne = LigneDuJournal.objects.get(acte="export")
    assert (ligne.agent, ligne.objet, ligne.detail, ligne.rangees) == (
        delegation,
        "partenaires",
        "q=Partenaire",
        2,
    )


def test_what_is_deleted_and_what_comes_back_are_told(client, delegation):
    partenaire = f.PartenaireFactory(nom="Un partenaire")
    adresse = reverse("admin:programme_partenaire_delete", args=[partenaire.pk])
    client.post(adresse, {"post": "yes"} | lu(client, adresse))
    ligne = LigneDuJournal.objects.get(acte="suppression")
    assert "Un partenaire" in ligne.objet


def test_a_line_survives_the_agent_that_it_tells_of(client, delegation):
    autre = f.AgentFactory()
    f.LigneDuJournalFactory(agent=autre, nom=str(autre))
    nom = str(autre)
    autre.delete()
    assert LigneDuJournal.objects.get(nom=nom).nom == nom
    page = client.get(reverse("admin:territoires_lignedujournal_changelist"))
    assert nom in page.content.decode()


def test_it_is_searched_and_taken_away_by_the_delegation(client, delegation):
    f.LigneDuJournalFactory(nom="Dominique Rare")
    liste = reverse("admin:territoires_lignedujournal_changelist")
    assert "Dominique Rare" in client.get(liste, {"q": "Rare"}).content.decode()
    adresse = reverse("admin:territoires_lignedujournal_fichier", args=["journal", "machine"])
    octets = b"".join(client.get(adresse).streaming_content).decode()
    assert "Dominique Rare" in octets


def test_an_attachment_goes_with_its_row_and_comes_back_within_a_month(
    django_capture_on_commit_callbacks,
):
    piece = f.PieceJointeFactory(fiche=f.FicheActionFactory())
    nom = piece.fichier.name
    with django_capture_on_commit_callbacks(execute=True):
        PieceJointe.objects.filter(pk=piece.pk).delete()
    assert not default_storage.exists(nom)
    from territoires.supprimes.corbeille import reprendre

    assert default_storage.exists(f"corbeille/{nom}")
    assert reprendre(nom)
    assert default_storage.exists(nom) and not default_storage.exists(f"corbeille/{nom}")


def test_what_was_thrown_away_a_month_ago_is_gone_for_good(
    django_capture_on_commit_callbacks, monkeypatch
):
    piece = f.PieceJointeFactory(fiche=f.FicheActionFactory())
    nom = piece.fichier.name
    with django_capture_on_commit_callbacks(execute=True):
        piece.delete()
    plus_tard = timezone.now() + GARDE + timezone.timedelta(days=1)
    monkeypatch.setattr("territoires.supprimes.corbeille.timezone.now", lambda: plus_tard)
    vider()
    assert not default_storage.exists(f"corbeille/{nom}")
