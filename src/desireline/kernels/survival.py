"""How long it takes until something happens to customers, of whom many have not been watched for long enough."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

_TWO_SIDED_95 = NormalDist().inv_cdf(0.975)


@kernel
def time_to_event(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    is_start: NDArray[np.bool_],
    is_event: NDArray[np.bool_],
    churn: int,
    record_end: int,
    begun_from: int,
    begun_before: int,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """From each customer's first start to the event, or to the end of the record.

    Parameters
    ----------
    times
        int64[n] in microseconds: in order within a customer.
    starts, ends, owners
        int64[s] each: spans and their customers; those of a customer are one life here.
    is_start, is_event
        bool[n]: which interactions begin, and which are the event; with a churn, which break a silence.
    churn
        Microseconds: the event is the moment when the first silence lasts so long and goes on. Negative: no such event.
    record_end
        Microseconds, not before any start or event.
    begun_from, begun_before
        Microseconds: whose start is earlier, or not before the end, is left out.

    Returns
    -------
    tuple
        int64[c], microseconds for each customer with a start; bool[c], whether the event has come. O(n).
    """
    durations = np.empty(len(starts), np.int64)
    has_come = np.empty(len(starts), np.bool_)
    made, span = 0, 0
    while span < len(starts):
        owner, begun, event = owners[span], False, False
        since, before, until = times[starts[span]], times[starts[span]], times[starts[span]]
        while span < len(starts) and owners[span] == owner:
            for place in range(starts[span], ends[span]):
                if event:
                    break
                time = times[place]
                if not begun:
                    if is_start[place]:
                        begun, since, before = True, time, time
                    continue
                if not is_event[place]:
                    continue
                if churn < 0:
                    event, until = True, time
                elif time - before > churn:
                    event, until = True, before + churn
                before = time
            span += 1
        if not begun or not begun_from <= since < begun_before:
            continue
        if not event:
            event = bool(churn >= 0 and record_end - before > churn)
            until = before + churn if event else np.int64(record_end)
        durations[made] = until - since
        has_come[made] = event
        made += 1
    return durations[:made].copy(), has_come[:made].copy()


class SurvivalCurve(NamedTuple):
    """float64[k] each: the share to whom the event has not come by each time, its standard error and its 95% interval."""

    survival: NDArray[np.float64]
    error: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def kaplan_meier(at_risk: NDArray[np.int64], events: NDArray[np.int64]) -> SurvivalCurve:
    """The product-limit estimate (Kaplan and Meier 1958).

    Parameters
    ----------
    at_risk, events
        int64[k] by time, ascending: customers still watched just before it, above 0, and to how many the event comes at it.

    The error is Greenwood's (1926), the interval his on the scale log(-log), which keeps it between 0 and 1 (Kalbfleisch and Prentice
    1980). There is no interval before the first event, and none where nobody is left. O(k).
    """
    survival = np.cumprod(1 - events / at_risk, dtype=np.float64)
    left = at_risk - events
    terms = np.divide(events, at_risk * left.astype(np.float64), out=np.full(len(events), np.nan), where=left > 0)
    spread = np.sqrt(np.cumsum(terms))
    inside = (survival > 0) & (survival < 1)
    logs = np.log(survival, out=np.full(len(events), np.nan), where=inside)
    half = _TWO_SIDED_95 * spread / logs
    return SurvivalCurve(survival, survival * spread, survival ** np.exp(-half), survival ** np.exp(half))


class LogRank(NamedTuple):
    """Events expected of the first group if both were alike, and the test: chi squared with one degree of freedom."""

    expected: float
    chi_squared: float
    p: float


def log_rank(
    at_risk: NDArray[np.int64], events: NDArray[np.int64], all_at_risk: NDArray[np.int64], all_events: NDArray[np.int64]
) -> LogRank:
    """Whether two groups differ in when the event comes (Mantel 1966).

    Parameters
    ----------
    at_risk, events
        int64[k] by time: of the first group.
    all_at_risk, all_events
        int64[k]: of both together, at the same times.

    NaN where nothing can be compared. O(k).
    """
    some = all_at_risk > 0
    group, happened, together, all_happened = (
        each[some].astype(np.float64) for each in (at_risk, events, all_at_risk, all_events)
    )
    expected = float((all_happened * group / together).sum())
    shared = all_happened * (group / together) * (1 - group / together) * (together - all_happened)
    variance = float((shared / np.maximum(together - 1, 1)).sum())
    if variance <= 0:
        return LogRank(expected, math.nan, math.nan)
    chi_squared = (float(happened.sum()) - expected) ** 2 / variance
    return LogRank(expected, chi_squared, math.erfc(math.sqrt(chi_squared / 2)))
