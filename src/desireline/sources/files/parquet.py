"""Apache Parquet: read in place, with its own types."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError, phrase
from desireline.sources.files.loading import ROW, RawTable, as_pattern, unpacked_path
from desireline.sources.mapping import ReadOptions

if TYPE_CHECKING:
    import duckdb


class ParquetFile:
    """Parquet. Fields of nested columns are reached with dots: ``page.path``."""

    name = "parquet"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Begins with PAR1."""
        return head.startswith(b"PAR1")

    def load(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        options: ReadOptions,
        columns: Iterable[str],
        workplace: Path,
    ) -> RawTable:
        """Make ``raw`` as a view: nothing is copied."""
        import duckdb

        from desireline.store import identifier, literal
        from desireline.store.duck import plain_message

        readable = literal(as_pattern(unpacked_path(path, workplace)))
        try:
            plain = f"read_parquet({readable}, hive_partitioning = false)"
            own = [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {plain}").fetchall()]
            if "file_row_number" in {name.casefold() for name in own}:
                raise InputError(
                    phrase("{path} has a column file_row_number", path=path),
                    hint=phrase("give it another name in the file"),
                )
            source = f"read_parquet({readable}, file_row_number = true, hive_partitioning = false)"
            inner = {
                column: f"{_dotted(column)} AS {identifier(column)}" for column in columns if _is_inside(column, own)
            }
            further = "".join(f", {sql}" for sql in inner.values())
            connection.execute(
                f"CREATE VIEW raw AS SELECT file_row_number + 1 AS {ROW}, * EXCLUDE (file_row_number){further} FROM {source}"
            )
            kinds = {name: str(kind) for name, kind, *_ in connection.execute("DESCRIBE raw").fetchall() if name != ROW}
            ((count,),) = connection.execute("SELECT count(*) FROM raw").fetchall()
        except duckdb.Error as error:
            raise InputError(
                phrase(
                    "{path} cannot be read as Parquet: {plain_message}", path=path, plain_message=plain_message(error)
                ),
                hint=phrase("the file may be cut off or damaged"),
            ) from error
        pairs = ", ".join(f"{literal(name)}, {identifier(name)}" for name in own)
        return RawTable(kinds, int(count), (), f"json_object({pairs})")


def _is_inside(column: str, own: list[str]) -> bool:
    return column not in own and column.split(".")[0] in own


def _dotted(column: str) -> str:
    from desireline.store import identifier

    return ".".join(identifier(part) for part in column.split("."))
