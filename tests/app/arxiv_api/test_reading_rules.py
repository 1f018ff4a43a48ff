"""What programs of arXiv's API read of a feed, by the rules of each (research: clients.md).

JabRef and aRxiv know no namespaces: they look for names as they are written. arxiv.py and
paper-search-mcp read with feedparser, arxiv.py 4 with namespaces.
"""

from datetime import datetime
from xml.dom import minidom

import feedparser
import pytest

from tests.app.arxiv_api.feeds import NAMES, entries
from tests.app.arxiv_api.papers import MANY

EVERY = {"search_query": "year:1997..2024", "max_results": 100}
PAPERS = MANY + 6


@pytest.fixture(scope="module")
def feed(ask):
    """A feed of every paper there is, odd ones included."""
    return ask(**EVERY)


def parse(text):
    """Return the document of a feed, in which no name has a namespace."""
    return minidom.parseString(text)  # noqa: S318  our own


def texts(element, name):
    """Return the texts of all elements of a name, as written in the document."""
    found = element.getElementsByTagName(name)
    return [one.firstChild.data if one.firstChild else "" for one in found]


def links(element):
    """Return the links of an element as dictionaries."""
    found = element.getElementsByTagName("link")
    return [dict(one.attributes.items()) for one in found]


def entry_of(document, paper_id):
    """Return the entry of a paper, found by names alone."""
    found = document.getElementsByTagName("entry")
    return next(one for one in found if paper_id in texts(one, "id")[0])


def test_jabref_reads_it_without_namespaces(feed):
    document = parse(feed)

    assert len(document.getElementsByTagName("entry")) == PAPERS
    paper = entry_of(document, "hep-th/9711200")
    assert texts(paper, "id") == ["http://arxiv.org/abs/hep-th/9711200v1"]
    assert texts(paper, "published") == ["1997-11-27T23:54:00Z"]
    assert texts(paper, "name") == ["Juan M. Maldacena"]
    assert texts(paper, "arxiv:journal_ref") == ["Phys. Rev. D 2 (1998) 231"]
    assert texts(paper, "arxiv:comment") == ["20 pages, harvmac"]
    first = paper.getElementsByTagName("arxiv:primary_category")[0]
    assert first.getAttribute("term") == "hep-th"
    pdf = [link for link in links(paper) if link.get("title") == "pdf"]
    assert [link["href"] for link in pdf] == ["https://arxiv.org/pdf/hep-th/9711200v1"]


def test_every_doi_has_an_element_and_a_link_of_its_own(feed):
    paper = entry_of(parse(feed), "hep-th/9711200")

    dois = ["10.1023/A:1026654312961", "10.4310/ATMP<1998>.v2.n2.a1"]
    assert texts(paper, "arxiv:doi") == dois
    doi_links = [link["href"] for link in links(paper) if link.get("title") == "doi"]
    assert doi_links == [
        "https://doi.org/10.1023/A:1026654312961",
        "https://doi.org/10.4310/ATMP%3C1998%3E.v2.n2.a1",
    ]


def test_arxiv_in_r_sorts_links_by_what_is_in_them(feed):
    paper = entry_of(parse(feed), "hep-th/9711200")

    found = [link["href"] for link in links(paper)]
    assert [part for part in ("/abs/", "/pdf/", "/doi.org/") if part in found[0]] == [
        "/abs/"
    ]
    assert sum("/pdf/" in href for href in found) == 1
    assert sum("/doi.org/" in href for href in found) == 2


def test_arxiv_in_r_tells_an_error_by_title_and_author(ask):
    document = parse(ask(400, id_list="abc"))

    (entry,) = document.getElementsByTagName("entry")
    assert texts(entry, "title") == ["Error"]
    assert texts(entry, "name") == ["arXiv api core"]
    assert texts(document, "opensearch:totalResults") == ["1"]


def test_jabref_shows_the_summary_of_an_error(ask):
    (entry,) = parse(ask(400, id_list="abc")).getElementsByTagName("entry")

    assert texts(entry, "id")[0].startswith("http://arxiv.org/api/errors")
    assert texts(entry, "summary") == ["incorrect id format for abc"]


def test_feedparser_reads_every_entry_as_arxiv_2_and_3_do(feed):
    parsed = feedparser.parse(feed)

    assert not parsed.bozo
    assert len(parsed.entries) == PAPERS == int(parsed.feed.opensearch_totalresults)
    assert (parsed.feed.opensearch_startindex, parsed.feed.opensearch_itemsperpage) == (
        "0",
        "100",
    )
    for entry in parsed.entries:
        assert entry.published_parsed
        assert entry.updated_parsed
        assert entry.arxiv_primary_category["term"]
        assert entry.authors
        assert entry.tags
        assert "\n" not in entry.title
        assert "\n" not in entry.summary


def test_paper_search_mcp_reads_dates_authors_categories_and_pdf(feed):
    for entry in feedparser.parse(feed).entries:
        for text in (entry.published, entry.updated):
            assert datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007  as there
        pdf = [link for link in entry.links if link.type == "application/pdf"]
        assert len(pdf) == 1
        assert all(author.name for author in entry.authors)
        assert all(tag.term for tag in entry.tags)


def test_arxiv_4_reads_every_entry_with_namespaces(feed):
    for entry in entries(feed):
        paper_id = entry.findtext("id", "", NAMES).split("arxiv.org/abs/")[-1]
        assert "://" not in paper_id
        assert entry.find("arxiv:primary_category", NAMES).get("term")
        assert entry.findtext("published", "", NAMES)
        pdf = entry.find("link[@title='pdf']", NAMES)
        assert pdf.get("href") == f"https://arxiv.org/pdf/{paper_id}"
        assert pdf.get("rel") == "related"


def test_zotero_finds_the_parts_it_looks_for(feed):
    (entry,) = (e for e in entries(feed) if "1706" in e.findtext("id", "", NAMES))

    assert entry.findtext("id", "", NAMES).endswith("/abs/1706.03762v7")
    names = [one.text for one in entry.findall("author/name", NAMES)]
    assert names == ["Ashish Vaswani", "Noam Shazeer", "Łukasz Kaiser"]
    terms = [one.get("term") for one in entry.findall("category", NAMES)]
    assert terms == ["cs.CL", "cs.LG"]


def test_texts_are_plain_on_one_line_and_keep_their_formulas(feed):
    (entry,) = (e for e in entries(feed) if "1706" in e.findtext("id", "", NAMES))

    assert entry.findtext("title", "", NAMES) == "Attention Is All You Need"
    summary = "We propose the Transformer, with $O(n^2)$ cost & no <recurrence>."
    assert entry.findtext("summary", "", NAMES) == summary


def test_a_paper_without_authors_and_categories_is_read_all_the_same(feed):
    (entry,) = (e for e in entries(feed) if "2401" in e.findtext("id", "", NAMES))

    assert entry.findtext("title", "", NAMES).split() == ["An", "Odd", "Paper"]
    assert entry.findtext("author/name", "", NAMES) == "unknown"
    assert entry.find("category", NAMES).get("term") == "unknown"
