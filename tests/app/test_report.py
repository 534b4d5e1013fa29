import base64
import hashlib
import math
import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from desireline.app.report import (
    ChannelUse,
    DataQuality,
    IdentifiersCount,
    IdentifierType,
    Question,
    ReasonCount,
    ReportData,
    ReportTotals,
    Stop,
    WeekCount,
    write_page,
)
from desireline.app.report.overview import ceiling, every_week
from desireline.journeys.model import (
    ChannelCount,
    ChannelMove,
    Channels,
    DistributionBin,
    FirstSeen,
    Flow,
    FlowEdge,
    FlowNode,
    Gaps,
    Sessions,
    SilentSwitch,
    SkippedStage,
    Variant,
    Variants,
)
from desireline.journeys.results.funnel import Funnel, FunnelStep, FunnelTimes
from desireline.sources import EmailHint, SourceQuality
from desireline.sources.measuring import Delays
from desireline.sources.quality import DayCount, FieldCount, QuarantineReason, TypeCount
from desireline.sources.rhythm import Gap, Rhythm, RhythmKind

FIRST_ORDER = datetime(2026, 1, 7, 10, tzinfo=UTC)
VOID = {"br", "hr", "input", "link", "meta"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></style></svg>",
    "&lt;b&gt;",
    "]]><!--",
]


def sample() -> ReportData:
    """A small shop: 1,199 episodes of 800 customers."""
    return ReportData(
        title="Corner shop",
        generated_at=datetime(2026, 4, 1, 8, 30, tzinfo=UTC),
        first=datetime(2026, 1, 7, 10, tzinfo=UTC),
        last=datetime(2026, 1, 29, 18, tzinfo=UTC),
        totals=ReportTotals(interactions=12_345, customers=800, customers_seen_once=120, touchpoints=4, channels=3),
        weeks=(
            WeekCount(date(2026, 1, 5), 1_000),
            WeekCount(date(2026, 1, 12), 4_321),
            WeekCount(date(2026, 1, 26), 7_024),
        ),
        span_name="episode",
        span_meaning="a run of interactions of one customer with no pause longer than 3 days",
        flow=Flow(
            (
                FlowNode("Visit", 1_400, 790),
                FlowNode("Basket", 500, 444),
                FlowNode("Order", 321, 300),
                FlowNode("Call", 234, 200),
            ),
            (
                FlowEdge("Visit", "Basket", 480, 431, 93_784.0, 99_000.0),
                FlowEdge("Visit", "Visit", 350, 222, 30.0, 40.0),
                FlowEdge("Basket", "Order", 310, 297, 120.0, 130.0),
                FlowEdge("Basket", "Visit", 77, 66, 45.0, 60.0),
                FlowEdge("Order", "Call", 39, 38, 3_600.0, 4_000.0),
            ),
        ),
        paths=Variants(
            800,
            1_199,
            57,
            (
                Variant(("Visit",), 250, 333, 0.3125, 0.0),
                Variant(("Visit", "Basket", "Order"), 201, 207, 0.25125, 7_200.0),
                Variant(("Visit", "Visit", "Visit", "Call"), 27, 29, 0.03375, 600.0),
            ),
        ),
        channel_uses=(
            ChannelUse("web", 9_999, 777),
            ChannelUse("phone", 2_001, 321),
            ChannelUse("store", 345, 99),
        ),
        channels=Channels(
            (ChannelMove("web", "phone", 611, 401), ChannelMove("phone", "web", 123, 111)),
            (ChannelCount("web", 900), ChannelCount("store", 100)),
            (ChannelCount("web", 700), ChannelCount("phone", 300)),
        ),
        stops=(
            Stop("Visit", ends=570, occurrences=1_400, customers=400),
            Stop("Order", ends=282, occurrences=321, customers=270),
        ),
        funnel=Funnel(
            (FunnelStep("Visit", 640, 640, 640), FunnelStep("Order", 298, 640, 640, FunnelTimes(298, 5_400.0))),
        ),
        sessions=Sessions(
            1_717,
            800,
            3.0,
            660.0,
            (DistributionBin(1, 2, 717), DistributionBin(2, math.inf, 1_000)),
            (DistributionBin(0, 60, 500), DistributionBin(60, math.inf, 1_217)),
        ),
        session_gap=timedelta(minutes=30),
        gaps=Gaps(
            stages=("Look", "Buy", "Ask"),
            unrecorded=("Leave",),
            skipped=(
                SkippedStage(
                    "Look",
                    "Buy",
                    spans=298,
                    without=71,
                    customers=71,
                    share=71 / 298,
                    share_low=0.193,
                    share_high=0.2897,
                    settling=17,
                    settling_without=13,
                    missing_since=FIRST_ORDER,
                    begin_without_stage=8,
                    first_seen=(FirstSeen("Order", 63), FirstSeen("Call", 8)),
                    examples=(),
                ),
                SkippedStage("Buy", "Ask", 0, 0, 0, math.nan, math.nan, math.nan, 5, 5, FIRST_ORDER, 0, (), ()),
            ),
            moves=734,
            silent_moves=242,
            switches=(
                SilentSwitch("Visit", "web", "Call", "phone", 202, 187, 144.4, 0.33, 176_400.0, ()),
                SilentSwitch("Call", "phone", "Visit", "web", 40, 39, 0.4, 0.25, 7_200.0, ()),
            ),
            total_switches=5,
        ),
        quality=DataQuality(
            sources=(
                SourceQuality(
                    "crm.csv",
                    files=2,
                    read=13_000,
                    stored=12_345,
                    duplicates=155,
                    quarantined=500,
                    reasons=(
                        QuarantineReason("missing_time", 510, 480),
                        QuarantineReason("unknown_value", 20, 20),
                    ),
                    unusable_identifiers=(TypeCount("email", 31),),
                    last_import=datetime(2026, 2, 1, 8, tzinfo=UTC),
                    usual_import_pause=timedelta(days=7),
                    interactions=12_345,
                    known_by=(TypeCount("email", 10_000), TypeCount("device", 2_345)),
                    fields=(FieldCount("text", 6_789), FieldCount("team", 12)),
                    delays=Delays(5_000, 3, 90.0, 5_400.0),
                    days=tuple(DayCount(date(2026, 1, day), 600 + day) for day in range(7, 30) if day not in (14, 15)),
                    rhythm=Rhythm(RhythmKind.DAYS, "every day"),
                    gaps=(Gap(date(2026, 1, 14), date(2026, 1, 15), 1_204.0),),
                    silence=Gap(date(2026, 1, 30), date(2026, 3, 31), 37_300.0),
                    in_future=7,
                    before_2000=9,
                    first=datetime(2026, 1, 7, 10, tzinfo=UTC),
                    last=datetime(2026, 1, 29, 18, tzinfo=UTC),
                ),
            ),
            identifiers=(IdentifiersCount(1, 555), IdentifiersCount(2, 233), IdentifiersCount(11, 12)),
            types=(IdentifierType("e-mail", 701, 650),),
            refused_joins=(ReasonCount("a phone number of more than 20 customers", 14),),
            email_hints=(EmailHint("gmial.com", 17, "gmail.com", 664, "well_known"),),
        ),
        questions=(Question("Who orders?", 'desireline journeys funnel -w DIR "Visit" "Order"'),),
    )


def empty() -> ReportData:
    return ReportData(
        title="New workspace",
        generated_at=datetime(2026, 4, 1, 8, 30, tzinfo=UTC),
        first=None,
        last=None,
        totals=ReportTotals(0, 0, 0, 0, 0),
        weeks=(),
        span_name="episode",
        span_meaning="a run of interactions",
        flow=Flow((), ()),
        paths=Variants(0, 0, 0, ()),
        channel_uses=(),
        channels=Channels((), (), ()),
        stops=(),
        funnel=None,
        sessions=Sessions(0, 0, math.nan, math.nan, (), ()),
        session_gap=timedelta(minutes=30),
        gaps=Gaps((), (), (), 0, 0, (), 0),
        quality=DataQuality((), (), (), ()),
        questions=(),
    )


def single() -> ReportData:
    """One customer, one interaction."""
    moment = datetime(2026, 1, 7, 10, tzinfo=UTC)
    return replace(
        empty(),
        first=moment,
        last=moment,
        totals=ReportTotals(1, 1, 1, 1, 1),
        weeks=(WeekCount(date(2026, 1, 5), 1),),
        flow=Flow((FlowNode("Visit", 1, 1),), ()),
        paths=Variants(1, 1, 1, (Variant(("Visit",), 1, 1, 1.0, 0.0),)),
        channel_uses=(ChannelUse("web", 1, 1),),
        channels=Channels((), (ChannelCount("web", 1),), (ChannelCount("web", 1),)),
        stops=(Stop("Visit", 1, 1, 1),),
        sessions=Sessions(1, 1, 1.0, 0.0, (DistributionBin(1, 2, 1),), (DistributionBin(0, 60, 1),)),
    )


def large(touchpoints: int, *, length: int = 20) -> ReportData:
    """Many touchpoints with long names, each followed by three others."""
    names = [f"{index:03d} {'long name ' * 20}"[:length] for index in range(touchpoints)]
    pairs = [(source, (source * step + step) % touchpoints) for source in range(touchpoints) for step in (1, 3, 7)]
    counts = {pair: 10_000 // (1 + sum(pair)) + 1 for pair in pairs}
    return replace(
        sample(),
        flow=Flow(
            tuple(FlowNode(name, 50_000 - index, 40_000 - index) for index, name in enumerate(names)),
            tuple(FlowEdge(names[a], names[b], count, count, 60.0, 60.0) for (a, b), count in counts.items()),
        ),
        paths=Variants(
            800,
            1_000,
            900,
            tuple(Variant(tuple(names[:size]), 40 - size, 40, 0.04, 1.0) for size in range(1, 31)),
        ),
        stops=tuple(Stop(name, 10, 50, 9) for name in names),
    )


def with_names(value: object, names: list[str]) -> object:
    """The value with every text in it replaced by one of the names."""
    if isinstance(value, str):
        return names[sum(value.encode()) % len(names)]
    if isinstance(value, tuple):
        return tuple(with_names(each, names) for each in value)
    if is_dataclass(value):
        kept = {each.name: with_names(getattr(value, each.name), names) for each in fields(value)}
        return type(value)(**kept)
    return value


def multiplied(value: object, factor: int) -> object:
    """The value with every whole number in it multiplied."""
    if isinstance(value, int):
        return value * factor
    if isinstance(value, tuple):
        return tuple(multiplied(each, factor) for each in value)
    if is_dataclass(value):
        kept = {each.name: multiplied(getattr(value, each.name), factor) for each in fields(value)}
        return type(value)(**kept)
    return value


CASES = {
    "sample": sample(),
    "empty": empty(),
    "single": single(),
    "hostile": with_names(sample(), HOSTILE),
    "other scripts": with_names(sample(), ["مرحبا بالعميل", "🛒 👩‍👩‍👧‍👦", "長い名前", "a\u202eb", "\x00\x1b", ""]),
    "three hundred": large(300, length=100),
    "huge": multiplied(sample(), 987_654_321),
}


@dataclass
class Page(HTMLParser):
    """What a page holds, read the way a browser would."""

    source: str
    open: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)
    _caption: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()
        self.problems += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if len(dict(attrs)) < len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self._caption = None

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes something else")
        if tag == "table":
            self._caption = None

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"}:
            return
        self.texts.append(data)
        if self.open and self.open[-1] == "caption":
            self._caption = data
            self.tables[data] = []
        elif self._caption is not None and "table" in self.open:
            self.tables[self._caption].append(data.replace("\N{NO-BREAK SPACE}", " "))

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).replace("\N{NO-BREAK SPACE}", " ").split())

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]


@pytest.fixture(params=CASES, scope="module")
def page(request: pytest.FixtureRequest) -> Page:
    return Page(write_page(CASES[request.param]))


@pytest.fixture(scope="module")
def shop() -> Page:
    return Page(write_page(sample()))


def test_tags_are_balanced(page: Page) -> None:
    assert page.problems == []


def test_nothing_is_loaded(page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in {
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "image",
            "use",
            "base",
            "audio",
            "video",
        }
        for name in ("src", "href", "xlink:href", "srcset", "action", "data", "poster"):
            assert (attributes.get(name) or "#").startswith("#")
        assert "url(" not in (attributes.get("style") or "")
    styles = "".join(re.findall(r"<style>(.*?)</style>", page.source, re.DOTALL))
    assert not re.search(r"url\(|@import|//", styles)
    assert not re.search(r"https?://", page.source)


def test_the_policy_admits_the_one_script_and_no_other(page: Page) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", page.source, re.DOTALL)
    assert len(scripts) == sum(tag == "script" for tag, _ in page.tags) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = next(
        attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv") and tag == "meta"
    )
    assert f"script-src 'sha256-{digest}';" in (policy or "")
    assert "default-src 'none'" in (policy or "")
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_ids_are_unique_and_referred_to_rightly(page: Page) -> None:
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(name) or "").split()) <= set(ids)
        target = attributes.get("href") or ""
        assert not target or target.removeprefix("#") in ids


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_pictures_have_a_title_and_decorations_are_hidden(page: Page) -> None:
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or attributes.get("aria-labelledby")


def test_the_page_can_be_written(page: Page) -> None:
    page.source.encode("utf-8")
    assert "\x00" not in page.source


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_show_as_text(name: str) -> None:
    page = Page(write_page(with_names(sample(), [name])))
    assert page.problems == []
    assert name in page.text
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not any(tag == "img" for tag, _ in page.tags)


def test_every_picture_has_a_table_twin(shop: Page) -> None:
    sections = re.findall(r"<figure.*?</figure>(?:\s*<details)?", shop.source, re.DOTALL)
    assert len(sections) >= 9
    assert all("<table>" in each or each.endswith("<details") for each in sections)


@pytest.mark.parametrize(
    ("caption", "numbers"),
    [
        ("Interactions per week, latest first", ["7,024", "4,321", "1,000", "0"]),
        (
            "Moves in the picture at most detail, most frequent first",
            ["973", "480", "431", "1 d 2 h", "350", "310", "77", "39"],
        ),
        (
            "Touchpoints in the picture at most detail",
            ["1,400", "790", "973", "570", "500", "321", "234", "1,199"],
        ),
        ("The most common paths", ["250", "31.2 %", "333", "201", "25.1 %", "2 h", "Visit", " → ", " ×3 → "]),
        ("Channels by interactions", ["9,999", "81.0 %", "777", "900", "700", "345"]),
        ("Moves between channels, most frequent first", ["611", "401", "123", "111"]),
        ("Touchpoints where episodes end", ["570", "47.5 %", "1,400", "40.7 %", "282", "87.9 %"]),
        ("Funnel", ["640", "100 %", "–", "298", "46.6 %", "1 h 30 min"]),
        ("Interactions per session", ["717", "41.8 %", "1,000", "2 or more"]),
        ("Duration of sessions", ["under 1 min", "500", "1 min or more", "1,217"]),
        ("Customers who reach a stage without an earlier one", ["298", "71", "23.8 %", "13", "Order", " 63, ", "Call"]),
        ("Silent switches of the channel", ["202", "144", "187", "33.0 %", "2 d 1 h", "less than 1", "40", "25.0 %"]),
        ("Records by source", ["2", "13,000", "12,345", "155", "500", "7 Jan 2026", "29 Jan 2026"]),
        ("Records in quarantine by reason", ["510", "480", "20"]),
        ("Identifiers that point at nobody", ["31"]),
        ("Sources by freshness", ["12,345", "81.0 %", "every day", "29 Jan 2026", "2", "38,504", "1 Feb 2026"]),
        ("Gaps of sources, largest first", ["30 Jan 2026", "now", "61", "37,300", "14 Jan 2026", "2", "1,204"]),
        ("Fields that are filled, by source", ["6,789", "55.0 %", "12"]),
        ("E-mail domains that look like slips", ["gmial.com", "17", "gmail.com", "664"]),
        ("Identifiers per customer", ["555", "233", "12", "8 or more", "69.4 %"]),
        ("Identifiers by type", ["701", "650"]),
        ("Refused joins by reason", ["14"]),
    ],
)
def test_tables_hold_the_exact_numbers(shop: Page, caption: str, numbers: list[str]) -> None:
    assert set(numbers) <= set(shop.tables[caption])


def test_the_section_about_gaps_is_there_only_where_there_are_some(shop: Page) -> None:
    assert "gaps" in shop.ids()
    assert "Nothing is recorded of Leave." in shop.text
    none = Page(write_page(replace(sample(), gaps=empty().gaps)))
    assert "gaps" not in none.ids()
    assert "#gaps" not in {attributes.get("href") for _, attributes in none.tags}


def test_the_numbers_in_the_picture_of_the_flow_are_in_its_tables(shop: Page) -> None:
    drawn = re.findall(r'<text[^>]*class="(?:label|count)[^"]*">([^<]*)</text>', shop.source)
    drawn += [re.sub(" ends? here$", "", text) for text in re.findall(r'class="end-label">([^<]*)<', shop.source)]
    exact = {
        *shop.tables["Moves in the picture at most detail, most frequent first"],
        *shop.tables["Touchpoints in the picture at most detail"],
    }
    assert len(drawn) > 10
    assert set(drawn) <= exact


@pytest.mark.parametrize(
    "sentence",
    [
        "12,345 interactions of 800 customers at 4 touchpoints in 3 channels, from 7 Jan 2026 to 29 Jan 2026.",
        "Most often an episode is one single interaction, Visit (250 customers, 31.2 %). "
        "The most common path of several steps is Visit → Basket → Order: "
        "201 customers (25.1 % of 800), in 207 episodes.",
        "The most common move is Visit → Basket: 480 times by 431 customers, typically 1 d 2 h later (median).",
        "The busiest channel is web with 81.0 % of all interactions (9,999); "
        "people most often change from web to phone (611 times, 401 customers).",
        "More episodes end at Visit than anywhere else: 570 of 1,199 (47.5 %). "
        "Of its 1,400 occurrences, 40.7 % are the last of their episode.",
        "Of 13,000 records read, 155 were duplicates and 500 (3.8 %) could not be used; "
        "500 records wait in quarantine, most often for the reason no time (480).",
    ],
)
def test_the_page_says_in_short(shop: Page, sentence: str) -> None:
    assert sentence in shop.text


def test_without_a_script_one_level_of_detail_is_shown(shop: Page) -> None:
    levels = [attributes for _, attributes in shop.tags if "level" in (attributes.get("class") or "").split()]
    assert len(levels) >= 2
    assert sum("hidden" not in attributes for attributes in levels) == 1
    slider = next(attributes for _, attributes in shop.tags if attributes.get("class") == "slider")
    assert "hidden" in slider
    control = next(attributes for _, attributes in shop.tags if attributes.get("type") == "range")
    assert control["max"] == str(len(levels))
    assert "hidden" not in levels[int(control["value"] or 0) - 1]


def test_an_empty_workspace_gets_told_what_to_do() -> None:
    page = Page(write_page(empty()))
    assert "This workspace has no interactions" in page.text
    assert "desireline import -w DIR" in page.text
    assert not any(tag == "nav" for tag, _ in page.tags)


def test_an_empty_workspace_shows_what_is_in_quarantine() -> None:
    nothing_stored = replace(sample().quality.sources[0], read=500, stored=0, duplicates=0, first=None, last=None)
    quality = replace(empty().quality, sources=(nothing_stored,))
    page = Page(write_page(replace(empty(), quality=quality)))
    assert "no time" in page.text


def test_one_interaction_makes_whole_sentences() -> None:
    text = Page(write_page(single())).text
    assert "1 interaction of 1 customer at 1 touchpoint in 1 channel, all on 7 Jan 2026." in text
    assert "All interactions are in one channel, web." in text
    assert "Every episode ends at Visit (1)." in text
    assert "Nobody moved from one channel to another." in text


def test_long_tables_say_how_many_rows_there_are_beyond() -> None:
    page = Page(write_page(large(60)))
    assert "… and 40 more" in page.text  # of 60 stops, 20 are shown
    assert "… and 885 more" in page.text  # of 900 paths, 15 are shown


def test_sixty_touchpoints_make_a_page_of_less_than_two_megabytes() -> None:
    assert len(write_page(large(60)).encode()) < 2_000_000


def test_the_same_data_makes_the_same_page() -> None:
    assert write_page(large(60)) == write_page(large(60))


def test_weeks_without_interactions_are_counted_as_none() -> None:
    weeks = every_week((WeekCount(date(2026, 1, 19), 3), WeekCount(date(2026, 1, 5), 1)))
    assert [(week.start.day, week.interactions) for week in weeks] == [(5, 1), (12, 0), (19, 3)]


@pytest.mark.parametrize("value", [0, 1, 2, 7, 99, 100, 101, 12_345, 10**12])
def test_an_axis_ends_at_or_above_its_largest_value(value: int) -> None:
    assert max(value, 1) <= ceiling(value) <= max(2 * value, 1)
