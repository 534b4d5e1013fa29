"""Reading the log by row groups, without the journey index: what engines on other machines do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import Period, Progress, WorkspaceError, phrase
from desireline.identity import find_customers
from desireline.interactions import Condition
from desireline.interactions.log import different_texts
from desireline.journeys.fields import PartFields, Vocabulary, values_of
from desireline.journeys.index.fields import field_rows
from desireline.journeys.index.manifest import Revision, revision_of
from desireline.journeys.index.reading import Codes, RowGroup, read_columns, read_names, row_groups
from desireline.journeys.model import Names
from desireline.journeys.selection import Cutter, Selection, make_cutter
from desireline.kernels import grouping
from desireline.store import Workspace, open_mirror

_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class LogReader:
    """Reads the chosen interactions of one state of the log, under their customers. It can be sent to other machines.

    Attributes
    ----------
    groups
        Every row group of the log.
    codes
        The codes of names as they stand in the log.
    customers
        See :func:`desireline.kernels.grouping.customer_table`.
    cutter
        Which interactions are chosen.
    fields
        Further fields that are read, with the texts by code of those that are texts.
    """

    groups: tuple[RowGroup, ...]
    codes: Codes
    customers: NDArray[np.int64]
    cutter: Cutter
    fields: Mapping[str, tuple[str, ...]]

    @property
    def interactions(self) -> int:
        """How many there are in all row groups, chosen or not."""
        return sum(group.rows for group in self.groups)

    def read(self, number: int) -> grouping.Columns:
        """The chosen interactions of one row group, in the order of the log."""
        columns = read_columns([self.groups[number]], self.codes, self.customers)
        chosen = self.cutter.chooses(columns)
        return columns if chosen.all() else grouping.Columns._make(column[chosen] for column in columns)

    def read_fields(self, number: int) -> PartFields:
        """The further fields of one row group, of every interaction in it."""
        group, columns, arrivals = self.groups[number], {}, np.empty(0, np.int64)
        for name, texts in self.fields.items():
            arrivals, columns[name] = field_rows(group, name, Vocabulary(list(texts)))
        return PartFields(arrivals, columns)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which interactions: equal ones are the same interactions of the same customers under the same names."""

    folder: Path
    revision: Revision
    period: Period | str | None
    where: Condition | str | Mapping[str, Any] | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenLog:
    """What can be read, what the codes in it mean, and how."""

    chosen: Chosen
    names: Names
    reader: LogReader


def chosen_now(workspace: Workspace, selection: Selection, fields: tuple[str, ...] = ()) -> Chosen:
    """Which interactions a selection means as of now, with which further fields."""
    read = read_before_grouping(selection)
    return Chosen(workspace.folder.resolve(), revision_of(workspace), read.period, read.where, fields)


def read_before_grouping(selection: Selection) -> Selection:
    """What of a selection is chosen when the log is read: nothing where a segment or journey looks at all of a customer."""
    if any(each is not None for each in (selection.segment, selection.not_segment, selection.journey)):
        return Selection()
    return Selection(period=selection.period, where=selection.where)


def open_log(
    workspace: Workspace, selection: Selection, fields: tuple[str, ...] = (), *, progress: Progress | None = None
) -> OpenLog:
    """A reader of the log as it is now: of its mirror in object storage, where the settings name one.

    Raises
    ------
    InputError
        The selection cannot be read.
    SettingsError
        The mirror that the settings name cannot be one.
    WorkspaceError
        The mirror cannot be reached or entered, or other processes write to the log all the time.
    """
    for _ in range(_MOST_TRIES):
        chosen = chosen_now(workspace, selection, fields)
        found = _look(workspace, selection, chosen, progress)
        if chosen_now(workspace, selection, fields) == chosen:
            return found
    raise WorkspaceError(
        phrase("the log of {folder} changes faster than it can be opened", folder=workspace.folder),
        hint=phrase("wait until the import has finished"),
    )


def _look(workspace: Workspace, selection: Selection, chosen: Chosen, progress: Progress | None) -> OpenLog:
    names, codes = read_names(workspace)
    cutter = make_cutter(workspace, read_before_grouping(selection), names)
    customers = find_customers(workspace)
    table = grouping.customer_table(customers.identifiers, customers.customers)
    groups = _seen_from_everywhere(workspace, row_groups(workspace), progress)
    texts = {name: _texts(workspace, name) for name in chosen.fields}
    return OpenLog(chosen, replace(names, values=texts), LogReader(groups, codes, table, cutter, texts))


def _seen_from_everywhere(
    workspace: Workspace, groups: Sequence[RowGroup], progress: Progress | None
) -> tuple[RowGroup, ...]:
    """The same row groups in the mirror of the log, or where there is none under their whole paths."""
    mirror = open_mirror(workspace.section("log"))
    if mirror is None:
        return tuple(replace(group, path=Path(group.path).resolve()) for group in groups)
    mirror.follow(workspace.log, progress=progress)
    return tuple(replace(group, path=mirror.path_of(group.path.name), storage=mirror.storage) for group in groups)


def _texts(workspace: Workspace, name: str) -> tuple[str, ...]:
    """The different texts of a field, in alphabetical order; none of a field that is no text."""
    if values_of(name) != "text":
        return ()
    return tuple(different_texts(workspace, name))
