"""What the system refuses is told in the language of the reader, with the system's own words in brackets."""

from __future__ import annotations

import errno
import os

import pytest

from desireline.base import reading_in, reason_of, tell


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (errno.ENOSPC, "the disk is full", "der Datenträger ist voll"),
        (errno.EACCES, "this user may not do that", "dieser Benutzer darf das nicht"),
        (errno.ENOENT, "there is no such file or folder", "es gibt weder Datei noch Ordner dieses Namens"),
        (errno.EXDEV, "the system has refused it", "das System hat es abgelehnt"),
    ],
    ids=["a full disk", "no right", "no file", "anything else"],
)
def test_a_refusal_of_the_system_is_told_with_its_own_words_in_brackets(number: int, english: str, german: str) -> None:
    said = os.strerror(number)
    reason = reason_of(OSError(number, said))
    assert tell(reason) == f"{english} ({said})"
    with reading_in("de"):
        assert tell(reason) == f"{german} ({said})"
