"""``desireline maps propose``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.evidence.commands.options import SpanOption, chosen
from desireline.journeys.commands.asking import asking, share_text
from desireline.journeys.commands.options import GapOption, JourneyOption, PeriodOption, SegmentOption, WhereOption
from desireline.maps.commands.options import AuthorOption

if TYPE_CHECKING:
    from desireline.evidence.first_map import Actors
    from desireline.evidence.proposals import Proposals
    from desireline.journeys.selection import SelectionOptions
    from desireline.maps import Document
    from desireline.maps.finding import FoundDocument


def propose(
    workspace: WorkspaceOption,
    map_: Annotated[
        str | None,
        typer.Argument(metavar="[MAP]", help="A file, or the id of a map of the workspace; none: a first map."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="A new file, for a first map or for what --accept and --reject make of MAP; without it a first map is printed, and MAP changed in place.",
        ),
    ] = None,
    accept: Annotated[str | None, typer.Option("--accept", help="Ids of proposals to write into the map.")] = None,
    reject: Annotated[str | None, typer.Option("--reject", help="Ids of proposals not to be made again.")] = None,
    because: Annotated[str | None, typer.Option("--because", help="Why they are rejected.")] = None,
    author: AuthorOption = None,
    steps: Annotated[int | None, typer.Option("--steps", help="Of a first map: at most so many; 12.")] = None,
    title: Annotated[str | None, typer.Option("--title", help='Of a first map: "I renew my contract".')] = None,
    persona: Annotated[
        list[str] | None, typer.Option("--persona", help='For a first map: "App people: channel = app".')
    ] = None,
    actors: Annotated[
        str | None,
        typer.Option(
            "--actors",
            help="Of a first map: customer, what customers did by themselves (default); all, also what agents, bots and systems did.",
        ),
    ] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = None,
    gap: GapOption = "30m",
    as_json: JsonOption = False,
) -> None:
    """A first map from the measured journeys; for a map, the edits that the journeys speak for.

    Each edit has an id, to accept it or to reject it, and the numbers behind it. A map of the workspace is saved as a new
    version.
    """
    selection = chosen(period, where, segment, span, gap, journey)
    if map_ is None:
        _refuse({"--accept": accept, "--reject": reject, "--because": because}, "name the map that they are for")
        document = _first_map(workspace, steps, title, persona or [], _actors(actors), selection)
        _give(document, out, as_json=as_json)
        return
    first = {"--steps": steps, "--title": title, "--persona": persona, "--actors": actors}
    _refuse(first, "leave the map out for a first one")
    accepted, rejected = _ids(accept), _ids(reject)
    if because is not None and not rejected:
        _refuse({"--because": because}, "say what is rejected: --reject ID")
    if out is not None and not accepted and not rejected:
        _refuse({"--out": out}, "say what is accepted: --accept ID,ID")
    found, proposals = _proposals(map_, workspace, selection)
    if accepted or rejected:
        _decide(map_, workspace, found, proposals, accepted, rejected, because, out, author)
    elif as_json:
        typer.echo(proposals.to_json())
    else:
        _print(proposals)


def _refuse(given: dict[str, Any], hint: str) -> None:
    from desireline.base import InputError

    said = [option for option, value in given.items() if value]
    if said:
        raise InputError(f"{', '.join(said)}: not expected here", hint=hint)


def _actors(said: str | None) -> Actors:
    from desireline.base import InputError

    if said is None or said == "customer":
        return "customer"
    if said == "all":
        return "all"
    raise InputError(f"--actors: expected customer or all, got {said!r}")


def _ids(said: str | None) -> list[str]:
    return [each.strip() for each in (said or "").split(",") if each.strip()]


def _first_map(
    folder: Path,
    steps: int | None,
    title: str | None,
    personas: list[str],
    actors: Actors,
    selection: SelectionOptions,
) -> Document:
    from desireline.evidence.first_map import DEFAULT_STEPS, PersonaSegment, propose_map

    wanted = [PersonaSegment.read(each) for each in personas]
    with asking(folder) as (workspace, progress):
        return propose_map(
            workspace,
            steps=DEFAULT_STEPS if steps is None else steps,
            title=title,
            personas=wanted,
            actors=actors,
            progress=progress,
            **selection,
        )


def _give(document: Document, out: Path | None, *, as_json: bool) -> None:
    import shlex

    from desireline.base.console import print_json, say
    from desireline.maps import new_document

    if out is None:
        if as_json:
            print_json(document.tree)
        else:
            print(document.text, end="")
        return
    is_json = out.suffix.lower() == ".json"
    _write_new(out, (new_document(document.tree, syntax="json") if is_json else document).text)
    say(f"{document.tree['summary']}")
    say(f"Map written to {out}. Next: desireline maps render {shlex.quote(str(out))} -o map.svg")


def _proposals(argument: str, folder: Path, selection: SelectionOptions) -> tuple[FoundDocument, Proposals]:
    from desireline.evidence.proposing import propose_edits
    from desireline.maps.finding import find_document

    found = find_document(argument, folder)
    with asking(folder) as (workspace, progress):
        return found, propose_edits(workspace, found.document, library=found.library, progress=progress, **selection)


def _print(proposals: Proposals) -> None:
    from desireline.base.console import say

    for each in proposals.proposals:
        typer.echo(f"{each.id}\n  {each.candidate.what}")
        typer.echo(f"  {each.why}; fit then {share_text(each.fit_after)}")
    if not proposals.proposals:
        say("Nothing is proposed.")
    whose = " that reached their goal" if proposals.only_at_goal else ""
    say(f"fit {share_text(proposals.fit.value)} of {proposals.journeys:,} journeys{whose}; {proposals.source}")
    for each in proposals.discarded:
        fits = f"{share_text(each.fit_before)} to {share_text(each.fit_after)}"
        say(f"not proposed, for the fit would go from {fits}: {each.id}: {each.why}")
    if proposals.rejected:
        say(f"rejected before: {', '.join(each.id for each in proposals.rejected)}")


def _decide(
    argument: str,
    folder: Path,
    found: FoundDocument,
    proposals: Proposals,
    accepted: list[str],
    rejected: list[str],
    because: str | None,
    out: Path | None,
    author: str | None,
) -> None:
    from desireline.base.console import say
    from desireline.evidence.deciding import decide
    from desireline.interactions import open_recovered
    from desireline.maps.storing import save

    document = decide(found.document, proposals, accepted=accepted, rejected=rejected, because=because)
    if out is not None:
        _write_new(out, document.text)
        say(f"written: {out}")
    elif found.version is None:
        _write_over(Path(argument), document.text)
        say(f"written: {argument}")
    else:
        label = "; ".join(
            f"{word} {', '.join(ids)}" for word, ids in (("Accepted", accepted), ("Rejected", rejected)) if ids
        )
        based_on = found.version.number
        saved = save(open_recovered(folder), document, author=author, label=label[:500], based_on=based_on)
        say(f"saved: {argument}, version {saved.version.number}")


def _write_new(path: Path, text: str) -> None:
    from desireline.base import InputError

    try:
        with path.open("x", encoding="utf-8", newline="") as opened:
            opened.write(text)
    except FileExistsError:
        raise InputError(f"{path} is there already", hint="name another file, or take that one away") from None
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error


def _write_over(path: Path, text: str) -> None:
    """The whole file or none of it."""
    from desireline.base import InputError

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(text.encode())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
