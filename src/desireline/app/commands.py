"""The command line: every package's commands under one name. Packages are imported when a command needs them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from desireline.app.lazy import LazyGroup
from desireline.base.errors import DesirelineError
from desireline.base.options import WorkspaceOption

app = typer.Typer(
    name="desireline",
    cls=LazyGroup,
    help="The journeys customers really take, beside the ones that were planned for them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from desireline import __version__

        typer.echo(f"desireline {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            envvar="DESIRELINE_ENGINE",
            metavar="ENGINE",
            help="What answers questions about journeys: local, spark://HOST:PORT or spark-local[2].",
        ),
    ] = "local",
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    if engine != "local":
        from desireline.journeys import using

        context.with_resource(using(engine))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="An empty or new folder.")],
    timezone: Annotated[
        str | None,
        typer.Option(help="By whose clock days, weeks and months begin, such as Europe/London; UTC without it."),
    ] = None,
) -> None:
    """Make a workspace in a new folder."""
    from desireline.app.workspace import create
    from desireline.base.console import say

    made = create(folder, timezone=timezone)
    days = "" if timezone is None else f"; days are those of {made.timezone}"
    say(f"Workspace made in {folder}{days}. Next: desireline import FILE... -w {folder}")


@app.command()
def report(
    workspace: WorkspaceOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("journeys.html"),
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
    gap: Annotated[
        str | None,
        typer.Option(help="The pause that ends an episode, such as 3d; chosen from the data by default."),
    ] = None,
) -> None:
    """Write a page for a manager.

    It shows the flow, the common paths, moves between channels, where people stop, sessions and data quality.
    """
    from desireline.app.report import write_page
    from desireline.app.report.collect import collect
    from desireline.base import parse_duration
    from desireline.base.console import progress_bar, say
    from desireline.interactions import open_recovered

    opened = open_recovered(workspace)
    with progress_bar() as progress:
        data = collect(opened, title=title, gap=None if gap is None else parse_duration(gap), progress=progress)
    output.write_text(write_page(data), encoding="utf-8")
    say(f"Report written to {output}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put it.")] = Path("demo"),
    files_only: Annotated[bool, typer.Option("--files-only", help="Only write the files of the departments.")] = False,
    customers: Annotated[int, typer.Option(help="How many people the demo company has.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 2026,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve the web application; whoever opens it is signed in.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where, with --serve.")] = 8321,
) -> None:
    """Show everything on a made-up company.

    Makes the files of its departments, imports them, finds the journeys and writes a report.
    """
    from desireline.app.demo.show import make_files, show_demo

    if files_only:
        make_files(folder, customers=customers, seed=seed)
    elif serve:
        from desireline.app.server.commands import start
        from desireline.app.server.serving import Serving, check

        serving = Serving(folder / "workspace", port=port, sign_in_as_demo=True)
        check(serving)
        show_demo(folder, customers=customers, seed=seed)
        start(serving)
    else:
        show_demo(folder, customers=customers, seed=seed)


def main() -> None:
    """Run the command line; what a user can do something about is said in a line or two, without a stack trace."""
    try:
        app()
    except DesirelineError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"error: {error.strerror or error}{where}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("stopped; nothing was left half done", file=sys.stderr)
        sys.exit(130)
