"""The demonstration: complete, marked as invented, the same when it is run again."""

import csv

import pytest
from django.conf import settings as reglages
from django.core.management import CommandError, call_command
from django.utils import timezone

from programme.comites.models import Avis, PointOrdreDuJour, Releve, Seance
from programme.contrats.models import Contrat
from programme.courriels.models import Courriel
from programme.demo import MARQUE
from programme.demo.agents import AGENTS
from programme.demo.recits import RECITS, lire_recits
from programme.fiches.models import Bilan, FicheAction, Financement, Modification, Passage
from programme.partenaires.models import Convention
from programme.pratiques.models import BonnePratique
from territoires.agents.models import Agent
from tests.config.test_scdl import lire


def test_it_refuses_to_invent_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("demo")


def test_each_story_is_about_a_territoire_of_the_fixtures():
    with (reglages.BASE_DIR / "fixtures/territoires.csv").open(encoding="utf-8") as fichier:
        connus = {ligne["identifiant"] for ligne in csv.DictReader(fichier)}
    recits = lire_recits()
    assert {ligne["territoire"] for ligne in recits} - connus == set()
    assert {ligne["recit"] for ligne in recits} == set(RECITS)
    assert len({ligne["titre"] for ligne in recits}) == len(recits)


def compter():
    modeles = (Agent, FicheAction, Passage, Avis, Seance, Convention, Contrat, BonnePratique)
    return {modele.__name__: modele.objects.count() for modele in modeles}


@pytest.mark.django_db
def test_it_tells_its_stories_once(settings, client, tmp_path):
    settings.DEMO = True
    call_command("demo")
    comptes = compter()
    assert comptes["FicheAction"] == len(lire_recits())
    assert set(FicheAction.objects.values_list("etat", flat=True)) == set(FicheAction.Etat.values)
    assert [f.titre for f in FicheAction.objects.all() if not f.titre.endswith(MARQUE)] == []
    assert not Courriel.objects.a_envoyer().exists()
    # Every séance with avis is closed. Two régions have one whose relevé was rectified, and one
    # whose agenda grew; they hold it together. An avis was rectified too.
    tenues = Seance.objects.exclude(avis=None).distinct()
    assert not tenues.filter(close_le=None).exists()
    # None is left behind that a région would have to close, and none was taken away in sight.
    assert not Seance.objects.filter(date__lt=timezone.localdate(), close_le=None).exists()
    assert not Seance.history.filter(history_type="-").exists()
    assert not Avis.objects.exclude(pk__in=Avis.objects.en_effet()).exists()
    numeros = list(Releve.objects.values_list("numero", flat=True))
    assert (numeros.count(1), numeros.count(2), max(numeros)) == (tenues.count(), 3, 2)
    ajoutes = PointOrdreDuJour.objects.filter(complement=True, seance__close_le=None)
    assert ajoutes.values("seance").distinct().count() == 2
    assert ajoutes.exclude(seance__commune_avec=None).exists()
    ecrites = Seance.objects.filter(genre="consultation", close_le__isnull=False)
    assert ecrites.filter(presences__statut="present").exists()
    assert Avis.objects.get(rectification=1).fiche.etat == "refusee"
    assert Financement.objects.du_public().exclude(engagement=None).exists()
    assert Bilan.objects.count() == FicheAction.objects.filter(etat="realisee").count() > 0
    modification = Modification.objects.get()
    assert (modification.etat, modification.avis.count()) == ("acceptee", 2)
    # The files at the norm of the collectivités are not empty, and name nobody who exists.
    for nom, qui, combien in (
        ("subventions", "nomAttribuant", 3),
        ("deliberations", "COLL_NOM", 2),
    ):
        lignes = lire(client, f"scdl-{nom}", tmp_path)
        assert [ligne[qui].endswith(MARQUE) for ligne in lignes] == [True] * combien
    for agent in Agent.objects.filter(username__in=AGENTS):
        assert FicheAction.objects.for_user(agent).exists()
    for fiche in FicheAction.objects.prefetch_related("passages"):
        dates = [fiche.created_at, *(passage.le for passage in fiche.passages.all())]
        assert dates == sorted(dates)
    fiche = FicheAction.objects.first()
    fiche.contexte = "Ce qu’une personne a saisi."
    fiche.save()
    call_command("demo")
    assert compter() == comptes
    assert FicheAction.objects.get(pk=fiche.pk).contexte == "Ce qu’une personne a saisi."
