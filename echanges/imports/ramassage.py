"""Rubbish is looked for among what an import makes, not in all that its process holds.

A thousand rows are many small objects that live a moment: enough of them and Python walks through
everything there is, a third of the time of a large write.
"""

import gc
from contextlib import contextmanager


@contextmanager
def parmi_le_neuf():
    if gc.get_freeze_count():  # by another import, or by who started this process: it is theirs
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
