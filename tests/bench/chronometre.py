"""Milliseconds of an action: the median of several runs, after one that does not count."""

import statistics
import time

from tests.bench.tailles import taille


def mediane(action, fois, horloge=time.perf_counter):
    action()
    durees = []
    for _ in range(taille(fois, 1)):
        depart = horloge()
        action()
        durees.append(1000 * (horloge() - depart))
    return statistics.median(durees)
