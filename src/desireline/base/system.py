"""Why the system refused something, in words of ours."""

from __future__ import annotations

import errno

from desireline.base.telling import Phrase, phrase

_CAUSES = {
    errno.ENOSPC: phrase("the disk is full"),
    errno.EDQUOT: phrase("the disk is full"),
    errno.EACCES: phrase("this user may not do that"),
    errno.EPERM: phrase("this user may not do that"),
    errno.EROFS: phrase("the disk can only be read"),
    errno.ENOENT: phrase("there is no such file or folder"),
    errno.ENOTDIR: phrase("a folder was expected, a file is there"),
    errno.EISDIR: phrase("a file was expected, a folder is there"),
    errno.EEXIST: phrase("it is there already"),
    errno.ENAMETOOLONG: phrase("the name is too long"),
    errno.EMFILE: phrase("too many files are open"),
    errno.ENFILE: phrase("too many files are open"),
    errno.EBUSY: phrase("something else is using it"),
    errno.EIO: phrase("the disk has failed"),
}
_REFUSED = phrase("the system has refused it")


def reason_of(error: OSError | UnicodeDecodeError) -> Phrase:
    """Why something could not be read or written; what the system says of it stands in brackets.

    >>> import errno
    >>> reason_of(OSError(errno.ENOSPC, "No space left on device"))
    'the disk is full (No space left on device)'
    """
    if isinstance(error, UnicodeDecodeError):
        return phrase("expected text in UTF-8 ({said})", said=error)
    cause = _CAUSES.get(error.errno or 0, _REFUSED)
    return phrase("{cause} ({said})", cause=cause, said=error.strerror or error)
