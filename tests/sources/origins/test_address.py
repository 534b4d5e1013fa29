from __future__ import annotations

import pytest

from desireline.base import InputError
from desireline.sources.origins import is_origin, shown
from desireline.sources.origins.address import expanded, has_literal_password, settled, without_secrets

SHOWN = {
    "no password": ("postgresql://ann@host/shop", "postgresql://ann@host/shop"),
    "a password": ("postgresql://ann:secret@host:5432/shop", "postgresql://ann@host:5432/shop"),
    "a password with signs": ("mysql+pymysql://ann:a/b%40:c@host/shop", "mysql+pymysql://ann@host/shop"),
    "an empty password": ("postgresql://ann:@host/shop", "postgresql://ann@host/shop"),
    "no host": ("postgresql://ann:secret@/shop?host=/run", "postgresql://ann@/shop?host=/run"),
    "a variable for it": ("postgresql://ann:${PW}@host/shop", "postgresql://ann@host/shop"),
    "a parameter": ("postgresql://host/shop?user=ann&password=secret", "postgresql://host/shop?user=ann"),
    "only a parameter": ("snowflake://ann@acme?private_key_passphrase=secret", "snowflake://ann@acme"),
    "a whole connection string": ("mssql+pyodbc:///?odbc_connect=UID%3Dann%3BPWD%3Dsecret", "mssql+pyodbc:///"),
    "keys of S3": ("s3://key:secret@bucket/orders/*.parquet", "s3://key@bucket/orders/*.parquet"),
    "keys of a Delta table": ("delta:s3://key:secret@bucket/orders", "delta:s3://key@bucket/orders"),
    "a file": ("sqlite:////home/ann/shop.db", "sqlite:////home/ann/shop.db"),
    "a storage account": ("abfs://orders@acme.dfs.core.windows.net/2026", "abfs://orders@acme.dfs.core.windows.net/2026"),
    "a variable for all of it": ("${SHOP}", "${SHOP}"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN)
def test_an_address_is_shown_without_its_password(case: str) -> None:
    address, expected = SHOWN[case]
    assert shown(address) == expected


@pytest.mark.parametrize("case", SHOWN)
def test_a_literal_password_is_noticed(case: str) -> None:
    assert has_literal_password(SHOWN[case][0]) is ("secret" in SHOWN[case][0] or "a/b" in SHOWN[case][0])


@pytest.mark.parametrize(
    "address",
    ["postgresql://ann:p@ss@host/shop", "postgresql://ann:p@a/b@host/shop", "postgresql://us/er:secret@host/shop"],
)
def test_an_address_whose_password_has_no_clear_end_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(InputError) as raised:
        shown(address)
    assert "ss@" not in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("postgresql://ann:${PW}@host/shop", "postgresql://ann:p%40s%2Fs@host/shop", id="a password"),
        pytest.param("postgresql://host/shop?password=${PW}", "postgresql://host/shop?password=p%40s%2Fs", id="behind ?"),
        pytest.param("sqlite:///${PW}/shop.db", "sqlite:///p@s/s/shop.db", id="a path"),
        pytest.param("${PW}", "p@s/s", id="the whole"),
    ],
)  # fmt: skip
def test_variables_are_put_in(address: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW", "p@s/s")
    assert expanded(address) == expected


def test_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    with pytest.raises(InputError, match="variable SHOP_PASSWORD is not set"):
        expanded("postgresql://ann:${SHOP_PASSWORD}@host/shop")


def test_what_somebody_else_says_loses_the_password_however_it_is_spelled() -> None:
    address = "postgresql://ann:p%40ss@host/shop?sslpassword=other"
    said = without_secrets("cannot log in with p@ss or p%40ss or other", address)
    assert said == "cannot log in with *** or *** or ***"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("postgresql://h/d", True), ("delta:orders", True), ("iceberg:orders", True), ("${SHOP}", True),
     ("calls.csv", False), ("C:\\calls.csv", False), ("exports/*.csv", False)],
)  # fmt: skip
def test_origins_are_told_from_files(text: str, expected: bool) -> None:
    assert is_origin(text) is expected


def test_a_path_in_an_address_means_the_same_from_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert settled("sqlite:///shop.db") == f"sqlite:///{tmp_path}/shop.db"
    assert settled("delta:orders") == f"delta:{tmp_path}/orders"
    assert settled("delta:s3://bucket/orders") == "delta:s3://bucket/orders"
    assert settled("sqlite:///${HOME}/shop.db") == "sqlite:///${HOME}/shop.db"
