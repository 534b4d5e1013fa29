"""What reading a file may take: how much it unpacks to, where its temporary files lie, and that it can be stopped."""

from __future__ import annotations

import gzip
import threading
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import duckdb
import pytest

import desireline
from desireline.base import InputError, SettingsError
from desireline.sources import import_files
from desireline.sources.files import limits
from desireline.sources.files.limits import LARGEST_UNPACKED, Limits, temporary_folder, within
from desireline.sources.model import Counts
from desireline.sources.upload_settings import UploadSettings
from desireline.store import Workspace, connect_duckdb
from desireline.store.stopping import Stopping, unstoppable

from .desk import MAPPING, bring, put, stored, table

ROWS = [f"Seen,2026-03-{1 + number % 28:02}T10:00:00Z,u{number}" for number in range(60_000)]


def with_limit(workspace: Workspace, size: str) -> Workspace:
    settings = workspace.folder / "desireline.toml"
    settings.write_text(f'{settings.read_text()}\n[sources]\nlargest_unpacked = "{size}"\n')
    return desireline.open(workspace.folder)


def workbook() -> bytes:
    """The parts of a workbook that unpack to 2 MB."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    return target.getvalue()


PACKED: dict[str, Callable[[], tuple[str, bytes, str]]] = {
    "rows": lambda: ("rows.csv.gz", gzip.compress(table(*ROWS).encode()), MAPPING),
    "rows in a named encoding": lambda: (
        "rows.csv.gz",
        gzip.compress(table(*ROWS).encode()),
        MAPPING + "read: {encoding: utf-8}\n",
    ),
    "workbook": lambda: ("book.xlsx", workbook(), MAPPING),
    "log of processes": lambda: ("log.xes.gz", gzip.compress(b"<log>" + b" " * 2_000_000 + b"</log>"), MAPPING),
}


@pytest.mark.parametrize("made", PACKED.values(), ids=PACKED)
def test_a_file_that_unpacks_to_more_than_may_be_is_refused(
    workspace: Workspace, made: Callable[[], tuple[str, bytes, str]]
) -> None:
    name, content, mapping = made()
    assert len(content) < 1_000_000
    with pytest.raises(InputError, match="unpacks to"):
        bring(with_limit(workspace, "1 MB"), content, mapping=mapping, name=name)
    assert stored(workspace, "touchpoint") == []
    assert not list(workspace.staging_folder.iterdir())


def test_a_packed_file_within_the_limit_is_read(workspace: Workspace) -> None:
    content = gzip.compress(table(*ROWS[:100]).encode())
    assert bring(with_limit(workspace, "1 MB"), content, name="rows.csv.gz") == Counts(100, 100, 0, 0)


def test_a_plain_file_may_be_larger(workspace: Workspace) -> None:
    assert bring(with_limit(workspace, "1 MB"), table(*ROWS)).stored == len(ROWS)


@pytest.mark.parametrize("said", ["0 GB", "much", 7, "-1 GB"])
def test_a_limit_that_is_no_size_is_refused(said: object) -> None:
    with pytest.raises(SettingsError, match="largest_unpacked"):
        UploadSettings.read({"largest_unpacked": said})


def test_without_a_limit_of_its_own_a_workspace_has_a_large_one() -> None:
    assert UploadSettings.read({}).largest_unpacked == LARGEST_UNPACKED == 200 * 10**9


def test_temporary_files_lie_where_it_is_said(tmp_path: Path) -> None:
    with within(Limits(tmp_path / "work")), temporary_folder() as folder:
        assert folder.parent == tmp_path / "work"
    assert not folder.exists()
    with temporary_folder() as elsewhere:
        assert elsewhere.parent != tmp_path / "work"


def test_an_import_keeps_its_temporary_files_in_the_workspace(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str | None] = []
    real = limits.TemporaryDirectory

    def noting(*, dir: str | None, ignore_cleanup_errors: bool) -> object:
        used.append(None if dir is None else str(dir))
        return real(dir=dir, ignore_cleanup_errors=ignore_cleanup_errors)

    monkeypatch.setattr(limits, "TemporaryDirectory", noting)
    import_files(workspace, [put(tmp_path, "visits.csv", table(*ROWS[:50]))])
    assert used
    assert all(each is not None and each.startswith(str(workspace.staging_folder)) for each in used)


ENDLESS = "SELECT max(a.range * b.range) FROM range(10000000) a, range(10000000) b"


def test_a_query_is_stopped_from_another_thread() -> None:
    stopping, is_over = Stopping(), threading.Event()

    def stop() -> None:
        while not is_over.wait(0.01):
            stopping.stop()

    thread = threading.Thread(target=stop)
    with stopping.reaching(), connect_duckdb() as connection:
        thread.start()
        with pytest.raises(duckdb.InterruptException):
            connection.execute(ENDLESS)
        is_over.set()
        thread.join()
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


@pytest.mark.parametrize("inside", [True, False], ids=["said to run to its end", "opened outside"])
def test_a_query_that_is_not_reached_runs_on(inside: bool) -> None:
    stopping, is_over = Stopping(), threading.Event()

    def stop() -> None:
        while not is_over.wait(0.001):
            stopping.stop()

    if inside:
        with stopping.reaching(), unstoppable():
            connection = connect_duckdb()
    else:
        with stopping.reaching():
            pass
        connection = connect_duckdb()
    thread = threading.Thread(target=stop)
    with connection:
        thread.start()
        found = connection.execute("SELECT count(*) FROM range(20000000) WHERE hash(range) % 7 = 0").fetchall()
        is_over.set()
        thread.join()
    assert found[0][0] > 0
