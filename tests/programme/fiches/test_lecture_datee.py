"""The fiches of a territoire read at a date are what its page said on that day."""

import datetime
from contextlib import contextmanager, suppress
from decimal import Decimal
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programme.fiches import financement, parcours
from programme.fiches.encarts import fiches_et_argent
from programme.fiches.lecture_datee import fiches_au
from programme.fiches.models import FicheAction, MouvementFinancier
from programme.fiches.modifications import parcours as modifications
from territoires.editions.models import Territoire
from territoires.portraits.lecture import Lecture
from tests import factories as f
from tests.programme.fiches.modifiees import ligne

DEBUT = datetime.date(2024, 1, 15)
GESTES = ["valider", "demande", "accorde", "verse", "refuse", "financeur", "modifier le coût"]
GESTES += ["changer la ligne", "retirer la ligne", "ajouter une ligne", "engager", "abandonner"]
pas = st.tuples(st.sampled_from(GESTES), st.integers(0, 5))


@contextmanager
def le_jour(jour):
    """Live this block on that day, at ten in the morning."""
    dix_heures = datetime.datetime.combine(jour, datetime.time(10))
    instant = timezone.make_aware(dix_heures)
    with mock.patch("django.utils.timezone.now", return_value=instant):
        yield


def dites(lues):
    """What a page says of the fiches and of their money."""
    fiches = {
        fiche.reference: (fiche.etat, fiche.titre, fiche.cout_total, fiche.axe and fiche.axe.code)
        for fiche in lues["fiches"]
    }
    return fiches, lues["argent"]


def page_du_moment(territoire):
    return dites(fiches_et_argent(Territoire.objects.get(pk=territoire.pk)))


def lues_au(territoire, jour):
    return dites(fiches_au(Lecture(territoire, jour)))


class Histoire:
    """Acts on the fiches of one territoire, each as an agent would do it that day."""

    def __init__(self):
        self.territoire = f.territoire_publie()
        self.agent = f.agent_delegation()
        self.autre_axe = f.AxeFactory(code="foncier")

    def faire(self, geste, rang):
        if geste == "valider":
            fiche = f.fiche_complete(self.territoire)
            f.FinancementFactory(fiche=fiche, statut="acquis")
            return valider_ce_jour(fiche, self.agent)
        fiches = list(FicheAction.objects.suivies().order_by("pk"))
        if not fiches:
            return None
        fiche = fiches[rang % len(fiches)]
        lignes = list(fiche.financements.order_by("pk"))
        ligne = lignes[rang % len(lignes)] if lignes else None
        if geste in MouvementFinancier.Nature.values:
            return ligne and financement.noter(
                ligne,
                nature=geste,
                montant=Decimal(50_000 * (1 + rang)),
                le=timezone.localdate(),
                agent=self.agent,
            )
        if geste == "financeur":
            return financement.ajouter_un_financeur(
                fiche, agent=self.agent, financeur=f"Venu {rang}", montant=70_000, statut="acquis"
            )
        if geste == "engager":
            return parcours.engager(fiche, agent=self.agent)
        if geste == "abandonner":
            return parcours.abandonner(fiche, agent=self.agent, motif="Plus de porteur.")
        return self.modifier(fiche, self.proposer(geste, ligne, rang))

    def proposer(self, geste, une, rang):
        if geste == "modifier le coût" or une is None:
            champs = {"cout_total": f"{2_000_000 + rang}.00", "titre": f"Autrement {rang}"}
            return {"champs": champs | {"axe": self.autre_axe.code}}
        if geste == "ajouter une ligne":
            nouvelle = f.FinancementFactory.build(financeur=f"Banque {rang}")
            return {"financements": [ligne(nouvelle, "ajout")]}
        if geste == "retirer la ligne":
            return {"financements": [ligne(une, "retrait")]}
        return {"financements": [ligne(une, "change", montant=f"{400_000 + rang}.00")]}

    def modifier(self, fiche, propose):
        demandee = modifications.ouvrir(fiche, agent=self.agent, motif="M", propose=propose)
        modifications.transmettre(demandee, agent=self.agent)
        return favorable(demandee, fiche, self.agent)


def favorable(objet, fiche, agent):
    for region in fiche.regions_concernees():
        comite = f.ComiteDePilotageFactory(region=region)
        seance = f.SeanceFactory(comite=comite, date=timezone.localdate())
        f.rendre_et_clore(objet, seance=seance, agent=agent, sens="favorable")


def valider_ce_jour(fiche, agent):
    parcours.transmettre(fiche, agent=agent)
    favorable(fiche, fiche, agent)


class LueAuJour(TestCase):
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.lists(pas, min_size=4, max_size=12))
    @example([("valider", 0), *[(geste, rang) for rang in (0, 1) for geste in GESTES[1:-1]]])
    @example([("valider", 0), ("modifier le coût", 1), ("retirer la ligne", 0), ("abandonner", 0)])
    def test_each_day_reads_as_its_page_said(self, gestes):
        histoire = Histoire()
        vues = {DEBUT: page_du_moment(histoire.territoire)}
        for rang, geste in enumerate([("valider", 0), *gestes], start=1):
            jour = DEBUT + datetime.timedelta(days=20 * rang)
            with le_jour(jour), suppress(ValidationError):
                histoire.faire(*geste)
            vues[jour] = page_du_moment(histoire.territoire)
            vues[jour + datetime.timedelta(days=7)] = vues[jour]
        lues = {jour: lues_au(histoire.territoire, jour) for jour in vues}
        for jour, vue in vues.items():
            assert lues[jour] == vue, jour
        assert lues_au(histoire.territoire, timezone.localdate()) == vues[jour]


@pytest.mark.django_db
class TestUnJour:
    def test_the_day_of_the_decision_counts_and_the_eve_does_not(self):
        territoire, agent = f.territoire_publie(), f.agent_delegation()
        with le_jour(DEBUT):
            valider_ce_jour(f.fiche_complete(territoire), agent)
        assert len(lues_au(territoire, DEBUT)[0]) == 1
        assert lues_au(territoire, DEBUT - datetime.timedelta(1))[0] == {}

    def test_a_move_struck_out_as_a_mistake_never_took_place(self):
        territoire, agent = f.territoire_publie(), f.agent_delegation()
        with le_jour(DEBUT):
            fiche = f.fiche_complete(territoire)
            valider_ce_jour(fiche, agent)
            une = fiche.financements.get()
            faux = financement.noter(une, nature="accorde", montant=9, le=DEBUT, agent=agent)
        assert lues_au(territoire, DEBUT)[1].acquis == 9
        financement.annuler(faux, motif="Une erreur.", agent=agent)
        assert lues_au(territoire, DEBUT)[1].acquis == 0

    def test_what_is_not_public_today_was_not_then_either(self):
        territoire, agent = f.territoire_publie(), f.agent_delegation()
        with le_jour(DEBUT):
            fiche = f.fiche_complete(territoire)
            valider_ce_jour(fiche, agent)
        # Whatever led there: the state alone is of interest here.
        models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat="refusee")
        assert lues_au(territoire, DEBUT)[0] == {}

    def test_a_fiche_that_came_in_already_decided_is_said_to_be_undated(self):
        territoire = f.territoire_publie()
        fiche = f.fiche_complete(territoire)
        models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat="validee")
        alors = fiches_au(Lecture(territoire, DEBUT))
        assert (alors["fiches"], alors["sans_date"]) == ([], 1)
        ce_jour = fiches_au(Lecture(territoire, timezone.localdate()))
        assert (ce_jour["fiches"], ce_jour["sans_date"]) == ([fiche], 0)

    def test_progress_of_a_past_day_is_not_guessed(self):
        territoire, agent = f.territoire_publie(), f.agent_delegation()
        with le_jour(DEBUT):
            valider_ce_jour(f.fiche_complete(territoire, avancement=40), agent)
        for jour, dit in ((DEBUT, None), (timezone.localdate(), 40)):
            (fiche,) = fiches_au(Lecture(territoire, jour))["fiches"]
            assert fiche.avancement == dit

    def test_the_number_of_queries_does_not_depend_on_what_happened(
        self, django_assert_num_queries
    ):
        histoire = Histoire()
        with le_jour(DEBUT):
            histoire.faire("valider", 0)
        with django_assert_num_queries(6):
            lues_au(histoire.territoire, DEBUT)
        for rang in range(3):
            for jour, geste in enumerate(("valider", "accorde", "modifier le coût"), start=1):
                with le_jour(DEBUT + datetime.timedelta(10 * rang + jour)):
                    histoire.faire(geste, rang)
        with django_assert_num_queries(6):
            lues_au(histoire.territoire, DEBUT)
