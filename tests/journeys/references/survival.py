"""What lifelines 0.30 says of a fixed data set; prints tests/journeys/references/survival.json.

python -m venv lifelines && lifelines/bin/pip install lifelines==0.30.3
lifelines/bin/python tests/journeys/references/survival.py > tests/journeys/references/survival.json
"""

from __future__ import annotations

import json
import random

from lifelines import KaplanMeierFitter  # type: ignore[import-not-found]
from lifelines.statistics import logrank_test  # type: ignore[import-not-found]
from lifelines.utils import median_survival_times  # type: ignore[import-not-found]


def customers(*, seed: int, count: int, rate: float) -> list[tuple[int, bool]]:
    """Whole days until the event or the end of the record, with many ties."""
    chance = random.Random(seed)
    drawn = [(int(chance.expovariate(rate)), chance.randint(1, 60)) for _ in range(count)]
    return [(min(until, watched), until <= watched) for until, watched in drawn]


def described(group: list[tuple[int, bool]]) -> dict[str, object]:
    days, come = [list(column) for column in zip(*group, strict=True)]
    fitter = KaplanMeierFitter().fit(days, come)
    interval = fitter.confidence_interval_
    low, high = median_survival_times(interval).iloc[0].tolist()
    return {
        "days": days,
        "come": come,
        "times": fitter.event_table.index.astype(int).tolist(),
        "at_risk": fitter.event_table["at_risk"].astype(int).tolist(),
        "survival": fitter.survival_function_.iloc[:, 0].tolist(),
        "low": interval.iloc[:, 0].tolist(),
        "high": interval.iloc[:, 1].tolist(),
        "median": fitter.median_survival_time_,
        "median_low": low,
        "median_high": high,
    }


if __name__ == "__main__":
    groups = [customers(seed=1, count=150, rate=1 / 20), customers(seed=2, count=120, rate=1 / 30)]
    test = logrank_test(
        *([day for day, _ in group] for group in groups), *([come for _, come in group] for group in groups)
    )
    told = {"groups": [described(group) for group in groups], "chi_squared": test.test_statistic, "p": test.p_value}
    print(json.dumps(told))
