"""``desireline journeys warm-up``, which asks what every package asks of journeys; and the same beside a server that starts."""

from __future__ import annotations

import _thread
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from desireline.journeys.commands import commands as journey_commands

if TYPE_CHECKING:
    from desireline.base import Progress

_own = typer.Typer()


@_own.command()
def warm_up() -> None:
    """Compile the kernels now, once after installation; otherwise the first question of each kind takes seconds."""
    from desireline.base.console import progress_bar, say

    with progress_bar() as progress:
        count = compile_all(progress)
    say(f"{count} questions were asked of a small workspace; what was compiled for them is kept")


def compile_all(progress: Progress | None = None) -> int:
    """Ask all questions of a small workspace, and note that all is compiled; how many there were."""
    from desireline.evidence.warming import map_questions
    from desireline.journeys.warming import journey_questions, note_warm
    from desireline.journeys.warming import warm_up as ask

    count = ask([*journey_questions(), *map_questions()], progress=progress)
    note_warm()
    return count


commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=journey_commands.info.help)
commands.add_typer(journey_commands)
commands.add_typer(_own)


def _end_with_input() -> None:
    """End when whoever started this process has ended, or closes its input."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    _thread.interrupt_main()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(19)
    threading.Thread(target=_end_with_input, daemon=True).start()
    with suppress(KeyboardInterrupt):
        compile_all()
        sys.exit(0)
    sys.exit(1)
