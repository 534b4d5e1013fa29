"""Choosing what an answer tells of by team and channel, after everything was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.journeys.model import Names, Part
from desireline.kernels.arrays import read_only


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """Which interactions are told of.

    Attributes
    ----------
    teams
        bool[teams + 1] by code, the last of none; ``None``: all are.
    channels
        bool[channels]; ``None``: all are.
    """

    teams: NDArray[np.bool_] | None = None
    channels: NDArray[np.bool_] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.teams is None and self.channels is None

    def of(self, part: Part) -> NDArray[np.bool_]:
        """bool[n]."""
        found = np.ones(len(part.times), np.bool_)
        if self.teams is not None:
            found &= self.teams[part.field("team")]
        if self.channels is not None:
            found &= self.channels[part.channels]
        return read_only(found)


def told_about(names: Names, teams: Sequence[str] | None, channels: Sequence[str] | None) -> About:
    """What is told of.

    Raises
    ------
    UnknownNameError
        The index has no such team or channel.
    """
    known = names.values.get("team", ())
    of_teams = of_channels = None
    if teams is not None:
        of_teams = np.zeros(len(known) + 1, np.bool_)
        of_teams[codes_of("teams", teams, known)] = True
    if channels is not None:
        of_channels = np.zeros(len(names.channels), np.bool_)
        of_channels[codes_of("channels", channels, names.channels)] = True
    return About(of_teams, of_channels)


def codes_of(role: str, said: Sequence[str], known: Sequence[str]) -> NDArray[np.int64]:
    """The codes of names, int64[n].

    Parameters
    ----------
    role
        What they are names of, "teams": for the message.

    Raises
    ------
    UnknownNameError
        One is not known.
    """
    for name in said:
        if name not in known:
            close = closest_names(name, known)
            hint = (
                phrase("did you mean {close}?", close=repr(close[0]))
                if close
                else phrase("{role}: {known}", role=role, known=", ".join(known) or phrase("no interaction has one"))
            )
            raise UnknownNameError(phrase("expected names of {role}, got {name!r}", role=role, name=name), hint=hint)
    return read_only(np.array([known.index(name) for name in said], np.int64))
