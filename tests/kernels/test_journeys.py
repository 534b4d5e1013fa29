from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.journeys import ENDED, REACHED, TIMED_OUT, UNFINISHED, cut_journeys

Step = tuple[int, bool, bool, bool]
STEPS = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=8)


def reference(steps: list[Step], time_out: int, record_end: int) -> list[tuple[int, int, int]]:
    """First and last place of each journey, and how it ended; ``steps``: time, begins, reaches, gives up."""
    found, open_at = [], None
    for place, (time, begins, reaches, gives_up) in enumerate(steps):
        if open_at is not None and time - steps[place - 1][0] > time_out:
            found.append((open_at, place - 1, TIMED_OUT))
            open_at = None
        if open_at is None:
            open_at = place if begins else None
        elif reaches or gives_up:
            found.append((open_at, place, REACHED if reaches else ENDED))
            open_at = None
    if open_at is not None:
        quiet = record_end - steps[-1][0] > time_out
        found.append((open_at, len(steps) - 1, TIMED_OUT if quiet else UNFINISHED))
    return found


@given(st.lists(STEPS, max_size=5), st.integers(0, 3), st.integers(0, 4))
def test_journeys_run_from_a_beginning_to_a_goal_an_end_or_a_pause(
    people: list[list[Step]], time_out: int, later: int
) -> None:
    walked: list[list[Step]] = []
    for person in people:
        times = np.cumsum([pause for pause, *_ in person]).tolist()
        walked.append([(time, *flags) for time, (_, *flags) in zip(times, person, strict=True)])
    record_end = max((person[-1][0] for person in walked), default=0) + later
    ends = np.cumsum([len(person) for person in walked], dtype=np.int64)
    starts = ends - np.array([len(person) for person in walked], np.int64)
    every = [step for person in walked for step in person]
    marks = tuple(np.array([step[flag] for step in every], np.bool_) for flag in (1, 2, 3))
    times_of_all = np.array([step[0] for step in every], np.int64)
    owners = np.arange(len(walked)) * 2
    found = cut_journeys(times_of_all, starts, ends, owners, marks, time_out, record_end)
    wanted = [
        (start + first, start + last + 1, owner, outcome)
        for start, owner, person in zip(starts.tolist(), owners.tolist(), walked, strict=True)
        for first, last, outcome in reference(person, time_out, record_end)
    ]
    assert list(zip(*(column.tolist() for column in found), strict=True)) == wanted
