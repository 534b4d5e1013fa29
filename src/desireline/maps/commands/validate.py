"""``desireline maps validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption

if TYPE_CHECKING:
    from desireline.base import Problem


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Maps, personas, metrics, opportunities.")],
    as_json: JsonOption = False,
) -> None:
    """Check files against their schemas: all problems, each with its line and path.

    Fields that nobody knows are notes: they are kept. Ends with 1 where a file is broken.
    """
    from desireline.base import InputError
    from desireline.base.console import print_json

    checked = [_check(path) for path in files]
    if as_json:
        print_json({"valid": all(not each["problems"] for each in checked), "files": checked})
    else:
        for each in checked:
            _print(each)
    broken = sum(bool(each["problems"]) for each in checked)
    if broken:
        raise InputError(
            f"{broken} of {len(checked)} files cannot be used" if len(checked) > 1 else "it cannot be used"
        )


def _check(path: Path) -> dict[str, Any]:
    from desireline.base import InputError
    from desireline.maps import problems_of, read_file, unknown_fields

    try:
        document = read_file(path)
        problems = problems_of(document)
        notes = unknown_fields(document)
        kind = document.kind
    except InputError as error:
        message = str(error).removeprefix(str(path)).lstrip(":, ")
        return {"file": str(path), "kind": None, "problems": [{"where": "document", "message": message}], "notes": []}
    return {"file": str(path), "kind": kind, "problems": _dicts(problems), "notes": _dicts(notes)}


def _dicts(problems: list[Problem]) -> list[dict[str, str]]:
    return [{"where": each.where, "message": each.message} for each in problems]


def _print(checked: dict[str, Any]) -> None:
    broken = len(checked["problems"])
    verdict = f"a valid {checked['kind']}" if not broken else "1 problem" if broken == 1 else f"{broken} problems"
    typer.echo(f"{checked['file']}: {verdict}")
    for each in checked["problems"]:
        typer.echo(f"  {each['where']}: {each['message']}")
    for each in checked["notes"]:
        typer.echo(f"  note: {each['where']}: {each['message']}")
