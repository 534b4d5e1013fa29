"""The smallest group of customers that somebody sees numbers of who may not see customers. What holds: docs/privacy.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.accounts import Right, SignedIn
from desireline.base import InputError, Progress, SettingsError, SmallGroupError, phrase
from desireline.interactions import Condition
from desireline.interactions.one_customer import alternatives
from desireline.journeys.analyses.flow import FlowAnalysis
from desireline.journeys.answering import answers_of
from desireline.journeys.engine import Analysis, Answer, Pass
from desireline.journeys.model import FlowBy, Names, Spans
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, read_condition
from desireline.journeys.together import ask_together
from desireline.kernels.sessions import count_customers
from desireline.store import Workspace

DEFAULT_SMALLEST_GROUP = 5
MOST_CHOICES = 60
"""So many choices are looked at in a condition of somebody who may not see customers: each is counted."""
EVERYBODY = 1
"""What whoever may see customers sees numbers of: of one customer, too."""


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """Whose numbers are told to whom: section ``[privacy]`` of the settings.

    Attributes
    ----------
    smallest_group
        Numbers of fewer customers are for those who may see customers; 1: for everybody who may look.
    """

    smallest_group: int = DEFAULT_SMALLEST_GROUP

    @staticmethod
    def read(section: Mapping[str, Any]) -> PrivacySettings:
        """The settings of a section.

        Raises
        ------
        SettingsError
            It says something that cannot be.
        """
        unknown = sorted(set(section) - {"smallest_group"})
        if unknown:
            raise SettingsError(
                phrase("[privacy]: unknown {unknown!r}", unknown=unknown[0]), hint=phrase("known: smallest_group")
            )
        number = section.get("smallest_group", DEFAULT_SMALLEST_GROUP)
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise SettingsError(
                phrase("[privacy] smallest_group: expected a whole number from 1, got {number!r}", number=number)
            )
        return PrivacySettings(number)


def fewest_shown(workspace: Workspace, user: SignedIn | None) -> int:
    """Of how many customers numbers have to be for somebody to see them; ``None``: somebody with a shared link.

    Raises
    ------
    SettingsError
        The settings say no such number.
    """
    settings = PrivacySettings.read(workspace.section("privacy"))
    if user is not None and user.may(Right.SEE_CUSTOMERS):
        return EVERYBODY
    return settings.smallest_group


def is_small(number: int, fewest: int) -> bool:
    """Whether a number of customers is too small to be told; nobody is nobody.

    >>> [number for number in range(7) if is_small(number, 5)]
    [1, 2, 3, 4]
    """
    return 0 < number < fewest


@dataclass(frozen=True, slots=True)
class Group:
    """How many customers a selection is of, and by name how many of them have each touchpoint, use each channel, met each team.

    Teams are there only where they were asked for.
    """

    customers: int
    touchpoints: Mapping[str, int]
    channels: Mapping[str, int]
    teams: Mapping[str, int]

    def rare(self, fewest: int) -> frozenset[str]:
        """The touchpoints, channels and teams of fewer customers."""
        named = (self.touchpoints, self.channels, self.teams)
        return frozenset(name for each in named for name, number in each.items() if is_small(number, fewest))


def check_group(
    workspace: Workspace, selection: Selection, fewest: int, *, naming: Collection[str] = (), fields: Sequence[str] = ()
) -> frozenset[str]:
    """Refuse a question about too few customers; gives the touchpoints, channels and teams that are too rare to be told of.

    Parameters
    ----------
    fewest
        See :func:`fewest_shown`.
    naming
        Texts of the question: touchpoints, channels and teams among them have to be of as many customers.
    fields
        ``("team",)`` where the question is about teams.

    Raises
    ------
    SmallGroupError
        It is about fewer customers.
    InputError
        The selection cannot be read.
    """
    if fewest <= EVERYBODY:
        return frozenset()
    group = group_of(workspace, selection, fields=fields)
    rare = group.rare(fewest)
    if is_small(group.customers, fewest) or rare.intersection(naming):
        raise small_group(fewest)
    _check_choices(workspace, selection, fewest)
    return rare


def _check_choices(workspace: Workspace, selection: Selection, fewest: int) -> None:
    """Refuse conditions of which a choice lets in, or keeps out, too few: the answers with it and without it tell of those."""
    chosen = (
        *(replace(selection, where=each) for each in _choices(selection.where)),
        *(replace(selection, segment=each) for each in _choices(selection.segment)),
    )
    sizes = [customers_of(workspace, each) for each in chosen]
    kept_out = read_condition(selection.not_segment or None)
    if kept_out is not None:
        everybody = customers_of(workspace, replace(selection, not_segment=None))
        without = (replace(selection, not_segment=each) for each in (kept_out, *_choices(kept_out)))
        sizes += [everybody - customers_of(workspace, each) for each in without]
    if any(is_small(size, fewest) for size in sizes):
        raise small_group(fewest)


def _choices(said: Condition | str | Mapping[str, Any] | None) -> tuple[Condition, ...]:
    condition = read_condition(said or None)
    found = () if condition is None else tuple(islice(alternatives(condition), MOST_CHOICES + 1))
    if len(found) > MOST_CHOICES:
        raise InputError(
            phrase("expected a condition with at most {most} choices, got more", most=MOST_CHOICES),
            hint=phrase("ask in parts, or ask an analyst"),
        )
    return found


def customers_of(workspace: Workspace, selection: Selection) -> int:
    """How many customers a selection is of; kept while nothing changes.

    Raises
    ------
    InputError
        It cannot be read.
    """

    def work(progress: Progress) -> int:
        return ask(workspace, CustomersAnalysis(), selection, engine="local", progress=progress)

    return answers_of(workspace).keep(("customers of", repr(selection)), work).answer


def group_of(workspace: Workspace, selection: Selection, *, fields: Sequence[str] = ()) -> Group:
    """How many customers a selection is of; kept while nothing changes.

    Parameters
    ----------
    fields
        Those of :func:`check_group`.

    Raises
    ------
    InputError
        It cannot be read.
    """
    flows = (FlowAnalysis(by=by, medians="none") for by in get_args(FlowBy))
    questions: tuple[Analysis[Any], ...] = (
        CustomersAnalysis(),
        *flows,
        *(TextCustomersAnalysis(each) for each in fields),
    )

    def work(progress: Progress) -> Group:
        asked = [(each, selection) for each in questions]
        customers, *found = ask_together(workspace, asked, progress=progress)
        touchpoints, channels = ({node.name: node.customers for node in flow.nodes} for flow in found[:2])
        return Group(customers, touchpoints, channels, found[2] if fields else {})

    return answers_of(workspace).keep(("group", repr(selection), tuple(fields)), work).answer


def small_group(fewest: int) -> SmallGroupError:
    """The error for an answer about fewer customers."""
    return SmallGroupError(
        phrase(
            "expected a question about at least {fewest:,} customers: numbers of fewer are for those who may see customers",
            fewest=fewest,
        ),
        hint=phrase("widen the period or the condition, or ask an analyst"),
    )


@dataclass(frozen=True, slots=True)
class CustomersAnalysis:
    """Counts the customers that have spans."""

    def begin(self, names: Names) -> CustomersPass:
        """One reading."""
        return CustomersPass()


@dataclass(frozen=True, slots=True)
class CustomersPass(Pass[int, int]):
    """Each customer is in one part only."""

    def partial(self, spans: Spans) -> int:
        """Of one part."""
        return int(count_customers(spans.owners))

    def combine(self, first: int, second: int) -> int:
        """The sum."""
        return first + second

    def conclude(self, state: int) -> Answer[int]:
        """As it is."""
        return Answer(state)


@dataclass(frozen=True, slots=True)
class TextCustomersAnalysis:
    """Counts the customers that have each text of a field, such as ``team``."""

    field: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What it looks at beside the index."""
        return (self.field,)

    def begin(self, names: Names) -> TextCustomersPass:
        """One reading."""
        return TextCustomersPass(self.field, names.values.get(self.field, ()))


@dataclass(frozen=True, slots=True)
class TextCustomersPass(Pass[NDArray[np.int64], Mapping[str, int]]):
    """Each customer is in one part only: int64[texts]."""

    field: str
    texts: tuple[str, ...]

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """Of one part. O(n log n)."""
        lengths = spans.ends - spans.starts
        before = np.cumsum(lengths) - lengths
        places = np.repeat(spans.starts - before, lengths) + np.arange(lengths.sum())
        codes, owners = spans.part.field(self.field)[places].astype(np.int64), np.repeat(spans.owners, lengths)
        size = max(1, len(self.texts))
        pairs = np.unique(owners[codes >= 0] * size + codes[codes >= 0])
        return np.bincount(pairs % size, minlength=size).astype(np.int64)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[Mapping[str, int]]:
        """By text."""
        return Answer(dict(zip(self.texts, state.tolist(), strict=False)))
