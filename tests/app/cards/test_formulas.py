import pytest

from app.cards.formulas import render_text
from tests.app.markup import Markup

DISPLAY = '<span class="tex notranslate tex-display rows-1" translate="no">'


def inline(width, veil=""):
    """Return the start of a formula that is so many em wide."""
    whole, _, tenths = str(width).partition(".")
    return f'<span class="tex notranslate em-{whole} tenth-{tenths}{veil}" translate="no">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("norm $x<y$.", f"norm {inline(2.6)}x&lt;y</span>."),
        ("$$x$$", f"{DISPLAY}x</span>"),
        (r"\(a\) and \[b\]", f"{inline(0.6)}a</span> and {DISPLAY}b</span>"),
        ("$5 and $10", "$5 and $10"),
        ("<b>$x</b>$", f"&lt;b&gt;{inline(4.2)}x&lt;/b&gt;</span>"),
        (r"so $a^{2}$", f"so {inline(1.0, ' veil')}a^{{2}}</span>"),
        ("", ""),
    ],
)
def test_a_text_is_written_with_its_formulas_where_a_typesetter_finds_them(text, html):
    assert render_text(text) == html


def test_matches_are_marked_on_both_sides_of_a_formula():
    text = "spin $s_z$ <spin> spin"

    html = render_text(text, [(0, 4), (12, 16), (18, 22)])
    assert html == (
        f"<mark>spin</mark> {inline(0.9, ' veil')}s_z</span> "
        "&lt;<mark>spin</mark>&gt; <mark>spin</mark>"
    )


def test_a_formula_is_never_marked(client):
    page = Markup(client.get("/search?q=softmax+attention").text)
    assert page.all("mark")
    assert all(
        "tex" not in mark.parent.attributes.get("class", "") for mark in page.all("mark")
    )


@pytest.mark.parametrize(
    ("tex", "room"),
    [
        (r"x", "rows-1"),
        (r"\frac{a}{b}", "rows-1 tall"),
        (r"\begin{align} a &= b \\ c &= \sum_i d \end{align}", "rows-2 tall"),
        (r"a \\ " * 40, "rows-9"),
    ],
)
def test_room_is_kept_for_the_rows_of_a_formula(tex, room):
    assert f'tex-display {room}"' in render_text(f"$${tex}$$")


def test_no_room_is_kept_for_a_formula_that_breaks_into_lines():
    assert 'class="tex notranslate"' in render_text("$" + "a+" * 60 + "b$")
