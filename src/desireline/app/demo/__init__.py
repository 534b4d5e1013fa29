"""The demo company: half a year of a made-up subscription business, as its departments would export it."""

from collections.abc import Callable
from pathlib import Path

from desireline.app.demo.model import DemoFile, DemoFiles
from desireline.base.errors import InputError

__all__ = ["DemoFile", "DemoFiles", "write_files"]


def _silent(_message: str) -> None:
    """Tell nobody."""


def write_files(
    folder: Path,
    *,
    customers: int = 5_000,
    seed: int = 2026,
    progress: Callable[[str], None] = _silent,
) -> DemoFiles:
    """Write the exports of Brightwire, their mappings and the truth about them.

    Parameters
    ----------
    folder
        Where to write; made if it is not there, files of the same names are replaced.
    customers
        How many people, prospects included; about 48 interactions each.
    seed
        The same seed and number of customers give the same bytes.
    progress
        Told after every block of 20,000 people.

    Returns
    -------
    DemoFiles
        What was written. Above 800,000 customers the Excel file holds only a sample of the store visits.

    Raises
    ------
    InputError
        `customers` is less than 1.

    Examples
    --------
    >>> import tempfile
    >>> written = write_files(Path(tempfile.mkdtemp()), customers=10)
    >>> len(written.files)
    11
    """
    if customers < 1:
        raise InputError(f"customers: expected 1 or more, got {customers}", hint="try --customers 5000")
    from desireline.app.demo.generate import generate

    return generate(folder, customers, seed, progress)
