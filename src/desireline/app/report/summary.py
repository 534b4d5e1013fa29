"""The report in a few sentences: what is counted, never why."""

from __future__ import annotations

from collections import Counter

from desireline.app.report.model import ReportData, Stop
from desireline.app.report.words import article, counted, date_text, duration_text, plural, quoted, reason_text
from desireline.journeys.model import ChannelMove, FlowEdge, Variant
from desireline.journeys.pictures import Markup, count_text, element, join, share_text

_MOST_NAMES = 4


def summary(data: ReportData) -> Markup:
    """The list "In short": three to six sentences, each with its numbers."""
    sentences = (
        _extent(data),
        _largest_path(data),
        _common_move(data),
        _busiest_channel(data),
        _most_stops(data),
        _data_quality(data),
    )
    items = [element("li", sentence) for sentence in sentences if sentence is not None]
    return element(
        "section",
        element("h2", "In short", id="short-heading"),
        element("ul", *items),
        id="short",
        aria_labelledby="short-heading",
    )


def _extent(data: ReportData) -> Markup:
    totals = data.totals
    days = "" if data.first is None or data.last is None else _between(data)
    return join(
        element("strong", counted(totals.interactions, "interaction")),
        f" of {counted(totals.customers, 'customer')} at {counted(totals.touchpoints, 'touchpoint')}"
        f" in {counted(totals.channels, 'channel')}{days}.",
    )


def _between(data: ReportData) -> str:
    assert data.first is not None and data.last is not None
    first, last = date_text(data.first), date_text(data.last)
    return f", all on {first}" if first == last else f", from {first} to {last}"


def _largest_path(data: ReportData) -> Markup | None:
    variants = data.paths.variants
    if not variants:
        return None
    largest = variants[0]
    if len(largest.path) > 1:
        return join("The most common path is ", _path(largest), ": ", _path_figures(data, largest), ".")
    single = join("Most often ", article(data.span_name), " is one single interaction, ", quoted(largest.path[0]))
    longer = next((variant for variant in variants if len(variant.path) > 1), None)
    if longer is None:
        return join(single, ": ", _path_figures(data, largest), ".")
    return join(
        single,
        f" ({_short_figures(largest)}). The most common path of several steps is ",
        _path(longer),
        ": ",
        _path_figures(data, longer),
        ".",
    )


def _path(variant: Variant) -> Markup:
    path = variant.path
    if len(path) <= _MOST_NAMES:
        return join(*_with_arrows([quoted(step) for step in path]))
    left_out = f"{count_text(len(path) - 2)} more"
    return join(*_with_arrows([quoted(path[0]), left_out, quoted(path[-1])]))


def _with_arrows(steps: list[object]) -> list[object]:
    return [part for step in steps for part in (" → ", step)][1:]


def _path_figures(data: ReportData, variant: Variant) -> Markup:
    return join(
        element("strong", counted(variant.customers, "customer")),
        f" ({share_text(variant.share)} of {count_text(data.paths.total_customers)})",
        f", in {counted(variant.spans, data.span_name)}",
    )


def _short_figures(variant: Variant) -> str:
    return f"{counted(variant.customers, 'customer')}, {share_text(variant.share)}"


def _common_move(data: ReportData) -> Markup | None:
    moves = [edge for edge in data.flow.edges if edge.source != edge.target]
    if not moves:
        return None
    edge: FlowEdge = max(moves, key=lambda each: each.count)
    return join(
        "The most common move is ",
        quoted(edge.source),
        " → ",
        quoted(edge.target),
        ": ",
        element("strong", counted(edge.count, "time")),
        f" by {counted(edge.customers, 'customer')}, ",
        f"typically {duration_text(edge.median_seconds)} later (median).",
    )


def _busiest_channel(data: ReportData) -> Markup | None:
    if not data.channel_uses or not data.totals.interactions:
        return None
    busiest = max(data.channel_uses, key=lambda use: use.interactions)
    if len(data.channel_uses) == 1:
        return join("All interactions are in one channel, ", quoted(busiest.channel), ".")
    return join(
        "The busiest channel is ",
        quoted(busiest.channel),
        " with ",
        element("strong", share_text(busiest.interactions / data.totals.interactions)),
        f" of all interactions ({count_text(busiest.interactions)})",
        _channel_move(data),
        ".",
    )


def _channel_move(data: ReportData) -> Markup | None:
    if not data.channels.moves:
        return None
    move: ChannelMove = max(data.channels.moves, key=lambda each: each.count)
    return join(
        "; people most often change from ",
        quoted(move.source),
        " to ",
        quoted(move.target),
        f" ({counted(move.count, 'time')}, {counted(move.customers, 'customer')})",
    )


def _most_stops(data: ReportData) -> Markup | None:
    if not data.stops or not data.paths.total_spans:
        return None
    stop: Stop = max(data.stops, key=lambda each: each.ends)
    if stop.ends == data.paths.total_spans:
        return join("Every ", data.span_name, " ends at ", quoted(stop.touchpoint), f" ({count_text(stop.ends)}).")
    share = share_text(stop.ends / data.paths.total_spans)
    return join(
        f"More {plural(data.span_name)} end at ",
        quoted(stop.touchpoint),
        " than anywhere else: ",
        element("strong", f"{count_text(stop.ends)} of {count_text(data.paths.total_spans)}"),
        f" ({share}). Of its {counted(stop.occurrences, 'occurrence')}, ",
        f"{share_text(stop.share)} are the last of their {data.span_name}.",
    )


def _data_quality(data: ReportData) -> Markup | None:
    sources = data.quality.sources
    read = sum(source.rows or source.read if source.grouped else source.read for source in sources)
    if not read:
        return None
    quarantined = sum(source.quarantined for source in sources)
    duplicates = sum(source.duplicates for source in sources)
    grouped = any(source.grouped for source in sources)
    text = f"Of {counted(read, 'row' if grouped else 'record')} read, {count_text(duplicates)} were duplicates and "
    if grouped:
        text = f"{counted(read, 'row')} were read, among the records made of them were {counted(duplicates, 'duplicate')}, and "
    if not quarantined:
        return join(text, "none had to be put in quarantine.")
    return join(
        text,
        element("strong", f"{count_text(quarantined)} ({share_text(quarantined / read)})"),
        " could not be used",
        _waiting(data),
        ".",
    )


def _waiting(data: ReportData) -> Markup | None:
    """What is in quarantine now: less than could not be used, where rows were mended or came twice."""
    waiting = sum(source.waiting for source in data.quality.sources)
    if not waiting:
        return None
    return join(
        f"; {counted(waiting, 'record')} wait" + ("s" if waiting == 1 else "") + " in quarantine", _main_reason(data)
    )


def _main_reason(data: ReportData) -> Markup | None:
    reasons: Counter[str] = Counter()
    for source in data.quality.sources:
        for each in source.reasons:
            reasons[each.reason] += each.waiting
    if not reasons.total():
        return None
    reason, count = max(reasons.items(), key=lambda item: (item[1], item[0]))
    return join(", most often for the reason ", quoted(reason_text(reason)), f" ({count_text(count)})")
