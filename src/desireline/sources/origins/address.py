"""Addresses of databases and lakes: which texts are one, how environment variables get in, and how passwords stay out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote_plus

from desireline.base import InputError

LAKE_PREFIXES = ("delta:", "iceberg:")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_URL = re.compile(
    r"(?P<start>(?:delta:|iceberg:)?[A-Za-z][\w+.-]*://)"
    r"(?:(?P<user>[^:/@]*)(?::(?P<password>[^@]*))?@)?(?P<rest>.*)",
    re.DOTALL,
)
_SECRET = re.compile(r"pass|pwd|secret|token|key|sig|credential|odbc_connect", re.IGNORECASE)
_HIDDEN = "***"


def is_origin(text: str) -> bool:
    """Whether a text names a database or a table in a lake, not a file.

    >>> is_origin("postgresql://ann@host/shop"), is_origin("delta:orders"), is_origin("calls.csv")
    (True, True, False)
    """
    return "://" in text or text.startswith(LAKE_PREFIXES) or _VARIABLE.fullmatch(text) is not None


def settled(address: str) -> str:
    """The address with the whole path, where it leads to a file or folder of this machine: it means the same from everywhere.

    >>> settled("postgresql://ann@host/shop")
    'postgresql://ann@host/shop'
    """
    match = re.fullmatch(
        r"(?P<start>delta:|iceberg:|file://|sqlite(?:\+\w+)?:///)(?P<path>[^$?][^?]*)(?P<rest>.*)", address
    )
    if match is None or "://" in match["path"]:
        return address
    return f"{match['start']}{Path(match['path']).absolute()}{match['rest']}"


def shown(address: str) -> str:
    """The address without its password and the parameters that are secrets; this is how it is named and remembered.

    >>> shown("postgresql://ann:secret@host/shop?connect_timeout=5&sslpassword=x")
    'postgresql://ann@host/shop?connect_timeout=5'
    """
    match = _parts(address)
    if match is None:
        return address
    path, mark, parameters = match["rest"].partition("?")
    kept = [part for part in parameters.split("&") if not _SECRET.search(part.partition("=")[0])]
    user = "" if match["user"] is None else f"{match['user']}@"
    return f"{match['start']}{user}{path}{mark if any(kept) else ''}{'&'.join(kept)}"


def has_literal_password(address: str) -> bool:
    """Whether a password stands in the address itself, not the name of an environment variable."""
    return any(_VARIABLE.sub("", value) for value in _secret_values(address))


def expanded(address: str) -> str:
    """The address with the environment variables that it names as ``${NAME}``.

    In front of ``@`` and behind ``?`` a value is escaped, so that a password may have any letters in it. A variable that
    is the whole address stands for it as it is.

    Raises
    ------
    InputError
        A variable is not set.
    """
    if _VARIABLE.fullmatch(address):
        return _value(address[2:-1])
    match = _parts(address)
    if match is None:
        return _filled(address)
    path, mark, parameters = match["rest"].partition("?")
    user = _filled(match["user"] or "", escaped=True)
    password = "" if match["password"] is None else f":{_filled(match['password'], escaped=True)}"
    login = "" if match["user"] is None else f"{user}{password}@"
    return f"{match['start']}{login}{_filled(path)}{mark}{_filled(parameters, escaped=True)}"


def without_secrets(message: str, address: str) -> str:
    """A message of somebody else's, in which no secret of the address stands."""
    for value in sorted(_secret_values(address), key=len, reverse=True):
        for spelled in {value, unquote_plus(value)} - {""}:
            message = message.replace(spelled, _HIDDEN)
    return message


def _parts(address: str) -> re.Match[str] | None:
    match = _URL.fullmatch(address)
    if match is None:
        return None
    path = match["rest"].partition("?")[0]
    if (match["password"] is not None and "@" in path) or re.search(r":[^/@]*@", path):
        raise InputError(
            "cannot tell where the password in the address ends",
            hint="write @ as %40, / as %2F and : as %3A in names and passwords, or write ${NAME} for an environment variable",
        )
    return match


def _secret_values(address: str) -> list[str]:
    match = _parts(address)
    if match is None:
        return []
    pairs = [part.partition("=") for part in match["rest"].partition("?")[2].split("&")]
    found = [match["password"] or "", *(value for name, _, value in pairs if _SECRET.search(name))]
    return [value for value in found if value]


def _filled(text: str, *, escaped: bool = False) -> str:
    return _VARIABLE.sub(lambda match: quote(_value(match[1]), safe="") if escaped else _value(match[1]), text)


def _value(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise InputError(f"the environment variable {name} is not set", hint="the address of the origin names it")
    return value
