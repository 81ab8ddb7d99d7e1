"""How long several ways take, by turns, so that whatever else the machine does hits all alike."""

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from django.db import connection


class Pair(NamedTuple):
    """Seconds."""

    ours: float
    baseline: float

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline


def work_clock() -> Callable[[], float]:
    """The processor's time, which what the machine does for others leaves alone.

    Of another database than SQLite the time is not in this process: there the clock on the wall.
    """
    return time.process_time if connection.vendor == "sqlite" else time.perf_counter


def alternate(
    *calls: Callable[[], object],
    rounds: int,
    patience: float = float("inf"),
    clock: Callable[[], float] = time.perf_counter,
) -> list[float]:
    """The median seconds of each call by ``clock``, after a first one that does not count.

    Past ``patience`` seconds no round begins, once there are three.
    """
    for call in calls:
        call()
    times: list[list[float]] = []
    end = time.perf_counter() + patience
    while len(times) < rounds and (len(times) < 3 or time.perf_counter() < end):
        times.append([seconds(call, clock) for call in calls])
    return [median(column) for column in zip(*times, strict=True)]


def seconds(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    call()
    return clock() - start
