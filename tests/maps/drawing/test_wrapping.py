from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desireline.drawing.text import clusters
from desireline.maps.drawing.fonts import advance, characters_of, font_folder, missing_scripts
from desireline.maps.drawing.wrapping import clean, is_rtl, text_width, wrap

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)


@given(texts, st.floats(30, 300))
@example("x" * 500, 60)
@example("「価格」はどこですか？" * 20, 60)
def test_no_line_is_wider_than_its_room(text: str, width: float) -> None:
    for line in wrap(text, size=12, width=width).lines:
        assert text_width(line, size=12) <= width + 1e-6 or len(clusters(line)) == 1


@given(texts, st.floats(30, 300))
def test_nothing_is_lost_but_spaces(text: str, width: float) -> None:
    wrapped = wrap(text, size=12, width=width, most=10_000)
    assert squeezed("".join(wrapped.lines)) == squeezed(clean(text))


def squeezed(text: str) -> str:
    return "".join(each for each in text if not each.isspace() and each != "\u200b")


SYLLABLES = st.sampled_from(("価", "格", "は", "い。", "っ", "て、", "「値", "段」", "ロー"))


@given(st.lists(SYLLABLES, max_size=40).map("価".join), st.floats(40, 120))
def test_no_line_begins_with_closing_punctuation_or_a_small_kana(text: str, width: float) -> None:
    lines = wrap(text, size=12, width=width).lines
    assert all(line[0] not in "。、」っー" for line in lines[1:])
    assert all(line[-1] != "「" for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("I look for a phone", 70, ("I look for a", "phone"), id="between words"),
        pytest.param(
            "well-known shop/market", 80, ("well-known", "shop/market"), id="words with hyphens stay where they fit"
        ),
        pytest.param("well-known", 60, ("well-", "known"), id="after a hyphen"),
        pytest.param(
            "電話を探しています。", 60, ("電話を探し", "ています。"), id="between Chinese and Japanese characters"
        ),
        pytest.param("one\n\ntwo", 200, ("one", "two"), id="at the end of a line"),
        pytest.param("a\u00a0b c", 20, ("a\u00a0b", "c"), id="not at a no-break space"),
        pytest.param("", 50, (), id="nothing"),
    ],
)
def test_lines_break_where_people_break_them(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, size=12, width=width).lines == lines


def test_a_text_that_is_cut_says_so_and_still_fits() -> None:
    wrapped = wrap("word " * 100, size=12, width=80, most=3)
    assert wrapped.cut and len(wrapped.lines) == 3 and wrapped.lines[-1].endswith("…")
    assert text_width(wrapped.lines[-1], size=12) <= 80


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        pytest.param("أشتري", True, id="Arabic"),
        pytest.param("«אני» pay", True, id="Hebrew after a sign"),
        pytest.param("1. אני", True, id="after a number"),
        pytest.param("I say אני", False, id="Latin first"),
        pytest.param("12 + 3", False, id="no letters"),
    ],
)
def test_the_first_letter_says_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_marks_that_turn_what_follows_are_taken_out() -> None:
    assert "\u202e" not in clean("a\u202eb") and clean("tab\there") == "tab\there"


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_of_the_package_is_read_as_pillow_reads_it(bold: bool) -> None:
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = ImageFont.truetype(font_folder() / name, 2048, layout_engine=ImageFont.Layout.BASIC)
    small = ImageFont.truetype(font_folder() / name, 20, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(small.getmask("\uffff"))
    known = characters_of(font_folder() / name)
    for code in range(0x21, 0x600):
        if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cn"} and code in known:
            assert bytes(small.getmask(chr(code))) != missing, hex(code)
            assert advance(chr(code), bold=bold) == pytest.approx(font.getlength(chr(code)) / 2048)


@pytest.mark.parametrize(
    ("character", "width"),
    [
        pytest.param("価", 1.0, id="Japanese"),
        pytest.param("한", 1.0, id="Korean"),
        pytest.param("\u0951", 0.0, id="accent of Devanagari"),
    ],
)
def test_characters_that_the_font_lacks_are_estimated(character: str, width: float) -> None:
    assert advance(character, bold=False) == width


def test_a_file_that_is_no_font_has_no_characters(tmp_path) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00" + b"\xff" * 40)
    assert characters_of(broken) == frozenset() == characters_of(tmp_path / "gone.ttf")


def test_texts_in_the_package_font_miss_nothing() -> None:
    assert missing_scripts(["Wie lange? Привет. Ελλάδα. أشتري אני", " \n\u200d"]) == ()


def test_characters_without_a_font_are_named_by_script() -> None:
    found = missing_scripts(["価格はカ", "한"], fonts=())
    assert [each.script for each in found] == ["Japanese", "Chinese, Japanese", "Korean"]
    assert "fonts-noto-cjk" in str(found[0])
