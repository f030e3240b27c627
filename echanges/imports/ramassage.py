"""Rubbish is looked for among what an import makes, not in all that its process holds.

A thousand rows are many small objects that live a moment: enough of them and Python walks through
everything there is, a third of the time of a large write.
"""

import gc
from contextlib import contextmanager
from functools import cache
from threading import Lock

_verrou, _en_cours = Lock(), []


@cache
def _deja_a_part():
    """Whether who started this process set its objects aside. Python counts them one by one."""
    return gc.get_freeze_count() > 0


@contextmanager
def parmi_le_neuf():
    with _verrou:
        a_part = _deja_a_part()
        if not a_part:
            _en_cours.append(1)
            gc.freeze()
    try:
        yield
    finally:
        if not a_part:
            with _verrou:
                _en_cours.pop()
                if not _en_cours:  # else another import still goes on
                    gc.unfreeze()
