"""What is particular to the contacts of a company: the section ``[contacts]`` of the settings.

    [contacts]
    transferred_to = "attributes.transferred_to"
    needs = "touchpoint in ('Help article read', 'Order status viewed')"

``transferred_to`` is the field of an interaction that names the team to which it was transferred; ``needs`` says which visits to
self-service are about a need. Both may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desireline.base import DesirelineError, InputError, SettingsError, phrase
from desireline.interactions import Condition, fields_of, parse_condition
from desireline.journeys.fields import values_of

KEYS = ("transferred_to", "needs")
_ASKED_OF_TOUCHPOINTS = frozenset({"touchpoint", "channel", "stage"})


@dataclass(frozen=True, slots=True)
class ContactSettings:
    """The section ``[contacts]``; see the module."""

    transferred_to: str | None = None
    needs: Condition | None = None

    @staticmethod
    def read(section: Mapping[str, Any]) -> ContactSettings:
        """Check and take over the section.

        Raises
        ------
        SettingsError
            An unknown key, a field that is none or no text, or a condition that cannot be read.
        """
        unknown = sorted(set(section) - set(KEYS))
        if unknown:
            raise SettingsError(
                phrase("[contacts]: unknown {unknown}", unknown=", ".join(unknown)),
                hint=phrase("known: {known}", known=", ".join(KEYS)),
            )
        for name, value in section.items():
            if not isinstance(value, str):
                raise SettingsError(phrase("[contacts] {name}: expected a text, got {value!r}", name=name, value=value))
        try:
            return ContactSettings(
                read_transferred_to(section.get("transferred_to")),
                read_needs(section["needs"]) if "needs" in section else None,
            )
        except DesirelineError as error:
            raise SettingsError(phrase("[contacts] {message}", message=error.message), hint=error.hint) from error


def read_transferred_to(field: str | None) -> str | None:
    """Check the field that names the team of a transfer.

    Raises
    ------
    UnknownNameError
        There is no such field.
    InputError
        Its values are no texts.
    """
    if field is not None and values_of(field) != "text":
        raise InputError(
            phrase(
                "transferred_to: expected a text field such as attributes.transferred_to, got {field!r}", field=field
            )
        )
    return field


def read_needs(condition: Condition | str) -> Condition:
    """Check the condition that says which visits to self-service are about a need; also as text.

    Raises
    ------
    InputError
        It cannot be read, or asks for more than touchpoint, channel and stage.
    """
    found = parse_condition(condition) if isinstance(condition, str) else condition
    more = sorted(fields_of(found) - _ASKED_OF_TOUCHPOINTS)
    if more:
        raise InputError(
            phrase("needs: expected a condition on touchpoint, channel and stage, got {more}", more=", ".join(more))
        )
    return found
