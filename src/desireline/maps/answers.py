"""What the routes of maps take and give, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from desireline.base import recall
from desireline.maps.comparing import Change
from desireline.maps.document import Document, Kind, Syntax
from desireline.maps.linting import SEVERITIES, Finding
from desireline.maps.linting.on_screen import screen_hint
from desireline.maps.merging import Conflict
from desireline.maps.model import Level, State
from desireline.maps.storing import Outcome, Saved
from desireline.maps.tables import Version

ReasonKind = Literal["overdue", "never-reviewed"]


class NamedThing(Struct, frozen=True):
    """An id and what it is called."""

    id: str
    name: str


class MapSteps(Struct, frozen=True):
    """A map with its steps by name, in its order: for finding them."""

    id: str
    title: str
    steps: tuple[NamedThing, ...]


class DocumentProblem(Struct, frozen=True):
    """Something wrong with a document, or a field that nobody knows, and where."""

    where: str
    message: str


class LossAnswer(Struct, frozen=True):
    """``count`` things of a kind that a format cannot hold."""

    what: str
    count: int


class MapAbove(Struct, frozen=True, forbid_unknown_fields=True):
    """The map, and the step of it, that another one shows in detail."""

    map: str
    step: str | None = None


class MapScope(Struct, frozen=True):
    """Whom a map is about; ``employees``: the company's own people are the customers."""

    segment: str | None = None
    product: str | None = None
    market: str | None = None
    employees: bool = False


class MapCard(Struct, frozen=True):
    """A map in the library.

    Attributes
    ----------
    journey
        The id of the journey definition that cuts its journeys; null: whole life cycles.
    parent
        What it shows in detail.
    below
        Ids of the maps that show its steps in detail, in the order of the steps.
    future
        Id of the map of its future state.
    bound
        How many of its steps are bound to interactions.
    reasons
        Why somebody has to look at it, as its dates say.
    found
        Where the words that are searched for stand, with what stands there; "" where the title has them or nothing is searched for.
    """

    id: str
    title: str
    summary: str
    level: str
    state: str
    journey: str | None
    tags: tuple[str, ...]
    scope: MapScope
    parent: MapAbove | None
    below: tuple[str, ...]
    future: str | None
    owner: str | None
    department: str | None
    review_date: str | None
    reviewed: str | None
    personas: tuple[NamedThing, ...]
    phases: int
    steps: int
    bound: int
    version: int
    author: str
    saved_at: datetime
    reasons: tuple[ReasonKind, ...]
    found: str


class LibraryAnswer(Struct, frozen=True):
    """The maps of a workspace; ``problems`` are files of its folder that could not be taken in."""

    maps: tuple[MapCard, ...]
    total: int
    problems: tuple[DocumentProblem, ...]


class DocumentRow(Struct, frozen=True):
    """A document in a list; ``maps`` are those that name it."""

    kind: Kind
    id: str
    name: str
    summary: str
    version: int
    author: str
    saved_at: datetime
    maps: tuple[NamedThing, ...]


class DocumentList(Struct, frozen=True):
    """The documents of a kind."""

    documents: tuple[DocumentRow, ...]


class DocumentAnswer(Struct, frozen=True):
    """A document in one version."""

    kind: Kind
    id: str
    version: int
    author: str
    label: str | None
    saved_at: datetime
    based_on: int | None
    syntax: Syntax
    text: str
    tree: dict[str, Any]


class DocumentChange(Struct, frozen=True, forbid_unknown_fields=True):
    """A document as it shall be: its text, or its tree, which is written into the text that is there.

    Attributes
    ----------
    based_on
        The version that was changed; what others have saved since is merged.
    label
        What this version is about.
    """

    text: str | None = None
    tree: dict[str, Any] | None = None
    based_on: int | None = None
    label: str | None = None


class NewDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """A document that is not there yet; the id is made of its name where it has none."""

    tree: dict[str, Any]
    label: str | None = None


class NewMap(Struct, frozen=True, forbid_unknown_fields=True):
    """A map to begin with: a template, or without one a small skeleton that explains itself.

    Attributes
    ----------
    level, state
        As the template says where they are null.
    parent
        What it shows in detail.
    """

    title: str
    template: str | None = None
    level: Level | None = None
    state: State | None = None
    parent: MapAbove | None = None


class NewCopy(Struct, frozen=True, forbid_unknown_fields=True):
    """A copy of a map; its id is made of its title."""

    title: str


class SavedAnswer(Struct, frozen=True):
    """What became of a save."""

    kind: Kind
    id: str
    version: int
    outcome: Outcome


class ImportedDocument(Struct, frozen=True):
    """A file that was saved as a document, and what of it no map can hold."""

    file: str
    kind: Kind
    id: str
    version: int
    outcome: Outcome
    losses: tuple[LossAnswer, ...]


class ImportAnswer(Struct, frozen=True):
    """All files of an import, in their order."""

    documents: tuple[ImportedDocument, ...]


class VersionRow(Struct, frozen=True):
    """One version of a document, as ``maps history --json`` gives it."""

    version: int
    saved_at: datetime
    author: str
    label: str | None
    based_on: int | None
    deleted: bool
    digest: str | None


class HistoryAnswer(Struct, frozen=True):
    """All versions of a document, the newest first."""

    kind: Kind
    id: str
    versions: tuple[VersionRow, ...]


class ChangeAnswer(Struct, frozen=True):
    """One difference, told by names; see :func:`desireline.maps.naming.named_differences`."""

    action: str
    what: str
    id: str
    name: str
    place: str
    field: str
    before: Any
    after: Any
    behind: str


class DifferencesAnswer(Struct, frozen=True):
    """What is different between two versions."""

    before: int
    after: int
    changes: tuple[ChangeAnswer, ...]


class RestoreVersion(Struct, frozen=True, forbid_unknown_fields=True):
    """The number of the version that shall be the newest again."""

    version: int


class FindingPlace(Struct, frozen=True):
    """A thing of a map: phase, step, lane, cell, persona, metric or opportunity, with its id."""

    kind: str
    id: str


class FindingAnswer(Struct, frozen=True):
    """One thing that the linter has found.

    Attributes
    ----------
    place
        In the text of the document: ``line 12, lanes[2].cells[0] (p1)``.
    at
        The thing of the map that it is at; ``None``: the map.
    """

    id: str
    rule: str
    severity: str
    place: str
    message: str
    hint: str
    at: FindingPlace | None


class LintAnswer(Struct, frozen=True):
    """What the linter says of a map, the worst first."""

    map: str
    counts: dict[str, int]
    findings: tuple[FindingAnswer, ...]
    silenced: tuple[FindingAnswer, ...]


class TextToCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """A document that is not saved yet."""

    text: str


class ValidationAnswer(Struct, frozen=True):
    """Whether a text is a document: problems, and fields that nobody knows."""

    valid: bool
    kind: Kind | None
    problems: tuple[DocumentProblem, ...]
    notes: tuple[DocumentProblem, ...]


class ConflictAnswer(Struct, frozen=True):
    """What two people changed in one place; ``ours`` is saved already."""

    place: str
    base: Any
    ours: Any
    theirs: Any


class ConflictBody(Struct, frozen=True):
    """The error of a save that cannot be merged: answered with 409."""

    code: str
    message: str
    hint: str | None
    conflicts: tuple[ConflictAnswer, ...]


class TemplateAnswer(Struct, frozen=True):
    """A template in the list."""

    name: str
    purpose: str
    title: str
    phases: int
    steps: int
    lanes: int


class TemplatesAnswer(Struct, frozen=True):
    """The templates, in the order in which they are offered."""

    templates: tuple[TemplateAnswer, ...]


class CatalogueChannelAnswer(Struct, frozen=True):
    """A channel: as maps write it, its name, its icon."""

    channel: str
    name: str
    icon: str


class CatalogueTouchpointAnswer(Struct, frozen=True):
    """A usual touchpoint."""

    name: str
    phases: tuple[str, ...]
    channels: tuple[str, ...]
    icon: str
    summary: str


class LaneRoleAnswer(Struct, frozen=True):
    """A role that a lane may have; ``line`` is the line of a service blueprint above the first lane of it."""

    role: str
    label: str
    line: str | None


class CatalogueAnswer(Struct, frozen=True):
    """What the pickers of the editor offer."""

    channels: tuple[CatalogueChannelAnswer, ...]
    touchpoints: tuple[CatalogueTouchpointAnswer, ...]
    lane_roles: tuple[LaneRoleAnswer, ...]
    icons: tuple[str, ...]


def _told(label: str | None) -> str | None:
    """A label that the program itself wrote, as a sentence again; what somebody wrote stays as it is."""
    return label and recall(label, "labels")


def version_row(version: Version) -> VersionRow:
    """A version as a row."""
    return VersionRow(
        version=version.number,
        saved_at=version.saved_at,
        author=version.author,
        label=_told(version.label),
        based_on=version.based_on,
        deleted=version.deleted,
        digest=version.digest,
    )


def document_answer(document: Document, version: Version) -> DocumentAnswer:
    """A document with its version."""
    return DocumentAnswer(
        kind=version.kind,
        id=version.ident,
        version=version.number,
        author=version.author,
        label=_told(version.label),
        saved_at=version.saved_at,
        based_on=version.based_on,
        syntax=document.syntax,
        text=document.text,
        tree=document.tree,
    )


def saved_answer(saved: Saved) -> SavedAnswer:
    """What became of a save."""
    return SavedAnswer(saved.version.kind, saved.version.ident, saved.version.number, saved.outcome)


def change_answer(change: Change) -> ChangeAnswer:
    """A difference."""
    return ChangeAnswer(**change.to_dict())


def conflict_answer(conflict: Conflict) -> ConflictAnswer:
    """A conflict."""
    return ConflictAnswer(**conflict.to_dict())


def finding_answer(finding: Finding) -> FindingAnswer:
    """A finding."""
    return FindingAnswer(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        place=finding.place,
        message=finding.message,
        hint=screen_hint(finding),
        at=None if finding.at is None else FindingPlace(*finding.at),
    )


def lint_answer(ident: str, findings: Sequence[Finding]) -> LintAnswer:
    """What was found in a map."""
    told = [each for each in findings if not each.silenced]
    return LintAnswer(
        map=ident,
        counts={each: sum(one.severity == each for one in told) for each in SEVERITIES},
        findings=tuple(finding_answer(each) for each in told),
        silenced=tuple(finding_answer(each) for each in findings if each.silenced),
    )
