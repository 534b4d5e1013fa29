"""Seconds for a million records of each named format, beside DuckDB only reading the same file.

    python -m benchmarks.formats --records 20000

The samples of the contract suite, copied until there are enough records; every copy has ids, e-mail addresses and phone
numbers of its own, so that every record is new: reading, converting, checking, identifiers, duplicates and storing are all
measured. DuckDB alone reads the file into a table of its columns, and nothing else. Results are kept in
``benchmarks/results/formats.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

import desireline
from benchmarks.machine import describe_machine, load_average
from benchmarks.results import FOLDER, write_json
from desireline.base.console import print_table
from desireline.sources import import_files
from desireline.sources.formats import Format, all_formats
from desireline.sources.formats.file_kind import format_mapping, samples_of
from desireline.sources.formats.model import FoundInteraction, Record, UnusableRecord

SAMPLES = Path(__file__).parents[1] / "tests" / "sources" / "formats" / "samples"
RESULTS = FOLDER / "formats.json"
COLUMNS = ["format", "records", "interactions", "import s/million", "DuckDB reading s/million"]
_HEADER_LINES = {"qualtrics": 3, "surveymonkey": 2, "snowplow_enriched": 0, "weblog_combined": 0, "webvtt": 0}
"""Lines of a text file that stand only once; one where nothing else is said."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{8}T")
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class MeasuredFormat:
    """One format.

    Attributes
    ----------
    records
        In the file: JSON objects, or lines of a text.
    interactions
        How many were stored.
    """

    name: str
    records: int
    interactions: int
    import_seconds: float
    reading_seconds: float

    def row(self) -> list[Any]:
        """As a row of the table: seconds for a million records."""
        per_million = 1e6 / self.records
        seconds = (round(each * per_million, 1) for each in (self.import_seconds, self.reading_seconds))
        return [self.name, self.records, self.interactions, *seconds]


def main() -> None:
    """Measure, keep, and print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--formats", help="only these, separated by commas")
    arguments = parser.parse_args()
    names = arguments.formats.split(",") if arguments.formats else list(all_formats())
    for name in names:
        busy = load_average()
        found = measured(all_formats()[name], arguments.records)
        keep(found, machine=describe_machine(), load_average=busy)
        print(*found.row(), flush=True)
    print_table(COLUMNS, [each.row() for each in kept(RESULTS)])


def measured(declared: Format, records: int) -> MeasuredFormat:
    """Import an enlarged sample, then let DuckDB read it.

    Raises
    ------
    ValueError
        Most of what is in the copies was taken for duplicates: their ids are not rewritten.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        path, count, rounds = enlarged(declared, records, folder)
        mapping = folder / "mapping.yaml"
        mapping.write_text(format_mapping(declared))
        workspace = desireline.create(folder / "workspace")
        start = time.perf_counter()
        counts = import_files(workspace, [path], mapping=mapping).counts
        middle = time.perf_counter()
        _only_read(path)
        end = time.perf_counter()
    if counts.duplicates > 0.1 * counts.read:
        raise ValueError(f"{declared.name}: {counts.duplicates} of {counts.read} are duplicates in {rounds} copies")
    return MeasuredFormat(declared.name, count, counts.stored, middle - start, end - middle)


def _only_read(path: Path) -> None:
    reader, options = "read_csv", ", all_varchar = true, ignore_errors = true, null_padding = true"
    if path.suffix == ".jsonl":
        reader, options = "read_json_auto", ", ignore_errors = true"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE only_read AS SELECT * FROM {reader}('{path}'{options})")


def keep(found: MeasuredFormat, **conditions: Any) -> None:
    """Put a result in the place of the one of the same format."""
    entries = json.loads(RESULTS.read_text(encoding="utf-8"))["formats"] if RESULTS.exists() else []
    others = [entry for entry in entries if entry["name"] != found.name]
    entries = sorted([*others, {**asdict(found), **conditions}], key=lambda entry: str(entry["name"]))
    write_json({"formats": entries}, RESULTS)


def kept(path: Path) -> list[MeasuredFormat]:
    """What was measured, by name of the format."""
    entries = json.loads(path.read_text(encoding="utf-8"))["formats"]
    return [MeasuredFormat(**{name: entry[name] for name in MeasuredFormat.__slots__}) for entry in entries]


def markdown_table(found: Iterable[MeasuredFormat]) -> list[str]:
    """The lines of the table as the documentation has it."""
    rows = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in each.row()] for each in found]
    return ["| " + " | ".join(row) + " |" for row in [COLUMNS, ["---"] * len(COLUMNS), *rows]]


def enlarged(declared: Format, records: int, folder: Path) -> tuple[Path, int, int]:
    """Distinct copies of the sample in one file; gives it with its records and how many copies there are."""
    sample = next(path for path in SAMPLES.glob(f"{declared.name}.*") if not path.name.endswith(".expected.json"))
    read = next(each for each in samples_of(sample, workplace=folder) if each.container in declared.containers)
    every = sample.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    tokens = tokens_of(declared, [{"line": line} for line in every] if read.container == "lines" else read.records)
    if sample.suffix in (".json", ".jsonl"):
        path, head = folder / f"{declared.name}.jsonl", ""
        lines = [json.dumps(record, ensure_ascii=False) for record in read.records]
    else:
        path = folder / sample.name
        headers = _HEADER_LINES.get(declared.name, 1)
        head, lines = "".join(f"{line}\n" for line in every[:headers]), every[headers:]
    rounds = max(1, records // len(lines))
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for place in range(rounds):
            file.write(copied("\n".join(lines), tokens, place) + "\n")
            file.write("\n" if declared.name == "webvtt" else "")
    return path, rounds * len(lines), rounds


def tokens_of(declared: Format, records: Iterable[Record]) -> list[str]:
    """What tells the records of a sample and their customers apart: parts of ids, of cases and of identifiers."""
    prepared = declared.prepare(enumerate(records, start=1)) if declared.prepare else enumerate(records, start=1)
    found: set[str] = set()
    for _, record in prepared:
        if declared.name == "weblog_combined":  # Its ids are made from the address.
            found.add(str(record["line"]).partition(" ")[0])
        try:
            interactions = list(declared.convert(record))
        except UnusableRecord:
            continue
        for each in interactions:
            found |= _tokens_in(each)
    return sorted(found, key=lambda token: (-len(token), token))


def _tokens_in(found: FoundInteraction) -> set[str]:
    pieces = {piece for text in (found.id, found.case or "") for piece in re.split(r"[:/|]", text)}
    pieces.add(found.id.rpartition(":")[0])
    telling = {piece for piece in pieces if re.search(r"\d", piece) and not _DATE.match(piece)}
    telling |= {piece for value in found.identifiers.values() for piece in (value, value.rpartition(":")[2])}
    return {piece for piece in telling if len(piece) > 2 or not piece.isdigit()}


def copied(text: str, tokens: list[str], place: int) -> str:
    """A text in which every token is another one, different in every copy and of the same kind."""
    if not tokens or place == 0:
        return text
    numbers = {token.lower(): place * len(tokens) + number for number, token in enumerate(tokens)}
    listed = "|".join(re.escape(token) for token in tokens)
    pattern = re.compile(rf"(?<![\w.])(?:{listed})(?![\w]|\.\d)", re.IGNORECASE)
    return pattern.sub(lambda match: another(match.group(), numbers[match.group().lower()]), text)


def another(token: str, number: int) -> str:
    """The token with a number in it: another e-mail address, phone number, internet address or id.

    >>> another("ada@example.org", 7), another("192.0.2.20", 258), another("c-1001", 12), another("+44 20 7946 0018", 3)
    ('u7@example.org', '10.0.1.2', 'c-1001000012', '+44 20 0000 0003')
    """
    if "@" in token[1:]:
        return f"u{number}@{token.rpartition('@')[2]}"
    if _ADDRESS.fullmatch(token):
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    if sum(letter.isalnum() for letter in token) < 11:
        return f"{token}{number:06d}"
    digits = iter(reversed(f"{number:08d}"))
    return "".join(next(digits, letter) if letter.isalnum() else letter for letter in reversed(token))[::-1]


if __name__ == "__main__":
    main()
