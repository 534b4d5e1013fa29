"""``desireline maps show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desireline.base.options import JsonOption, OptionalWorkspaceOption
from desireline.maps.commands.options import DocumentArgument

if TYPE_CHECKING:
    from desireline.maps.finding import FoundDocument
    from desireline.maps.model import Cell, JourneyMap, Lane, Step


def show(document: DocumentArgument, workspace: OptionalWorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Print a map: its phases and steps, and what its lanes say of each. --json gives the whole document."""
    from desireline.base.console import print_json
    from desireline.maps import read_map
    from desireline.maps.finding import find_document

    found = find_document(document, workspace)
    if as_json:
        print_json(found.document.tree)
    elif found.document.kind != "map":
        print(found.document.text, end="" if found.document.text.endswith("\n") else "\n")
    else:
        print("\n".join(_lines(read_map(found.document, found.library), found)))


def _lines(shown: JourneyMap, found: FoundDocument) -> Iterator[str]:
    from desireline.base.console import one_line

    yield one_line(shown.title)
    yield one_line(" · ".join(_facts(shown, found)))
    for label, text in (("goal", shown.goal), ("summary", shown.summary)):
        if text:
            yield f"{label}: {one_line(text)}"
    if shown.personas:
        yield f"personas: {one_line(', '.join(each.name for each in shown.personas))}"
    if shown.missing:
        yield f"not found: {', '.join(shown.missing)}"
    for phase in shown.phases:
        yield ""
        yield f"{one_line(phase.name)} ({phase.id})"
        for step in phase.steps:
            yield f"  {one_line(step.name)} ({'; '.join(_marks(step))})"
            for lane in shown.lanes:
                yield from (f"      {line}" for line in _said(shown, lane, step))


def _facts(shown: JourneyMap, found: FoundDocument) -> Iterator[str]:
    yield shown.id
    yield shown.level.replace("-", " ")
    yield f"{shown.state} state"
    if shown.owner:
        yield f"owner: {shown.owner.name}" + (f", {shown.owner.department}" if shown.owner.department else "")
    if shown.review_date:
        yield f"to be reviewed by {shown.review_date}"
    if found.version:
        yield f"version {found.version.number} by {found.version.author}"


def _marks(step: Step) -> Iterator[str]:
    from desireline.base.console import one_line

    yield step.id
    if step.optional:
        yield "optional"
    if step.moment_of_truth is not None:
        yield f"moment of truth{f': {one_line(step.moment_of_truth)}' if step.moment_of_truth else ''}"
    if step.next is not None:
        yield f"then {' or '.join(step.next)}" if step.next else "the end"
    if step.binding:
        yield "bound" if step.binding.count == "each" else "bound, once a journey"
    if step.map:
        yield f"in detail: {step.map}"


def _said(shown: JourneyMap, lane: Lane, step: Step) -> Iterator[str]:
    from desireline.base.console import one_line

    persona = next((each.name for each in shown.personas if each.id == lane.persona), lane.persona)
    label = lane.label + (f" ({persona})" if persona else "")
    for cell in lane.cells:
        if cell.step == step.id:
            until = f" (until {cell.until})" if cell.until and cell.until != cell.step else ""
            for text in _texts(shown, cell):
                yield one_line(f"{label}{until}: {text}")


def _texts(shown: JourneyMap, cell: Cell) -> Iterator[str]:
    if cell.emotion is not None:
        yield f"{cell.emotion:+g}" + (f", {cell.word}" if cell.word else "")
    if cell.tension is not None:
        yield f"{cell.tension:g} of 5"
    for each in cell.touchpoints:
        yield each.name + (f" ({each.channel})" if each.channel else "")
    for claim in cell.claims:
        evidence = f" [evidence: {', '.join(each.kind for each in claim.evidence)}]" if claim.evidence else ""
        yield claim.text + evidence
    if cell.picture:
        yield cell.picture.alternative or cell.picture.source[:60]
    titles = {each.id: each.title for each in shown.opportunities}
    for ident in cell.opportunities:
        yield titles.get(ident, ident)
