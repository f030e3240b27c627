"""The way up of a fiche: each step, who may make it, and what it leaves on record."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from programme.comites.instruction import avis_presents, regions_attendues
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Passage, TransitionRefusee
from tests.factories.agents import agent_delegation, agent_intercommunalite, agent_region, agents_de
from tests.factories.carte import intercommunalites_de, territoire_publie
from tests.factories.fiches import BilanFactory, fiche_complete
from tests.factories.instances import ComiteDePilotageFactory, SeanceFactory, rendre_et_clore

pytestmark = pytest.mark.django_db
Etat = FicheAction.Etat


@pytest.fixture
def fiche():
    return fiche_complete(territoire_publie("75"))


@pytest.fixture
def agents(fiche):
    return agents_de(fiche.territoire)


def seance_de(region):
    return SeanceFactory(comite=ComiteDePilotageFactory(region=region))


def etat(fiche):
    return FicheAction.objects.get(pk=fiche.pk).etat


def mener(fiche, jusqu_a):
    """Take the fiche to this state the ordinary way."""
    local, regional = agents_de(fiche.territoire)
    if jusqu_a != Etat.BROUILLON:
        parcours.transmettre(fiche, agent=local)
    sens = {Etat.AJOURNEE: "ajourne", Etat.REFUSEE: "defavorable"}.get(jusqu_a, "favorable")
    if jusqu_a not in (Etat.BROUILLON, Etat.TRANSMISE):
        rendre_et_clore(
            fiche,
            seance=seance_de(fiche.territoire.regions[0]),
            sens=sens,
            agent=regional,
            motif="M",
        )
    if jusqu_a in (Etat.ENGAGEE, Etat.REALISEE, Etat.ABANDONNEE):
        parcours.engager(fiche, agent=local)
    if jusqu_a == Etat.REALISEE:
        BilanFactory(fiche=fiche)
        parcours.realiser(fiche, agent=local)
    if jusqu_a == Etat.ABANDONNEE:
        parcours.abandonner(fiche, agent=local, motif="Plus d’exploitant.")
    fiche.refresh_from_db()
    return fiche


def test_the_ordinary_way_up_is_on_record(fiche, agents):
    mener(fiche, Etat.REALISEE)
    assert [(p.avant, p.apres) for p in fiche.passages.all()] == [
        ("brouillon", "transmise"),
        ("transmise", "validee"),
        ("validee", "engagee"),
        ("engagee", "realisee"),
    ]
    assert all(passage.auteur_id and passage.le for passage in fiche.passages.all())


def test_an_incomplete_fiche_does_not_go_up(agents, fiche):
    FicheAction.objects.filter(pk=fiche.pk).update(cout_total=None, objectifs="")
    with pytest.raises(TransitionRefusee, match="objectifs, coût total"):
        parcours.transmettre(fiche, agent=agents[0])
    assert etat(fiche) == Etat.BROUILLON


def test_a_territoire_off_the_map_has_no_comite(fiche):
    fiche.territoire.perimetre_courant = None
    fiche.territoire.save()
    with pytest.raises(TransitionRefusee, match="pas de périmètre publié"):
        parcours.transmettre(fiche, agent=agent_delegation())


def test_nobody_acts_outside_their_perimeter(fiche):
    ailleurs = territoire_publie("84")
    for agent in agents_de(ailleurs):
        with pytest.raises(PermissionDenied):
            parcours.transmettre(fiche, agent=agent)
    assert etat(fiche) == Etat.BROUILLON
    assert not Passage.objects.exists()


def test_an_intercommunalite_gives_no_avis(fiche, agents):
    mener(fiche, Etat.TRANSMISE)
    with pytest.raises(PermissionDenied):
        rendre_et_clore(
            fiche, seance=seance_de(fiche.territoire.regions[0]), sens="favorable", agent=agents[0]
        )
    assert not Avis.objects.exists()


def test_a_region_answers_for_its_comite_only():
    fiche = fiche_complete(territoire_publie("75", "76"))
    mener(fiche, Etat.TRANSMISE)
    nouvelle_aquitaine, occitanie = fiche.territoire.regions
    with pytest.raises(PermissionDenied):
        rendre_et_clore(
            fiche,
            seance=seance_de(occitanie),
            sens="favorable",
            agent=agent_region(nouvelle_aquitaine),
        )


@pytest.mark.parametrize(
    ("premier", "second", "arrivee"),
    [
        ("favorable", "favorable", Etat.VALIDEE),
        ("favorable", "ajourne", Etat.AJOURNEE),
        ("favorable", "defavorable", Etat.REFUSEE),
        ("favorable", None, Etat.TRANSMISE),
        ("ajourne", None, Etat.AJOURNEE),
        ("defavorable", None, Etat.REFUSEE),
    ],
)
def test_every_region_of_an_interregional_territoire_answers(premier, second, arrivee):
    fiche = fiche_complete(territoire_publie("75", "76"))
    mener(fiche, Etat.TRANSMISE)
    for region, sens in zip(fiche.territoire.regions, (premier, second), strict=True):
        if sens:
            rendre_et_clore(
                fiche, seance=seance_de(region), sens=sens, agent=agent_region(region), motif="M"
            )
    fiche.refresh_from_db()
    assert fiche.etat == arrivee
    attendues = ["76"] if arrivee == Etat.TRANSMISE else []
    assert [region.pk for region in regions_attendues(fiche)] == attendues


def test_a_region_answers_once():
    fiche = fiche_complete(territoire_publie("75", "76"))
    mener(fiche, Etat.TRANSMISE)
    region = fiche.territoire.regions[0]
    agent = agent_region(region)
    rendre_et_clore(fiche, seance=seance_de(region), sens="favorable", agent=agent)
    with pytest.raises(TransitionRefusee, match="a déjà rendu son avis"):
        rendre_et_clore(fiche, seance=seance_de(region), sens="favorable", agent=agent)


def test_an_avis_that_is_not_favorable_says_why(fiche, agents):
    mener(fiche, Etat.TRANSMISE)
    with pytest.raises(ValidationError, match="doit être motivé"):
        rendre_et_clore(
            fiche, seance=seance_de(fiche.territoire.regions[0]), sens="ajourne", agent=agents[1]
        )
    assert etat(fiche) == Etat.TRANSMISE


def test_remarks_name_a_field_of_the_fiche_or_nothing_is_written(fiche, agents):
    mener(fiche, Etat.TRANSMISE)
    with pytest.raises(ValidationError, match="Choisissez un champ"):
        rendre_et_clore(
            fiche,
            seance=seance_de(fiche.territoire.regions[0]),
            sens="ajourne",
            agent=agents[1],
            motif="À revoir",
            remarques=[("cout_total", "Trop élevé"), ("couleur", "Bleu")],
        )
    assert etat(fiche) == Etat.TRANSMISE
    assert not Avis.objects.exists()


def test_a_fiche_sent_again_is_examined_afresh(fiche, agents):
    mener(fiche, Etat.AJOURNEE)
    parcours.transmettre(fiche, agent=agents[0])
    fiche.refresh_from_db()
    assert [region.pk for region in regions_attendues(fiche)] == ["75"]
    assert list(avis_presents(fiche)) == []


def test_giving_up_says_why(fiche, agents):
    mener(fiche, Etat.ENGAGEE)
    with pytest.raises(TransitionRefusee, match="Dites pourquoi"):
        parcours.abandonner(fiche, agent=agents[0], motif="  ")


def test_a_step_made_twice_is_refused_the_second_time(fiche, agents):
    parcours.transmettre(fiche, agent=agents[0])
    with pytest.raises(TransitionRefusee, match="Quelqu’un l’a peut-être déjà faite"):
        parcours.transmettre(fiche, agent=agents[0])
    assert fiche.passages.count() == 1


@pytest.mark.parametrize("depart", Etat.values)
def test_only_the_parcours_moves_a_state(fiche, depart):
    mener(fiche, depart)
    for valeur in Etat.values:
        fiche.etat = valeur
        if valeur == depart:
            fiche.save()
        else:
            with pytest.raises(TransitionRefusee):
                fiche.save()
    with pytest.raises(TransitionRefusee):
        FicheAction.objects.update(etat=Etat.VALIDEE)
    assert etat(fiche) == depart


def test_a_passage_is_never_rewritten(fiche):
    mener(fiche, Etat.TRANSMISE)
    passage = fiche.passages.get()
    passage.motif = "Autre chose"
    with pytest.raises(TransitionRefusee):
        passage.save()


def test_the_regions_are_told_and_not_the_author(fiche, agents):
    autre_region = agent_region("84")
    parcours.transmettre(fiche, agent=agents[0])
    assert [courriel.agent for courriel in Courriel.objects.all()] == [agents[1]]
    assert fiche.titre in Courriel.objects.get().corps
    assert not autre_region.courriels.exists()


def test_the_territoire_is_told_of_the_decision(fiche, agents):
    collegue = agent_intercommunalite(intercommunalites_de(fiche.territoire)[0])
    mener(fiche, Etat.AJOURNEE)
    attendus = sorted([agents[0].pk, collegue.pk])
    recus = [c for c in Courriel.objects.order_by("agent") if "ajournée" in c.objet]
    assert [courriel.agent_id for courriel in recus if courriel.agent_id in attendus] == attendus
    assert all("Motif" in courriel.corps for courriel in recus)


@pytest.mark.parametrize("arrivee", Etat.values)
def test_the_public_sees_a_fiche_from_its_validation_on(fiche, arrivee):
    mener(fiche, arrivee)
    publique = arrivee in ("validee", "engagee", "realisee", "abandonnee")
    assert list(FicheAction.objects.du_public()) == ([fiche] if publique else [])
