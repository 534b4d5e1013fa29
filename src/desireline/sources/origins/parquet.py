"""Parquet files in a lake: one file, a folder, or a pattern, on s3, gs, abfs, or this machine."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from desireline.base import InputError
from desireline.sources.origins.address import shown, without_secrets
from desireline.sources.origins.lake import pieces_of
from desireline.sources.origins.model import Mark, Origin, Piece

if TYPE_CHECKING:
    import pyarrow.dataset
    import pyarrow.fs

_SCHEMES = ("s3://", "gs://", "gcs://", "abfs://", "abfss://", "file://")


class ParquetReader:
    """Parquet, with the columns that folders called ``name=value`` give."""

    name = "parquet"

    def takes(self, address: str) -> bool:
        """Those with the scheme of an object storage, or ``file://``."""
        return address.startswith(_SCHEMES)

    def read(self, origin: Origin, address: str, mark: Mark | None) -> Generator[Piece, None, None]:
        """The rows of all files, in the order of their names."""
        import pyarrow as pa

        if origin.question:
            raise InputError(
                f"expected --table and --query for databases only, {origin.label} is a folder of Parquet files"
            )
        try:
            yield from pieces_of(_dataset(origin, address), mark, origin)
        except (pa.ArrowException, OSError) as error:
            said = without_secrets(str(error).splitlines()[0], address)
            raise InputError(f"{origin.label} cannot be read: {said}") from None


def _dataset(origin: Origin, address: str) -> pyarrow.dataset.Dataset:
    import pyarrow.dataset as ds

    filesystem, path = file_system(address)
    base, files = _files(filesystem, path)
    if any("/_delta_log/" in file for file in files):
        raise InputError(f"{origin.label} is a Delta table", hint=f"write delta:{shown(origin.address)}")
    files = [file for file in files if not _is_hidden(file, base)]
    if not files:
        raise InputError(f"there is no Parquet file at {origin.label}")
    options = ds.FileSystemFactoryOptions(partition_base_dir=base, partitioning=ds.HivePartitioning.discover())
    factory = ds.FileSystemDatasetFactory(filesystem, files, ds.ParquetFileFormat(), options)
    return factory.finish(factory.inspect(promote_options="permissive"))


def file_system(address: str) -> tuple[pyarrow.fs.FileSystem, str]:
    """The file system of an address and the path in it; credentials come from the environment."""
    import pyarrow.fs

    scheme, _, rest = address.partition("://")
    if scheme == "file":
        return pyarrow.fs.LocalFileSystem(), str(Path(unquote(rest)).absolute())
    if scheme == "s3":
        login, at, path = rest.rpartition("@") if re.match(r"[^/@]*:[^@]*@", rest) else ("", "", rest)
        access, _, secret = login.partition(":")
        keys = {"access_key": unquote(access), "secret_key": unquote(secret)} if at else {}
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        return pyarrow.fs.S3FileSystem(region=region, **_endpoint(), **keys), path
    bucket, slash, path = rest.partition("/")
    filesystem, start = pyarrow.fs.FileSystem.from_uri(f"{scheme}://{bucket}/")
    return filesystem, f"{start.rstrip('/')}/{path}" if slash else start


def _endpoint() -> dict[str, str]:
    """Where an S3 that is not Amazon's is, from the environment."""
    address = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if not address:
        return {}
    scheme, _, host = address.partition("://")
    return {"scheme": scheme, "endpoint_override": host.rstrip("/")}


def _files(filesystem: pyarrow.fs.FileSystem, path: str) -> tuple[str, list[str]]:
    """The fixed beginning of the path, and the files that it names, in order."""
    import pyarrow.fs

    path = path.rstrip("/")
    fixed = re.split(r"[*?\[]", path, maxsplit=1)[0]
    if fixed == path:
        if filesystem.get_file_info(path).type == pyarrow.fs.FileType.File:
            return path.rpartition("/")[0], [path]
        base, pattern = path, None
    else:
        base, pattern = fixed.rpartition("/")[0], re.compile(_regular_expression(path))
    selector = pyarrow.fs.FileSelector(base, recursive=True, allow_not_found=True)
    found = [info.path for info in filesystem.get_file_info(selector) if info.type == pyarrow.fs.FileType.File]
    return base, sorted(each for each in found if pattern is None or pattern.fullmatch(each))


def _regular_expression(pattern: str) -> str:
    """``*`` stands for letters of one name, ``**`` for folders too."""
    parts = re.split(r"(\*\*/?)", pattern)
    return "".join("(?:.*/)?" if part == "**/" else ".*" if part == "**" else _of_one_level(part) for part in parts)


def _of_one_level(pattern: str) -> str:
    return "".join(
        "[^/]*" if part == "*" else fnmatch.translate(part)[4:-3] for part in re.split(r"(\*)", pattern) if part
    )


def _is_hidden(file: str, base: str) -> bool:
    """Markers and metadata that writers leave beside the data."""
    return any(part.startswith(("_", ".")) for part in file.removeprefix(base).split("/"))
