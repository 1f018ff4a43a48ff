import re
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Field, Highlighter, split_marked
from index.papers.mathtext import find_formulas
from index.search.highlights import marker
from index.search.highlights.highlighter import SNIPPET
from index.search.query.parse import parse
from index.search.tantivy.terms import stem_words

QUERIES = (
    "graph",
    "network OR lattice",
    '"neural network"',
    '"a b"~2 x',
    "net*",
    "latice~1",
    "non-invasive",
    "量子力学",
    "C++",
    "$x$ ti:graph abs:spin",
    "-graph spin",
)
PIECES = (
    "graph graphs Graph's networks neural network lattice non-invasive noninvasive $x$ "
    "$\\ell_1$ &amp; &#39; Erdős e\u0301 a b c C++ 量子力学 量 🙂 . , - -- _ \n"
).split(" ")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map(" ".join)


def highlighter(query):
    return Highlighter(parse(query), stem_words)


def shown(query, text, field=Field.TITLE):
    """The text with brackets around what is marked."""
    pieces = split_marked(text, highlighter(query).ranges(text, field))
    return "".join(f"[{piece}]" if on else piece for piece, on in pieces)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("graph", "[Graphs] of a [graph], not hypergraph"),
        ("studies", "A [study] of [studying]"),
        ("Erdos", "[Erdős] and [Erdos]"),
        ("Erdős", "[Erdős] and [Erdos]"),
        ("cafe", "[cafe\u0301] [café]"),
        ("non-invasive", "[non-invasive], [non invasive] and [noninvasive]"),
        ("noninvasive", "[non-invasive] and [noninvasive], not invasive"),
        ('"objectivity"', "[objectivity], not object"),
        ('"neural network"', "a [neural network], neural networks, network neural"),
        ('"neural network"', "[Neural\nnetwork]"),
        ('"graph network"~1', "[graph neural network], graph of the network"),
        ("net*", "[networks] [nets] internet"),
        ("latice~1", "[lattice] but lettuce"),
        ("C++", "[C++] and C and c+"),
        ("量子力学", "关于[量子力学]的"),
        ("量", "关于[量]子"),
        ("x OR y", "[x] and [y]"),
        ("x -y", "[x] and y"),
        ("the", "[the] one"),
        ("au:hawking cat:cs year:2019 radiation", "hawking [radiation] cs 2019"),
        ("", "nothing"),
        ("graph", ""),
    ],
)
def test_what_matches_is_marked(query, text):
    assert shown(query, text.replace("[", "").replace("]", "")) == text


def test_a_field_marks_only_there():
    text = "graph spin"
    assert shown("ti:graph abs:spin", text, Field.TITLE) == "[graph] spin"
    assert shown("ti:graph abs:spin", text, Field.ABSTRACT) == "graph [spin]"


def test_loose_words_are_marked_too():
    query = parse("graph zebra").loosened()
    assert Highlighter(query, stem_words).ranges("graphs", Field.TITLE) == ((0, 6),)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ell", r"the [ell] of $\ell_1$ and \(ell\)"),
        ("x", "$x$ and [x] and $$x$$"),
        ('"norm of x"', "[norm of ]$y$ x, [norm of x]"),
        ("amp", "&amp; [amp]"),
        ("39", "&#39; [39]"),
    ],
)
def test_formulas_and_entities_are_left_alone(query, text):
    plain = re.sub(r"\[([^\]]*)\]", r"\1", text)
    closed = [(f.start, f.end) for f in find_formulas(plain)]
    for start, end in highlighter(query).ranges(plain, Field.TITLE):
        assert all(end <= a or start >= b for a, b in closed)
        assert not plain[start:end].startswith("&")
    if "$y$" not in text:
        assert shown(query, plain) == text


@given(st.sampled_from(QUERIES), TEXTS)
def test_ranges_are_in_order_inside_and_never_touch_a_formula(query, text):
    for field in (Field.TITLE, Field.ABSTRACT):
        ranges = highlighter(query).ranges(text, field)
        edges = [0, *(edge for pair in ranges for edge in pair), len(text)]
        assert edges == sorted(edges)
        assert all(start < end for start, end in ranges)
        for formula in find_formulas(text):
            assert all(b <= formula.start or a >= formula.end for a, b in ranges)


@given(TEXTS)
def test_every_marked_word_has_the_stem_that_is_looked_for(text):
    for start, end in highlighter("networks").ranges(text, Field.TITLE):
        assert stem_words(text[start:end].replace("-", "")) == ["network"]


@given(st.sampled_from(QUERIES), TEXTS)
def test_pieces_put_together_are_the_text(query, text):
    pieces = split_marked(text, highlighter(query).ranges(text, Field.TITLE))
    assert "".join(piece for piece, _ in pieces) == text


@given(st.sampled_from(QUERIES), st.text(max_size=60).flatmap(lambda t: st.just(t * 20)))
def test_a_snippet_lies_inside_and_cuts_no_formula(query, text):
    start, end = highlighter(query).snippet(text)
    assert 0 <= start <= end <= len(text)
    for formula in find_formulas(text):
        assert end <= formula.start or start >= formula.end or start <= formula.start


def test_a_snippet_holds_the_most_different_words():
    text = "Filler words. " * 40 + "Here a graph meets a lattice. " + "More graph. " * 40
    start, end = highlighter("graph lattice").snippet(text)
    assert {"graph", "lattice"} <= set(re.findall(r"\w+", text[start:end]))
    assert end - start <= SNIPPET
    assert text[start - 1] == " "


def test_a_snippet_of_what_does_not_match_is_its_beginning():
    text = "Nothing of it here. " * 40
    start, end = highlighter("zebra").snippet(text)
    assert start == 0
    assert SNIPPET // 2 < end <= SNIPPET
    assert highlighter("zebra").snippet("Short.") == (0, 6)


@pytest.mark.parametrize(
    "query",
    [
        '"' + "a " * 60 + '"~99',
        '"' + "a " * 60 + '"~1',
        '"' + "a " * 60 + '"',
        "-".join("a" * 60),
        "*".join("a" * 60) + "*",
        " ".join(f'"a b c{n}"~99' for n in range(20)),
    ],
)
def test_no_query_makes_marking_slow(query):
    text = "a b " * 500

    start = time.process_time()
    highlighter(query).ranges(text, Field.ABSTRACT)
    assert time.process_time() - start < 5  # ten hours, where words can lie in all ways


def test_words_that_may_lie_in_too_many_ways_are_marked_one_by_one():
    assert shown('"a b c"~99', "c x a y b") == "[c] x [a] y [b]"
    assert shown('"a b"~99', "b x a y b") == "b x [a y b]"


def steps_to_mark(text):
    """Count the lines of our code that marking runs through."""
    steps = 0

    def count(frame, event, _):
        nonlocal steps
        steps += event == "line"
        return count if "/index/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(count)
    try:
        found = highlighter("graph").ranges(text, Field.ABSTRACT)
        highlighter("graph").snippet(text, found)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("piece", ["$a$ graph ", "&amp; graph ", "graph ", "$x &lt; y$ "])
def test_the_steps_of_marking_grow_with_the_text_and_no_faster(piece):
    steps_to_mark(piece)  # what is remembered of words is remembered now
    few, many = steps_to_mark(piece * 200), steps_to_mark(piece * 800)
    assert many < 4.5 * few


def test_what_is_found_across_several_closed_places_is_marked_between_them():
    text = "a $x$ b &amp; c $y$ d"
    assert shown('"a x b amp c y d"', text) == "[a ]$x$[ b ]&amp;[ c ]$y$[ d]"


def test_letters_are_folded_alike_however_many_there_were():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    fold = marker.Fold()
    first = everything.translate(fold)
    assert everything.translate(fold) == first
    assert len(first) == len(everything)
    assert first[ord("É")] == "e"
    assert 0 < len(fold) <= marker.REMEMBERED
    assert ord("\U0010ffff") in fold  # the last ones are remembered, too
