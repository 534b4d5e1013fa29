"""Colours by what they are for, in a light and a dark theme.

Lines that have to be told apart differ in lightness, dash and marker too; their hues are those of Okabe and Ito (2008), darkened
or lightened, which readers with any colour vision tell apart.
"""

from __future__ import annotations

from typing import Literal, get_args

from desireline.base import InputError, phrase

Colour = Literal[
    "paper",
    "surface",
    "chart",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "accent",
    "phase-1",
    "phase-2",
    "phase-3",
    "phase-4",
    "phase-5",
    "phase-6",
    "on-phase",
    "card",
    "card-thought",
    "card-pain",
    "card-gain",
    "card-frontstage",
    "card-backstage",
    "card-support",
    "card-opportunity",
    "card-solution",
    "pain",
    "gain",
    "opportunity",
    "solution",
    "line-1",
    "line-2",
    "line-3",
    "line-4",
    "line-5",
    "measured",
    "measured-soft",
    "measured-track",
    "good",
    "attention",
    "bad",
    "unknown",
    "on-sign",
]
ThemeName = Literal["light", "dark"]
Theme = dict[Colour, str]
COLOURS: tuple[Colour, ...] = get_args(Colour)
PHASES: tuple[Colour, ...] = ("phase-1", "phase-2", "phase-3", "phase-4", "phase-5", "phase-6")
LINES: tuple[Colour, ...] = ("line-1", "line-2", "line-3", "line-4", "line-5")

LIGHT: Theme = {
    "paper": "#ffffff",
    "surface": "#ffffff",
    "chart": "#f8f9fb",
    "ink": "#1c2433",
    "ink-soft": "#525c70",
    "line": "#e2e6ed",
    "line-strong": "#a3acbb",
    "accent": "#27507f",
    "phase-1": "#27406b",
    "phase-2": "#2c5080",
    "phase-3": "#2b608f",
    "phase-4": "#296d8e",
    "phase-5": "#277685",
    "phase-6": "#287a74",
    "on-phase": "#ffffff",
    "card": "#f2f4f8",
    "card-thought": "#edf2fc",
    "card-pain": "#fdeee8",
    "card-gain": "#e6f5ee",
    "card-frontstage": "#eaf3f7",
    "card-backstage": "#f1f0f6",
    "card-support": "#f5f2ec",
    "card-opportunity": "#fdf3d9",
    "card-solution": "#e6f1fc",
    "pain": "#a33615",
    "gain": "#17644c",
    "opportunity": "#745100",
    "solution": "#1c558e",
    "line-1": "#1f5fa8",
    "line-2": "#bf4d08",
    "line-3": "#7a4fa3",
    "line-4": "#80651a",
    "line-5": "#ab2d68",
    "measured": "#0a6864",
    "measured-soft": "#e2f3f1",
    "measured-track": "#bfe0dc",
    "good": "#18775a",
    "attention": "#a15e00",
    "bad": "#b3261e",
    "unknown": "#5f697b",
    "on-sign": "#ffffff",
}
DARK: Theme = {
    "paper": "#12161d",
    "surface": "#1a202a",
    "chart": "#171c25",
    "ink": "#e8ebf1",
    "ink-soft": "#adb6c5",
    "line": "#2a3240",
    "line-strong": "#647084",
    "accent": "#8fbdf0",
    "phase-1": "#2d4a7a",
    "phase-2": "#30578a",
    "phase-3": "#2d648f",
    "phase-4": "#2a6e8c",
    "phase-5": "#277584",
    "phase-6": "#287873",
    "on-phase": "#ffffff",
    "card": "#202733",
    "card-thought": "#1e2940",
    "card-pain": "#38221c",
    "card-gain": "#17322a",
    "card-frontstage": "#1c2c33",
    "card-backstage": "#272534",
    "card-support": "#2b2823",
    "card-opportunity": "#342a12",
    "card-solution": "#182b41",
    "pain": "#ffab93",
    "gain": "#82d9b7",
    "opportunity": "#f2c769",
    "solution": "#93c4f6",
    "line-1": "#7db4f5",
    "line-2": "#f59a5b",
    "line-3": "#c3a3ee",
    "line-4": "#d9bb62",
    "line-5": "#f08fbf",
    "measured": "#5fd3ca",
    "measured-soft": "#15302f",
    "measured-track": "#24504e",
    "good": "#56cba0",
    "attention": "#f0b04a",
    "bad": "#ff9182",
    "unknown": "#a0abbb",
    "on-sign": "#0d1117",
}
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


def theme_named(name: str) -> Theme:
    """The theme ``light`` or ``dark``; raises InputError for others."""
    if name == "light":
        return LIGHT
    if name == "dark":
        return DARK
    raise InputError(phrase("expected the theme light or dark, got {name!r}", name=name))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours such as ``#1c2433``, from 1 to 21 (WCAG 2.2, 1.4.3).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
