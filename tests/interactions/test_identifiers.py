from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline
from desireline.base import SettingsError
from desireline.interactions import IDENTIFIER_TYPES, IdentifierSettings, identifier_number, normalise, tables
from desireline.interactions.identifiers import anchor_rank, normal_form_of
from desireline.sources import import_files

SETTINGS = IdentifierSettings()


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("email", " Ann@Example.ORG ", "ann@example.org"),
        ("email", "MAILTO:Ann@Example.org", "ann@example.org"),
        ("email", "jörg@müller.example", "jörg@müller.example"),
        ("email", "ann@xn--mller-kva.example", "ann@müller.example"),
        ("email", "ann.example.org", None),
        ("email", "ann..b@example.org", None),
        ("email", "noreply@shop.example", None),
        ("email", "unknown@example.com", None),
        ("phone", "07700 900123", "+447700900123"),
        ("phone", "+44 (0)7700-900 123", "+447700900123"),
        ("phone", "0044 7700 900123", "+447700900123"),
        ("phone", "+49 30 901820", "+4930901820"),
        ("phone", "12", None),
        ("phone", "withheld", None),
        ("user", " u_1 ", "u_1"),
        ("user", "U_1", "U_1"),
        ("user", "17850.0", "17850"),
        ("user", "17850.5", "17850.5"),
        ("customer", "00017", "00017"),
        ("anything", "Ä", "Ä"),
    ],
)
def test_normal_forms(kind: str, value: str, normal: str | None) -> None:
    assert normalise(kind, value, SETTINGS) == normal


@pytest.mark.parametrize("region", ["DE", "de"])
def test_a_phone_number_without_country_code_is_of_the_default_region(region: str) -> None:
    settings = IdentifierSettings.read({"default_region": region})
    assert normalise("phone", "030 901820", settings) == "+4930901820"


# Every value that Segment, PostHog and the issue name, in the capitals in which they name it.
NOBODY = [
    *("", " ", "0", "00", "0000000000", "-", "--", "-1", "0-0", "00000000-0000-0000-0000-000000000000"),
    *("anonymous", "Anonymous", "guest", "GUEST", "distinctid", "distinct_id", "id", "ID", "not_authenticated"),
    *("email", "undefined", "Undefined", "true", "True", "false", "FALSE"),
    *("[object Object]", "NaN", "nan", "None", "none", "null", "NULL"),
    *('"null"', "'undefined'", '"[object Object]"', "' NaN '", '"0"', "\tnull\t"),
    *("n/a", "N/A", "unknown", "test"),
]


@pytest.mark.parametrize("value", NOBODY, ids=repr)
@pytest.mark.parametrize("kind", ["email", "phone", "user", "device"])
def test_values_that_stand_for_nobody(kind: str, value: str) -> None:
    assert normalise(kind, value, SETTINGS) is None


@pytest.mark.parametrize("value", ["nullable", "id7", "nobody", "1", "-10", "O", "tester", "unknown1"])
def test_values_that_only_look_a_little_like_nobody_are_kept(value: str) -> None:
    assert normalise("user", value, SETTINGS) == value


@given(kind=st.sampled_from(["email", "phone", "user"]), value=st.text(max_size=30))
def test_a_normal_form_is_its_own_normal_form(kind: str, value: str) -> None:
    normal = normalise(kind, value, SETTINGS)
    assert normal is None or normalise(kind, normal, SETTINGS) == normal


@given(
    local=st.from_regex(r"[a-z0-9]{3,8}", fullmatch=True), capitals=st.booleans(), blanks=st.text(" \t\n", max_size=3)
)
def test_spellings_of_one_address_are_one(local: str, capitals: bool, blanks: str) -> None:
    address = f"{local}x@example.org"
    spelled = blanks + (address.upper() if capitals else address) + blanks
    assert normalise("email", spelled, SETTINGS) == address


@pytest.mark.parametrize(
    ("blocked", "kind", "value"),
    [
        ("Kiosk-1", "device", "kiosk-1"),
        (" 'kiosk-1' ", "device", "KIOSK-1"),
        ("Shop@Example.org", "email", "shop@example.org"),
        ("020 7946 0000", "phone", "+442079460000"),
        ("+44 20 7946 0000", "phone", "(020) 7946-0000"),
        ("GÄST", "user", "gäst"),
        ("NİL-1", "user", "nil-1"),
    ],
)
def test_settings_block_further_values_in_any_spelling(blocked: str, kind: str, value: str) -> None:
    assert normalise(kind, value, SETTINGS) is not None
    assert normalise(kind, value, IdentifierSettings.read({"blocked": [blocked]})) is None


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"default_region": "XX"}, "expected a country code"),
        ({"default_region": 44}, "expected a country code"),
        ({"blocked": "null"}, "expected a list of texts"),
        ({"blocked": [1]}, "expected a list of texts"),
        ({"region": "DE"}, "unknown region"),
    ],
)
def test_settings_that_cannot_be_are_told(section: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        IdentifierSettings.read(section)


def test_settings_are_checked_when_a_workspace_is_opened(tmp_path: Path) -> None:
    folder = desireline.create(tmp_path / "workspace").folder
    (folder / "desireline.toml").write_text('format = 1\n[identifiers]\ndefault_region = "England"\n')
    with pytest.raises(SettingsError, match="default_region"):
        desireline.open(folder)


def test_numbers_differ_by_key_type_and_value() -> None:
    numbers = {
        identifier_number(key, kind, value) for key in (b"one", b"two") for kind in ("user", "order") for value in "12"
    }
    assert len(numbers) == 8
    assert all(0 <= number < 2**63 for number in numbers)


def test_an_unknown_type_stands_behind_loyalty_and_stays_plain() -> None:
    ordered = sorted([*(each.name for each in IDENTIFIER_TYPES), "badge", "aaa"], key=anchor_rank)
    assert ordered[4:8] == ["loyalty", "aaa", "badge", "email"]
    assert normal_form_of("badge") == "plain"


ODD = [
    *(
        "plain",
        " blanks ",
        "\u00a0no-break\u3000",
        "é",
        "e\u0301",
        "ẞtraße",
        "İstanbul",
        "ΟΔΟΣ",
        "😀👩‍👩‍👧",
        "\u200bzero",
    ),
    *("it's", 'qu"ote', "'quoted'", "back\\slash", "a;b", "$p1", "17850.0", "00.0", "1.00", "١٧.0", "0\u00a00", "- -"),
    *("NULL", "'null'", "NİL", '"N/A"', "' n/a", "\u00a0null", "ünknown", "unKnown", "\u202eabc", "x" * 500),
    *("0\t0", "\tnull", "tab\tinside", "line\nbreak", "0\n0", "０", "Ⅷ"),
]


def test_the_import_gives_the_numbers_and_refuses_the_values_that_python_does(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    (tmp_path / "mapping.yaml").write_text(
        "source: s\nchannel: web\ntouchpoint: t\noccurred_at: {column: at}\n"
        "identifiers: {user: {column: user}, session: {column: session}}\n"
    )
    records = [{"at": "2026-01-01T10:00:00Z", "user": value, "session": f"s{n}"} for n, value in enumerate(ODD)]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
    import_files(workspace, [tmp_path / "rows.jsonl"], mapping=tmp_path / "mapping.yaml")
    expected = {
        (identifier_number(workspace.key, "user", normal), normal)
        for normal in (normalise("user", value, SETTINGS) for value in ODD)
        if normal is not None
    }
    with workspace.database.reading() as connection:
        known = tables.identifiers_with(connection, sorted(number for number, _ in expected))
        total = dict(tables.types_in_use(connection))["user"]
    assert {(number, value) for number, (_, value) in known.items()} == expected
    assert total == len(expected)
