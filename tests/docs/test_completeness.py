"""What the program has is in the documentation, and the tables there are those of the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from desireline.app.commands import app
from desireline.base import SettingsError
from desireline.evidence.proposal_settings import ProposalSettings
from desireline.identity.policy import DEFAULT_TYPES, NO_LIMIT, Policy, TypePolicy
from desireline.improve.scoring import ScoreSettings
from desireline.interactions import FIELDS, IDENTIFIER_TYPES, ChannelCost, CostSettings, Field, IdentifierSettings
from desireline.interactions.condition import OPERATORS
from desireline.interactions.identifiers import BLOCKED_EMAILS, BLOCKED_VALUES
from desireline.interactions.model import COMPUTED_FIELDS
from desireline.journeys.calendars import CALENDAR_KEYS
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.index.settings import memory_for_building
from desireline.journeys.opening_hours import OpeningHours
from desireline.journeys.smallest_group import PrivacySettings
from desireline.maps.folder import folder_setting
from desireline.sources import Rejection
from desireline.sources.enriching import sentiment_model
from desireline.sources.files import FILE_KINDS
from desireline.sources.formats import all_formats
from desireline.sources.mapping import mapping_from_document
from desireline.sources.upload_settings import UploadSettings
from desireline.store import open_mirror
from desireline.store.workspace import KEYS

from .pages import FENCE, ROOT, pages

DOCS = ROOT / "docs"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(each.read_text(encoding="utf-8") for each in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))])


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    lines = text.split(f"{heading}\n", 1)[1].splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it."""
    if not hasattr(command, "list_commands"):
        yield " ".join(path), command
        return
    context = typer.Context(command)
    for name in command.list_commands(context):
        yield from leaves(command.get_command(context, name), (*path, name))


COMMANDS = dict(leaves(typer.main.get_command(app)))


def links() -> list[tuple[Path, str]]:
    found = []
    for each in pages():
        text = FENCE.sub("", each.read_text(encoding="utf-8"))
        found += [(each, target) for target in _LINK.findall(text) if "://" not in target]
    return found


@pytest.mark.parametrize(
    ("source", "target"),
    links(),
    ids=[f"{source.relative_to(ROOT).as_posix()} to {target}" for source, target in links()],
)
def test_a_link_leads_somewhere(source: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    path = source.parent / file if file else source
    assert path.exists()
    if anchor:
        headings = _HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
        assert anchor in {_anchor(heading) for heading in headings}


def test_every_page_is_reached_from_the_index() -> None:
    reached = {(DOCS / target.partition("#")[0]).resolve() for target in _LINK.findall(page("index.md"))}
    assert {each for each in DOCS.glob("*.md") if each.name != "index.md"} <= reached


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described(command: str) -> None:
    assert re.search(rf"desireline {command}\b", everything())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_described(command: str) -> None:
    options = {name for each in COMMANDS[command].params for name in each.opts if name.startswith("--")}
    text = everything()
    hidden = {"--install-completion", "--show-completion", "--help"}
    assert not [name for name in options - hidden if f"{name}`" not in text and f"{name} " not in text]


def test_make_has_every_target_that_is_named() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for each in pages() for name in re.findall(r"`?make ([a-z]+)`", each.read_text(encoding="utf-8"))}
    assert named
    assert named <= targets


def test_the_table_of_fields_is_the_one_of_the_code() -> None:
    assert table(page("interactions.md"), "## Fields") == [_described(field) for field in FIELDS]


def test_the_table_of_computed_fields_is_the_one_of_the_code() -> None:
    expected = [[f"`{field.name}`", field.kind, field.meaning] for field in COMPUTED_FIELDS]
    assert table(page("interactions.md"), "## Computed fields") == expected


def test_the_table_of_identifier_types_is_the_one_of_the_code() -> None:
    expected = [[f"`{each.name}`", each.meaning, *_policy(DEFAULT_TYPES[each.name])] for each in IDENTIFIER_TYPES]
    assert table(page("identity.md"), "## Types of identifiers") == expected


def test_the_blocked_values_are_those_of_the_code() -> None:
    blocked = page("identity.md").split("## Values that point at nobody\n", 1)[1].split("\n## ", 1)[0]
    assert {*BLOCKED_VALUES, *BLOCKED_EMAILS} <= set(re.findall(r"`([^`]+)`", blocked))


def test_every_reason_is_explained() -> None:
    listed = str(Rejection.__doc__).split("reason\n", 1)[1].split("    message\n", 1)[0]
    reasons = re.findall(r"``(\w+)``", listed)
    assert len(reasons) >= 9
    assert {row[0] for row in table(page("quarantine.md"), "## Reasons")} == {f"`{reason}`" for reason in reasons}


def test_every_operator_is_explained() -> None:
    described = {
        name for row in table(page("conditions.md"), "## Operators") for name in re.findall(r"`(\w+)`", row[0])
    }
    assert described == set(OPERATORS)


def test_every_kind_of_file_is_described() -> None:
    assert {f"`{kind.name}`" for kind in FILE_KINDS} == {
        row[1] for row in table(page("importing.md"), "## Kinds of files")
    }


def test_every_named_format_is_listed_with_its_page() -> None:
    listed = table(page("formats/index.md"), "## Formats")
    assert {(row[0], row[1]) for row in listed} == {
        (f"[{each.title}]({each.name}.md)", f"`{each.name}`") for each in all_formats().values()
    }


def test_every_format_that_knows_newer_records_is_listed() -> None:
    listed = [row[0] for row in table(page("formats/index.md"), "## When a record comes again")]
    assert listed == [f"`{each.name}`" for each in all_formats().values() if each.revision is not None]


def test_every_setting_is_described() -> None:
    described = {row[0].strip("`") for row in table(page("settings.md"), "## Keys")}
    expected = set(KEYS)
    expected |= {f"identifiers.{key}" for key in _known(IdentifierSettings.read)}
    for key in _known(Policy.read):
        assert key == "types"
        expected |= {f"identity.types.TYPE.{name}" for name in TypePolicy.__dataclass_fields__}
    expected |= {f"sentiment.{key}" for key in _known(sentiment_model)}
    expected |= {f"index.{key}" for key in _known(memory_for_building)}
    expected |= {f"contacts.{key}" for key in _known(ContactSettings.read)}
    expected |= {f"maps.{key}" for key in _known(folder_setting)}
    expected |= {f"proposals.{key}" for key in _known(ProposalSettings.read)}
    expected |= {f"log.{key}" for key in _known(open_mirror)}
    expected |= {f"improve.{key}" for key in _known(ScoreSettings.read)}
    expected |= {f"effort.{key}" for key in _known(EffortWeights.read)}
    expected |= {f"calendar.{key}" for key in _known(OpeningHours.read)}
    expected |= {f"calendars.NAME.{key}" for key in CALENDAR_KEYS}
    expected |= {f"sources.{key}" for key in _known(UploadSettings.read)}
    expected |= {f"privacy.{key}" for key in _known(PrivacySettings.read)}
    assert _known(CostSettings.read) == ["currency", "channels"]
    expected |= {"costs.currency", *(f"costs.channels.CHANNEL.{name}" for name in ChannelCost.__dataclass_fields__)}
    assert described == expected


def _trial_in_the_readme() -> str:
    return (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .split("## Tried with data nobody prepared\n", 1)[1]
        .split("\n## ", 1)[0]
    )


def test_the_figures_in_the_readme_are_those_of_the_page_that_is_run() -> None:
    figures = set(re.findall(r"\d+(?:,\d{3})+|\d+\.\d%", _trial_in_the_readme()))
    assert len(figures) >= 8
    assert {figure for figure in figures if figure not in page("public-data.md")} == set()


def test_the_mappings_in_the_readme_are_those_of_the_page_that_is_run() -> None:
    mappings = [match[3] for match in FENCE.finditer(_trial_in_the_readme()) if match[1] == "yaml"]
    assert len(mappings) == 2
    assert all(mapping in page("public-data.md") for mapping in mappings)


def _fragments() -> list[tuple[str, str]]:
    """Pieces of mappings that pages show without the rest."""
    found = []
    for each in sorted(DOCS.glob("*.md")):
        text = each.read_text(encoding="utf-8")
        found += [(each.name, match[3]) for match in FENCE.finditer(text) if match[1] == "yaml" and not match[2]]
    return found


@pytest.mark.parametrize(("name", "text"), _fragments())
def test_a_piece_of_a_mapping_can_be_used(name: str, text: str) -> None:
    from ruamel.yaml import YAML

    rest = {
        "source": "shop",
        "channel": "web",
        "touchpoint": "Visit",
        "occurred_at": {"column": "time"},
        "identifiers": {"user": {"column": "user"}},
    }
    assert mapping_from_document({**rest, **YAML(typ="safe").load(text)}, where=name).source


def _known(read: object) -> list[str]:
    """The keys of a section, as the message about an unknown one lists them."""
    assert callable(read)
    with pytest.raises(SettingsError) as raised:
        read({"no such key": 1})
    return str(raised.value.hint).removeprefix("known: ").split(", ")


def _described(field: Field) -> list[str]:
    needed = "required" if field.required else ""
    return [f"`{field.name}`", field.kind, field.meaning, _allowed(field), needed]


def _allowed(field: Field) -> str:
    if field.kind == "choice":
        return ", ".join(field.choices)
    if field.kind == "text":
        return f"at most {field.longest:,} characters"
    if field.kind == "time":
        return "1900 to 2200"
    if field.lowest is None:
        return str(field.unit)
    return f"{field.unit}, from {field.lowest:g}" + ("" if field.highest is None else f" to {field.highest:g}")


def _policy(policy: TypePolicy) -> list[str]:
    return ["none" if policy.limit == NO_LIMIT else str(policy.limit), policy.joins]


def _anchor(heading: str) -> str:
    plain = re.sub(r"[^\w\- ]", "", heading.lower())
    return plain.replace(" ", "-")
