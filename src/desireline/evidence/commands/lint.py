"""``desireline maps lint``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desireline.base.options import JsonOption, OptionalWorkspaceOption
from desireline.maps.commands.lint import MapsArgument, StrictOption, print_lint
from desireline.maps.commands.today import TodayOption

if TYPE_CHECKING:
    from desireline.maps import JourneyMap
    from desireline.maps.measured import Measured


def lint(
    maps: MapsArgument,
    workspace: OptionalWorkspaceOption = None,
    today: TodayOption = None,
    strict: StrictOption = False,
    as_json: JsonOption = False,
) -> None:
    """Check maps for what a good one has.

    An owner, evidence, opportunities for its pains, no dead links; with -w also bindings that interactions still meet. Each finding has an id; lint: {ignore: [ID]} in the map silences it. Ends with 1 where there are errors.
    """
    if workspace is None:
        print_lint(maps, None, today=today, strict=strict, as_json=as_json)
        return
    from desireline.evidence.bindings import measured_bindings
    from desireline.journeys.commands.asking import asking

    with asking(workspace) as (opened, progress):

        def measured(journey_map: JourneyMap) -> Measured | None:
            return measured_bindings(opened, journey_map, progress=progress)

        print_lint(maps, workspace, today=today, strict=strict, as_json=as_json, measuring=measured)
