"""``desireline maps lint``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, OptionalWorkspaceOption
from desireline.maps.commands.today import TodayOption

if TYPE_CHECKING:
    from datetime import date

    from desireline.maps import Library
    from desireline.maps.linting import Finding


def lint(
    maps: Annotated[
        list[str], typer.Argument(metavar="MAP...", help="Files, or with -w ids of maps of the workspace.")
    ],
    workspace: OptionalWorkspaceOption = None,
    today: TodayOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check maps for what a good one has.

    An owner, evidence, opportunities for its pains, bindings, no dead links. Each finding has an id; lint: {ignore: [ID]} in the map silences it. Ends with 1 where there are errors.
    """
    from desireline.base import InputError
    from desireline.base.console import print_json
    from desireline.maps.commands.today import read_today

    day = read_today(today)
    libraries: dict[Path | None, Library] = {}
    linted = [_lint(name, workspace, day, libraries) for name in maps]
    if as_json:
        print_json({"maps": [_tree(each) for each in linted]})
    else:
        for each in linted:
            _print(each)
    failing = {"error", "warning"} if strict else {"error"}
    bad = [each.name for each in linted if any(one.severity in failing for one in each.open)]
    if bad:
        raise InputError(f"{', '.join(bad)}: {'errors or warnings' if strict else 'errors'} were found")


@dataclass(frozen=True, slots=True)
class _Linted:
    name: str
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.silenced)

    @property
    def silenced(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.silenced)


def _lint(name: str, workspace: Path | None, today: date, libraries: dict[Path | None, Library]) -> _Linted:
    """The documents of a folder are read once, however many of its maps are looked at."""
    from desireline.maps.finding import find_document
    from desireline.maps.library import RememberingLibrary
    from desireline.maps.linting import lint as lint_map

    found = find_document(name, workspace)
    folder = Path(name).parent if Path(name).is_file() else None
    library = libraries.setdefault(folder, RememberingLibrary(found.library))
    return _Linted(name, lint_map(found.document, library, today=today, folder=folder))


def _print(linted: _Linted) -> None:
    typer.echo(f"{linted.name}: {_counted(linted)}")
    hinted: set[str] = set()
    for each in linted.open:
        typer.echo(f"  {each.severity}: {each.place}: {each.message} [{each.id}]")
        if each.rule not in hinted and each.severity != "unchecked":
            typer.echo(f"    hint: {each.hint}")
        hinted.add(each.rule)
    if linted.silenced:
        typer.echo(f"  silenced: {', '.join(each.id for each in linted.silenced)}")


def _counted(linted: _Linted) -> str:
    from desireline.maps.linting import SEVERITIES

    counts = [(sum(each.severity == severity for each in linted.open), severity) for severity in SEVERITIES]
    said = [f"{count} {what if count == 1 or what == 'unchecked' else what + 's'}" for count, what in counts if count]
    return ", ".join(said) if said else "nothing was found"


def _tree(linted: _Linted) -> dict[str, Any]:
    from desireline.maps.linting import SEVERITIES

    return {
        "map": linted.name,
        "counts": {each: sum(one.severity == each for one in linted.open) for each in SEVERITIES},
        "findings": [_fields(each) for each in linted.open],
        "silenced": [_fields(each) for each in linted.silenced],
    }


def _fields(finding: Finding) -> dict[str, str]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "place": finding.place,
        "message": finding.message,
        "hint": finding.hint,
    }
