"""Random maps: any number of phases, steps, lanes and cells, with texts in many scripts."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from desireline.maps import (
    LANE_ROLES,
    Cell,
    Claim,
    Evidence,
    JourneyMap,
    Lane,
    MetricPlacement,
    Opportunity,
    Persona,
    Phase,
    Picture,
    Solution,
    Step,
    TouchpointMention,
)

TEXTS = (
    "I pay",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 3,
    "「価格」はどこですか？ちょっと待ってください。",
    "أدفع بالبطاقة (1) ثم أنتظر الرسالة",
    "Wie lange dauert das noch, und wer sagt es mir?",
    "a <b> & \"c\" 'd'",
    "two\nlines",
    "👩‍👧 family 🇦🇹",
    "ไม่มีช่องว่าง" * 5,
    " ",
    "word " * 200,
    "x" * 3_000,
)
texts = st.one_of(st.sampled_from(TEXTS), st.text(min_size=1, max_size=30))
SCORES = st.none() | st.floats(1, 5)


def claims() -> st.SearchStrategy[Claim]:
    evidence = st.builds(
        Evidence,
        kind=st.sampled_from(["survey", "interview"]),
        n=st.none() | st.integers(0, 10**6),
        quote=st.none() | texts,
    )
    return st.builds(
        Claim,
        text=texts,
        confidence=st.sampled_from([None, "low", "medium", "high"]),
        evidence=st.lists(evidence, max_size=2).map(tuple),
        opportunities=st.sampled_from([(), ("o1",), ("gone",)]),
    )


def opportunities() -> st.SearchStrategy[tuple[Opportunity, ...]]:
    solution = st.builds(Solution, id=st.just("s1"), title=texts)
    return st.builds(
        Opportunity,
        id=st.just("o1"),
        title=texts,
        customer_value=SCORES,
        solutions=st.lists(solution, max_size=1).map(tuple),
    ).map(lambda found: (found,))


@st.composite
def steps(draw: st.DrawFn, count: int) -> list[Step]:
    idents = [f"s{place}" for place in range(count)]
    return [
        Step(
            id=ident,
            name=draw(texts),
            summary=draw(st.none() | texts),
            optional=draw(st.booleans()),
            next=draw(st.none() | st.lists(st.sampled_from(idents), max_size=3, unique=True).map(tuple)),
            moment_of_truth=draw(st.none() | st.just("") | texts),
            metrics=draw(st.sampled_from([(), (MetricPlacement("reach", 3.0),)])),
        )
        for ident in idents
    ]


@st.composite
def maps(draw: st.DrawFn, most_steps: int = 6, most_lanes: int = 5) -> JourneyMap:
    """A map as one could be read: ids are there once, cells name steps that it has."""
    count = draw(st.integers(0, most_steps))
    found = draw(steps(count))
    cuts = sorted(draw(st.lists(st.integers(0, count), max_size=3)))
    places = [0, *cuts, count]
    phases = [
        Phase(f"p{number}", draw(texts), draw(st.none() | texts), tuple(found[first:last]))
        for number, (first, last) in enumerate(itertools.pairwise(places))
    ]
    return JourneyMap(
        id="random",
        title=draw(texts),
        phases=tuple(phases) if count or draw(st.booleans()) else (),
        lanes=tuple(draw(_lane(number, count)) for number in range(draw(st.integers(0, most_lanes)))),
        summary=draw(st.none() | texts),
        goal=draw(st.none() | texts),
        language=draw(st.sampled_from([None, "en", "ar", "he"])),
        personas=draw(
            st.lists(st.builds(Persona, id=st.just("anna"), name=texts, quote=st.none() | texts), max_size=1).map(tuple)
        ),
        opportunities=draw(opportunities()),
    )


@st.composite
def _lane(draw: st.DrawFn, number: int, count: int) -> Lane:
    cells = [draw(_cell(number, place, count)) for place in range(draw(st.integers(0, 5)))] if count else []
    return Lane(
        id=f"l{number}",
        role=draw(st.sampled_from(LANE_ROLES)),
        label=draw(texts),
        persona=draw(st.sampled_from([None, "anna", "gone"])),
        line=draw(st.sampled_from(["current", "future"])),
        cells=tuple(cells),
    )


@st.composite
def _cell(draw: st.DrawFn, lane: int, place: int, count: int) -> Cell:
    first = draw(st.integers(0, count - 1))
    last = draw(st.integers(first, count - 1))
    return Cell(
        id=f"c{lane}-{place}",
        step=f"s{first}",
        until=draw(st.sampled_from([None, f"s{last}"])),
        claims=draw(st.lists(claims(), max_size=2).map(tuple)),
        emotion=draw(st.none() | st.floats(-2, 2)),
        word=draw(st.none() | texts),
        tension=draw(st.none() | st.floats(1, 5)),
        touchpoints=draw(st.lists(st.builds(TouchpointMention, texts, st.none() | texts), max_size=2).map(tuple)),
        picture=draw(st.sampled_from([None, Picture("gone.png", "a door"), Picture("data:image/png;base64,AAAA")])),
        opportunities=draw(st.sampled_from([(), ("o1",), ("gone",)])),
    )


def large_map(count: int, lane_count: int, *, filled: float = 0.6) -> JourneyMap:
    """A map of so many steps and lanes."""
    found = [Step(f"s{place}", f"Step {place}: I do the next thing") for place in range(count)]
    size = max(1, count // 7)
    phases = tuple(
        Phase(f"p{first}", f"Phase {first}", None, tuple(found[first : first + size]))
        for first in range(0, count, size)
    )
    lanes = tuple(
        Lane(
            f"l{number}",
            role,
            role.capitalize(),
            cells=tuple(
                _large_cell(number, place) for place in range(count) if (place * 7 + number * 3) % 10 < filled * 10
            ),
        )
        for number, role in enumerate((LANE_ROLES * 2)[:lane_count])
    )
    return JourneyMap("large", "A large map", phases, lanes)


def _large_cell(lane: int, place: int) -> Cell:
    return Cell(
        f"c{lane}-{place}",
        f"s{place}",
        claims=(Claim(f"What somebody says of step {place}, in a sentence or two."),),
        emotion=(place * 7 % 9) / 2 - 2,
        word="fine",
        tension=place % 5 + 1,
    )
