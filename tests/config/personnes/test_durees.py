"""What is kept too long goes, and only that; the page says how long, the command what it did."""

from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from config.personnes.durees import AUTRES, REGLES
from config.personnes.personne import ANONYME
from programme.courriels.models import Courriel
from territoires.acces.models import DemandeAcces, Essai
from territoires.agents.models import Agent
from territoires.journal.models import LigneDuJournal
from territoires.mandats.models import Mandat
from tests import factories as f

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)


def il_y_a(duree):
    return timezone.now() - duree


def passer(*arguments):
    sortie = StringIO()
    call_command("appliquer_les_durees", *arguments, stdout=sortie)
    return sortie.getvalue()


def dater(lignes, **dates):
    """Dates that the row writes by itself."""
    type(lignes)._base_manager.filter(pk=lignes.pk).update(**dates)


def un_de_chaque_cote(duree):
    """For each kind, one row a day short of its term and one a day past it."""
    for age in (duree["journal"] - JOUR, duree["journal"] + JOUR):
        f.LigneDuJournalFactory(le=il_y_a(age))
    for age in (JOUR / 2, 2 * JOUR):
        Essai.objects.create(cle=f"{age}", le=il_y_a(age))
    for rang, age in enumerate((duree["demandes"] - JOUR, duree["demandes"] + JOUR)):
        demande = DemandeAcces.objects.create(courriel=f"x{rang}@exemple.fr")
        dater(demande, demandee_le=il_y_a(age))
    for age in (duree["courriels"] - JOUR, duree["courriels"] + JOUR):
        f.CourrielFactory(corps="Bonjour", envoye_le=il_y_a(age))
    for age in (duree["mandats"] - JOUR, duree["mandats"] + 2 * JOUR):
        f.MandatFactory(fin=il_y_a(age).date(), courriel="elue@exemple.fr", telephone="0102030405")
    for age in (duree["comptes"] - JOUR, duree["comptes"] + JOUR):
        f.agent_region(
            last_name="Essai", is_active=False, last_login=il_y_a(age), date_joined=il_y_a(3 * age)
        )


def etat():
    return {
        "journal": LigneDuJournal.objects.count(),
        "essais": Essai.objects.count(),
        "demandes": DemandeAcces.objects.count(),
        "courriels": Courriel.objects.exclude(corps="").count(),
        "mandats": Mandat.objects.exclude(courriel="", telephone="").count(),
        "mandats en histoire": Mandat.history.exclude(courriel="", telephone="").count(),
        "comptes": Agent.objects.exclude(username__startswith=ANONYME)
        .filter(is_active=False)
        .count(),
    }


def test_what_passed_its_term_goes_and_nothing_sooner():
    un_de_chaque_cote({regle.nom: regle.duree for regle in REGLES})
    avant = etat()
    dit = passer()
    assert "relancez avec --pour-de-vrai" in dit and etat() == avant
    dit = passer("--pour-de-vrai")
    assert set(avant.values()) == {2} and set(etat().values()) == {1}
    for geste in ("1 effacées", "1 vidés de leur texte", "1 anonymisés"):
        assert geste in dit, dit
    assert passer("--pour-de-vrai").strip() == "Rien n’a passé sa durée."


def test_the_history_of_what_was_deleted_forgets_where_to_write():
    mandat, present = (
        f.MandatFactory(courriel="a@exemple.fr"),
        f.MandatFactory(courriel="b@exemple.fr"),
    )
    mandat.delete()
    Mandat.history.update(history_date=il_y_a(400 * JOUR))
    passer("--pour-de-vrai")
    assert {h.courriel for h in Mandat.history.filter(id=present.pk)} == {"b@exemple.fr"}
    assert {h.courriel for h in Mandat.history.exclude(id=present.pk)} == {""}


def test_each_rule_is_read_by_everybody_and_run_by_the_clock(client):
    from config.taches.planning import planning

    page = unescape(client.get("/donnees-personnelles/").text)
    for regle in REGLES:
        for dit in (regle.quoi, regle.en_clair, regle.pourquoi, regle.source):
            assert dit in page, dit
    for quoi, duree, pourquoi in AUTRES:
        assert quoi in page and duree in page and pourquoi in page
    assert planning()["durees"].commande == ("appliquer_les_durees", "--pour-de-vrai")
    for nom in ("clearsessions", "fermer_les_comptes"):
        assert any(nom in tache.commande for tache in planning().values())
