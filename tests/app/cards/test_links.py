"""Links in abstracts and comments: addresses, ids and DOIs, by http and https alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cards.formulas import render_prose
from app.cards.links import find_links
from tests.growth import cpu_s

TAG = re.compile(r'<a href="([^"]*)" rel="external nofollow noopener ugc">(.*?)</a>')


@pytest.mark.parametrize(
    ("text", "shown", "url"),
    [
        ("at https://github.com/a/b.", "https://github.com/a/b", None),
        ("https://a.org/b,https://c.org/d", "https://a.org/b", None),
        ("https://a.org/b,1;c", "https://a.org/b,1;c", None),
        ("(http://x.org/~y/z.html)", "http://x.org/~y/z.html", None),
        ("see https://en.x.org/wiki/A_(b), and", "https://en.x.org/wiki/A_(b)", None),
        ("athttps://github.com/a/b", "https://github.com/a/b", None),
        ("www.example.org/data;", "www.example.org/data", "https://www.example.org/data"),
        ("on github.com/a/b now", "github.com/a/b", "https://github.com/a/b"),
        ("page: my-lab.github.io.", "my-lab.github.io", "https://my-lab.github.io"),
        (r"http://x.org/\~me/a\_b", r"http://x.org/\~me/a\_b", "http://x.org/~me/a_b"),
        ("[https://x.org/a](https://x.org/a)", "https://x.org/a", None),
        (
            "overlap with arXiv:1706.03762v7",
            "arXiv:1706.03762v7",
            "https://arxiv.org/abs/1706.03762v7",
        ),
        ("see arXiv: 1706.03762.", "arXiv: 1706.03762", "https://arxiv.org/abs/1706.03762"),
        (
            "of math.GT/0309136 (2003)",
            "math.GT/0309136",
            "https://arxiv.org/abs/math/0309136",
        ),
        ("in hep-th/9711200", "hep-th/9711200", "https://arxiv.org/abs/hep-th/9711200"),
        ("doi:10.1000/182)", "doi:10.1000/182", "https://doi.org/10.1000/182"),
        (
            "10.1175/1<2:A>3;4 and",
            "10.1175/1<2:A>3;4",
            "https://doi.org/10.1175/1%3C2:A%3E3;4",
        ),
    ],
)
def test_a_link_leads_where_its_text_says(text, shown, url):
    (link,) = find_links(text)[:1]

    assert text[link.start : link.end] == shown
    assert link.url == (url or shown)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)//x",
        "data:text/html,<b>",
        "ftp://x.org/file",
        "file:///etc/passwd",
        "https://user@evil.org/x",
        "https://localhost/x",
        "https://",
        "me@example.org/x",
        "and/or 3/4 of TCP/IP",
        "Node.js and Amazon.com sell",
        "e.g. i.e. 2.5/3.5",
        "cs/1234567890",
        "foo/0309136",
        "arXiv:2413.00001",
        "vol. 10.5/3",
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(text):
    assert find_links(text) == []


def test_links_stand_outside_of_formulas_and_keep_marks():
    text = r"Code of $x/y$ at https://github.com/lab/code and $a$ & b"
    at = text.index("lab/code")

    html = render_prose(text, [(0, 4), (at, at + 3)])

    assert '<mark>Code</mark> of <span class="tex' in html
    assert TAG.search(html)[2] == "https://github.com/<mark>lab</mark>/code"
    assert TAG.search(html)[1] == "https://github.com/lab/code"
    assert html.endswith("&amp; b")


def test_a_mark_that_crosses_a_links_border_is_split():
    text = "see x.org/a b"

    html = render_prose(text, [(0, 7)])

    assert html == (
        '<mark>see </mark><a href="https://x.org/a" rel="external nofollow noopener ugc">'
        "<mark>x.o</mark>rg/a</a> b"
    )


@given(st.text(alphabet="htps:/.w<>\"'&abc()[]io rXv1706.03762 \n", max_size=60))
def test_any_text_is_written_safely(text):
    html = render_prose(text)
    plain = re.sub(r"</?a[^>]*>", "", html)

    assert "<" not in plain
    for url, _ in TAG.findall(html):
        assert url.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 5_000 + "/.io",
        "hep-" * 2_500 + "/.io",
        "hep-" * 2_500 + "/1234567",
        "math." * 2_000 + "/1234567",
        "http://a.org/" + ")" * 10_000,
        "10.1000/" + "<" * 10_000,
        "/\n" * 5_000,
    ],
)
def test_odd_texts_of_full_length_are_read_at_once(text):
    assert cpu_s(find_links, text) < 0.3


def test_an_old_id_is_found_behind_a_hyphen():
    found = find_links("see pre-hep-th/0701001 and (cond-mat.stat-mech/0701002)")

    assert [link.url for link in found] == [
        "https://arxiv.org/abs/hep-th/0701001",
        "https://arxiv.org/abs/cond-mat/0701002",
    ]
