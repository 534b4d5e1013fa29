"""Channels: how much each is used, and who moves from which to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desireline.app.report.model import ChannelUse, ReportData
from desireline.app.report.parts import Bar, Column, bars, empty, figure, note, section, table, twin
from desireline.app.report.words import counted, name, plural, short_name
from desireline.journeys.model import ChannelMove
from desireline.journeys.pictures import Markup, count_text, element, join, share_text, short_count

_MOST_CHANNELS = 12
_MOST_BESIDE = 8
_LONGEST_HEADING = 16


def channels_section(data: ReportData) -> Markup:
    """The section about channels."""
    if not data.channel_uses:
        return section("channels", "Channels", empty("There are no interactions yet."))
    uses = sorted(data.channel_uses, key=lambda use: (-use.interactions, use.channel))
    return section(
        "channels",
        "Channels",
        element("div", _uses(data, uses), _moves(data, uses), class_=_columns(uses)),
        lead="How much each channel is used, and where people change from one channel to another.",
    )


def _columns(uses: Sequence[ChannelUse]) -> str:
    """Side by side while the matrix is small."""
    return "columns wide-second" if len(uses) <= _MOST_BESIDE else "stacked"


def _uses(data: ReportData, uses: Sequence[ChannelUse]) -> Markup:
    total, most = data.totals.interactions or 1, uses[0].interactions or 1
    rows = [
        Bar(
            name(use.channel),
            use.interactions / most,
            share_text(use.interactions / total),
            f"{counted(use.interactions, 'interaction')}, {counted(use.customers, 'customer')}",
        )
        for use in uses[:_MOST_CHANNELS]
    ]
    return figure(
        join(element("strong", "Use"), element("span", "Share of all interactions")),
        bars(rows, label="Share of interactions by channel"),
        twin(_uses_table(data, uses)),
    )


def _uses_table(data: ReportData, uses: Sequence[ChannelUse]) -> Markup:
    spans = plural(data.span_name).capitalize()
    starts = {each.channel: each.count for each in data.channels.starts}
    ends = {each.channel: each.count for each in data.channels.ends}
    columns = (
        Column("Channel", numeric=False),
        Column("Interactions"),
        Column("Share"),
        Column("Customers"),
        Column(f"{spans} that start"),
        Column(f"{spans} that end"),
    )
    total = data.totals.interactions or 1
    rows = [
        (
            name(use.channel),
            count_text(use.interactions),
            share_text(use.interactions / total),
            count_text(use.customers),
            count_text(starts.get(use.channel, 0)),
            count_text(ends.get(use.channel, 0)),
        )
        for use in uses
    ]
    return table("Channels by interactions", columns, rows)


def _moves(data: ReportData, uses: Sequence[ChannelUse]) -> Markup:
    caption = join(
        element("strong", "Moves between channels"),
        element(
            "span",
            "From the channel at the left to the one on top; a stronger colour means more often",
        ),
    )
    moves = sorted(data.channels.moves, key=lambda move: (-move.count, move.source, move.target))
    if not moves:
        return figure(caption, empty("Nobody moved from one channel to another."))
    order = _busiest(moves, uses)
    hidden = {move.source for move in moves} | {move.target for move in moves}
    left_out = len(hidden - set(order))
    return figure(
        caption,
        _matrix(moves, order),
        note(f"Without {counted(left_out, 'channel')} with fewer moves.") if left_out else None,
        twin(_moves_table(moves)),
    )


def _busiest(moves: Sequence[ChannelMove], uses: Sequence[ChannelUse]) -> list[str]:
    """The channels with the most moves, in the order of their use."""
    counts: Counter[str] = Counter()
    for move in moves:
        counts[move.source] += move.count
        counts[move.target] += move.count
    kept = {channel for channel, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CHANNELS]}
    place = {use.channel: index for index, use in enumerate(uses)}
    return sorted(kept, key=lambda channel: (place.get(channel, len(place)), channel))


def _matrix(moves: Sequence[ChannelMove], order: Sequence[str]) -> Markup:
    counts = {(move.source, move.target): move.count for move in moves}
    most = max(counts.values()) or 1
    head = element(
        "tr",
        element("td", element("span", "from ↓ to →", class_="corner")),
        *(_heading(channel, "col") for channel in order),
    )
    rows = [
        element("tr", _heading(source, "row"), *(_cell(counts, (source, target), most) for target in order))
        for source in order
    ]
    heat = element(
        "table",
        element("caption", "Moves between channels", class_="unseen"),
        element("thead", head),
        element("tbody", *rows),
        class_="heat",
    )
    return element("div", heat, class_="scroll", tabindex="0", role="region", aria_label="Moves between channels")


def _heading(channel: str, scope: str) -> Markup:
    return element("th", short_name(channel, length=_LONGEST_HEADING), scope=scope)


def _cell(counts: dict[tuple[str, str], int], pair: tuple[str, str], most: int) -> Markup:
    if pair[0] == pair[1]:
        return element("td", element("span", "same channel", class_="unseen"), class_="same")
    count = counts.get(pair, 0)
    if not count:
        return element("td", "·", class_="none", aria_label="0")
    return element("td", short_count(count), style=f"--part:{100 * (count / most) ** 0.6:.0f}%")


def _moves_table(moves: Sequence[ChannelMove]) -> Markup:
    columns = (
        Column("From", numeric=False),
        Column("To", numeric=False),
        Column("Times"),
        Column("Customers"),
    )
    rows = [
        (name(move.source), name(move.target), count_text(move.count), count_text(move.customers)) for move in moves
    ]
    return table("Moves between channels, most frequent first", columns, rows)
