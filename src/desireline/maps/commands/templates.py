"""``desireline maps templates``."""

from __future__ import annotations

from desireline.base.options import JsonOption


def templates(as_json: JsonOption = False) -> None:
    """List the maps to begin with, and what each is for."""
    from dataclasses import asdict

    from desireline.base.console import print_json, print_table
    from desireline.maps.templates import all_templates

    found = all_templates()
    if as_json:
        print_json({"templates": [asdict(each) for each in found]})
        return
    rows = [[each.name, each.steps, each.lanes, each.purpose] for each in found]
    print_table(["template", "steps", "lanes", "what it is for"], rows)
