"""What interactions cost: what their source gave, or what the settings say of their channel. Computed when it is asked for.

    [costs]
    currency = "EUR"

    [costs.channels.phone]
    per_contact = 2.5
    per_minute = 0.8

What a *contact* is: :mod:`desireline.interactions.contacts`. A contact of which a source gave a cost, on any of its
interactions, costs what was given. Any other costs ``per_contact`` once, at its first interaction, and ``per_minute`` for each
minute of duration and hold. Waiting is not paid. Definitions and an example: docs/measures.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple, get_args

from desireline.base import InputError, Period, SettingsError, closest_names, parse_period, phrase
from desireline.interactions.condition import Condition, condition_sql, parse_condition
from desireline.interactions.contacts import contacts_relation
from desireline.interactions.currencies import CURRENCIES
from desireline.interactions.log import log_relation
from desireline.store import Workspace, connect_duckdb

CostsBy = Literal["channel", "team", "touchpoint", "source", "month"]
DEFAULT_CURRENCY = "EUR"
_GROUPS: Mapping[str, str] = {
    "channel": "channel",
    "team": "team",
    "touchpoint": "touchpoint",
    "source": "source",
    "month": "strftime(timezone($timezone, occurred_at), '%Y-%m')",
}
HIGHEST_COST = 1_000_000_000
"""Of a contact or a minute, in any currency: more is a slip."""


@dataclass(frozen=True, slots=True)
class ChannelCost:
    """What a channel costs, in the currency of the workspace.

    Attributes
    ----------
    per_contact
        Once for each contact.
    per_minute
        For each minute of duration and hold.
    """

    per_contact: float = 0.0
    per_minute: float = 0.0


@dataclass(frozen=True, slots=True)
class CostSettings:
    """The section ``[costs]`` of the settings.

    Attributes
    ----------
    currency
        One of :data:`~desireline.interactions.currencies.CURRENCIES`; nothing is converted.
    channels
        By channel, as the taxonomy names it.
    """

    currency: str = DEFAULT_CURRENCY
    channels: Mapping[str, ChannelCost] = field(default_factory=dict)

    @staticmethod
    def read(section: Mapping[str, Any]) -> CostSettings:
        """Check and take over the section.

        Raises
        ------
        SettingsError
            An unknown key, no currency, or a cost that is no number from 0 to :data:`HIGHEST_COST`.
        """
        unknown = sorted(set(section) - {"currency", "channels"})
        if unknown:
            raise SettingsError(
                phrase("[costs]: unknown {unknown}", unknown=", ".join(unknown)),
                hint=phrase("known: currency, channels"),
            )
        currency = section.get("currency", DEFAULT_CURRENCY)
        if not isinstance(currency, str) or currency not in CURRENCIES:
            raise SettingsError(
                phrase(
                    "[costs] currency: expected a code of ISO 4217 such as EUR, got {currency!r}", currency=currency
                ),
                hint=_hint_on_currency(currency),
            )
        channels = section.get("channels", {})
        if not isinstance(channels, Mapping):
            raise SettingsError(
                phrase(
                    "[costs] channels: expected sections such as [costs.channels.phone], got {channels!r}",
                    channels=channels,
                )
            )
        return CostSettings(currency, {name: _channel_cost(name, given) for name, given in channels.items()})


def currency_of_amounts(workspace: Workspace) -> str | None:
    """In what the amounts of sources are, three capital letters; ``None`` where the settings name no currency: it could be any."""
    section = workspace.section("costs")
    return CostSettings.read(section).currency if "currency" in section else None


@dataclass(frozen=True, slots=True)
class CostRow:
    """The costs of one group of interactions.

    Attributes
    ----------
    name
        Of the channel, team …; ``None`` for the interactions that have none.
    interactions
        How many.
    contacts
        How many contacts have their first interaction here; what the company does for itself makes none.
    minutes
        Duration and hold.
    given
        What sources gave.
    computed
        What the settings say of the rest.
    """

    name: str | None
    interactions: int
    contacts: int
    minutes: float
    given: float
    computed: float

    @property
    def total(self) -> float:
        """Given and computed."""
        return self.given + self.computed

    @property
    def per_contact(self) -> float:
        """The total for each contact; NaN where there is none."""
        return self.total / self.contacts if self.contacts else math.nan


@dataclass(frozen=True, slots=True)
class UnpricedChannel:
    """A channel of which neither the settings nor, for these contacts, a source says what it costs."""

    channel: str
    contacts: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What interactions cost.

    Attributes
    ----------
    currency
        Of all amounts.
    by
        What the rows are.
    rows
        The most expensive first; months in their order.
    total
        Over all rows.
    unpriced
        Channels that have contacts which cost nothing because nobody says what they cost.
    unused
        Channels of the settings that the log does not have.
    """

    currency: str
    by: CostsBy
    rows: tuple[CostRow, ...]
    total: CostRow
    unpriced: tuple[UnpricedChannel, ...]
    unused: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "currency": self.currency,
            "by": self.by,
            "rows": [{self.by: row.name, **_amounts(row)} for row in self.rows],
            "total": _amounts(self.total),
            "unpriced": [{"channel": each.channel, "contacts": each.contacts} for each in self.unpriced],
            "unused": list(self.unused),
        }


def sum_costs(
    workspace: Workspace,
    *,
    by: CostsBy = "channel",
    period: Period | str | None = None,
    where: Condition | str | None = None,
) -> Costs:
    """What interactions cost, in groups.

    Parameters
    ----------
    by
        What they are grouped by.
    period
        Only interactions in it; also as text, ``2026-01-01..2026-03-31``.
    where
        Only interactions that meet it; also as text. A contact counts where its first interaction is, so it is not counted
        where that is left out.

    Raises
    ------
    InputError
        ``by`` is none of those, or the period or the condition cannot be read.
    SettingsError
        The section ``[costs]`` says something that cannot be.
    """
    if by not in get_args(CostsBy):
        raise InputError(phrase("by: expected one of {known}, got {by!r}", known=", ".join(get_args(CostsBy)), by=by))
    settings = CostSettings.read(workspace.section("costs"))
    log, parameters = log_relation(workspace)
    relation = costed_relation(log, settings, parameters)
    chosen = _chosen(workspace, period, where, parameters)
    query = f"SELECT {_GROUPS[by]} AS name, channel, priced, {_SUMS} FROM {relation} WHERE {chosen} GROUP BY ALL"
    if by == "month":
        parameters["timezone"] = workspace.timezone
    with TemporaryDirectory() as spill, connect_duckdb(spill=Path(spill)) as connection:
        sums = [_Sums(*row) for row in connection.execute(query, parameters).fetchall()]
    rows = [_row(name, group) for name, group in _grouped(sums).items()]
    rows.sort(key=lambda row: ("" if by == "month" else -row.total, row.name is None, row.name or ""))
    return Costs(
        currency=settings.currency,
        by=by,
        rows=tuple(rows),
        total=_row(None, sums),
        unpriced=_unpriced(sums),
        unused=_unused(workspace, settings),
    )


def costed_relation(log: str, settings: CostSettings, parameters: dict[str, Any]) -> str:
    """A relation with the columns of the log, and with what every interaction of it costs.

    Further columns: ``begins_contact`` (whether it is the first interaction of its contact), ``minutes``, ``given``,
    ``computed``, and ``priced`` (whether a source or the settings say what its contact costs).

    Parameters
    ----------
    parameters
        The prices are added to it; bind it with the query.
    """
    priced = settings.channels
    parameters |= {
        "cost_channels": list(priced),
        "costs_per_contact": [each.per_contact for each in priced.values()],
        "costs_per_minute": [each.per_minute for each in priced.values()],
    }
    prices = """
        (SELECT unnest($cost_channels::VARCHAR[]) AS channel, unnest($costs_per_contact::DOUBLE[]) AS per_contact,
                unnest($costs_per_minute::DOUBLE[]) AS per_minute)
        """
    return f"""
        (SELECT told.*, is_given OR per_minute IS NOT NULL AS priced,
                CASE WHEN is_given OR per_minute IS NULL THEN 0
                     ELSE per_minute * minutes + CASE WHEN begins_contact THEN per_contact ELSE 0 END END AS computed,
               coalesce(cost, 0) AS given
        FROM {contacts_relation(log)} AS told LEFT JOIN {prices} AS prices USING (channel))
        """


_SUMS = "count(*), count(*) FILTER (begins_contact), fsum(minutes), fsum(given), fsum(computed)"


class _Sums(NamedTuple):
    """Sums over the interactions of one group in one channel, those with a known cost apart from the others."""

    name: str | None
    channel: str
    priced: bool
    interactions: int
    contacts: int
    minutes: float
    given: float
    computed: float


def _grouped(sums: Sequence[_Sums]) -> dict[str | None, list[_Sums]]:
    groups: dict[str | None, list[_Sums]] = {}
    for each in sums:
        groups.setdefault(each.name, []).append(each)
    return groups


def _row(name: str | None, sums: Sequence[_Sums]) -> CostRow:
    return CostRow(
        name=name,
        interactions=sum(each.interactions for each in sums),
        contacts=sum(each.contacts for each in sums),
        minutes=_sum(each.minutes for each in sums),
        given=_sum(each.given for each in sums),
        computed=_sum(each.computed for each in sums),
    )


def _sum(amounts: Iterable[float]) -> float:
    return round(math.fsum(amounts), 6)


def _unpriced(sums: Sequence[_Sums]) -> tuple[UnpricedChannel, ...]:
    contacts: dict[str, int] = {}
    for each in sums:
        if not each.priced and each.contacts:
            contacts[each.channel] = contacts.get(each.channel, 0) + each.contacts
    found = [UnpricedChannel(channel, count) for channel, count in contacts.items()]
    return tuple(sorted(found, key=lambda each: (-each.contacts, each.channel)))


def _chosen(
    workspace: Workspace, period: Period | str | None, where: Condition | str | None, parameters: dict[str, Any]
) -> str:
    tests = []
    if where is not None:
        condition = parse_condition(where) if isinstance(where, str) else where
        tests.append(condition_sql(condition, parameters))
    if period is not None:
        within = parse_period(period, zone=workspace.zone) if isinstance(period, str) else period
        for side, operator in ((within.start, ">="), (within.end, "<")):
            if side is not None:
                name = f"period_{len(parameters)}"
                parameters[name] = side
                tests.append(f"occurred_at {operator} ${name}")
    return " AND ".join(tests) or "true"


def _amounts(row: CostRow) -> dict[str, Any]:
    return {
        "interactions": row.interactions,
        "contacts": row.contacts,
        "minutes": row.minutes,
        "given": row.given,
        "computed": row.computed,
        "total": round(row.total, 6),
        "per_contact": round(row.per_contact, 6),
    }


def _unused(workspace: Workspace, settings: CostSettings) -> tuple[str, ...]:
    if not settings.channels:
        return ()
    log, parameters = log_relation(workspace)
    with connect_duckdb() as connection:
        known = {name for (name,) in connection.execute(f"SELECT DISTINCT channel FROM {log}", parameters).fetchall()}
    return tuple(name for name in settings.channels if name not in known)


def _hint_on_currency(said: Any) -> str | None:
    meant = str(said).strip().upper()
    return phrase("did you mean {close}?", close=meant) if meant in CURRENCIES else None


def _channel_cost(name: str, given: Any) -> ChannelCost:
    where = f"[costs.channels.{name}]"
    keys = tuple(ChannelCost.__dataclass_fields__)
    if not isinstance(given, Mapping):
        raise SettingsError(
            phrase("{where}: expected {keys}, got {given!r}", where=where, keys=" and ".join(keys), given=given)
        )
    for key in given:
        if key not in keys:
            close = closest_names(key, keys)
            raise SettingsError(
                phrase("{where}: unknown {key}", where=where, key=key),
                hint=phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("known: {keys}", keys=", ".join(keys)),
            )
    for key, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= HIGHEST_COST:
            raise SettingsError(
                phrase(
                    "{where} {key}: expected a number from 0 to {highest:,}, got {value!r}",
                    where=where,
                    key=key,
                    highest=HIGHEST_COST,
                    value=value,
                )
            )
    return ChannelCost(**{key: float(value) for key, value in given.items()})


def money(amount: float) -> Decimal | None:
    """An amount for people: two decimals; ``None`` where there is none.

    >>> money(1234.5)
    Decimal('1234.50')
    """
    return Decimal(f"{amount:.2f}") if math.isfinite(amount) else None
