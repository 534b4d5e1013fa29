"""Identifiers: values that point at a customer, their normal forms, and their numbers in the log.

The log holds numbers instead of e-mail addresses and phone numbers: the first 63 bits of MD5 over the workspace's
secret key, the type and the normal form. The values themselves live in one table, which erasure can reach.
MD5 is used as a keyed name, not as a protection: among three billion identifiers the chance of one clash is a half.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from desireline.base import SettingsError, phrase

NormalForm = Literal["email", "phone", "plain"]
DEFAULT_REGION = "GB"
MASK = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class IdentifierType:
    """A kind of identifier.

    Attributes
    ----------
    name
        As mappings and settings write it.
    normal_form
        How its values are brought into one spelling.
    meaning
        One phrase.
    """

    name: str
    normal_form: NormalForm
    meaning: str


IDENTIFIER_TYPES: tuple[IdentifierType, ...] = (
    IdentifierType("customer", "plain", "the customer number in the CRM"),
    IdentifierType("account", "plain", "an account or contract number"),
    IdentifierType("user", "plain", "the user id of somebody signed in"),
    IdentifierType("household", "plain", "a household number"),
    IdentifierType("loyalty", "plain", "a loyalty card"),
    IdentifierType("email", "email", "an e-mail address"),
    IdentifierType("phone", "phone", "a phone number"),
    IdentifierType("order", "plain", "an order or invoice number that belongs to one customer"),
    IdentifierType("case", "plain", "a case, ticket or complaint number that belongs to one customer"),
    IdentifierType("session", "plain", "a visit"),
    IdentifierType("device", "plain", "a device, browser or cookie"),
)
"""From the strongest to the weakest: of an interaction's identifiers the first in this order is its anchor.

A session comes before a device: where several people use one device, the visits are still told apart.
A type that is not in the list counts as a person's own number, behind ``loyalty``.
"""

BLOCKED_VALUES = frozenset(
    {
        "-",
        "-1",
        "0",
        "[object object]",
        "anon",
        "anonymous",
        "blank",
        "distinct_id",
        "distinctid",
        "email",
        "empty",
        "false",
        "guest",
        "id",
        "n/a",
        "na",
        "nan",
        "nil",
        "no",
        "none",
        "not available",
        "not_authenticated",
        "null",
        "private",
        "restricted",
        "test",
        "true",
        "unavailable",
        "undefined",
        "unknown",
        "withheld",
        "xxx",
    }
)
"""Values that stand for "nobody", compared in lower case and without quotes around them."""

BLOCKED_PATTERN = r"^[0\-. \t\n\f\r]*$"
"""Nothing but zeros, dashes, dots and blanks."""

BLANKS = "".join(map(chr, [0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]))
"""What is taken off both ends of a value: the space separators of Unicode, the same that ``trim`` takes off in DuckDB."""

QUOTES = "'\" \t"
"""What is taken off a value before it is compared with the blocked ones."""

WITH_DECIMALS = r"[0-9]+[.]0"
"""Whole numbers that went through a column with gaps come out of some tools as 17850.0: the same as 17850."""

BLOCKED_EMAILS = frozenset(
    {
        "unknown",
        "noreply",
        "no-reply",
        "donotreply",
        "do-not-reply",
        "none",
        "null",
        "test",
        "anonymous",
        "na",
    }
)
"""Names before the @ that stand for nobody."""

_PLAIN_EMAIL = re.compile(r"[a-z0-9_%+-]+(\.[a-z0-9_%+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_BLOCKED = re.compile(BLOCKED_PATTERN)


@dataclass(frozen=True, slots=True)
class IdentifierSettings:
    """The section ``[identifiers]`` of the settings.

    Attributes
    ----------
    default_region
        Country of phone numbers without a country code, two capital letters (ISO 3166).
    blocked
        Further values that stand for nobody, as :func:`bare` gives them; of phone numbers also the normal form.
    """

    default_region: str = DEFAULT_REGION
    blocked: frozenset[str] = frozenset()

    @staticmethod
    def read(section: Mapping[str, Any]) -> IdentifierSettings:
        """Check and take over the section.

        Raises
        ------
        SettingsError
            An unknown key, a region that no phone number has, or a list of something else than text.
        """
        unknown = set(section) - {"default_region", "blocked"}
        if unknown:
            raise SettingsError(
                phrase("[identifiers]: unknown {unknown}", unknown=", ".join(sorted(unknown))),
                hint=phrase("known: default_region, blocked"),
            )
        region = section.get("default_region", DEFAULT_REGION)
        blocked = section.get("blocked", [])
        if not isinstance(region, str) or not _is_region(region):
            raise SettingsError(
                phrase(
                    "[identifiers] default_region: expected a country code such as GB or DE, got {region!r}",
                    region=region,
                )
            )
        if not isinstance(blocked, list) or not all(isinstance(value, str) for value in blocked):
            raise SettingsError(
                phrase("[identifiers] blocked: expected a list of texts, got {blocked!r}", blocked=blocked)
            )
        forms = {form for value in blocked for form in (bare(value), _normal_phone(value, region.upper())) if form}
        return IdentifierSettings(region.upper(), frozenset(forms))


def normal_form_of(type_name: str) -> NormalForm:
    """How values of a type are brought into one spelling; unknown types stay plain."""
    return next((each.normal_form for each in IDENTIFIER_TYPES if each.name == type_name), "plain")


def anchor_rank(type_name: str) -> tuple[int, str]:
    """Where a type stands in the order in which the anchor is chosen; the smallest comes first."""
    names = [each.name for each in IDENTIFIER_TYPES]
    return (names.index(type_name), "") if type_name in names else (names.index("loyalty"), type_name)


def names_customer(type_name: str) -> bool:
    """Whether a type names a person or household, not only one case, visit or device: it ranks before ``order``.

    >>> [name for name in ("email", "membership", "order", "session", "device") if names_customer(name)]
    ['email', 'membership']
    """
    return anchor_rank(type_name) < anchor_rank("order")


def normalise(type_name: str, value: str, settings: IdentifierSettings) -> str | None:
    """The normal form of a value, or ``None`` where it points at nobody.

    >>> normalise("email", " Ann@Example.org ", IdentifierSettings())
    'ann@example.org'
    >>> normalise("phone", "07700 900123", IdentifierSettings())
    '+447700900123'
    >>> normalise("user", "anonymous", IdentifierSettings()) is None
    True
    """
    trimmed = value.strip(BLANKS)
    if is_blocked(trimmed, settings):
        return None
    form = normal_form_of(type_name)
    if form == "plain":
        return trimmed[:-2] if re.fullmatch(WITH_DECIMALS, trimmed) else trimmed
    normal = _normal_email(trimmed) if form == "email" else _normal_phone(trimmed, settings.default_region)
    return None if normal is None or normal in settings.blocked else normal


def is_blocked(value: str, settings: IdentifierSettings) -> bool:
    """Whether a trimmed value stands for nobody."""
    plain = bare(value)
    return plain in BLOCKED_VALUES or plain in settings.blocked or _BLOCKED.fullmatch(plain) is not None


def bare(value: str) -> str:
    """A value as it is compared with the blocked ones: without quotes and blanks around it, in lower case.

    Character by character, as DuckDB does it in an import: str.lower has further rules for İ and for Σ at the end.
    """
    stripped = value.strip(QUOTES).strip(BLANKS)
    if stripped.isascii():
        return stripped.lower()
    return "".join("i" if character == "İ" else character.lower() for character in stripped)


def identifier_number(key: bytes, type_name: str, normal: str) -> int:
    """The number of an identifier in the log: 63 bits, the same for the same workspace key, type and normal form."""
    digest = hashlib.md5(number_text(key, type_name, normal).encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "little") & MASK


def number_text(key: bytes, type_name: str, normal: str) -> str:
    """What the number of an identifier is computed from; the import builds the same text in SQL."""
    return f"{key.hex()}{type_name}:{normal}"


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    import phonenumbers

    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def _is_region(region: str) -> bool:
    return region == DEFAULT_REGION or region.upper() in _regions()


def _normal_email(value: str) -> str | None:
    lowered = value.lower().removeprefix("mailto:").strip()
    if lowered.partition("@")[0] in BLOCKED_EMAILS:
        return None
    if _PLAIN_EMAIL.fullmatch(lowered) and "xn--" not in lowered:
        return lowered
    from email_validator import EmailNotValidError, validate_email

    try:
        valid = validate_email(lowered, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return valid.normalized


def _normal_phone(value: str, region: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
