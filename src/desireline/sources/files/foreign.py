"""Files that hold no records: told as what they are, not as a damaged or an odd table."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from desireline.base import Phrase, phrase

_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.DOTALL | re.IGNORECASE
)
_BEGINNINGS: tuple[tuple[bytes, Phrase], ...] = (
    (b"%PDF-", phrase("a PDF document")),
    (b"\x89PNG\r\n", phrase("a picture")),
    (b"\xff\xd8\xff", phrase("a picture")),
    (b"GIF8", phrase("a picture")),
)
_FOLDERS: tuple[tuple[str, Phrase], ...] = (
    ("ppt/", phrase("a presentation")),
    ("word/", phrase("a text document")),
)


def foreign_kind(path: Path, head: bytes) -> Phrase | None:
    """What a file is that cannot hold records; ``None``: it may.

    Parameters
    ----------
    head
        Its beginning, as :func:`~desireline.sources.files.loading.read_head` gives it.
    """
    if _WEB_PAGE.match(head):
        return phrase("a web page")
    return next((told for start, told in _BEGINNINGS if head.startswith(start)), None) or _office_kind(path, head)


def _office_kind(path: Path, head: bytes) -> Phrase | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return None
    return next((told for folder, told in _FOLDERS if any(name.startswith(folder) for name in names)), None)
