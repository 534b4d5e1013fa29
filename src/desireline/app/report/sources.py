"""Source by source: how fresh it is, where it has gaps, whom it knows and which fields it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from desireline.app.report.parts import Column, empty, figure, note, table, twin
from desireline.app.report.strips import axis, strip, time_line
from desireline.app.report.words import counted, date_text, duration_text, name
from desireline.journeys.pictures import NO_BREAK, Markup, count_text, element, join, share_text
from desireline.sources import EmailHint, SourceQuality
from desireline.sources.rhythm import Gap, RhythmKind

_A_WEEK = timedelta(weeks=1)
_MOST_SOURCES = 12
_MOST_GAPS = 4
_MOST_FIELDS = 14


def timelines(sources: Sequence[SourceQuality], *, now: datetime) -> Markup:
    """A strip for each source on one line of time, and what stands out."""
    caption = join(
        element("strong", "Source by source"),
        element(
            "span",
            "Interactions by day, each source on its own scale. "
            "Shaded: it should have had some, judged by its own weekdays, and has none",
        ),
    )
    line = time_line(sources)
    if line is None:
        return figure(caption, empty("There are no interactions yet."))
    shown = sources[:_MOST_SOURCES]
    rows = [
        element(
            "li",
            element("div", name(source.source), element("small", _whose(source)), class_="source-name"),
            element(
                "div",
                strip(source, line, ident=f"strip-{place}"),
                axis(line) if place == len(shown) - 1 else None,
                _breaks(source, now, until=line.ends),
                class_="source-days",
            ),
        )
        for place, source in enumerate(shown)
    ]
    hidden = len(sources) - len(shown)
    return figure(
        caption,
        element("ul", *rows, class_="timelines", role="list"),
        _age(line.ends, now),
        note(f"{counted(hidden, 'more source')} in the table.") if hidden else None,
        twin(_table(sources)),
        twin(_gaps_table(sources), summary="Show all gaps") if any(_all_gaps(source) for source in sources) else None,
    )


def _age(newest: date, now: datetime) -> Markup | None:
    """That the data is old, where it is."""
    days = (now.date() - newest).days
    if days <= _A_WEEK.days:
        return None
    return note(
        f"No source has interactions after {date_text(newest)}, {counted(days, 'day')} before this page was written."
    )


def filled_fields(sources: Sequence[SourceQuality]) -> Markup:
    """Which optional fields each source fills, as a matrix."""
    caption = join(
        element("strong", "Fields that are filled"),
        element("span", "Share of the interactions of the source; fields that no source fills are left out"),
    )
    shown = [source for source in sources if source.interactions and source.fields][:_MOST_SOURCES]
    totals: dict[str, int] = {}
    for source in sources:
        for each in source.fields:
            totals[each.field] = totals.get(each.field, 0) + each.count
    if not totals:
        return figure(caption, empty("No source fills an optional field."))
    fields = sorted(totals, key=lambda field: (-totals[field], field))[:_MOST_FIELDS]
    head = element("tr", element("td"), *(element("th", name(field), scope="col") for field in fields))
    rows = [
        element("tr", element("th", name(source.source), scope="row"), *(_fill(source, field) for field in fields))
        for source in shown
    ]
    matrix = element(
        "table",
        element("caption", "Fields that are filled", class_="unseen"),
        element("thead", head),
        element("tbody", *rows),
        class_="heat",
    )
    scroll = element("div", matrix, class_="scroll", tabindex="0", role="region", aria_label="Fields that are filled")
    return figure(caption, scroll, twin(_fields_table(sources)))


def hints(found: Sequence[EmailHint]) -> Markup:
    """Domains of e-mail addresses that were probably meant to be others."""
    caption = join(
        element("strong", "E-mail domains that look like slips"),
        element("span", "A hint; nothing is changed. Mend it where the address was typed"),
    )
    if not found:
        return figure(caption, empty("No domain looks like a slip of the pen."))
    columns = (
        Column("Written", numeric=False),
        Column("Addresses"),
        Column("Probably", numeric=False),
        Column("Addresses"),
    )
    rows = [
        (name(each.domain), count_text(each.addresses), name(each.like), count_text(each.addresses_like))
        for each in found
    ]
    return figure(caption, table("E-mail domains that look like slips", columns, rows, most=15))


def unusable(sources: Sequence[SourceQuality]) -> Markup:
    """Values of identifiers that point at nobody."""
    caption = join(
        element("strong", "Identifiers that point at nobody"),
        element("span", "No e-mail address, no phone number, or a word such as “unknown”; over all imports"),
    )
    found = [(each, source) for source in sources for each in source.unusable_identifiers]
    if not found:
        return figure(caption, empty("Every value could be used."))
    found.sort(key=lambda pair: (-pair[0].count, pair[0].type, pair[1].source))
    columns = (Column("Type", numeric=False), Column("Source", numeric=False), Column("Values"))
    rows = [(name(each.type), name(source.source), count_text(each.count)) for each, source in found]
    return figure(caption, table("Identifiers that point at nobody", columns, rows, most=15))


def _whose(source: SourceQuality) -> str:
    if not source.interactions:
        return "no interactions"
    known = share_text(source.with_customer / source.interactions)
    return f"{counted(source.interactions, 'interaction')}, {known} with a customer"


def _breaks(source: SourceQuality, now: datetime, *, until: date) -> Markup:
    lines = list(_remarks(source, now, until=until))
    return element("ul", *(element("li", line) for line in lines), role="list", class_="breaks")


def _remarks(source: SourceQuality, now: datetime, *, until: date) -> Iterator[object]:
    """One line about the rhythm, then a line for whatever is not as it should be.

    Parameters
    ----------
    until
        The day on which the record ends: silence that begins after it is the end of the data, not of this source.
    """
    yield _rhythm(source)
    longest = sorted(source.gaps, key=lambda gap: (-gap.expected, gap.first))[:_MOST_GAPS]
    for gap in sorted(longest, key=lambda gap: gap.first):
        yield join(element("strong", "Gap"), f" {_span(gap.first, gap.last)}: ", _missing(gap))
    if len(source.gaps) > len(longest):
        yield f"and {counted(len(source.gaps) - len(longest), 'smaller gap')}"
    if source.silence is not None and source.fell_silent(until):
        yield join(
            element("strong", "Silent"),
            f" since {date_text(source.silence.first)}, for {counted(source.silence.days, 'day')}",
        )
    if source.is_import_late(now) and source.last_import is not None and source.usual_import_pause is not None:
        pause = duration_text(source.usual_import_pause.total_seconds())
        yield join(
            element("strong", "Import late"),
            f": the last was on {date_text(source.last_import)}, usually every {pause}",
        )
    for count, words in ((source.in_future, "in the future"), (source.before_2000, "before 2000")):
        if count:
            yield join(element("strong", "Wrong times"), f": {counted(count, 'interaction')} {words}")


def _rhythm(source: SourceQuality) -> str:
    if source.newest is None:
        return "No interactions whose time can be right"
    usual = {
        RhythmKind.DAYS: f"Usually {source.rhythm.usual}",
        RhythmKind.WEEKS: f"Usually {source.rhythm.usual}",
        RhythmKind.DELIVERIES: f"Usually a delivery {source.rhythm.usual}",
        RhythmKind.IRREGULAR: "No rhythm, so gaps cannot be told",
        RhythmKind.TOO_LITTLE: "Too little data to tell gaps",
    }[source.rhythm.kind]
    delays = source.delays
    received = ""
    if delays is not None and delays.median_seconds is not None and delays.p95_seconds is not None:
        median, most = duration_text(delays.median_seconds), duration_text(delays.p95_seconds)
        received = f"; half received within {median}, 95{NO_BREAK}% within {most}"
    return f"{usual}; newest {date_text(source.newest)}{received}"


def _missing(gap: Gap) -> str:
    return f"{counted(gap.days, 'day')}, about {count_text(round(gap.expected))} interactions were to be expected"


def _span(first: date, last: date) -> str:
    return " – ".join(dict.fromkeys((date_text(first), date_text(last))))


def _all_gaps(source: SourceQuality) -> list[Gap]:
    return [*source.gaps, *([source.silence] if source.silence is not None else [])]


def _table(sources: Sequence[SourceQuality]) -> Markup:
    columns = (
        Column("Source", numeric=False),
        Column("Interactions"),
        Column("With a customer"),
        Column("Usually", numeric=False),
        Column("Newest", numeric=False),
        Column("Gaps"),
        Column("Expected in them"),
        Column("Last import", numeric=False),
    )
    rows = [
        (
            name(source.source),
            count_text(source.interactions),
            share_text(source.with_customer / source.interactions) if source.interactions else "–",
            source.rhythm.usual,
            date_text(source.newest) if source.newest else "–",
            count_text(len(_all_gaps(source))),
            count_text(round(sum(gap.expected for gap in _all_gaps(source)))),
            date_text(source.last_import) if source.last_import else "–",
        )
        for source in sources
    ]
    return table("Sources by freshness", columns, rows)


def _gaps_table(sources: Sequence[SourceQuality]) -> Markup:
    columns = (
        Column("Source", numeric=False),
        Column("From", numeric=False),
        Column("To", numeric=False),
        Column("Days"),
        Column("Expected"),
    )
    found = [(source, gap) for source in sources for gap in _all_gaps(source)]
    found.sort(key=lambda pair: (-pair[1].expected, pair[1].first, pair[0].source))
    rows = [
        (
            name(source.source),
            date_text(gap.first),
            "now" if gap is source.silence else date_text(gap.last),
            count_text(gap.days),
            count_text(round(gap.expected)),
        )
        for source, gap in found
    ]
    return table("Gaps of sources, largest first", columns, rows)


def _fill(source: SourceQuality, field: str) -> Markup:
    count = next((each.count for each in source.fields if each.field == field), 0)
    if not count:
        return element("td", "·", class_="none", aria_label="0")
    share = count / source.interactions
    return element(
        "td",
        share_text(share) if share < 0.1 else f"{share:.0%}".replace("%", f"{NO_BREAK}%"),
        style=f"--part:{100 * share:.0f}%",
    )


def _fields_table(sources: Sequence[SourceQuality]) -> Markup:
    columns = (Column("Source", numeric=False), Column("Field", numeric=False), Column("Interactions"), Column("Share"))
    rows = [
        (name(source.source), name(each.field), count_text(each.count), share_text(each.count / source.interactions))
        for source in sources
        for each in source.fields
    ]
    return table("Fields that are filled, by source", columns, rows, most=200)
