"""The gist of a summary: one sentence of plain text, found at once."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.summaries.gist import MOST_READ, find_gist


@pytest.mark.parametrize(
    ("markdown", "gist"),
    [
        ("## Q1: What is it?\n\nIt is *a* **new** [way](https://a.b). And so on.",
         "It is a new way."),
        ("**Q1: What problem?**\n\n**A1**: A task, e.g. that of Li et al. by J. Doe. More.",
         "A task, e.g. that of Li et al. by J. Doe."),
        ("Q1: 这篇论文要解决什么问题？\n\nA1: 循环网络逐个读取 $x_1.\\, x_2$。于是慢。",
         "循环网络逐个读取 $x_1.\\, x_2$。"),
        ("# Title\n\n- The first of two items.\n- The second.", "The first of two items."),
        ("<think>Hm. Let me see.</think>\n\nThe state is $h_t$ here. Then.",
         "The state is $h_t$ here."),
        ("<think>It never ends.", ""),
        ("Let me see what it says.\n</think>\n\nThe state is $h_t$ here. Then.",
         "The state is $h_t$ here."),
        ("Hm. " * 900 + "</think>\nThe state is $h_t$ here. Then.",
         "The state is $h_t$ here."),
        ("A text may speak of </think> now and then. So.",
         "A text may speak of  now and then."),
        ("```python\nx = 1. + 2\n```\n\nCode in `snake_case` came first. Then.",
         "Code in snake_case came first."),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\nA table came before this.",
         "A table came before this."),
        ("The loss is as follows\n$$x^2$$\nand so on.", "The loss is as follows …"),
        ("Costs \\$5 & <b>is</b> bold[^1], 3.5 times. Next.",
         "Costs $5 & is bold, 3.5 times."),
        ("", ""),
        ("# Only a heading", ""),
    ],
)  # fmt: skip
def test_a_gist_is_the_first_sentence_of_the_first_answer(markdown, gist):
    assert find_gist(markdown) == gist


@given(st.text(alphabet="ab .*_`$[](){}<>#|\n\\：。問Q1:-!\ue000", max_size=3_000))
def test_any_summary_has_a_short_gist_of_one_line(markdown):
    gist = find_gist(markdown)
    assert "\n" not in gist
    assert len(gist) <= 202


def test_a_long_sentence_is_cut_between_words_and_never_in_a_formula():
    long = "word " * 36 + "$" + "x + " * 20 + "y$ and more."
    assert find_gist(long) == ("word " * 36).strip() + "…"
    assert find_gist("字" * 300) == "字" * 200 + "…"


def test_a_costly_summary_has_its_gist_at_once():
    for costly in ("*a", "[", "`", "_x ", "<a", "$x", "> ", "- "):
        began = time.perf_counter()
        find_gist(costly * MOST_READ)
        assert time.perf_counter() - began < 0.5
