"""Transfers of contacts from team to team.

A transfer is seen where the team changes from one interaction of a case to a later one, and is told where an interaction names the team
to which it was transferred; told and then seen it is one. Of a contact it is *known* whether it was transferred if it has a case and a team,
if it tells of a transfer, or if its *origin* (its source and channel) tells of a transfer of any contact: then one that tells of none had
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.service_contacts import Interactions, ServiceContacts
from desireline.journeys.fields import NO_VALUE
from desireline.journeys.model import Names
from desireline.kernels.arrays import read_only
from desireline.kernels.contacts import team_steps

UNKNOWN_TEAM = "(not known)"
"""The team that transferred a contact where nobody names it."""


@dataclass(frozen=True, slots=True)
class TransferRules:
    """How transfers are told.

    Attributes
    ----------
    field
        Names the team to which an interaction was transferred; ``None``: transfers are only seen.
    teams
        By code: the teams, those that are only transferred to, and :data:`UNKNOWN_TEAM`.
    targets
        int32[values of the field + 1]: the code of the team; the last is of none.
    channels, origins
        How many channels there are, and how many pairs of a source, or none, and a channel.
    """

    field: str | None
    teams: tuple[str, ...]
    targets: NDArray[np.int32]
    channels: int
    origins: int

    @classmethod
    def of(cls, names: Names, field: str | None, *, teams: str = "team") -> TransferRules:
        """The rules for a field; ``teams`` is the field that names teams, or other departments."""
        known = names.values.get(teams, ())
        told = () if field is None else names.values.get(field, ())
        places = {name: code for code, name in enumerate(dict.fromkeys([*known, *told]))}
        targets = np.array([*(places[name] for name in told), NO_VALUE], np.int32)
        channels = len(names.channels)
        origins = (len(names.values.get("source", ())) + 1) * channels
        return cls(field, (*places, UNKNOWN_TEAM), read_only(targets), channels, origins)

    def steps(self, contacts: ServiceContacts) -> TransferSteps:
        """The teams that contacts go through."""
        rows = contacts.interactions
        turned = rows.turned()
        teams = np.where(turned, rows.field("team"), NO_VALUE).astype(np.int32)
        targets = self._told(rows)
        arrays = (read_only(rows.contacts), read_only(teams), read_only(targets))
        whose, codes = team_steps(*arrays, len(contacts), len(self.teams) - 1)
        origins = self._origins(rows)[contacts.begins]
        return TransferSteps(contacts, whose, codes, origins, self.tells(contacts))

    def tells(self, contacts: ServiceContacts) -> NDArray[np.bool_]:
        """Which origins tell of a transfer of one of these contacts, bool[origins]."""
        found = np.zeros(self.origins, np.bool_)
        if self.field is None:
            return found
        rows = contacts.interactions
        found[self._origins(rows)[(self._told(rows) >= 0) & (rows.contacts >= 0)]] = True
        return found

    def _told(self, rows: Interactions) -> NDArray[np.int32]:
        """The team to which each interaction was transferred, int32[n]; internal ones tell of none."""
        if self.field is None:
            return np.full(len(rows.places), NO_VALUE, np.int32)
        return np.where(rows.turned(), self.targets[rows.field(self.field)], NO_VALUE).astype(np.int32)

    def _origins(self, rows: Interactions) -> NDArray[np.int64]:
        """The origin of each interaction, int64[n]; those without a source are the first ones."""
        sources = rows.field("source").astype(np.int64) + 1
        return sources * self.channels + rows.part.channels[rows.places]


@dataclass(frozen=True)
class TransferSteps:
    """The teams that the contacts of a part go through.

    Attributes
    ----------
    contacts
        The m of them.
    whose, codes
        int64[s], int32[s]: contact and team of each step, in the order of the interactions.
    origins
        int64[m]: the origin of the begin of each contact.
    tells
        bool[origins]: which of them tell of a transfer here.
    """

    contacts: ServiceContacts
    whose: NDArray[np.int64]
    codes: NDArray[np.int32]
    origins: NDArray[np.int64]
    tells: NDArray[np.bool_]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """How many teams each contact goes through, int64[m]; one more than it has transfers."""
        return np.bincount(self.whose, minlength=len(self.contacts)).astype(np.int64)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """bool[m]: of which it is known by themselves whether they were transferred; of others only if their origin tells."""
        found: NDArray[np.bool_] = (self.lengths > 1) | (self.contacts.has_case & (self.lengths > 0))
        return found

    @property
    def transfers(self) -> NDArray[np.int64]:
        """How often each contact was transferred, as far as it is known, int64[m]."""
        return np.maximum(self.lengths - 1, 0)
