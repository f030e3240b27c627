"""A refusal is told to its territoire until it asks for something else."""

from django.utils import timezone

from config.a_faire import a_faire, comptes
from programme.fiches.models import Modification
from tests import factories as f
from tests.config.admin.scenes import HIER, modification_en


def test_a_refused_modification_waits_until_another_is_proposed(pays):
    agents = pays["agents"]
    refusee = modification_en(Modification.Etat.REFUSEE, pays["ici"])
    assert comptes(agents["intercommunalité"])["modifications-refusees"] == 1
    f.ModificationFactory(fiche=refusee.fiche, numero=refusee.numero + 1)
    assert comptes(agents["intercommunalité"])["modifications-refusees"] == 0


def test_a_refused_demande_says_why_until_another_is_filed(pays):
    agent, ici = pays["agents"]["intercommunalité"], pays["ici"]
    perimetre = ici["territoire"].perimetre_courant
    demande = f.DemandePerimetreFactory(perimetre=perimetre, etat="refusee")
    seance = f.SeanceFactory(comite=ici["comitedepilotage"], date=HIER)
    dit = {"sens": "defavorable", "motif": "Trop loin.", "effet_le": timezone.now()}
    f.AvisFactory(seance=seance, demande=demande, **dit)
    (groupe,) = [un for un in a_faire(agent) if un.attente.cle == "demandes-refusees"]
    assert [ligne.detail for ligne in groupe.lignes] == ["Trop loin."]
    f.DemandePerimetreFactory(perimetre=perimetre)
    assert comptes(agent)["demandes-refusees"] == 0
