"""Writing a file to the disk while it arrives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from anyio import to_thread

from desireline.base import InputError, phrase, reason_of
from desireline.sources.upload_desk import UploadDesk
from desireline.sources.upload_folder import plain_file_name
from desireline.sources.upload_model import Upload

_BLOCK = 4 * 2**20


async def receive(
    desk: UploadDesk, name: str, *, by: str, announced: int | None, chunks: AsyncIterator[bytes]
) -> Upload:
    """Keep a file that arrives in chunks; it is recognised as soon as it is here.

    Parameters
    ----------
    announced
        Its size in bytes, where the browser says it.

    Raises
    ------
    InputError
        It is empty, too large, does not fit on the disk, or did not come as a whole; nothing of it is kept then.
    """
    folder = desk.folder
    shown = plain_file_name(name)
    if announced is not None:
        await to_thread.run_sync(folder.check_room, shown, announced)
    largest = await to_thread.run_sync(folder.largest_bytes)
    upload = await to_thread.run_sync(partial(folder.begin, shown, by=by))
    whole = False
    size, block = 0, bytearray()
    try:
        with folder.file_of(upload).open("wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                block += chunk
                if size > largest:
                    folder.check_room(shown, size)
                if len(block) >= _BLOCK:
                    await to_thread.run_sync(file.write, bytes(block))
                    block.clear()
            await to_thread.run_sync(file.write, bytes(block))
        if announced is not None and size != announced:
            raise InputError(
                phrase(
                    "expected {announced:,} bytes of {shown}, {size:,} came",
                    announced=announced,
                    shown=shown,
                    size=size,
                ),
                hint=phrase("send the file again"),
            )
        await to_thread.run_sync(folder.check_room, shown, size)
        whole = True
    except OSError as error:
        raise InputError(
            phrase("{shown} cannot be kept: {strerror}", shown=shown, strerror=reason_of(error)),
            hint=phrase("make room on the disk of the server"),
        ) from error
    finally:
        if not whole:
            folder.remove(upload)
    return await to_thread.run_sync(desk.received, upload, size)
