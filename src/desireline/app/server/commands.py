"""``desireline serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import WorkspaceOption

if TYPE_CHECKING:
    from desireline.app.server.serving import Serving
    from desireline.store import Workspace

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def serve(
    workspace: WorkspaceOption,
    host: Annotated[str, typer.Option(help="What to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8321,
    address: Annotated[
        str | None,
        typer.Option(help="Under which people reach it, as behind a reverse proxy: https://journeys.example.org."),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(help="A reverse proxy on another machine, whose word is believed about who asks."),
    ] = None,
    sign_in_as_demo: Annotated[
        bool,
        typer.Option("--sign-in-as-demo", help="Make whoever opens it an admin; only on a loopback address."),
    ] = False,
) -> None:
    """Serve the web application and the API of a workspace."""
    from desireline.app.server.serving import Serving

    start(Serving(workspace, host, port, address, tuple(proxy or ()), sign_in_as_demo))


def start(serving: Serving) -> None:
    """Check, open, say where it is, and serve until it is stopped."""
    from desireline.app.server.serving import alone, check, prepare
    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered

    check(serving)
    workspace = open_recovered(serving.folder)
    with alone(workspace):
        with progress_bar() as progress:
            prepare(workspace, progress=progress)
        _serve(serving, workspace)


def _serve(serving: Serving, workspace: Workspace) -> None:
    from desireline.accounts.links import link_address, make_first_link
    from desireline.app.server.serving import run
    from desireline.base.console import say

    lines = [f"Desireline serves {workspace.name} on {serving.shown} (stop with Ctrl+C)"]
    first = None if serving.sign_in_as_demo else make_first_link(workspace)
    if first is not None:
        lines += [
            "Nobody can sign in yet. Open this once, within a day, to make yourself the admin:",
            link_address(first, site=serving.shown),
        ]
    say("Starting …")
    run(serving, announcement="\n".join(lines))
