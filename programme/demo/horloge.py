"""Time for the demonstration's story: what happens in it is dated when it happens."""

import datetime
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


def jour(jours):
    """The date so many days ago; a negative number is in the future."""
    # The true clock, whatever `il_y_a` says.
    return datetime.datetime.now(timezone.get_default_timezone()).date() - datetime.timedelta(jours)


@contextmanager
def il_y_a(jours):
    """Live this block so many days ago, at ten in the morning.

    Everything that asks Django for the time gets this one: the passages, the history and the
    messages of a fiche then tell the same story.
    """
    instant = datetime.datetime.combine(
        jour(jours), datetime.time(10), tzinfo=timezone.get_default_timezone()
    )
    with mock.patch("django.utils.timezone.now", return_value=instant):
        yield instant
