"""How many requests one may make in a minute of the clock, counted by all processes together."""

import logging
import time
from threading import Lock

from django.core.cache import cache
from django.db import OperationalError

MINUTE = 60  # seconds
LOTS = 10  # parts of what is left that a process takes at once
journal = logging.getLogger("api")


def heure():
    return time.time()


class Compteur:
    """Never more than the limit in all. Where counting is a write in the database, a process takes
    a tenth of what is left at once and counts that down by itself: near the limit, one by one."""

    def __init__(self):
        self.minute, self.pris, self.verrou = None, {}, Lock()

    def attente(self, qui, limite):
        """Seconds to wait before the next request of this one; 0 for one that is answered."""
        maintenant = heure()
        minute = int(maintenant // MINUTE)
        with self.verrou:
            if minute != self.minute:
                self.minute, self.pris = minute, {}
            reste = self.pris.get(qui, 0) or self._prendre(f"{qui}-{minute}", limite)
            self.pris[qui] = max(0, reste - 1)
        return 0 if reste > 0 else MINUTE - maintenant % MINUTE

    def _prendre(self, cle, limite):
        """How many more may be answered here before all are asked again."""
        try:
            cache.add(cle, 0, 2 * MINUTE)
            libres = limite - (cache.get(cle) or 0)
            if libres <= 0:
                return 0
            lot = max(1, libres // LOTS) if getattr(cache, "compte_par_lots", False) else 1
            apres = cache.incr(cle, lot)
        except OperationalError:
            # Better to answer than to refuse all: what stands behind has its own sentence for it.
            journal.warning("Compte des demandes injoignable : celle-ci n’est pas comptée.")
            return 1
        except ValueError:  # left the cache in between
            return 1
        return min(lot, limite - (apres - lot))


compteur = Compteur()
