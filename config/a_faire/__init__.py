"""« À faire »: every obligation of a person, with since when and the button that leads to the act.

Nothing else is there: what nobody must act upon is said in `PERSONNE`, with why. A state that is
in neither place fails `tests/config/admin/test_qui_agit.py`.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connections, router
from django.urls import reverse
from django.utils import timezone

from config.a_faire import (
    de_l_etat,
    de_l_operateur,
    de_la_delegation,
    de_la_region,
    des_mandats,
    des_partages,
    des_refus,
    du_territoire,
)
from config.a_faire.attente import Attente, Compte, Ligne
from territoires.agents.models import Agent

ATTENTES = [
    *du_territoire.ATTENTES,
    *des_refus.ATTENTES,
    *de_la_region.ATTENTES,
    *des_partages.ATTENTES,
    *de_l_etat.ATTENTES,
    *de_l_operateur.ATTENTES,
    *des_mandats.ATTENTES,
    *de_la_delegation.ATTENTES,
]
PAR_GROUPE = 8  # lines of one kind on the home; its own page has them all


@dataclass(frozen=True)
class Groupe:
    """What waits of one kind: how many in all, and the first of them."""

    attente: Attente
    nombre: int
    lignes: list[Ligne]

    @property
    def titre(self):
        return self.attente.titre

    @property
    def adresse(self):
        return reverse("admin:a-faire", args=[self.attente.cle])

    @property
    def autres(self):
        return self.nombre - len(self.lignes)


def attentes(user):
    """The kinds of obligations of this person; none without a perimeter."""
    niveau = user.niveau if getattr(user, "a_un_perimetre", False) else None
    return [attente for attente in ATTENTES if niveau in attente.pour]


def comptes(user):
    """{key: how many wait}, in one query for all of them."""
    siennes = attentes(user)
    if not siennes:
        return {}
    cette_minute = timezone.now().replace(second=0, microsecond=0)
    base = router.db_for_read(Agent)
    with connections[base].cursor() as curseur:
        curseur.execute(*_question(user, cette_minute, base))
        nombres = curseur.fetchone()
    return dict(zip([un.cle for un in siennes], nombres, strict=True))


@lru_cache(maxsize=256)
def _question(user, minute, base):
    """(SQL, parameters) of these numbers: writing them takes ten times as long as counting them.

    They are counted each time; the perimeter and the hour in the question are of this minute.
    """
    colonnes = [Compte(un.lignes(user)) for un in attentes(user)]
    lignes = Agent.objects.filter(pk=user.pk).order_by().values_list(*colonnes)
    return lignes.query.get_compiler(base).as_sql()


oublier = _question.cache_clear


def a_faire(user):
    """[Groupe] of what waits for this person, those of which nothing waits left out."""
    nombres = comptes(user)
    return [
        Groupe(un, nombres[un.cle], un.dire(list(un.lignes(user)[:PAR_GROUPE]), user))
        for un in attentes(user)
        if nombres[un.cle]
    ]
