import pytest

from app.cards.formulas import render_text
from tests.app.markup import Markup

INLINE = '<span class="tex notranslate" translate="no">'
DISPLAY = '<span class="tex notranslate tex-display" translate="no">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("norm $x<y$.", f"norm {INLINE}x&lt;y</span>."),
        ("$$x$$", f"{DISPLAY}x</span>"),
        (r"\(a\) and \[b\]", f"{INLINE}a</span> and {DISPLAY}b</span>"),
        ("$5 and $10", "$5 and $10"),
        ("<b>$x</b>$", f"&lt;b&gt;{INLINE}x&lt;/b&gt;</span>"),
        ("", ""),
    ],
)
def test_a_text_is_written_with_its_formulas_where_a_typesetter_finds_them(text, html):
    assert render_text(text) == html


def test_matches_are_marked_on_both_sides_of_a_formula():
    text = "spin $s_z$ <spin> spin"

    html = render_text(text, [(0, 4), (12, 16), (18, 22)])
    assert html == (
        f"<mark>spin</mark> {INLINE}s_z</span> &lt;<mark>spin</mark>&gt; <mark>spin</mark>"
    )


def test_a_formula_is_never_marked(client):
    page = Markup(client.get("/search?q=softmax+attention").text)
    assert page.all("mark")
    assert all(
        "tex" not in mark.parent.attributes.get("class", "") for mark in page.all("mark")
    )
