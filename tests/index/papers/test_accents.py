import gzip
import json
import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.accents import decode_tex
from index.papers.mathtext import find_formulas, split


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Schr\"odinger", "Schrödinger"),
        (r"Schr\"{o}dinger", "Schrödinger"),
        (r"Schr{\"o}dinger", "Schrödinger"),
        (r"Erd\H{o}s", "Erdős"),
        (r"Erd\H os", "Erdős"),
        (r"{\L}ukasz", "Łukasz"),
        (r"\L ukasz", "Łukasz"),
        (r"Nagy-Gy\H orgy", "Nagy-Győrgy"),
        (r"Ho\v{r}ava", "Hořava"),
        (r"Garc\'{\i}a", "García"),
        (r"Garc\'\i a", "García"),
        (r"Pe{\~n}a", "Peña"),
        (r"\c{C}elik", "Çelik"),
        (r"\AA ngstr\"om", "Ångström"),
        (r"\O{}rsted", "Ørsted"),
        (r"Stra\ss e", "Straße"),
        (r"\DJ or\dj e", "Đorđe"),
        (r"Dvo\v{r}\'{a}k", "Dvořák"),
        (r"Ko\k{e}tka", "Koętka"),
        (r"\u{g}", "ğ"),
        (r"\r{a}", "å"),
        (r"\=a", "ā"),
        (r"\.z", "ż"),
        (r"\d{a}", "ạ"),
        (r"\^etre", "être"),
        (r"\`a la carte", "à la carte"),
    ],
)
def test_accents_and_letters_become_unicode(tex, text):
    assert decode_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\emph{very} \textbf{good}", "very good"),
        (r"{\sc Small} {\bf Bold}", "Small Bold"),
        (r"12\% of A\&B", "12% of A&B"),
        (r"snake\_case \#1", "snake_case #1"),
        (r"J.~Smith, Fig.~1", "J. Smith, Fig. 1"),
        ("``quoted''", "“quoted”"),
    ],
)
def test_text_commands_become_plain_text(tex, text):
    assert decode_tex(tex) == text


@pytest.mark.parametrize(
    "text",
    [
        r"\alpha decay of \omega",
        r"\zabek",  # a run-on of \.z and abek that nobody can know
        r"\cite{key} and \url{http://example.org/~me}",
        r"see http://example.org/~me",
        r"about ~200 of 5 ~ 6",
        r"C:\dir\oops",
        r"Fe\textsubscript{2}O",
        r"\underline{word}",
        r"5'' long",
        r"a line \\'ended' by hand",
        "",
        "\\",
        "trailing \\",
    ],
)
def test_what_is_not_surely_an_accent_stays_as_written(text):
    assert decode_tex(text) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"na\"ive $\ddot{o} \H o \L \o$ na\"ive", r"naïve $\ddot{o} \H o \L \o$ naïve"),
        (r"\(\v{r}\) and \v{r}", r"\(\v{r}\) and ř"),
        (
            "\\begin{equation} \\c c \\% ``x'' \\end{equation} \\c c",
            "\\begin{equation} \\c c \\% ``x'' \\end{equation} ç",
        ),
        (r"$$\text{na\"ive}~x$$", r"$$\text{na\"ive}~x$$"),
    ],
)
def test_formulas_stay_tex(tex, text):
    assert decode_tex(tex) == text


def test_letters_and_their_marks_are_composed():
    assert decode_tex("Poincare\u0301") == "Poincaré"


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(r"\"o", r"\H{o}", r"{\L}", r"\v r", r"\%", "~", "``", "''", r"\emph{a}", "{"),
            *("}", "$", r"$\"o^2$", r"\(\H o\)", r"$$\c c$$", "\\", " ", "a", "é", "數"),
        ]
    ),
    max_size=12,
).map("".join)


@given(FRAGMENTS | st.text())
def test_formulas_survive_byte_for_byte(text):
    formulas_before = [p for p in split(text) if not isinstance(p, str)]
    after = decode_tex(text)

    at = 0
    for formula in formulas_before:
        written = unicodedata.normalize("NFC", text[formula.start : formula.end])
        at = after.index(written, at) + len(written)


@given(FRAGMENTS | st.text())
def test_prose_without_a_sign_of_tex_is_only_composed(text):
    if not set(text) & set("\\~`"):
        assert decode_tex(text) == unicodedata.normalize("NFC", text)


def test_no_formula_of_3000_real_abstracts_is_touched(real_data):
    with gzip.open(real_data("arxiv-sample-20k.jsonl.gz")) as lines:
        texts = [json.loads(line)["abstract"] for line in islice(lines, 3_000)]

    changed = 0
    for text in texts:
        before = [text[f.start : f.end] for f in find_formulas(text)]
        after = decode_tex(text)
        changed += after != text
        assert [after[f.start : f.end] for f in find_formulas(after)] == before
    assert 0 < changed < 500
