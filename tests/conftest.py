from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from .journeys.engines.cluster import JAVA_OPTIONS, Cluster, missing, running_cluster

LONGEST = (
    "tests/journeys/engines/test_spark.py",
    "tests/evidence/test_spark.py",
    "tests/sources/test_all_or_nothing.py",
    "tests/docs/test_docs.py",
)
"""Files with tests of half a minute. Those in a browser stay last: Playwright's event loop runs until a worker ends."""
YOUNG_OBJECTS = 20_000
"""So many new objects are looked through for garbage at once; with the usual 700, looking took up to 45 % of a file."""


def pytest_configure() -> None:
    """Nothing that is imported or collected is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of what is looked through after that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    gc.enable()


def pytest_sessionfinish() -> None:
    """The last look is at everything, and finds a file that nobody closed."""
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Spark cluster on this machine for all tests that ask one."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    with running_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture
def master(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the cluster's master."""
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", JAVA_OPTIONS)
    return cluster.address
