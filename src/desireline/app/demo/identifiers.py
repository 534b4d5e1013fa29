"""The values by which departments know a person: spelled once for each block of people.

Every value is a function of the seed and the person's number, so no two people get the same one by
accident: mixing is a bijection on 64 bits, and the number itself is part of e-mails and customer numbers.
"""

from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.names import FIRST_NAMES, LAST_NAMES, MAIL_HOSTS, WORK_HOSTS
from desireline.app.demo.period import Integers
from desireline.app.demo.texts import decimal, hexadecimal, join, pool, uuid


class Slot(IntEnum):
    """Which of a person's identifiers; the first four are browsers, in the order of `People.platform`."""

    PHONE_BROWSER = 0
    COMPUTER = 1
    TABLET = 2
    FAMILY_TABLET = 3
    APP_DEVICE = 4
    KIOSK = 5
    EMAIL = 6
    WORK_EMAIL = 7
    PHONE = 8
    SWITCHBOARD = 9
    USER = 10
    CUSTOMER = 11
    LOYALTY = 12


SLOT_TYPES = {
    Slot.PHONE_BROWSER: "device",
    Slot.COMPUTER: "device",
    Slot.TABLET: "device",
    Slot.FAMILY_TABLET: "device",
    Slot.APP_DEVICE: "device",
    Slot.KIOSK: "device",
    Slot.EMAIL: "email",
    Slot.WORK_EMAIL: "email",
    Slot.PHONE: "phone",
    Slot.SWITCHBOARD: "phone",
    Slot.USER: "user",
    Slot.CUSTOMER: "customer",
    Slot.LOYALTY: "loyalty",
}
SHARED_SLOTS = frozenset({Slot.FAMILY_TABLET, Slot.KIOSK, Slot.SWITCHBOARD})
BROWSERS = 4

_FICTIONAL = np.array(
    # Numbers Ofcom keeps free for fiction, a thousand each; those that number checkers accept as real.
    [
        *(2079460, 1134960, 1144960, 1164960, 1174960, 1184960, 1214960),
        *(1314960, 1414960, 1514960, 1614960, 1914980, 2896496, 2920180),
    ],
    dtype=np.int64,
)
_FICTIONAL_SWITCHBOARD = 3069990_000
_MOBILE_START, _MOBILES, _MOBILE_STRIDE = 7_400_000_000, 90_000_000, 38_196_601


@dataclass(frozen=True)
class Identifiers:
    """Text of every identifier, one pool for each slot, one entry for each person of the block."""

    pools: dict[Slot, pa.Array]

    def texts(self, slot: Slot, person: NDArray[np.int32]) -> pa.Array:
        """The identifier of each of these people."""
        return self.pools[slot].take(pa.array(person))

    def browser_cookies(self, person: NDArray[np.int32], slot: NDArray[np.int8]) -> pa.Array:
        """The cookie of each person's browser; null where the slot is none of the browsers."""
        people = len(self.pools[Slot.USER])
        every = pa.concat_arrays([self.pools[Slot(number)] for number in range(BROWSERS)])
        place = slot.astype(np.int64) * people + person
        return every.take(pa.array(place, mask=(slot < 0) | (slot >= BROWSERS)))


@dataclass(frozen=True)
class SharedNumbers:
    """Which shared thing each person of a block uses: kiosk, switchboard, family (the tablet's owner)."""

    kiosk: Integers
    switchboard: Integers
    family: Integers


def spell_identifiers(numbers: Integers, shared: SharedNumbers, seed: int) -> Identifiers:
    """All identifiers of the people with these numbers (counted from 0 over the whole company)."""
    pools = {
        Slot(slot): uuid(mix(numbers, seed, 10 + slot), mix(numbers, seed, 20 + slot))
        for slot in (Slot.PHONE_BROWSER, Slot.COMPUTER, Slot.TABLET)
    }
    pools[Slot.FAMILY_TABLET] = uuid(mix(shared.family, seed, 30), mix(shared.family, seed, 31))
    pools[Slot.APP_DEVICE] = pc.utf8_upper(uuid(mix(numbers, seed, 32), mix(numbers, seed, 33)))
    pools[Slot.KIOSK] = join("kiosk-", hexadecimal(mix(shared.kiosk, seed, 34)))
    pools[Slot.EMAIL] = _private_email(numbers, seed)
    pools[Slot.WORK_EMAIL] = _work_email(numbers, seed)
    pools[Slot.PHONE] = decimal(phone_numbers(numbers))
    pools[Slot.SWITCHBOARD] = decimal(_FICTIONAL_SWITCHBOARD + shared.switchboard)
    pools[Slot.USER] = join("u_", hexadecimal(mix(numbers, seed, 35)))
    pools[Slot.CUSTOMER] = join("BW-", pc.utf8_lpad(decimal(numbers + 1), 6, "0"))
    pools[Slot.LOYALTY] = join("BL", pc.utf8_lpad(decimal(numbers * 7 + 1_000_003), 10, "0"))
    return Identifiers(pools)


def mix(numbers: Integers, seed: int, salt: int) -> NDArray[np.uint64]:
    """Scatter numbers over 64 bits (splitmix64, Steele et al. 2014): one to one for a fixed seed and salt."""
    start = blake2b(f"{seed}/{salt}".encode(), digest_size=8).digest()
    value = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.frombuffer(start, np.uint64)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = value ^ (value >> np.uint64(31))
    return mixed


def phone_numbers(numbers: Integers) -> Integers:
    """National numbers without the leading 0: fictional ones for the first 14,000, then mobile ones."""
    prefix = _FICTIONAL[numbers % len(_FICTIONAL)]
    fictional = prefix * 1000 + np.minimum(numbers // len(_FICTIONAL), 999)
    mobile = _MOBILE_START + (numbers * _MOBILE_STRIDE) % _MOBILES
    chosen: Integers = np.where(numbers < len(_FICTIONAL) * 1000, fictional, mobile)
    return chosen


def _private_email(numbers: Integers, seed: int) -> pa.Array:
    draw = mix(numbers, seed, 40)
    host = pool(MAIL_HOSTS, (draw >> np.uint64(40)) % np.uint64(len(MAIL_HOSTS)))
    return join(_first(draw), ".", _last(draw), decimal(numbers + 11), "@", host)


def _work_email(numbers: Integers, seed: int) -> pa.Array:
    draw = mix(numbers, seed, 40)
    host = pool(WORK_HOSTS, (draw >> np.uint64(45)) % np.uint64(len(WORK_HOSTS)))
    return join(_last(draw), "_", _first(draw), decimal(numbers + 11), "@", host)


def _first(draw: NDArray[np.uint64]) -> pa.Array:
    return pool(FIRST_NAMES, draw % np.uint64(len(FIRST_NAMES)))


def _last(draw: NDArray[np.uint64]) -> pa.Array:
    return pool(LAST_NAMES, (draw >> np.uint64(20)) % np.uint64(len(LAST_NAMES)))
