"""Milliseconds of an action: the median of several runs, after one that does not count."""

import statistics
import time

from tests.bench.tailles import taille


def mediane(action, fois):
    action()
    durees = []
    for _ in range(taille(fois, 1)):
        depart = time.perf_counter()
        action()
        durees.append(1000 * (time.perf_counter() - depart))
    return statistics.median(durees)
