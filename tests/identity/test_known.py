"""Looking again only at what an import or a cut touches gives what looking at everything gives."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import desireline
from desireline.base import InputError
from desireline.identity import KnownCustomers, cut, know_customers, know_more, uncut
from desireline.identity.known import load_known, save_known
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace


def seen_together(workspace: Workspace, choose: random.Random) -> None:
    """Some people with two or three of their identifiers; e-mails and devices are shared."""
    found = []
    for _ in range(choose.randint(1, 8)):
        person = choose.randrange(16)
        own = {"user": f"user {person}", "email": f"p{person // 2}@example.org", "device": f"device {person // 3}"}
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=choose.randrange(500))
        fields = {"source": "test", "channel": "web", "touchpoint": "Visit", "occurred_at": at}
        found.append(NewInteraction(fields, dict(choose.sample(sorted(own.items()), choose.randint(2, 3)))))
    record_interactions(workspace, found)


def table(known: KnownCustomers) -> dict[int, int]:
    return dict(zip(known.evidence.identifiers.tolist(), known.customers.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_knowing_more_is_knowing_all_again(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    workspace = desireline.create(tmp_path / "workspace")
    seen_together(workspace, choose)
    known = know_customers(workspace)
    for _ in range(10):
        person = choose.randrange(16)
        pair = (f"user:user {person}", f"email:p{person // 2}@example.org")
        try:
            choose.choice(
                [partial(seen_together, workspace, choose), *(partial(act, workspace, *pair) for act in (cut, uncut))]
            )()
        except InputError:
            continue
        before = known
        known, moved = know_more(workspace, before)
        again = know_customers(workspace)
        assert table(known) == table(again)
        assert known.evidence.first_at.sum() == again.evidence.first_at.sum()
        assert (known.batch, known.cuts) == (again.batch, again.cuts)
        everybody = np.union1d(before.evidence.identifiers, known.evidence.identifiers)
        changed = everybody[before.customers_of(everybody) != known.customers_of(everybody)]
        assert moved.tolist() == changed.tolist()


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    seen_together(workspace, random.Random(1))
    known = know_customers(workspace)
    save_known(known, tmp_path)
    read = load_known(tmp_path)
    assert table(read) == table(known)
    assert (read.batch, read.cuts, read.evidence.types) == (known.batch, known.cuts, known.evidence.types)
    assert read.evidence.pairs.tolist() == known.evidence.pairs.tolist()
    assert read.groups.tolist() == known.groups.tolist()
