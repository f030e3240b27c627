"""What an obligation is: which rows wait, in which states, for whom, since when, and the act."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils import timezone

from territoires.agents.models import Agent

TERRITOIRE, REGION, ETAT, OPERATEUR, DELEGATION = (
    Agent.Niveau.INTERCOMMUNALITE,
    Agent.Niveau.REGION,
    Agent.Niveau.ETAT,
    Agent.Niveau.OPERATEUR,
    Agent.Niveau.DELEGATION,
)


@dataclass(frozen=True)
class Ligne:
    """One thing to do; `geste` is the button that leads to the act, `page` where it is read."""

    texte: str
    adresse: str
    geste: str
    detail: str = ""
    depuis: datetime.date | None = None
    page: str = ""

    @property
    def jours(self):
        """Days since it waits; None when nobody knows since when."""
        return self.depuis and max((timezone.localdate() - self.depuis).days, 0)


@dataclass(frozen=True)
class Attente:
    """Rows of one kind that wait for somebody.

    `lignes(user)` gives a queryset, the oldest first; `dire(rows, user)` one Ligne a row, in a
    number of queries that does not grow with them. `etats` are the states of `modele` in which
    one of its rows can be among them.
    """

    cle: str
    titre: str
    pour: tuple
    modele: type
    etats: tuple
    lignes: Callable
    dire: Callable


class Compte(Subquery):
    """How many rows a queryset has, as one column of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) compte)"
    output_field = IntegerField()

    def __init__(self, lignes):
        super().__init__(lignes.order_by().values("pk"))


def jour(instant):
    """The day in Paris of a date or of a moment; None stays None."""
    return timezone.localdate(instant) if isinstance(instant, datetime.datetime) else instant


def premiere_trace(modele):
    """When a row was first written, as its history tells: for what keeps no date of its own."""
    cle = modele._meta.pk.attname
    traces = modele.history.model.objects.filter(**{cle: OuterRef("pk")})
    return Subquery(traces.order_by("history_date").values("history_date")[:1])
