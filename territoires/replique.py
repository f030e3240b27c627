"""Which database a page is read from: the replica, when one is there, in time, and the page is of
those that anybody reads; else the primary, where everything is written."""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as PRINCIPALE
from django.db import DatabaseError, InterfaceError, OperationalError, connections

REPLIQUE = "replique"
PAS = 1  # seconds between two looks at how late it is
SOUFFLE = 5  # seconds before one that failed is asked again
# Read where they are written, whoever asks.
JAMAIS = {"sessions", "django_cache", "django_tasks_database"}
PANNES = (OperationalError, InterfaceError)
journal = logging.getLogger("replique")


@dataclass
class Lecture:
    """One request, and where it reads."""

    base: str = PRINCIPALE


_lecture = ContextVar("lecture", default=None)


@contextmanager
def lecture():
    """Around one request: it reads the primary until told otherwise."""
    une = Lecture()
    jeton = _lecture.set(une)
    try:
        yield une
    finally:
        _lecture.reset(jeton)


def base_lue():
    """The name of the database that this request reads."""
    une = _lecture.get()
    return une.base if une else PRINCIPALE


def revenir():
    """The rest of this request reads the primary."""
    if une := _lecture.get():
        une.base = PRINCIPALE


class Routeur:
    """Django's router: what writes, or reads what it may just have written, is on the primary."""

    def db_for_read(self, model, **hints):
        if model._meta.app_label in JAMAIS or connections[PRINCIPALE].in_atomic_block:
            return PRINCIPALE
        return base_lue()

    def db_for_write(self, model, **hints):
        if model._meta.app_label not in JAMAIS:
            revenir()
        return PRINCIPALE

    def allow_relation(self, obj1, obj2, **hints):
        return True  # the same rows

    def allow_migrate(self, db, app_label, **hints):
        return False if db == REPLIQUE else None


class Suivi:
    """How late the replica is, as this process saw it last."""

    def __init__(self):
        self.verrou, self.a_revoir = Lock(), 0
        self.retard = self.raison = None

    def est_a_jour(self):
        """Whether it may be read; looked at once a second, by one thread."""
        if time.monotonic() >= self.a_revoir and self.verrou.acquire(blocking=False):
            try:
                self._regarder()
            finally:
                self.verrou.release()
        return self.retard is not None and self.retard <= settings.REPLIQUE_RETARD

    def _regarder(self):
        try:
            self.retard, self.raison = mesurer(), ""
            self.a_revoir = time.monotonic() + PAS
        except DatabaseError as erreur:
            self.abandonner(erreur)

    def repond(self, erreur):
        """Whether it answers still, after this failure; given up for a while when it does not."""
        try:
            mesurer()
        except DatabaseError:
            self.abandonner(erreur)
            return False
        return True

    def abandonner(self, erreur):
        """It failed: everything reads the primary for a while."""
        journal.warning("La réplique fait défaut (%s) : on lit la base principale.", erreur)
        self.retard, self.raison = None, type(erreur).__name__
        self.a_revoir = time.monotonic() + SOUFFLE
        connections[REPLIQUE].close()


suivi = Suivi()


def mesurer():
    """Seconds that the replica is late at most; DatabaseError when it is none, or away.

    It has read all that the primary had written when asked: 0. Else it misses nothing older than
    the last commit that it knows. With the primary away, it is the best that there is: 0.
    """
    ecrit = _ecrit_sur_la_principale()
    with connections[REPLIQUE].cursor() as curseur:
        curseur.execute(
            "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= CAST(%s AS pg_lsn),"
            " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())",
            [ecrit],
        )
        suit, a_tout_lu, depuis = curseur.fetchone()
    if not suit:
        raise OperationalError("ce n’est plus une réplique")
    if ecrit is None or a_tout_lu:
        return 0.0
    return max(0.0, float(depuis)) if depuis is not None else float("inf")


def _ecrit_sur_la_principale():
    """Where its log of writes is; None when it is away."""
    try:
        with connections[PRINCIPALE].cursor() as curseur:
            curseur.execute("SELECT CAST(pg_current_wal_lsn() AS text)")
            return curseur.fetchone()[0]
    except PANNES:
        connections[PRINCIPALE].close()
        return None
