"""Data quality: what became of the records, and how customers are known."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.app.report.model import ReasonCount, ReportData
from desireline.app.report.parts import Bar, Column, bars, empty, figure, section, table, twin
from desireline.app.report.sources import filled_fields, hints, timelines, unusable
from desireline.app.report.words import counted, date_text, name, reason_text
from desireline.journeys.pictures import Markup, count_text, element, join, share_text
from desireline.sources import SourceQuality

_PARTS = ("stored", "duplicates", "quarantined")
_MOST_IDENTIFIERS = 8
_MOST_SOURCES = 12


def quality_section(data: ReportData) -> Markup:
    """The section about data quality."""
    sources = sorted(data.quality.sources, key=lambda source: (-source.read, source.source))
    return section(
        "quality",
        "Data quality",
        _sources(sources),
        timelines(sources, now=data.generated_at),
        element("div", _reasons(sources), unusable(sources), class_="columns"),
        filled_fields(sources),
        element("div", _identifiers(data), _types(data), class_="columns"),
        element("div", _refused(data.quality.refused_joins), hints(data.quality.email_hints), class_="columns"),
        lead=(
            "What became of the records that were read, how fresh and how complete each source is, and by how many "
            "identifiers each customer is known."
        ),
    )


def _sources(sources: Sequence[SourceQuality]) -> Markup:
    caption = join(
        element("strong", "Records by source"),
        element("span", "Stored, duplicates and quarantined, of all records read"),
    )
    if not sources:
        return figure(caption, empty("No source has been imported."))
    legend = element(
        "ul",
        *(element("li", element("span", class_=f"swatch {part}"), part) for part in _PARTS),
        class_="legend",
        role="list",
    )
    rows = [_stack(source) for source in sources[:_MOST_SOURCES]]
    return figure(caption, legend, element("ul", *rows, class_="stacks", role="list"), twin(_sources_table(sources)))


def _stack(source: SourceQuality) -> Markup:
    amounts = {"stored": source.stored, "duplicates": source.duplicates, "quarantined": source.quarantined}
    shares = {
        "stored": source.stored / max(1, source.duplicates_of),
        "duplicates": source.duplicates / max(1, source.duplicates_of),
        "quarantined": source.quarantined / max(1, source.quarantined_of or source.read),
    }
    room = 1 - shares["quarantined"] if source.grouped else 1.0
    pieces = [
        element("span", class_=part, style=f"width:{100 * share * (1 if part == 'quarantined' else room):.2f}%")
        for part, share in shares.items()
        if share
    ]
    told = {part: f"{count_text(amount)} {part}" for part, amount in amounts.items()}
    told["duplicates"] = counted(source.duplicates, "duplicate")
    if source.grouped:
        told["quarantined"] = f"{counted(source.quarantined, 'row')} quarantined"
    words = ", ".join(f"{told[part]} ({share_text(share)})" for part, share in shares.items())
    return element(
        "li",
        element(
            "span",
            name(source.source),
            element("small", f"{_amount(source)} in {counted(source.files, 'file')}"),
        ),
        element("span", *pieces, class_="stack"),
        element("small", words),
    )


def _amount(source: SourceQuality) -> str:
    if not source.grouped or source.rows is None:
        return counted(source.read, "record")
    return f"{counted(source.usable, 'record')} of {counted(source.rows, 'row')}"


def _sources_table(sources: Sequence[SourceQuality]) -> Markup:
    columns = (
        Column("Source", numeric=False),
        Column("Files"),
        Column("Read"),
        Column("Stored"),
        Column("Duplicates"),
        Column("Quarantined"),
        Column("First interaction", numeric=False),
        Column("Last interaction", numeric=False),
    )
    rows = [
        (
            name(source.source),
            *(count_text(n) for n in (source.files, source.read, source.stored, source.duplicates, source.quarantined)),
            date_text(source.first) if source.first else "–",
            date_text(source.last) if source.last else "–",
        )
        for source in sources
    ]
    return table("Records by source", columns, rows)


def _reasons(sources: Sequence[SourceQuality]) -> Markup:
    caption = join(
        element("strong", "Why records could not be used"),
        element("span", "In all imports, and those that wait in quarantine to be repaired and read again"),
    )
    found = [(source.source, each) for source in sources for each in source.reasons if each.quarantined]
    if not found:
        return figure(caption, empty("Every record could be used."))
    found.sort(key=lambda pair: (-pair[1].waiting, -pair[1].quarantined, pair[1].reason, pair[0]))
    columns = (Column("Reason", numeric=False), Column("Source", numeric=False), Column("Records"), Column("Waiting"))
    rows = [
        (name(reason_text(each.reason)), name(source), count_text(each.quarantined), count_text(each.waiting))
        for source, each in found
    ]
    return figure(caption, table("Records in quarantine by reason", columns, rows, most=15))


def _refused(refused: Sequence[ReasonCount]) -> Markup:
    caption = join(
        element("strong", "Joins that were refused"),
        element("span", "Identifiers seen together that would have joined different people"),
    )
    if not any(each.count for each in refused):
        return figure(caption, empty("No join was refused."))
    ordered = sorted(refused, key=lambda each: (-each.count, each.reason))
    columns = (Column("Reason", numeric=False), Column("Joins"))
    return figure(
        caption,
        table(
            "Refused joins by reason",
            columns,
            [(name(each.reason), count_text(each.count)) for each in ordered],
            most=15,
        ),
    )


def _identifiers(data: ReportData) -> Markup:
    caption = join(element("strong", "Identifiers per customer"), element("span", "Share of customers"))
    counts = sorted(data.quality.identifiers, key=lambda each: each.identifiers)
    total = sum(each.customers for each in counts)
    if not total:
        return figure(caption, empty("There are no customers yet."))
    grouped: list[tuple[str, int]] = [
        (count_text(each.identifiers), each.customers) for each in counts if each.identifiers < _MOST_IDENTIFIERS
    ]
    many = sum(each.customers for each in counts if each.identifiers >= _MOST_IDENTIFIERS)
    if many:
        grouped.append((f"{_MOST_IDENTIFIERS} or more", many))
    most = max(customers for _, customers in grouped)
    rows = [Bar(label, customers / most, share_text(customers / total)) for label, customers in grouped]
    exact = [(label, count_text(customers), share_text(customers / total)) for label, customers in grouped]
    columns = (Column("Identifiers", numeric=False), Column("Customers"), Column("Share"))
    return figure(
        caption,
        bars(rows, label="Identifiers per customer", kind="bars histogram"),
        twin(table("Identifiers per customer", columns, exact)),
    )


def _types(data: ReportData) -> Markup:
    caption = join(element("strong", "Types of identifiers"), element("span", "What customers are known by"))
    types = sorted(data.quality.types, key=lambda each: (-each.identifiers, each.type))
    if not types:
        return figure(caption, empty("There are no identifiers yet."))
    columns = (Column("Type", numeric=False), Column("Identifiers"), Column("Customers"))
    rows = [(name(each.type), count_text(each.identifiers), count_text(each.customers)) for each in types]
    return figure(caption, table("Identifiers by type", columns, rows, most=15))
