"""App tracking: JSON lines with epoch milliseconds; the user is unknown until the first login."""

import numpy as np
import pyarrow as pa

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import Department, Kind
from desireline.app.demo.company import APP_VERSIONS, app_version, runs_android
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import Flags
from desireline.app.demo.sessions import signs_in_later, split_sessions
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import NIL_DEVICE
from desireline.app.demo.texts import choose, decimal, pool, quoted
from desireline.app.demo.walk import Happenings

_NAMES = (
    "installed",
    "first_login",
    "signed_in",
    "opened",
    "watched",
    "usage",
    "bill",
    "help",
    "speed_test",
    "add_on",
)


def sheet(block: Block) -> Sheet:
    """The app events of one block."""
    happened, rng = block.of(Department.APP), block.random("app_events")
    unknown = _unknown(happened)
    block.mark(Slot.USER, happened.person[~unknown])
    block.mark_each(happened.slot, happened.person)
    kiosk = happened.slot == Slot.KIOSK
    android = runs_android(block.people, happened.person) & ~kiosk
    version = app_version(block.people, happened.person, happened.at)
    columns = {
        "ts": decimal(happened.at),
        "device_id": quoted(_devices(block, happened)),
        "uid": quoted(choose(~unknown, block.identifiers.texts(Slot.USER, happened.person), None)),
        "name": quoted(pool(_NAMES, happened.kind - 200)),
        "os": quoted(pool(("ios", "android"), android.astype(np.int8))),
        "app_version": quoted(pool(APP_VERSIONS, version)),
    }
    damage = Damage(columns, len(happened), rng)
    damage.spoil("time unreadable", 0.0010, {"ts": ['"abc"', '"yesterday"']})
    damage.spoil("time missing", 0.0006, {"ts": ["null"]})
    damage.spoil("no identifier", 0.0008, {"device_id": ["null"], "uid": ["null"]})
    damage.spoil("only a placeholder", 0.0004, {"device_id": [f'"{NIL_DEVICE}"', '"N/A"'], "uid": ["null"]})
    known = ~unknown & (rng.random(len(happened)) < 0.0008)
    nil = pa.repeat(f'"{NIL_DEVICE}"', len(happened))
    damage.misspell("device_id", known, nil, "placeholder beside a user")
    return damage.finish(repeated=0.005)


def _unknown(happened: Happenings) -> Flags:
    """Before signing in within a visit, and right after installing, the app does not know its user."""
    signs_in = np.isin(happened.kind, (Kind.APP_SIGNED_IN, Kind.APP_FIRST_LOGIN))
    unknown: Flags = happened.kind == Kind.APP_INSTALLED
    return unknown | signs_in_later(split_sessions(happened), signs_in)


def _devices(block: Block, happened: Happenings) -> pa.Array:
    kiosks = block.identifiers.texts(Slot.KIOSK, happened.person)
    return choose(happened.slot == Slot.KIOSK, kiosks, block.identifiers.texts(Slot.APP_DEVICE, happened.person))
