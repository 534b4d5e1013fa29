"""E-mail campaigns: what the mailing tool logged, in epoch seconds, by recipient."""

import numpy as np

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import EMAIL_NAMES, Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import SECOND
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import PLACEHOLDER_EMAILS
from desireline.app.demo.texts import decimal, pool

_ACTIONS = ("sent", "opened", "clicked", "bounced", "unsubscribed")


def sheet(block: Block) -> Sheet:
    """The mailing log of one block."""
    happened, rng = block.of(Department.CAMPAIGNS), block.random("email_campaigns")
    block.mark(Slot.EMAIL, happened.person)
    columns = {
        "recipient": block.identifiers.texts(Slot.EMAIL, happened.person),
        "campaign": pool(EMAIL_NAMES, np.clip(happened.payload, 0, len(EMAIL_NAMES) - 1)),
        "action": pool(_ACTIONS, happened.kind - Kind.EMAIL_SENT),
        "at": decimal(happened.at // SECOND),
    }
    damage = Damage(columns, len(happened), rng)
    damage.spoil("time unreadable", 0.0008, {"at": ["abc", "yesterday"]})
    damage.spoil("time missing", 0.0006, {"at": [""]})
    damage.spoil("no identifier", 0.0006, {"recipient": [""]})
    damage.spoil("only a placeholder", 0.0005, {"recipient": PLACEHOLDER_EMAILS})
    return damage.finish(repeated=0.005)
