"""Kinds of files that can be read: each makes a table of raw records in DuckDB out of a file.

A new kind is a class with the methods of :class:`FileKind`, entered in ``FILE_KINDS``; the contract suite in
``tests/sources/test_file_kinds.py`` finds it by itself.
"""

from desireline.sources.files.csv import CsvFile
from desireline.sources.files.json import JsonFile
from desireline.sources.files.loading import FileKind, RawTable, file_kind_named, file_kind_of
from desireline.sources.files.ocel import OcelFile
from desireline.sources.files.parquet import ParquetFile
from desireline.sources.files.xes import XesFile
from desireline.sources.files.xlsx import XlsxFile

FILE_KINDS: tuple[FileKind, ...] = (
    ParquetFile(),
    XlsxFile(),
    OcelFile(),
    XesFile(),
    JsonFile(),
    CsvFile(),
)
"""In the order in which they are asked whether a file is theirs; the last takes whatever is text."""

__all__ = ["FILE_KINDS", "FileKind", "RawTable", "file_kind_named", "file_kind_of"]
