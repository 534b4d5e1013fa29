"""What each part of a customer's effort weighs: the section ``[effort]`` of the settings.

    [effort]
    contact = 1
    repeat = 1
    switch = 1
    transfer = 1
    waiting_minute = 0.1
    identification = 0.5

The numbers are a convention of Desireline, not a finding: a contact with nothing else is one point, and ten minutes of waiting
are as bad as one more contact. They are there to be changed, or fitted to what customers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from desireline.base import InputError, SettingsError, closest_names, phrase

HEAVIEST = 1_000.0


@dataclass(frozen=True, slots=True)
class EffortWeights:
    """Points for one of each, from 0 to 1,000.

    Attributes
    ----------
    contact
        A service contact.
    repeat
        One that comes soon after the one before, on top of that.
    switch
        One in another channel than what the customer did just before, on top of that.
    transfer
        A change of team within a contact.
    waiting_minute
        A minute of waiting and on hold.
    identification
        Having to say again who one is.
    """

    contact: float = 1.0
    repeat: float = 1.0
    switch: float = 1.0
    transfer: float = 1.0
    waiting_minute: float = 0.1
    identification: float = 0.5

    @property
    def values(self) -> tuple[float, ...]:
        """In the order of :data:`COMPONENTS`."""
        return tuple(getattr(self, name) for name in COMPONENTS)

    @staticmethod
    def read(section: Mapping[str, Any]) -> EffortWeights:
        """Check and take over the section.

        Raises
        ------
        SettingsError
            An unknown key, or a weight that is no number from 0 to 1,000.
        """
        unknown = sorted(set(section) - set(COMPONENTS))
        if unknown:
            raise SettingsError(
                phrase("[effort]: unknown {unknown}", unknown=", ".join(unknown)),
                hint=phrase("known: {known}", known=", ".join(COMPONENTS)),
            )
        for name, value in section.items():
            if not _is_weight(value):
                raise SettingsError(
                    phrase(
                        "[effort] {name}: expected a number from 0 to {heaviest:,.0f}, got {value!r}",
                        name=name,
                        heaviest=HEAVIEST,
                        value=value,
                    )
                )
        return EffortWeights(**{name: float(value) for name, value in section.items()})

    def changed(self, said: Iterable[str]) -> EffortWeights:
        """With weights as ``repeat=2``.

        Raises
        ------
        InputError
            One cannot be read.
        """
        found = self
        for text in said:
            name, _, value = text.partition("=")
            name = name.strip()
            if name not in COMPONENTS:
                close = closest_names(name, COMPONENTS, count=1)
                hint = (
                    phrase("did you mean {close}?", close=close[0])
                    if close
                    else phrase("known: {known}", known=", ".join(COMPONENTS))
                )
                raise InputError(
                    phrase(
                        "weight: expected a part of effort with its weight, such as repeat=2, got {text!r}", text=text
                    ),
                    hint=hint,
                )
            try:
                number = float(value)
            except ValueError:
                number = -1.0
            if not _is_weight(number):
                raise InputError(
                    phrase(
                        "weight {name}: expected a number from 0 to {heaviest:,.0f}, got {value!r}",
                        name=name,
                        heaviest=HEAVIEST,
                        value=value,
                    )
                )
            found = replace(found, **{name: number})
        return found


COMPONENTS = tuple(each.name for each in fields(EffortWeights))
"""The parts of effort, in the order of their columns."""


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= HEAVIEST
