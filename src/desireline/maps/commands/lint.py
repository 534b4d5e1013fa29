"""What ``desireline maps lint`` does; the command itself is where interactions can be asked, in ``evidence``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from datetime import date

    from desireline.maps import Document, JourneyMap, Library
    from desireline.maps.linting import Finding
    from desireline.maps.measured import Measured


Measuring = Callable[["JourneyMap"], "Measured | None"]
"""What gives the bindings of a map as measured; ``None``: there was nothing to look at."""
MapsArgument = Annotated[
    list[str], typer.Argument(metavar="MAP...", help="Files, or with -w ids of maps of the workspace.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]


def print_lint(
    maps: Sequence[str],
    workspace: Path | None,
    *,
    today: str | None,
    strict: bool,
    as_json: bool,
    measuring: Measuring | None = None,
) -> None:
    """Print what the linter finds in maps.

    Parameters
    ----------
    measuring
        Asks what was measured; ``None``: whether bindings are silent or broken is not checked, and that is said.

    Raises
    ------
    InputError
        A map cannot be found, or errors were found; where it is strict also warnings.
    """
    from desireline.base import InputError
    from desireline.base.console import print_json
    from desireline.maps.commands.today import read_today

    linting = _Linting(workspace, read_today(today), measuring)
    linted = [linting.lint(name) for name in maps]
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


@dataclass(slots=True)
class _Linting:
    """Looks at maps; the documents of a folder are read once, however many of its maps are looked at."""

    workspace: Path | None
    today: date
    measuring: Measuring | None
    libraries: dict[Path | None, Library] = field(default_factory=dict)

    def lint(self, name: str) -> _Linted:
        from desireline.maps.finding import find_document
        from desireline.maps.library import RememberingLibrary
        from desireline.maps.linting import lint

        found = find_document(name, self.workspace)
        folder = Path(name).parent if Path(name).is_file() else None
        library = self.libraries.setdefault(folder, RememberingLibrary(found.library))
        measured = self._measured(found.document, library)
        return _Linted(name, lint(found.document, library, today=self.today, folder=folder, measured=measured))

    def _measured(self, document: Document, library: Library) -> Measured | None:
        """Nothing where it cannot be read: what is wrong with it is what the linter says."""
        from desireline.base import InputError
        from desireline.maps.reading import read_map

        if self.measuring is None:
            return None
        try:
            journey_map = read_map(document, library)
        except InputError:
            return None
        return self.measuring(journey_map)


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
