"""Which demands an operator left without an answer for a month, whatever moved on their lines."""

import datetime

import pytest
from django.db import models
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from config.a_faire.de_l_operateur import DELAI, _a_l_operateur, _silences
from programme.fiches.models import FicheAction, Financement, Passage
from tests import factories as f

pytestmark = pytest.mark.django_db
JOURS = st.integers(DELAI.days - 2, DELAI.days + 2)  # around the delay
FINANCEMENTS = st.lists(
    st.tuples(
        st.lists(JOURS, max_size=2),  # validations of the fiche, days ago
        st.lists(st.tuples(JOURS, st.booleans()), max_size=3),  # moves: days ago, undone
    ),
    max_size=4,
)


def il_y_a(jours):
    return timezone.localdate() - datetime.timedelta(days=jours)


def attendu(validations, mouvements):
    """The last move that counts, else the last validation, is further than the delay."""
    depuis = [jours for jours, annule in mouvements if not annule] or validations
    return bool(depuis) and min(depuis) > DELAI.days


class Silences(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(FINANCEMENTS)
    def test_they_are_those_whose_last_sign_is_further_than_the_delay(self, financements):
        agent, partenaire = f.agent_delegation(), f.PartenaireFactory()
        territoire, muettes = f.territoire_publie(), set()
        for validations, mouvements in financements:
            fiche = f.FicheActionFactory(territoire=territoire)
            models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat="validee")
            ligne = f.FinancementFactory(fiche=fiche, partenaire=partenaire, montant=10)
            for jours in validations:
                midi = datetime.datetime.combine(il_y_a(jours), datetime.time(12))
                Passage.objects.create(
                    fiche=fiche,
                    avant="transmise",
                    apres="validee",
                    action="valider",
                    le=timezone.make_aware(midi),
                    auteur=agent,
                )
            for jours, annule in mouvements:
                annulation = {"annule_le": timezone.now(), "annule_par": agent}
                f.MouvementFinancierFactory(
                    financement=ligne,
                    nature="demande",
                    le=il_y_a(jours),
                    **(annulation | {"motif_annulation": "Erreur"} if annule else {}),
                )
            models.QuerySet(Financement).filter(pk=ligne.pk).update(demande=10)
            if attendu(validations, mouvements):
                muettes.add(ligne)
        assert set(_silences(agent)) == muettes
        assert all(ligne.depuis < il_y_a(DELAI.days) for ligne in _silences(agent))
        toutes = list(_a_l_operateur(f.agent_operateur(partenaire)))
        assert len(toutes) == len(financements)
