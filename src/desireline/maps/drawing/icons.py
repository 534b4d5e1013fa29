"""Simple signs, drawn in lines on a square of 24: channels, kinds of claims, states, health."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.maps.drawing.shapes import Circle, Icon, Path, Point, Shape
from desireline.maps.drawing.themes import Colour


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; closed, and filled where asked for."""

    points: tuple[Point, ...]
    closed: bool = False
    filled: bool = False
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle; a dot where it is filled."""

    x: float
    y: float
    radius: float
    filled: bool = False


Element = Stroke | Ring


def _line(*numbers: float, closed: bool = False, filled: bool = False, inverse: bool = False) -> Stroke:
    return Stroke(tuple(zip(numbers[::2], numbers[1::2], strict=True)), closed, filled, inverse)


def _box(x: float, y: float, width: float, height: float) -> Stroke:
    return _line(x, y, x + width, y, x + width, y + height, x, y + height, closed=True)


ICONS: dict[str, tuple[Element, ...]] = {
    "web": (
        Ring(12, 12, 9),
        _line(3, 12, 21, 12),
        _line(12, 3, 9, 6.5, 8, 12, 9, 17.5, 12, 21, 15, 17.5, 16, 12, 15, 6.5, closed=True),
    ),
    "app": (_box(7, 2.5, 10, 19), _line(10.5, 18.5, 13.5, 18.5)),
    "phone": (
        _line(
            *(
                5,
                3.5,
                9,
                3.5,
                10.5,
                8,
                8.5,
                9.8,
                10.5,
                12.8,
                13.8,
                15.5,
                16,
                13.5,
                20.5,
                15,
                20.5,
                19,
                18.5,
                20.8,
                14,
                20,
            ),
            *(9, 17, 5.5, 12.8, 3.6, 8, 3.4, 5),
            closed=True,
        ),
    ),
    "chat": (
        _line(4, 4.5, 20, 4.5, 20, 16, 12, 16, 7.5, 20.5, 7.5, 16, 4, 16, closed=True),
        _line(8, 8.8, 16, 8.8),
        _line(8, 12, 13, 12),
    ),
    "email": (_box(3, 5, 18, 14), _line(3, 6, 12, 13, 21, 6)),
    "shop": (
        _line(4.5, 11, 4.5, 20.5, 19.5, 20.5, 19.5, 11),
        _line(
            5,
            3.5,
            19,
            3.5,
            21.5,
            9.5,
            19.5,
            11.3,
            17,
            9.5,
            14.5,
            11.3,
            12,
            9.5,
            9.5,
            11.3,
            7,
            9.5,
            4.5,
            11.3,
            2.5,
            9.5,
            closed=True,
        ),
        _line(10, 20.5, 10, 14.5, 14, 14.5, 14, 20.5),
    ),
    "letter": (
        _line(3, 9.5, 12, 3.5, 21, 9.5, 21, 20, 3, 20, closed=True),
        _line(3, 10, 12, 15.5, 21, 10),
    ),
    "social": (
        Ring(6, 12, 2.8),
        Ring(17.5, 5.5, 2.8),
        Ring(17.5, 18.5, 2.8),
        _line(8.5, 10.6, 15, 6.9),
        _line(8.5, 13.4, 15, 17.1),
    ),
    "survey": (
        _box(5, 4, 14, 17),
        _line(9, 2.5, 15, 2.5, 15, 5.5, 9, 5.5, closed=True, filled=True),
        _line(8, 11, 9.3, 12.3, 11.5, 9.6),
        _line(13.5, 11, 16, 11),
        _line(8, 16, 9.3, 17.3, 11.5, 14.6),
        _line(13.5, 16, 16, 16),
    ),
    "billing": (
        _line(5, 2.8, 19, 2.8, 19, 21, 16.7, 19.2, 14.3, 21, 12, 19.2, 9.7, 21, 7.3, 19.2, 5, 21, closed=True),
        _line(8.5, 8, 15.5, 8),
        _line(8.5, 11.8, 15.5, 11.8),
        _line(8.5, 15.4, 12, 15.4),
    ),
    "advert": (
        _line(3, 10, 3, 14.5, 7, 14.5, 17, 19.5, 17, 5, 7, 10, closed=True),
        _line(7.5, 14.8, 9, 20.5, 12, 20.5, 10.6, 16.4),
        _line(20, 9.6, 21.3, 12.2, 20, 14.8),
    ),
    "search": (Ring(10.5, 10.5, 6.5), _line(15.4, 15.4, 21, 21)),
    "person": (
        Ring(12, 7.8, 4.3),
        _line(3.8, 21, 4.6, 17.5, 7.5, 15, 12, 14.2, 16.5, 15, 19.4, 17.5, 20.2, 21, closed=True),
    ),
    "delivery": (
        _line(2.5, 5.5, 14.5, 5.5, 14.5, 17, 2.5, 17, closed=True),
        _line(14.5, 9.5, 18.5, 9.5, 21.5, 13, 21.5, 17, 14.5, 17),
        Ring(7, 18, 2.2, filled=True),
        Ring(17.5, 18, 2.2, filled=True),
    ),
    "other": (
        Ring(12, 12, 8.5),
        Ring(8, 12, 1.3, filled=True),
        Ring(12, 12, 1.3, filled=True),
        Ring(16, 12, 1.3, filled=True),
    ),
    "storyboard": (_box(3, 4.5, 18, 15), _line(3, 17, 8.5, 11, 12.5, 15, 15.5, 12, 21, 17), Ring(16, 8.8, 1.6)),
    "actions": (_line(5, 3, 5, 18.5, 9.3, 14.6, 12.3, 21, 14.6, 20, 11.7, 13.7, 17.3, 13.2, closed=True),),
    "thoughts": (
        _line(
            7,
            15.5,
            4.3,
            14.5,
            3.3,
            11.5,
            5,
            8.8,
            6.3,
            5.5,
            10,
            4.2,
            13,
            4.8,
            16.5,
            4.5,
            19,
            6.8,
            19.3,
            9.4,
            21,
            12,
            19.6,
            14.8,
            16.6,
            15.8,
            closed=True,
        ),
        Ring(9, 18.6, 1.5),
        Ring(6.3, 21, 0.9),
    ),
    "motivations": (
        _line(
            12, 21, 4, 12.5, 3.2, 8.5, 5.3, 5.2, 9, 4.8, 12, 7.6, 15, 4.8, 18.7, 5.2, 20.8, 8.5, 20, 12.5, closed=True
        ),
    ),
    "emotion": (
        Ring(12, 12, 9),
        Ring(9, 10, 1.1, filled=True),
        Ring(15, 10, 1.1, filled=True),
        _line(7.8, 14.2, 9.7, 16.2, 12, 16.9, 14.3, 16.2, 16.2, 14.2),
    ),
    "tension": (_line(2.5, 18, 7, 15.5, 11, 10, 14.5, 4, 17, 9.5, 19, 15.5, 21.5, 17.5),),
    "touchpoints": (
        _line(
            12,
            21.5,
            6.2,
            13.6,
            5,
            9.5,
            6.4,
            5.4,
            9.6,
            3.1,
            12,
            2.7,
            14.4,
            3.1,
            17.6,
            5.4,
            19,
            9.5,
            17.8,
            13.6,
            closed=True,
        ),
        Ring(12, 9.6, 2.6),
    ),
    "people": (
        Ring(8.5, 8.5, 3.4),
        _line(2.5, 19.5, 3.4, 16, 8.5, 14.2, 13.6, 16, 14.5, 19.5),
        Ring(16.5, 7.5, 2.7),
        _line(16, 13, 20.4, 14.4, 21.5, 18),
    ),
    "pains": (_line(13.5, 2.5, 5, 13.5, 11, 13.5, 10, 21.5, 19, 9.8, 12.7, 9.8, closed=True),),
    "gains": (
        _line(
            12,
            2.8,
            14.8,
            8.9,
            21.4,
            9.7,
            16.5,
            14.2,
            17.8,
            20.8,
            12,
            17.5,
            6.2,
            20.8,
            7.5,
            14.2,
            2.6,
            9.7,
            9.2,
            8.9,
            closed=True,
        ),
    ),
    "frontstage": (
        _line(3, 21, 21, 21),
        _line(5.5, 21, 5.5, 5, 18.5, 5, 18.5, 21),
        _line(5.5, 5, 9.5, 9, 9.5, 14, 5.5, 17),
        _line(18.5, 5, 14.5, 9, 14.5, 14, 18.5, 17),
    ),
    "backstage": (
        Ring(12, 12, 3.4),
        _line(12, 2.5, 12, 6),
        _line(12, 18, 12, 21.5),
        _line(2.5, 12, 6, 12),
        _line(18, 12, 21.5, 12),
        _line(5.3, 5.3, 7.8, 7.8),
        _line(16.2, 16.2, 18.7, 18.7),
        _line(5.3, 18.7, 7.8, 16.2),
        _line(16.2, 7.8, 18.7, 5.3),
    ),
    "support": (
        _box(3.5, 4, 17, 6.5),
        _box(3.5, 13.5, 17, 6.5),
        Ring(7.3, 7.3, 1, filled=True),
        Ring(7.3, 16.8, 1, filled=True),
    ),
    "metrics": (
        _line(3.5, 20.5, 20.5, 20.5),
        _line(6.5, 20, 6.5, 13),
        _line(12, 20, 12, 8),
        _line(17.5, 20, 17.5, 3.8),
    ),
    "evidence": (
        _line(6, 2.8, 14.5, 2.8, 18.5, 7, 18.5, 21.2, 6, 21.2, closed=True),
        _line(9, 11, 15.5, 11),
        _line(9, 15, 15.5, 15),
    ),
    "opportunities": (
        _line(
            9, 17, 9, 15, 6.4, 12, 6, 8.5, 7.8, 4.8, 12, 3, 16.2, 4.8, 18, 8.5, 17.6, 12, 15, 15, 15, 17, closed=True
        ),
        _line(9.5, 20.5, 14.5, 20.5),
    ),
    "solutions": (
        _line(
            14.5,
            3.4,
            11,
            7,
            11.6,
            10.6,
            3.4,
            18.6,
            5.5,
            20.7,
            13.6,
            12.6,
            17.2,
            13.1,
            20.8,
            9.6,
            17.3,
            9.4,
            14.8,
            6.9,
            closed=True,
        ),
    ),
    "custom": (
        _line(4.5, 3.5, 19.5, 3.5, 19.5, 14.5, 13.5, 20.5, 4.5, 20.5, closed=True),
        _line(19.5, 14.5, 13.5, 14.5, 13.5, 20.5),
    ),
    "bound": (
        _line(10.2, 13.8, 8.3, 11.9, 8.3, 9.8, 13.3, 4.8, 16.2, 4.2, 19, 5, 19.8, 7.8, 19.2, 10.7, 16.6, 13.3),
        _line(13.8, 10.2, 15.7, 12.1, 15.7, 14.2, 10.7, 19.2, 7.8, 19.8, 5, 19, 4.2, 16.2, 4.8, 13.3, 7.4, 10.7),
    ),
    "unbound": (_line(4.5, 12, 8, 12), _line(10.2, 12, 13.8, 12), _line(16, 12, 19.5, 12), Ring(12, 12, 9.3)),
    "silent": (Ring(12, 12, 9), _line(12, 6.5, 12, 12, 16, 14.3)),
    "broken": (
        _line(8.4, 10.2, 12.6, 5.6, 15.6, 4.2, 19, 5, 19.8, 8.4, 18.4, 11.4, 16.6, 13.3),
        _line(15.6, 13.8, 11.4, 18.4, 8.4, 19.8, 5, 19, 4.2, 15.6, 5.6, 12.6, 7.4, 10.7),
        _line(5, 5, 8, 8),
        _line(16, 16, 19, 19),
    ),
    "moment": (_line(12, 2, 21, 12, 12, 22, 3, 12, closed=True, filled=True),),
    "detail": (_box(4, 4, 16, 16), _line(12, 8, 12, 16), _line(8, 12, 16, 12)),
    "evidence-sign": (Ring(12, 12, 7.5, filled=True),),
    "assumption-sign": (Ring(12, 12, 6.8),),
    "good": (Ring(12, 12, 11, filled=True), _line(6.8, 12.4, 10.4, 16, 17.2, 8.4, inverse=True)),
    "attention": (
        _line(12, 1.5, 23, 21.5, 1, 21.5, closed=True, filled=True),
        _line(12, 8.5, 12, 14.3, inverse=True),
        _line(12, 17.4, 12, 18.4, inverse=True),
    ),
    "bad": (
        _line(7.4, 1, 16.6, 1, 23, 7.4, 23, 16.6, 16.6, 23, 7.4, 23, 1, 16.6, 1, 7.4, closed=True, filled=True),
        _line(7.8, 7.8, 16.2, 16.2, inverse=True),
        _line(16.2, 7.8, 7.8, 16.2, inverse=True),
    ),
    "unknown": (Ring(12, 12, 9.8), _line(7.5, 12, 16.5, 12)),
    "clock": (Ring(12, 12, 9), _line(12, 6.5, 12, 12, 15.5, 14.2)),
    "missing-picture": (_box(3, 4.5, 18, 15), _line(3, 4.5, 21, 19.5), _line(21, 4.5, 3, 19.5)),
    "linear": (
        Ring(4.5, 12, 2.6, filled=True),
        Ring(12, 12, 2.6, filled=True),
        Ring(19.5, 12, 2.6, filled=True),
        _line(4.5, 12, 19.5, 12),
    ),
    "branching": (
        Ring(4.5, 12, 2.6, filled=True),
        Ring(18.5, 5.5, 2.6, filled=True),
        Ring(18.5, 18.5, 2.6, filled=True),
        _line(4.5, 12, 10.5, 12, 18.5, 5.5),
        _line(10.5, 12, 18.5, 18.5),
    ),
    "cyclical": (
        _line(
            19.3, 8, 16.8, 5, 12.9, 3.6, 8.8, 4.3, 5.5, 7, 4, 11, 4.6, 15, 7.3, 18.6, 11.2, 20.2, 15.2, 19.7, 18.5, 17.2
        ),
        _line(20.4, 3.6, 19.6, 8.4, 14.8, 7.8),
        Ring(18.8, 16.6, 2.6, filled=True),
    ),
}
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("e-mail", "email", "newsletter", "mailing")),
    ("survey", ("survey", "review", "rating", "feedback", "umfrage", "question")),
    ("billing", ("bill", "invoice", "payment", "pay", "checkout", "rechnung", "receipt")),
    ("chat", ("chat", "bot", "messenger", "whatsapp", "sms", "message", "messaging")),
    ("social", ("social", "community", "facebook", "instagram", "linkedin", "tiktok", "youtube", "forum")),
    ("app", ("app", "mobile", "push", "product")),
    ("search", ("search", "google", "directory", "comparison")),
    ("advert", ("advert", "ad", "ads", "display", "banner", "tv", "radio", "campaign", "outdoor", "print", "media")),
    (
        "shop",
        (
            "shop",
            "store",
            "branch",
            "retail",
            "point of sale",
            "pos",
            "counter",
            "station",
            "kiosk",
            "filiale",
            "partner",
        ),
    ),
    ("delivery", ("delivery", "courier", "parcel", "shipping", "vehicle")),
    ("letter", ("letter", "post", "mail", "paper", "brief", "document")),
    ("phone", ("phone", "call", "voice", "hotline", "telefon", "telephone", "ivr")),
    (
        "person",
        (
            "video",
            "site",
            "person",
            "in person",
            "face to face",
            "visit",
            "employee",
            "adviser",
            "meeting",
            "field",
            "consultation",
        ),
    ),
    ("web", ("web", "website", "online", "portal", "article", "blog", "page", "desktop", "internet")),
)


def channel_icon(channel: str | None) -> str:
    """The sign of a channel, by the words of its name; ``other`` where none fits.

    >>> channel_icon("Web shop"), channel_icon("Call centre"), channel_icon("web"), channel_icon(None)
    ('shop', 'phone', 'web', 'other')
    """
    name = f" {' '.join((channel or '').lower().replace('_', ' ').replace('-', ' ').split())} "
    if name.strip() in ICONS and any(name.strip() == icon for icon, _ in _WORDS):
        return name.strip()
    return next((icon for icon, words in _WORDS if any(_says(name, word) for word in words)), "other")


def _says(name: str, word: str) -> bool:
    """Whether a name has a word, or for words of four letters and more one that begins with it."""
    end = " " if len(word) < 4 else ""
    return f" {word.replace('-', ' ')}{end}" in name


def icon_shapes(icon: Icon, *, inverse: Colour = "on-sign") -> tuple[Shape, ...]:
    """The shapes of a sign at its place; ``inverse`` is the colour of what stands on a filled sign."""
    scale = icon.size / 24
    return tuple(_shape(each, icon, scale, inverse) for each in ICONS[icon.name])


def _shape(element: Element, icon: Icon, scale: float, inverse: Colour) -> Shape:
    stroke = max(1.0, 1.7 * scale)
    if isinstance(element, Ring):
        x, y, radius = icon.x + element.x * scale, icon.y + element.y * scale, element.radius * scale
        if element.filled:
            return Circle(x, y, radius, fill=icon.colour)
        return Circle(x, y, radius, stroke=icon.colour, stroke_width=stroke)
    points = tuple((icon.x + x * scale, icon.y + y * scale) for x, y in element.points)
    if element.filled:
        return Path(points, fill=icon.colour, closed=True)
    colour = inverse if element.inverse else icon.colour
    width = max(1.4, 2.6 * scale) if element.inverse else stroke
    return Path(points, stroke=colour, stroke_width=width, closed=element.closed)
