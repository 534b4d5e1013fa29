"""Write the demo company, block by block, so that memory stays the same however many customers there are."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from desireline.app.demo.block import Block, draw_block
from desireline.app.demo.departments import EXPORTS
from desireline.app.demo.model import DemoFile, DemoFiles
from desireline.app.demo.sheet import Tally
from desireline.app.demo.truth import TruthFiles
from desireline.app.demo.writers import Writer

_PEOPLE_PER_BLOCK = 20_000


def generate(folder: Path, customers: int, seed: int, progress: Callable[[str], None]) -> DemoFiles:
    """Write all files of a company of `customers` people; see `desireline.app.demo.write_files`."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = {export.name: export.open(folder / export.file) for export in EXPORTS}
    tallies = {export.file: Tally() for export in EXPORTS}
    truth = TruthFiles(folder / "truth")
    for number in range(-(-customers // _PEOPLE_PER_BLOCK)):
        block = draw_block(number, _PEOPLE_PER_BLOCK, customers, seed)
        _write_block(block, writers, tallies)
        truth.write(block)
        done = min(customers, (number + 1) * _PEOPLE_PER_BLOCK)
        progress(f"{done:,} of {customers:,} customers")
    for writer in writers.values():
        writer.close()
    truth.close(tallies)
    _copy_texts(folder)
    demo_files = tuple(
        DemoFile(folder / export.file, _mapping(folder, export.name), tallies[export.file].rows) for export in EXPORTS
    )
    return DemoFiles(folder, demo_files, folder / "truth")


def _write_block(block: Block, writers: dict[str, Writer], tallies: dict[str, Tally]) -> None:
    for export in EXPORTS:
        sheet = export.sheet(block)
        writers[export.name].write(sheet.columns)
        tallies[export.file].add(sheet.tally)


def _copy_texts(folder: Path) -> None:
    """The mappings and the read-me, as they lie in the package."""
    texts = files("desireline.app.demo").joinpath("mappings")
    (folder / "mappings").mkdir(exist_ok=True)
    for export in EXPORTS:
        mapping = texts.joinpath(f"{export.name}.yaml").read_text(encoding="utf-8")
        _mapping(folder, export.name).write_text(mapping, encoding="utf-8")
    readme = files("desireline.app.demo").joinpath("folder_readme.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(readme, encoding="utf-8")


def _mapping(folder: Path, name: str) -> Path:
    return folder / "mappings" / f"{name}.yaml"
