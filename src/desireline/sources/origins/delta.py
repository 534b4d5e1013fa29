"""Delta tables, on this machine or on object storage."""

from __future__ import annotations

from collections.abc import Generator

from desireline.base import InputError
from desireline.sources.origins.address import without_secrets
from desireline.sources.origins.lake import pieces_of
from desireline.sources.origins.model import Mark, Origin, Piece


class DeltaReader:
    """The newest version of a Delta table."""

    name = "delta"

    def takes(self, address: str) -> bool:
        """``delta:FOLDER`` and ``delta:s3://…``."""
        return address.startswith("delta:")

    def read(self, origin: Origin, address: str, mark: Mark | None) -> Generator[Piece, None, None]:
        """The rows of its data files."""
        import pyarrow as pa
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        if origin.question:
            raise InputError(f"expected --table and --query for databases only, {origin.label} is one table")
        place = address.removeprefix("delta:")
        try:
            yield from pieces_of(DeltaTable(place).to_pyarrow_dataset(), mark, origin)
        except (DeltaError, pa.ArrowException, OSError) as error:
            said = without_secrets(str(error).splitlines()[0], address)
            raise InputError(f"{origin.label} cannot be read as a Delta table: {said}") from None
