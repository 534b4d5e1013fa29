"""What a good map has and one lacks: the linter, with bindings as interactions meet them."""

from __future__ import annotations

from litestar import get

from desireline.accounts import SignedIn
from desireline.base import DesirelineError
from desireline.evidence.bindings import binding_states
from desireline.evidence.routes.asking import ask_map, kept, map_customers
from desireline.evidence.withholding import withheld_binding
from desireline.interactions import count_log
from desireline.journeys.selection import Selection
from desireline.journeys.smallest_group import fewest_shown
from desireline.maps.answers import LintAnswer, lint_answer
from desireline.maps.library import RememberingLibrary
from desireline.maps.linting import lint
from desireline.maps.measured import Measured
from desireline.maps.routes.paths import document_at, today_in
from desireline.store import Workspace

_QUIET = "30d"


@get("/map/{ident:str}/lint", sync_to_thread=True)
def lint_map(workspace: Workspace, user: SignedIn, ident: str) -> LintAnswer:
    """What the linter finds in a map, the worst first."""
    library, document, _ = document_at(workspace, "map", ident, None)
    measured = _measured(workspace, ident, fewest_shown(workspace, user))
    findings = lint(document, RememberingLibrary(library), today=today_in(workspace), measured=measured)
    return lint_answer(ident, findings)


def _measured(workspace: Workspace, ident: str, fewest: int) -> Measured | None:
    """Its bindings; nothing where the map cannot be read: what is wrong with it is what the linter says.

    Without interactions no step has a state: that nothing meets a binding is no fault of the map.
    """
    try:
        asked = ask_map(workspace, ident)
    except DesirelineError:
        return None
    if count_log(workspace).last_at is None:
        return Measured(ident, journeys=0, fit=None, steps=())
    states = kept(
        workspace,
        ("map bindings", ident, asked.state, _QUIET),
        lambda progress: binding_states(workspace, asked.subject, silent_after=_QUIET, progress=progress),
    )
    customers = map_customers(workspace, asked, Selection(), fewest)
    steps = tuple(withheld_binding(each, customers, fewest).measures() for each in states)
    return Measured(ident, journeys=0, fit=None, steps=steps)
