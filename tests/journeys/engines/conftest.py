from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ...sources.origins.conftest import s3, s3_server
from .cluster import missing, running_cluster

__all__ = ["s3", "s3_server"]


@pytest.fixture
def master(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    # Little runs in each of the Java processes: let them not compile it for speed.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    with running_cluster(tmp_path) as address:
        yield address
