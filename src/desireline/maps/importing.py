"""What a file says, taken into a document that is there: comments, order, and what the format cannot hold stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import InputError, phrase
from desireline.maps.checking import check_document
from desireline.maps.document import Document, new_document
from desireline.maps.formats import TABLES, WRITERS, Rendering
from desireline.maps.merging import merge
from desireline.maps.reading import read_map
from desireline.maps.things import same


def put_into(stored: Document, content: bytes, *, ending: str) -> Document:
    """A map after a table that was made of it was filled in.

    What the table changed is changed in the map; the rest stays: comments, the order of cells, and what the table does not hold. A column that
    was taken out and ``details`` that were emptied change nothing; where ids were taken out, names say what a row is
    about. Phases, steps, lanes and cells that the table no longer has are removed.

    Parameters
    ----------
    content
        Of the table.
    ending
        ``.csv`` or ``.xlsx``.

    Raises
    ------
    InputError
        The format is no table, the table cannot be understood or is of another map, or what comes of it breaks the schema of maps.
    """
    if ending not in TABLES:
        raise InputError(
            phrase(
                "expected a table ({known}), got {ending}",
                known=", ".join(TABLES),
                ending=ending or phrase("a file without an ending"),
            ),
            hint=phrase("a .yaml or .json file says by its id which document it is"),
        )
    exported = WRITERS[ending](Rendering(read_map(stored), stored)).content
    base, filled_in = (_table(stored, each, exported, ending) for each in (exported, content))
    check_document(filled_in)
    _check_is_of(stored, filled_in)
    found = merge(base, stored, filled_in, prefer="theirs").document
    assert found is not None
    return found


def said_by(stored: Document, given: Document) -> Document:
    """A document after it says what another text of it says: what both say alike keeps its comments and its place.

    Parameters
    ----------
    given
        The same document in another syntax.
    """
    if same(dict(given.tree), dict(stored.tree)):
        return stored
    return stored.changed(lambda own: _become(own, _in_order_of(given.tree, stored.tree)))


def _table(stored: Document, content: bytes, exported: bytes, ending: str) -> Document:
    tree = TABLES[ending](content, title=stored.tree["title"], of=exported).tree
    if ending == ".xlsx" and tree["id"] != stored.id:
        raise InputError(
            phrase("expected a table of the map {id!r}, got one of {other!r}", id=stored.id, other=tree["id"]),
            hint=phrase("choose that map, or import the table as a map of its own"),
        )
    return new_document({**tree, "id": stored.id}, syntax="json", origin="the table")


def _check_is_of(stored: Document, filled_in: Document) -> None:
    """Refuse a table that has few of the steps of a map and many others, as that of another one does."""
    known, given = _steps(stored), _steps(filled_in)
    if known and not given:
        raise InputError(phrase("expected a table with steps, got one without"))
    if 2 * len(known & given) < min(len(known), len(given)):
        raise InputError(
            phrase(
                "the table has {kept} of the {count} steps of the map {id!r}, and others: it is of another map",
                kept=len(known & given),
                count=len(known),
                id=stored.id,
            ),
            hint=phrase("choose that map, or import the table as a map of its own"),
        )


def _steps(document: Document) -> frozenset[str]:
    return frozenset(step["id"] for phase in document.tree.get("phases") or () for step in phase.get("steps") or ())


def _become(own: Any, tree: Mapping[str, Any]) -> None:
    own.clear()
    own.update(tree)


def _in_order_of(new: Any, old: Any) -> Any:
    """The same values, with the fields of mappings in the order that they have in ``old``."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        names = [*(name for name in old if name in new), *(name for name in new if name not in old)]
        return {name: _in_order_of(new[name], old.get(name)) for name in names}
    if isinstance(new, list) and isinstance(old, list):
        known = {each["id"]: each for each in old if isinstance(each, Mapping) and "id" in each}
        return [_in_order_of(each, _counterpart(each, place, old, known)) for place, each in enumerate(new)]
    return new


def _counterpart(entry: Any, place: int, old: list[Any], known: Mapping[Any, Any]) -> Any:
    if isinstance(entry, Mapping) and "id" in entry:
        return known.get(entry["id"])
    return old[place] if place < len(old) else None
