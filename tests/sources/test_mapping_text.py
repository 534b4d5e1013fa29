"""A mapping as YAML and as a document for JSON."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.sources.mapping_text import document_of, yaml_of

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
@example({":0": "", "a": [{":y": "1"}]})
def test_a_document_comes_back_from_its_yaml(document: dict[str, object]) -> None:
    assert document_of(yaml_of(document), where="x") == document


def test_keys_stay_in_order_and_values_on_one_line() -> None:
    assert yaml_of({"source": "a", "channel": "web", "attributes": ["z", "b"]}) == (
        "source: a\nchannel: web\nattributes: [z, b]\n"
    )


@pytest.mark.parametrize(("text", "said"), [("a: [", "not valid YAML"), ("- a", "expected keys and values")])
def test_what_is_no_mapping_is_told(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        document_of(text, where="file.csv")
