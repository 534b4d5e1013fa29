"""The page: one file that holds all it needs."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from desireline.app.report.channels import channels_section
from desireline.app.report.flow_section import flow_section
from desireline.app.report.gaps import gaps_section, has_gaps
from desireline.app.report.insights import has_insights, insights_section
from desireline.app.report.model import Question, ReportData
from desireline.app.report.overview import overview
from desireline.app.report.parts import section
from desireline.app.report.paths import paths_section
from desireline.app.report.quality import quality_section
from desireline.app.report.sessions import sessions_section
from desireline.app.report.stops import stops_section
from desireline.app.report.summary import summary
from desireline.app.report.words import date_text, moment_text, name
from desireline.journeys.pictures import Markup, element, flow_style, join, printable

_CONTENTS = (
    ("new", "What is new"),
    ("figures", "Key figures"),
    ("flow", "Flow"),
    ("paths", "Paths"),
    ("channels", "Channels"),
    ("stops", "Stops"),
    ("sessions", "Sessions"),
    ("gaps", "Gaps"),
    ("quality", "Data quality"),
    ("questions", "Ask further"),
)


def write_page(data: ReportData) -> str:
    """The report as one HTML page that loads nothing, neither from the network nor from other files.

    A security policy within the page forbids every request and every script but its own.

    Parameters
    ----------
    data
        What the page shows.

    Returns
    -------
    The whole document; write it as UTF-8.
    """
    body = join(*_full(data)) if data.totals.interactions else join(*_nothing_yet(data))
    return "<!doctype html>\n" + element("html", _head(data), element("body", body, _script()), lang="en") + "\n"


def _full(data: ReportData) -> list[Markup]:
    there = {"new": has_insights(data), "gaps": has_gaps(data.gaps), "questions": bool(data.questions)}
    missing = {ident for ident, is_there in there.items() if not is_there}
    contents = element(
        "nav",
        *(element("a", heading, href=f"#{ident}") for ident, heading in _CONTENTS if ident not in missing),
        aria_label="Sections",
    )
    sections = (
        insights_section(data),
        summary(data),
        overview(data),
        flow_section(data),
        paths_section(data),
        channels_section(data),
        stops_section(data),
        sessions_section(data),
        gaps_section(data),
        quality_section(data),
        _questions(data.questions),
    )
    return [
        _skip_link(),
        _header(data),
        contents,
        element("main", *(each for each in sections if each is not None), id="main"),
        _footer(data),
    ]


def _nothing_yet(data: ReportData) -> list[Markup]:
    steps = [
        _question(Question("Bring in interactions from a file:", "desireline import -w DIR interactions.csv")),
        _question(Question("Or look at a made-up company first:", "desireline demo DIR")),
        _question(Question("Then write this page anew:", "desireline report -w DIR -o journeys.html")),
    ]
    quality = quality_section(data) if data.quality.sources else None
    first = section(
        "empty",
        "Nothing to show yet",
        element("ol", *steps, class_="questions"),
        lead="This workspace has no interactions, so there are no journeys.",
    )
    return [_header(data), element("main", first, quality, id="main"), _footer(data)]


def _head(data: ReportData) -> Markup:
    style = Markup(flow_style() + _resource("style.css"))
    digest = base64.b64encode(hashlib.sha256(_resource("script.js").encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("meta", name_="generator", content="Desireline"),
        element("title", f"{printable(data.title)}: customer journeys"),
        element("style", style),
    )


def _script() -> Markup:
    return element("script", Markup(_resource("script.js")))


def _resource(file: str) -> str:
    return files("desireline.app.report").joinpath(file).read_text(encoding="utf-8")


def _skip_link() -> Markup:
    return element("a", "Skip to content", href="#main", class_="skip")


def _header(data: ReportData) -> Markup:
    period = None
    if data.first is not None and data.last is not None:
        days = dict.fromkeys((date_text(data.first), date_text(data.last)))
        period = element("p", " – ".join(days), class_="period")
    return element(
        "header", element("p", "Customer journeys", class_="kicker"), element("h1", name(data.title)), period
    )


def _questions(questions: tuple[Question, ...]) -> Markup | None:
    if not questions:
        return None
    return section(
        "questions",
        "Ask further",
        element("ul", *(_question(each) for each in questions), class_="questions", role="list"),
        lead="Command lines that go on from here.",
    )


def _question(question: Question) -> Markup:
    return element(
        "li",
        element("p", question.text),
        element("pre", element("code", question.command), tabindex="0", aria_label="Command line"),
    )


def _footer(data: ReportData) -> Markup:
    return element(
        "footer",
        element(
            "p",
            f"Figures of {moment_text(data.generated_at)}. Written by Desireline. ",
            "This file is complete in itself and loads nothing.",
        ),
    )
