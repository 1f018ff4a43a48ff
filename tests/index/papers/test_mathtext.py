import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.mathtext import (
    MAX_DISPLAY,
    MAX_FAILURES,
    MAX_INLINE,
    Formula,
    find_formulas,
    split,
)
from tests.growth import assert_grows_as

VECTORS = Path(__file__).parents[2] / "vectors" / "mathtext.json"
CASES = json.loads(VECTORS.read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_scanner_agrees_with_the_shared_vectors(case):
    assert find_formulas(case["text"]) == [Formula(**f) for f in case["formulas"]]


def test_the_vectors_are_named_and_consistent():
    assert len({case["name"] for case in CASES}) == len(CASES)
    for case in CASES:
        for formula in case["formulas"]:
            written = case["text"][formula["start"] : formula["end"]]
            assert written[0] in "$\\"


DELIMITERS = [
    *("$", "$$", "$$$", r"\(", r"\)", r"\[", r"\]", r"\\(", r"\\)", r"\\[", r"\\]"),
    *(r"\begin{align}", r"\end{align}", r"\begin{math}", r"\end{math}", r"\begin{"),
    *("$`", "`$", r"\$", "\\", "{", "}"),
]
FILLERS = [
    *("x", "_1", "5", " ", "\n", "\n\n", "two words ", "%", "&lt;", ",", "(", "的", "😀"),
    *("\u00a0", "\u3000", "\t", "\r\n", "\x00", "\u2028"),
]
HOSTILE = st.lists(st.sampled_from(DELIMITERS + FILLERS), max_size=25).map("".join)
TEXTS = HOSTILE | st.text()


@given(TEXTS)
def test_formulas_are_ordered_and_disjoint(text):
    end = 0
    for formula in find_formulas(text):
        assert end <= formula.start < formula.end <= len(text)
        end = formula.end


@given(TEXTS)
def test_a_formula_begins_and_ends_with_its_delimiters(text):
    for formula in find_formulas(text):
        written = text[formula.start : formula.end]
        assert written.startswith(("$", "\\(", "\\[", "\\\\(", "\\\\[", "\\begin{"))
        assert written.endswith(("$", "\\)", "\\]", "}"))
        assert formula.tex.strip()
        assert "\n\n" not in written


@given(TEXTS)
def test_the_pieces_of_a_text_join_back_to_it(text):
    pieces = list(split(text))

    written = [p if isinstance(p, str) else text[p.start : p.end] for p in pieces]
    assert "".join(written) == text
    assert [p for p in pieces if not isinstance(p, str)] == find_formulas(text)
    assert all(pieces)


@given(TEXTS)
def test_a_formula_alone_is_still_the_formula(text):
    for formula in find_formulas(text):
        if formula.display:
            written = text[formula.start : formula.end]
            (alone,) = find_formulas(written)
            assert alone == Formula(
                start=0, end=len(written), tex=formula.tex, display=True
            )


@given(st.text("ab12$ .,", max_size=30), st.text("xy_^{}", min_size=1, max_size=9))
def test_a_paragraph_does_not_change_the_next(first, second):
    text = f"{first}\n\n${second}$"
    moved = [f for f in find_formulas(text) if f.start >= len(first) + 2]

    assert [f.tex for f in moved] == [f.tex for f in find_formulas(f"${second}$")]


def test_a_long_inline_formula_is_none():
    assert find_formulas(f"${'x_1' * 300}$")
    assert not find_formulas(f"${'x' * MAX_INLINE}$")


def test_a_long_display_formula_is_none():
    assert find_formulas(f"$${'x' * (MAX_DISPLAY - 10)}$$")
    assert not find_formulas(f"$${'x' * MAX_DISPLAY}$$")


def test_many_lone_dollars_do_not_hide_brackets():
    text = "$ { " * (MAX_FAILURES + 10) + "\n\n" + r"\(x\)"

    assert [formula.tex for formula in find_formulas(text)] == ["x"]


CLOSERS = r"$ $$ \) \] \end{align} `$"


@pytest.mark.parametrize(
    ("piece", "tail"),
    [
        ("$ ", ""),
        ("$a{", ""),
        ("$`a ", CLOSERS),
        ("$some words$ ", CLOSERS),
        ("$$x\n\n", ""),
        (r"\(", CLOSERS),
        (r"\[a ", CLOSERS),
        (r"\\[a", ""),
        (r"\end{align}\begin{align}", CLOSERS),
        (r"$\(\[\begin{math}{", ""),
        (" \n", CLOSERS),
    ],
)
def test_the_time_of_a_scan_grows_no_faster_than_the_text(piece, tail):
    size = 3 * MAX_DISPLAY  # nearer than that, the closers at the end are in reach
    assert_grows_as(lambda n: piece * (n // len(piece)) + tail, find_formulas, size)
