from __future__ import annotations

import json
from typing import Any

import pytest

from desireline.accounts import Role
from desireline.app.server.describe import FILE, describe

from ...docs.pages import ROOT
from .conftest import SignedInBrowser


@pytest.fixture(scope="module")
def described() -> Any:
    return json.loads(describe())


def test_the_description_in_the_repository_is_the_one_of_the_routes(described: Any) -> None:
    kept = json.loads((ROOT / FILE).read_text(encoding="utf-8"))
    assert kept == described, "write it anew: python -m desireline.app.server.describe"


def test_every_answer_of_accounts_has_a_type(described: Any) -> None:
    paths = {path: item for path, item in described["paths"].items() if path.startswith("/api/accounts")}
    assert paths
    for item in paths.values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                assert status == "204" or answer["content"]["application/json"]["schema"]


def test_it_is_served_to_whoever_is_signed_in(signed_in: SignedInBrowser, described: Any) -> None:
    assert signed_in(Role.VIEWER).get("/api/openapi.json").json()["paths"].keys() == described["paths"].keys()
