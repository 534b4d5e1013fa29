"""``desireline maps catalogue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, OptionalWorkspaceOption

if TYPE_CHECKING:
    from desireline.maps.catalogue import Catalogue, CatalogueTouchpoint


def catalogue(
    phase: Annotated[str | None, typer.Option("--phase", help="Only those before, during or after a purchase.")] = None,
    channel: Annotated[str | None, typer.Option("--channel", help="Only those with this channel: phone.")] = None,
    workspace: OptionalWorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the usual touchpoints and their channels.

    They are names for a map. A workspace adds its own in its file catalogue.yaml.
    """
    from desireline.base.console import print_json, print_table
    from desireline.maps.catalogue import read_catalogue

    if workspace is not None:
        from desireline.store import open_workspace

        open_workspace(workspace)
    found = read_catalogue(workspace)
    chosen = found.chosen(phase=_phase(phase), channel=_channel(channel, found))
    if as_json:
        print_json(_tree(found, chosen))
        return
    rows = [[each.name, ", ".join(each.phases), ", ".join(each.channels), each.summary] for each in chosen]
    print_table(["touchpoint", "when", "channels", "what it is"], rows)


def _phase(said: str | None) -> Any:
    from desireline.base import InputError
    from desireline.maps.catalogue import PURCHASE_PHASES

    if said is not None and said not in PURCHASE_PHASES:
        raise InputError(f"--phase: expected {', '.join(PURCHASE_PHASES)}, got {said!r}")
    return said


def _channel(said: str | None, found: Catalogue) -> str | None:
    from desireline.base import UnknownNameError, closest_names

    known = [each.channel for each in found.channels]
    if said is not None and said not in known:
        close = closest_names(said, known)
        hint = f"did you mean {', '.join(close)}?" if close else f"known: {', '.join(known)}"
        raise UnknownNameError(f"the catalogue has no channel {said!r}", hint=hint)
    return said


def _tree(found: Catalogue, chosen: tuple[CatalogueTouchpoint, ...]) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "channels": [asdict(each) for each in found.channels],
        "touchpoints": [asdict(each) for each in chosen],
    }
