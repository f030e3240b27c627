"""A modification of what was decided: sent up, judged, written once all are favorable."""

import datetime
from decimal import Decimal

import pytest

from programme.comites import conduite, modifications, rectifications
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import parcours as parcours_de_la_fiche
from programme.fiches.models import TransitionRefusee
from programme.fiches.modifications import parcours
from programme.fiches.modifications.lecture import prochaine_action
from tests import factories as f
from tests.programme.fiches.modifiees import (
    PLUS_CHER,
    demander,
    envoyee,
    etape,
    juger,
    ligne,
    lire,
    noter,
    seance_de,
)


@pytest.fixture
def fiche(decidee):
    return decidee


def test_all_favorable_change_the_fiche_and_keep_before_and_after(fiche):
    modification = envoyee(fiche)
    juger(fiche, modification, "favorable", "favorable")
    assert modification.etat == "acceptee"
    assert (fiche.titre, fiche.cout_total) == ("Ouvrir deux ateliers", Decimal(1_500_000))
    assert [(c.quoi, c.avant, c.apres) for c in modification.changements.all()] == [
        ("Titre", "Ouvrir un atelier", "Ouvrir deux ateliers"),
        ("Coût total", "1\u202f200\u202f000\u00a0€", "1\u202f500\u202f000\u00a0€"),
    ]
    assert fiche.etat == "validee"
    assert modification.decidee_le
    assert fiche.history.first().history_change_reason == "Modification nᵒ 1 acceptée"


def test_nothing_is_public_before_the_last_closing_then_all_of_it_but_the_motive(fiche, client):
    modification = envoyee(fiche)
    juger(fiche, modification, "favorable")
    avant = lire(client, fiche.get_absolute_url())
    assert "deux ateliers" not in avant
    assert "Modification" not in avant
    fiche.jour -= 1
    region, agent = list(fiche.agents.items())[1]
    seance = seance_de(region, fiche.jour)
    modifications.rendre_avis(modification, seance=seance, sens="favorable", agent=agent)
    assert lire(client, fiche.get_absolute_url()) == avant
    conduite.clore(seance, agent=agent)
    apres = lire(client, fiche.get_absolute_url())
    for dit in ("Ouvrir deux ateliers", "Ouvrir un atelier", "Modification nᵒ 1, acceptée"):
        assert dit in apres
    assert "Les devis" not in apres


def test_a_single_defavorable_leaves_the_fiche_as_it_was(fiche, client):
    version = fiche.version
    modification = envoyee(fiche)
    juger(fiche, modification, "favorable", "defavorable")
    assert modification.etat == "refusee"
    assert (fiche.titre, fiche.version) == ("Ouvrir un atelier", version)
    assert modification.changements.first().apres == "Ouvrir deux ateliers"
    assert "Modification" not in lire(client, fiche.get_absolute_url())


def test_put_off_it_comes_back_with_the_motive_and_goes_up_again(fiche):
    modification = envoyee(fiche)
    juger(fiche, modification, "ajourne", motif="Précisez le coût.")
    assert modification.etat == "ajournee"
    assert "Précisez le coût." in modification.passages.last().motif
    assert "Précisez" in Courriel.objects.filter(agent=fiche.local).last().corps
    propose = {"champs": {"cout_total": "1400000.00"}}
    agent = fiche.local
    modification = parcours.ecrire(modification, agent=agent, motif="Précisé", propose=propose)
    modification = parcours.transmettre(modification, agent=agent)
    juger(fiche, modification, "favorable", "favorable")  # the first one answers afresh
    assert (modification.etat, fiche.cout_total) == ("acceptee", Decimal(1_400_000))


def test_called_back_it_makes_the_avis_given_void(fiche):
    modification = envoyee(fiche)
    juger(fiche, modification, "favorable")
    region, agent = list(fiche.agents.items())[1]
    seance = seance_de(region, 1)
    note = modifications.rendre_avis(modification, seance=seance, sens="favorable", agent=agent)
    modification = parcours.rappeler(modification, agent=fiche.local)
    conduite.clore(seance, agent=agent)
    note.refresh_from_db()
    modification.refresh_from_db()
    assert (modification.etat, note.effet_le) == ("brouillon", None)
    assert "rappelée" in seance.releves.get().contenu["modifications"][0]["suite"]


def test_the_avis_are_provisional_until_the_closing(fiche):
    modification = envoyee(fiche)
    region, agent = next(iter(fiche.agents.items()))
    seance = seance_de(region, 1)
    modifications.rendre_avis(
        modification, seance=seance, sens="defavorable", motif="Trop", agent=agent
    )
    modification.refresh_from_db()
    assert modification.etat == "transmise"
    with pytest.raises(TransitionRefusee, match="déjà rendu"):
        modifications.rendre_avis(modification, seance=seance, sens="favorable", agent=agent)


def test_one_is_open_at_a_time_and_only_for_a_fiche_that_goes_on(fiche):
    demander(fiche)
    with pytest.raises(TransitionRefusee, match="déjà ouverte"):
        demander(fiche)
    autre = f.fiche_complete(fiche.territoire)
    with pytest.raises(TransitionRefusee, match="validée ou engagée"):
        parcours.ouvrir(autre, agent=fiche.local, motif="Motif", propose=PLUS_CHER)


def test_the_fiche_does_not_end_while_one_is_open(fiche):
    modification = envoyee(fiche)
    parcours_de_la_fiche.engager(fiche, agent=fiche.local)
    for finir in (
        lambda: parcours_de_la_fiche.abandonner(fiche, agent=fiche.local, motif="Assez"),
        lambda: parcours_de_la_fiche.realiser(fiche, agent=fiche.local),
    ):
        with pytest.raises(TransitionRefusee, match="La modification nᵒ 1"):
            finir()
    parcours.rappeler(modification, agent=fiche.local)
    parcours.retirer(modification, agent=fiche.local)
    parcours_de_la_fiche.abandonner(fiche, agent=fiche.local, motif="Assez")


def test_what_does_not_hold_is_not_sent_up(fiche):
    incomplete = {"champs": {"objectifs": "", "cout_total": "1.00"}}
    modification = demander(fiche, incomplete)
    with pytest.raises(TransitionRefusee) as refus:
        parcours.transmettre(modification, agent=fiche.local)
    assert "objectifs" in str(refus.value)
    assert "dépasserait le coût" in str(refus.value)
    vide = parcours.ecrire(modification, agent=fiche.local, motif="Rien", propose={})
    with pytest.raises(TransitionRefusee, match="Rien ne change"):
        parcours.transmettre(vide, agent=fiche.local)


def test_lines_are_added_changed_and_withdrawn(fiche):
    gardee, retiree = fiche.financements.get(), f.FinancementFactory(fiche=fiche)
    nouvelle = f.FinancementFactory.build(financeur="Banque", montant=Decimal("200000.00"))
    propose = {
        "financements": [
            ligne(gardee, "change", montant="400000.00"),
            ligne(retiree, "retrait"),
            ligne(nouvelle, "ajout"),
        ]
    }
    modification = envoyee(fiche, propose)
    juger(fiche, modification, "favorable", "favorable")
    plan = dict(fiche.financements.values_list("financeur", "montant"))
    assert plan == {gardee.financeur: 400_000, "Banque": 200_000}
    assert not fiche.financements.exclude(ajoutee_le=None).exists()
    dits = [(c.avant, c.apres) for c in modification.changements.all()]
    assert dits[1] == ("300\u202f000\u00a0€, demandé", "retiré")


@pytest.mark.parametrize("nature", ["accorde", "verse"])
@pytest.mark.parametrize("geste, montant", [("retrait", "300000"), ("change", "99999")])
def test_money_that_moved_is_neither_withdrawn_nor_gone_below(fiche, nature, geste, montant):
    une = fiche.financements.get()
    noter(une, nature, 100_000, fiche.local)
    modification = demander(fiche, {"financements": [ligne(une, geste, montant=montant)]})
    with pytest.raises(TransitionRefusee, match="a déjà accordé ou versé 100"):
        parcours.transmettre(modification, agent=fiche.local)
    assez = {"financements": [ligne(une, "change", montant="100000")]}
    modification = parcours.ecrire(modification, agent=fiche.local, motif="M", propose=assez)
    parcours.transmettre(modification, agent=fiche.local)


def test_money_that_moves_while_it_waits_is_kept_too(fiche):
    une = fiche.financements.get()
    modification = envoyee(fiche, {"financements": [ligne(une, "retrait")]})
    noter(une, "verse", 50_000, fiche.local)
    juger(fiche, modification, "favorable", "favorable")
    assert modification.etat == "transmise"
    assert prochaine_action(modification).startswith("Au territoire")
    assert une.mouvements.get().montant == 50_000
    assert not Avis.objects.en_effet().filter(modification=modification).exists()


def test_a_refused_line_is_withdrawn_and_its_moves_stay_readable(fiche):
    une = fiche.financements.get()
    noter(une, "refuse", 300_000, fiche.local)
    modification = envoyee(fiche, {"financements": [ligne(une, "retrait")]})
    juger(fiche, modification, "favorable", "favorable")
    une.refresh_from_db()
    assert (une.montant, une.demande, une.mouvements.count()) == (0, 0, 1)


def test_steps_to_come_change_and_those_that_are_done_do_not(fiche):
    une = fiche.etapes.get()
    propose = {
        "etapes": [
            etape(une, "change", intitule="Recruter", fin="2027-06-30"),
            {"ordre": None, "intitule": "Ouvrir", "debut": None, "fin": None, "geste": "ajout"},
        ]
    }
    modification = envoyee(fiche, propose)
    juger(fiche, modification, "favorable", "favorable")
    assert list(fiche.etapes.values_list("intitule", "fin")) == [
        ("Recruter", datetime.date(2027, 6, 30)),
        ("Ouvrir", None),
    ]
    fiche.etapes.update(faite=True)
    modification = demander(fiche, {"etapes": [etape(fiche.etapes.first(), "retrait")]})
    with pytest.raises(TransitionRefusee, match="est faite"):
        parcours.transmettre(modification, agent=fiche.local)


def test_what_it_names_and_is_gone_stands_in_its_way(fiche):
    f.PartenaireFactory(identifiant="parti")
    modification = demander(fiche, {"champs": {"partenaires": ["parti", "perdu"]}})
    with pytest.raises(TransitionRefusee, match="perdu"):
        parcours.transmettre(modification, agent=fiche.local)


def test_partenaires_and_intercommunalites_come_and_go(fiche):
    parti, venu = f.PartenaireFactory(identifiant="parti"), f.PartenaireFactory(identifiant="venu")
    fiche.partenaires.add(parti)
    axe = f.AxeFactory(code="transition")
    propose = {"champs": {"partenaires": ["venu"], "axe": "transition"}}
    modification = envoyee(fiche, propose)
    juger(fiche, modification, "favorable", "favorable")
    assert (list(fiche.partenaires.all()), fiche.axe) == ([venu], axe)
    dits = {c.quoi: (c.avant, c.apres) for c in modification.changements.all()}
    assert dits["Partenaires"] == (parti.nom, venu.nom)


def rectifier(fiche, avis, sens):
    agent = fiche.agents[avis.region]
    motif = "" if sens == "favorable" else "Motif"
    _, suite = rectifications.rectifier(
        avis, agent=agent, sens=sens, motif=motif, raison="Mal noté."
    )
    fiche.refresh_from_db()
    return suite


def test_a_rectified_avis_takes_the_fiche_back_while_nothing_followed(fiche):
    une = fiche.financements.get()
    propose = PLUS_CHER | {"financements": [ligne(une, "retrait")]}
    modification = envoyee(fiche, propose)
    _, avis = juger(fiche, modification, "favorable", "favorable")
    assert not fiche.financements.exists()
    suite = rectifier(fiche, avis, "defavorable")
    modification.refresh_from_db()
    assert modification.etat == "refusee", suite
    assert (fiche.titre, fiche.cout_total) == ("Ouvrir un atelier", Decimal(1_200_000))
    assert fiche.financements.get().montant == 300_000
    assert modification.changements.first().apres == "Ouvrir deux ateliers"
    (rectifie,) = avis.seance.releves.last().contenu["rectifications"]
    assert modification.reference in rectifie["quoi"]


def test_a_rectified_avis_changes_the_fiche_that_was_refused(fiche):
    modification = envoyee(fiche)
    _, avis = juger(fiche, modification, "favorable", "defavorable")
    rectifier(fiche, avis, "favorable")
    modification.refresh_from_db()
    assert (modification.etat, fiche.titre) == ("acceptee", "Ouvrir deux ateliers")


def test_a_rectification_stands_on_record_only_once_something_followed(fiche):
    modification = envoyee(fiche)
    _, avis = juger(fiche, modification, "favorable", "favorable")
    parcours_de_la_fiche.engager(fiche, agent=fiche.local)
    suite = rectifier(fiche, avis, "defavorable")
    modification.refresh_from_db()
    assert (modification.etat, fiche.titre) == ("acceptee", "Ouvrir deux ateliers")
    assert "au dossier" in suite
