"""Exports: what reference managers read, whatever a paper is called."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.formats import MEDIA, Format, export
from index import Author, Dump, Paper
from tests.conftest import ROOT

FAMOUS = Paper(
    id="1706.03762",
    title="Attention Is All You Need: BERT, $\\ell_1$ & 50% more",
    abstract="We propose\nthe Transformer.",
    authors=(
        Author(last="Vaswani", first="Ashish"),
        Author(last="Müller", first="Jörg", suffix="Jr."),
        Author(last="ATLAS Collaboration"),
        Author(last="Plato"),
    ),
    categories=("cs.CL", "cs.LG"),
    submitted=date(2017, 6, 12),
    updated=date(2023, 8, 2),
    doi="10.1000/a_b",
    journal_ref="NeurIPS 30 (2017)",
    keywords=("attention", "machine translation"),
)


def paper(**fields):
    kept = {name: getattr(FAMOUS, name) for name in FAMOUS.__slots__}
    return Paper(**(kept | fields))


def entries(text):
    """Read BibTeX strictly: keys and fields, values in balanced braces or bare words."""
    found = []
    for entry in re.split(r"(?<=^\})\n", text, flags=re.MULTILINE):
        if not entry.strip():
            continue
        entry = entry.lstrip("\n")  # noqa: PLW2901
        head = re.match(r"@(?:misc|article|online)\{([a-z0-9-]+),\n", entry)
        assert head, entry
        fields = {}
        for line in entry[head.end() :].splitlines():
            if line in ("}", ""):
                continue
            field = re.fullmatch(r"  (\w+) = (?:\{(.*)\}|(\w+)),", line)
            assert field, line
            depth = 0
            for sign in field[2] or "":
                depth += (sign == "{") - (sign == "}")
                assert depth >= 0, line
            assert depth == 0, line
            fields[field[1]] = field[2] if field[2] is not None else field[3]
        found.append((head[1], fields))
    return found


def test_a_bibtex_entry_has_what_a_style_needs():
    ((key, fields),) = entries(export([FAMOUS], Format.BIBTEX))
    assert key == "vaswani2017attention-170603762"
    assert fields == {
        "title": r"Attention Is All You Need: {BERT,} {$\ell_1$} \& 50\% more",
        "author": "Vaswani, Ashish and Müller, Jr., Jörg and {ATLAS Collaboration} "
        "and Plato",
        "journal": "NeurIPS",
        "volume": "30",
        "year": "2017",
        "eprint": "1706.03762",
        "eprinttype": "arxiv",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.CL",
        "doi": r"10.1000/a_b",
        "url": "https://arxiv.org/abs/1706.03762",
    }


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("On graphs", "On graphs"),
        ("GPT is here", "{GPT} is here"),
        ("A study. Of DNA", "A study. Of {DNA}"),
        ("Notes on the work of Euler and later authors", None),
        (
            "Some remarks on the Riemann hypothesis",
            "Some remarks on the {Riemann} hypothesis",
        ),
        (
            "Set {x} of $\\{x\\}$",
            r"Set \textbraceleft{}x\textbraceright{} of {$\lbrace x\rbrace$}",
        ),
        ("Lost }, evil={1", r"Lost \textbraceright{}, evil=\textbraceleft{}1"),
        ("C# \\input{/etc/passwd} ~ ^", None),
        ('On "heat" (and "light")', "On {``}heat{''} (and {``}light{''})"),
    ],
)
def test_titles_are_escaped_and_their_capitals_kept(title, written):
    ((_, fields),) = entries(export([paper(title=title)], Format.BIBTEX))
    if written is not None:
        assert fields["title"] == written
    assert "\\input" not in fields["title"]


def test_a_paper_without_latin_letters_is_named_by_its_id():
    odd = paper(title="注意力", authors=(Author(last="王"),))
    ((key, _),) = entries(export([odd], Format.BIBTEX))
    assert key == "arxiv2017-170603762"


def test_ris_has_a_tag_a_line():
    lines = export([FAMOUS], Format.RIS).split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert "AU  - Müller, Jörg, Jr." in lines
    assert "AB  - We propose the Transformer." in lines
    assert "KW  - machine translation" in lines
    assert "PY  - 2017" in lines


def test_csl_json_is_an_item_each():
    (item,) = json.loads(export([FAMOUS], Format.CSL))
    assert item["type"] == "article-journal"
    assert item["author"][1] == {"family": "Müller", "given": "Jörg", "suffix": "Jr."}
    assert item["author"][2] == {"literal": "ATLAS Collaboration"}
    assert item["issued"] == {"date-parts": [[2017]]}
    assert item["DOI"] == "10.1000/a_b"


def test_markdown_is_a_list_whose_signs_mean_nothing():
    many = paper(
        title="The *best* [link](javascript:x) of $a*b*c$ <b>",
        authors=tuple(Author(last=f"A{n}", first="B_") for n in range(12)),
    )
    first, second = export([FAMOUS, many], Format.MARKDOWN).splitlines()
    assert first.startswith("1. [Attention Is All You Need: BERT, $\\ell_1$ & 50% more](")
    assert second.startswith(r"2. [The \*best\* \[link\](javascript:x) of $a*b*c$ \<b\>](")
    assert second.count("B\\_") == 10
    assert "et al." in second


@given(
    title=st.text(max_size=60),
    last=st.text(min_size=1, max_size=20),
    first=st.text(max_size=20),
    journal=st.none() | st.text(max_size=30),
)
def test_no_text_breaks_a_format(title, last, first, journal):
    made = paper(
        title=title, authors=(Author(last=last, first=first),), journal_ref=journal
    )
    assert len(entries(export([made, made], Format.BIBTEX))) == 2
    for line in export([made], Format.RIS).split("\r\n")[:-1]:
        assert re.match(r"[A-Z][A-Z0-9]  - ", line)
        assert line.isprintable()
    assert len(json.loads(export([made], Format.CSL))) == 1
    assert len(export([made], Format.MARKDOWN).splitlines()) == 1


@given(tex=st.text(alphabet="{}\\$ x^_%\n", max_size=30))
def test_no_formula_unbalances_an_entry(tex):
    text = export([paper(title=f"About ${tex}$ and \\({tex}\\)")], Format.BIBTEX)
    assert len(entries(text)) == 1


@given(doi=st.text(alphabet="{}\\%_,=10./\nx", max_size=30))
def test_no_doi_breaks_an_entry(doi):
    ((_, fields),) = entries(export([paper(doi=doi)], Format.BIBTEX))
    assert set(fields) <= set(entries(export([FAMOUS], Format.BIBTEX))[0][1])
    assert "\\" not in fields.get("doi", "")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"$\\{a}$", r"{$\\{a}$}"),
        (r"$\\\{a\\\}$", r"{$\\\lbrace a\\\rbrace$}"),
        ("$$a%b\nc$$ and more", r"{$a\%b c$} and more"),
        (r"$x\%y_1$", r"{$x\%y_1$}"),
        (r"$\int_0^1 \inf \oint$", r"{$\int_0^1 \inf \oint$}"),
        (r"$\pi_1(M#N)$", r"{$\pi_1(M\#N)$}"),
        (r"\begin{align*}a&=b\end{align*}", r"{$\begin{aligned}a&=b\end{aligned}$}"),
        (r"\begin{equation}a_1\end{equation}", r"{$a_1$}"),
    ],
)
def test_formulas_mean_in_an_entry_what_they_meant(title, written):
    ((_, fields),) = entries(export([paper(title=title)], Format.BIBTEX))
    assert fields["title"] == written


@pytest.mark.parametrize(
    "tex",
    [
        r"\input{/etc/passwd}",
        r"\input /etc/passwd",
        r"x^^5cinput{/etc/passwd}_1",
        r"\csname input\endcsname{x}",
        r"\immediate\write18{ls}",
        r"\def\a{\a\a}\a",
    ],
)
def test_no_formula_is_a_program(tex):
    ((_, fields),) = entries(export([paper(title=f"Of ${tex}$")], Format.BIBTEX))
    assert not re.search(r"\\(?!text)[a-z]|\^\^", fields["title"])


@pytest.mark.parametrize(
    ("author", "written"),
    [
        (Author(last="Black and White", first="X"), "{Black and White}, X"),
        (Author(last="Lee", first="And"), "Lee, {And}"),
        (Author(last="others"), "{others}"),
        (Author(last="Anderson", first="Brandy"), "Anderson, Brandy"),
        (Author(last="Aristotle", suffix="Jr."), "{Aristotle Jr.}"),
    ],
)
def test_a_name_stays_one_author(author, written):
    ((_, fields),) = entries(export([paper(authors=(author,))], Format.BIBTEX))
    assert fields["author"] == written


def test_a_suffix_without_a_first_name_is_no_first_name():
    odd = paper(authors=(Author(last="Aristotle", suffix="Jr."),), journal_ref=None)
    assert "AU  - Aristotle Jr.\r\n" in export([odd], Format.RIS)
    (item,) = json.loads(export([odd], Format.CSL))
    assert item["author"] == [{"literal": "Aristotle Jr."}]
    assert "Jr. arXiv:" in export([odd], Format.MARKDOWN)


def test_a_key_spells_letters_that_have_no_accent_to_lose():
    odd = paper(title="Straße", authors=(Author(last="Łoś-Sørensen", first="Æ"),))
    ((key, _),) = entries(export([odd], Format.BIBTEX))
    assert key == "lossorensen2017strasse-170603762"


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        ("[0,1)", r"\lbrack 0,1)"),
        ("]0,1[", r"\rbrack 0,1\lbrack "),
        (r"\sqrt[3]{x}", r"\sqrt[3]{x}"),
        ("[X](t)", "[X] (t)"),
        ("a<b>c", "a< b>c"),
        (r"\\[2pt]", r"\\[2pt]"),
        ("a`b", r"a\lq b"),
    ],
)
def test_no_formula_ends_a_link_or_begins_a_tag(tex, written):
    text = export([paper(title=f"On ${tex}_k$")], Format.MARKDOWN)
    assert text.startswith(f"1. [On ${written}_k$](https://arxiv.org/abs/1706.03762). ")


def test_markdown_has_one_full_stop_after_et_al():
    many = paper(authors=(Author(last="Li", first="X"),) * 11, journal_ref=None)
    assert ", et al. arXiv:1706.03762" in export([many], Format.MARKDOWN)


def test_markdown_reads_no_entity_in_a_title():
    text = export([paper(title="A &lt;b&gt; & c")], Format.MARKDOWN)
    assert text.startswith(r"1. [A \&lt;b\&gt; & c](")


@pytest.mark.parametrize("dump_path", ["demo/landmarks.jsonl", "tests/dumps/papers.jsonl"])
@pytest.mark.parametrize("wanted", Format)
def test_all_papers_at_hand_can_be_exported(dump_path, wanted):
    with Dump.open(ROOT / dump_path) as dump:
        papers = list(dump)
    text = export(papers, wanted)
    counts = {
        Format.BIBTEX: lambda: len({key for key, _ in entries(text)}),
        Format.BIBLATEX: lambda: len({key for key, _ in entries(text)}),
        Format.RIS: lambda: text.count("TY  - "),
        Format.CSL: lambda: len(json.loads(text)),
        Format.MARKDOWN: lambda: len(text.splitlines()),
    }
    assert counts[wanted]() == len(papers)


@pytest.mark.parametrize("wanted", Format)
def test_the_api_exports_papers_in_the_order_asked_for(client, wanted):
    ids = "hep-th/9711200,1706.03762"
    response = client.get(f"/api/export?ids={ids}&format={wanted}")
    assert response.status_code == 200
    assert response.headers["content-type"] == MEDIA[wanted][0]
    name = re.search('filename="(.+)"', response.headers["content-disposition"])[1]
    assert name == f"winnow.{MEDIA[wanted][1]}"
    assert response.text.index("9711200") < response.text.index("1706.03762")


def test_one_paper_is_exported_under_its_name(client):
    response = client.get("/api/export?ids=hep-th/9711200,9901.99999")
    assert 'filename="hep-th-9711200.bib"' in response.headers["content-disposition"]


def test_a_long_list_is_one_file(client):
    ids = [*(f"2401.{n:05}" for n in range(1, 4_999)), "1706.03762v2", "hep-th/9711200"]
    for wanted in Format:
        body = {"ids": ids, "format": wanted}
        posted = client.post("/api/export", json=body)
        asked = client.get(f"/api/export?ids=1706.03762,hep-th/9711200&format={wanted}")
        assert posted.status_code == 200
        assert posted.content == asked.content
        assert posted.headers["content-type"] == MEDIA[wanted][0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"ids": []}, 400),
        ({"ids": ["nonsense"]}, 400),
        ({"ids": ["1706.03762"], "format": "word"}, 400),
        ({"ids": ["1706.03762"], "style": "apa"}, 400),
        ({"ids": ["2401.98765"]}, 404),
        ({"ids": ["1706.03762"] * 5_001}, 400),
        ([], 400),
    ],
    ids=lambda given: str(given)[:40],
)
def test_what_no_list_can_be_exported_as_is_said(client, body, status):
    response = client.post("/api/export", json=body)
    assert response.status_code == status
    assert response.json()["message"]


@pytest.mark.parametrize(
    ("query", "status", "param"),
    [
        ("", 400, "ids"),
        ("ids=,", 400, "ids"),
        ("ids=nonsense", 400, "ids"),
        ("ids=1706.03762&format=word", 400, "format"),
        ("ids=1706.03762&style=apa", 400, "style"),
        ("ids=2401.98765", 404, None),
        ("ids=" + ",".join(f"2401.{n:05}" for n in range(1, 502)), 400, "ids"),
    ],
)
def test_what_cannot_be_exported_is_said(client, query, status, param):
    response = client.get(f"/api/export?{query}")
    assert response.status_code == status
    assert response.json()["param"] == param
