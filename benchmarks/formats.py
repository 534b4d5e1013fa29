"""Seconds for a million records of each named format, beside DuckDB only reading the same file.

    python -m benchmarks.formats --records 20000

The samples of the contract suite, repeated; every copy has the ids of the first, so records are duplicates after the first
round: what is measured is reading, converting and checking.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import desireline
from desireline.base.console import print_table
from desireline.sources import import_files
from desireline.sources.formats import Format, all_formats
from desireline.sources.formats.file_kind import format_mapping, samples_of

SAMPLES = Path(__file__).parents[1] / "tests" / "sources" / "formats" / "samples"


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    arguments = parser.parse_args()
    rows = [measured(declared, arguments.records) for declared in all_formats().values()]
    print_table(["format", "records", "import s/million", "DuckDB reading s/million"], rows)


def measured(declared: Format, records: int) -> list[object]:
    """One format: many records as JSON lines where it reads JSON, else as the repeated text."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path, count = enlarged(declared, records, folder)
        mapping = folder / "mapping.yaml"
        mapping.write_text(format_mapping(declared))
        workspace = desireline.create(folder / "workspace")
        start = time.perf_counter()
        import_files(workspace, [path], mapping=mapping)
        middle = time.perf_counter()
        duckdb.sql(f"SELECT count(*) FROM read_text('{path}')").fetchall()
        reader = "read_json_auto" if path.suffix == ".jsonl" else "read_csv"
        options = (
            ", ignore_errors = true"
            if reader == "read_json_auto"
            else ", all_varchar = true, ignore_errors = true, null_padding = true"
        )
        duckdb.sql(f"CREATE OR REPLACE TABLE only_read AS SELECT * FROM {reader}('{path}'{options})")
        end = time.perf_counter()
    per_million = 1e6 / count
    return [declared.name, count, (middle - start) * per_million, (end - middle) * per_million]


def enlarged(declared: Format, records: int, folder: Path) -> tuple[Path, int]:
    """The sample again and again, in one file."""
    sample = next(path for path in SAMPLES.glob(f"{declared.name}.*") if not path.name.endswith(".expected.json"))
    if sample.suffix in (".json", ".jsonl"):
        found = next(each for each in samples_of(sample, workplace=folder) if each.container in declared.containers)
        lines = [json.dumps(record) for record in found.records]
        path = folder / f"{declared.name}.jsonl"
        rounds = max(1, records // len(lines))
        path.write_text("\n".join(lines * rounds) + "\n", encoding="utf-8")
        return path, rounds * len(lines)
    text = sample.read_text(encoding="utf-8-sig")
    head, _, rest = text.partition("\n") if declared.containers != ("lines",) else ("", "", text)
    lines = rest.rstrip("\n").split("\n")
    rounds = max(1, records // len(lines))
    path = folder / sample.name
    body = "\n".join(["\n".join(lines)] * rounds) + "\n"
    path.write_text((f"{head}\n" if head else "") + body, encoding="utf-8")
    return path, rounds * len(lines)


if __name__ == "__main__":
    main()
