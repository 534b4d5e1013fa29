"""Who the people are: prospects and customers of Brightwire, with their devices, plans and habits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo.catalogue import PLAN_SHARES
from desireline.app.demo.identifiers import SharedNumbers, Slot, mix
from desireline.app.demo.period import DAY, HOUR, Flags, Integers, london

PLATFORMS = ("ios-safari", "android-chrome", "windows-chrome", "mac-safari", "windows-edge")
IOS_SAFARI = 0
APP_VERSIONS = ("5.0", "5.1", "5.2", "5.3")
VERSION_DATES = (0, london(2, 10, 6), london(4, 14, 6), london(6, 1, 6))
FAULTY_VERSION = 3

_EXISTING = 0.74
_FAMILY = 0.06
_HAS_KIOSK_HABIT = 0.06
_BEHIND_SWITCHBOARD = 0.02
_PEOPLE_PER_KIOSK = 300
_PEOPLE_PER_SWITCHBOARD = 60


@dataclass(frozen=True)
class People:
    """One block of people; every array has one entry (or row) for each of them.

    `browsers` and `platform` have a column for each browser slot; `activity` is 1 on average and
    heavy-tailed; `android` tells the phone's system, `tenure_years` how long existing customers have stayed.
    """

    numbers: Integers
    existing: Flags
    activity: NDArray[np.float64]
    android: Flags
    has_app: Flags
    browsers: Flags
    platform: NDArray[np.int8]
    plan: NDArray[np.int8]
    tenure_years: NDArray[np.float64]
    has_loyalty_card: Flags
    has_work_email: Flags
    takes_newsletter: Flags
    email_bounces: Flags
    at_kiosk: Flags
    behind_switchboard: Flags
    update_delay: Integers
    shared: SharedNumbers

    def __len__(self) -> int:
        """How many people."""
        return len(self.numbers)


def draw_people(numbers: Integers, customers: int, seed: int, rng: np.random.Generator) -> People:
    """Draw the people with these numbers of a company of `customers` people."""
    count = len(numbers)
    android = rng.random(count) < 0.52
    existing = rng.random(count) < _EXISTING
    family = _in_family(numbers, customers, seed)
    return People(
        numbers=numbers,
        existing=existing,
        activity=np.exp(rng.normal(-0.6, 1.1, count)),
        android=android,
        has_app=rng.random(count) < 0.75,
        browsers=_draw_browsers(family, rng),
        platform=_draw_platforms(android, rng),
        plan=rng.choice(len(PLAN_SHARES), count, p=PLAN_SHARES).astype(np.int8),
        tenure_years=rng.gamma(1.6, 1.8, count) * existing,
        has_loyalty_card=rng.random(count) < 0.3,
        has_work_email=rng.random(count) < 0.15,
        takes_newsletter=existing | (rng.random(count) < 0.35),
        email_bounces=rng.random(count) < 0.015,
        at_kiosk=rng.random(count) < _HAS_KIOSK_HABIT,
        behind_switchboard=rng.random(count) < _BEHIND_SWITCHBOARD,
        update_delay=rng.integers(0, 12 * DAY // HOUR, count) * HOUR,
        shared=_shared_numbers(numbers, customers, family, rng),
    )


def app_version(people: People, person: NDArray[np.int32], at: Integers) -> Integers:
    """Index into `APP_VERSIONS` of what runs on each person's phone at that time."""
    lag = people.update_delay[person]
    version: Integers = np.searchsorted(np.array(VERSION_DATES), at - lag, side="right") - 1
    return np.maximum(version, 0)


def runs_android(people: People, person: NDArray[np.int32]) -> Flags:
    """Whether each person's phone is an Android."""
    return people.android[person]


def browses_with(people: People, person: NDArray[np.int32], slot: NDArray[np.int8], platform: int) -> Flags:
    """Whether that browser of each person is of the platform."""
    matches: Flags = people.platform[person, slot] == platform
    return matches


def draw_browser(people: People, person: NDArray[np.int32], rng: np.random.Generator) -> NDArray[np.int8]:
    """One of each person's own browsers, the phone's before the others."""
    weights = people.browsers[person] * np.array([0.5, 0.35, 0.15, 0.35])
    bounds = np.cumsum(weights, axis=1)
    draw = rng.random(len(person)) * bounds[:, -1]
    chosen: NDArray[np.int8] = (draw[:, None] >= bounds).sum(axis=1).astype(np.int8)
    return chosen


def _in_family(numbers: Integers, customers: int, seed: int) -> Flags:
    """Neighbouring numbers 2k and 2k+1 live together, in a few per cent of all pairs."""
    draw = mix(numbers // 2, seed, 1) % np.uint64(10_000)
    return (draw < np.uint64(int(_FAMILY * 10_000))) & ((numbers | 1) < customers)


def _draw_browsers(family: Flags, rng: np.random.Generator) -> Flags:
    owned = rng.random((len(family), 4)) < np.array([0.9, 0.62, 0.14, 0.0])
    owned[:, Slot.PHONE_BROWSER] |= ~owned[:, : Slot.FAMILY_TABLET].any(axis=1)
    owned[:, Slot.TABLET] &= ~family
    owned[:, Slot.FAMILY_TABLET] = family
    return owned


def _draw_platforms(android: Flags, rng: np.random.Generator) -> NDArray[np.int8]:
    platform = np.zeros((len(android), 4), dtype=np.int8)
    platform[:, Slot.PHONE_BROWSER] = android
    platform[:, Slot.COMPUTER] = rng.choice([2, 3, 4], len(android), p=[0.6, 0.25, 0.15])
    return platform


def _shared_numbers(numbers: Integers, customers: int, family: Flags, rng: np.random.Generator) -> SharedNumbers:
    kiosks = max(1, round(customers * _HAS_KIOSK_HABIT / _PEOPLE_PER_KIOSK))
    switchboards = min(max(1, round(customers * _BEHIND_SWITCHBOARD / _PEOPLE_PER_SWITCHBOARD)), 1000)
    return SharedNumbers(
        kiosk=rng.integers(0, min(kiosks, 400), len(numbers)),
        switchboard=rng.integers(0, switchboards, len(numbers)),
        family=np.where(family, numbers // 2, numbers + customers),
    )
