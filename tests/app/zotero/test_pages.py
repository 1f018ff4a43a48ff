"""Zotero reads pages and lists as exports say, by its translators' rules."""

from html import escape

import pytest

from app.zotero.metas import list_metas
from app.zotero.rdf import write_rdf
from index import CATEGORIES, Dump
from tests.app.markup import Markup, within
from tests.app.zotero.rdf import import_rdf
from tests.app.zotero.reading import (
    choose_translator,
    list_unapi_ids,
    read_list,
    read_page,
)
from tests.app.zotero.records import IDS, expect, expect_of_page

LISTS = [
    "/arxiv/cs.LG",
    "/arxiv/cs.LG?lang=zh",
    "/arxiv/cs?date=2024-03",
    "/search?q=lattice",
    "/search?cat=hep-th",
    "/arxiv/1706.03762,hep-th/9711200,cs/9808001",
    "/related?like=1706.03762",
]


def open_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return Markup(response.text)


def open_text(client):
    """Return a function that fetches texts, as Zotero does."""

    def get(address):
        response = client.get(address)
        assert response.status_code == 200
        return response.text

    return get


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("at", range(len(IDS)), ids=IDS)
def test_zotero_saves_a_papers_page_as_its_citation_says(odd, odd_papers, at, language):
    page = open_page(odd, f"/paper/{IDS[at]}?lang={language}")
    assert choose_translator(page) == "Embedded Metadata"
    assert read_page(page) == expect_of_page(odd_papers[at])


def test_a_page_without_a_journal_is_a_preprint_with_its_whole_abstract(odd):
    item = read_page(open_page(odd, "/paper/2401.00014"))
    assert item["itemType"] == "preprint"
    assert item["abstractNote"] == ("Long. " * 200).strip()
    assert item["archiveID"] == "arXiv:2401.00014"
    assert item["DOI"] == "10.48550/arXiv.2401.00014"
    assert item["attachments"][0]["url"] == "https://arxiv.org/pdf/2401.00014"


def test_a_page_with_a_journal_is_an_article_in_the_journals_year(odd):
    item = read_page(open_page(odd, "/paper/hep-th/9711200"))
    assert item["itemType"] == "journalArticle"
    assert item["publicationTitle"] == "Adv. Theor. Math. Phys."
    assert (item["volume"], item["pages"], item["date"]) == ("2", "231-252", "1998")
    assert item["archiveLocation"] == "arXiv:hep-th/9711200"


def test_groups_stay_whole_and_an_only_author_is_one(odd):
    groups = read_page(open_page(odd, "/paper/2401.00003"))["creators"]
    assert groups == [("ATLAS Collaboration", ""), ("Hahn", "Otto Jr")]
    alone = read_page(open_page(odd, "/paper/2401.00004"))["creators"]
    assert alone == [("de Aldecoa", "Rafael Tiedra")]


def test_metas_have_what_other_readers_look_for(odd_papers):
    for paper in odd_papers:
        pairs = list(list_metas(paper))
        metas = dict(pairs)
        names = [name for name, _ in pairs if name != "citation_author"]
        assert len(names) == len(set(names))
        assert all(content.strip() for _, content in pairs)
        assert metas["citation_arxiv_id"] == paper.id
        assert metas["citation_date"] == metas["citation_publication_date"]
        assert metas["citation_online_date"] == f"{paper.updated_at:%Y/%m/%d}"
        subjects = [CATEGORIES[code].name for code in paper.categories]
        assert metas["citation_keywords"].split("; ") == subjects
        is_article = "citation_journal_title" in metas
        assert ("DC.type" in metas, "citation_publisher" in metas) == (not is_article,) * 2


@pytest.mark.parametrize("address", LISTS)
def test_zotero_saves_every_paper_of_a_list(client, library, address):
    page = open_page(client, address)
    ids = [card["id"] for card in page.all("div", class_="paper")]
    assert list_unapi_ids(page) == ids
    assert choose_translator(page) == "unAPI"
    papers = library.catalog.by_ids(ids)
    assert read_list(page, open_text(client)) == [expect(papers[one]) for one in ids]


def test_zotero_saves_odd_papers_of_a_list(odd, odd_papers):
    page = open_page(odd, f"/arxiv/{','.join(IDS)}")
    assert read_list(page, open_text(odd)) == [expect(paper) for paper in odd_papers]


@pytest.mark.parametrize("address", LISTS)
def test_what_names_a_paper_to_unapi_is_seen_and_heard_by_nobody(client, address):
    page = open_page(client, address)
    for card in page.all("div", class_="paper"):
        (named,) = within(page, card, "abbr", class_="unapi-id")
        assert named["title"] == card["id"]
        assert "hidden" in named.parent.attributes
        assert not named.text


@pytest.mark.parametrize(
    "address", ["/", "/search", "/search?q=zzzzzz", "/me", "/categories", "/nowhere"]
)
def test_a_page_without_papers_has_nothing_to_save(client, address):
    page = Markup(client.get(address).text)
    assert choose_translator(page) == "Embedded Metadata"
    assert read_page(page)["itemType"] == "webpage"


def draw_page(paper):
    """Return a page of a paper's metas alone."""
    metas = "".join(
        f'<meta name="{name}" content="{escape(content)}">'
        for name, content in list_metas(paper)
    )
    described = '<meta name="description" content="">'
    return Markup(f'<html lang="zh"><head>{metas}{described}</head></html>')


def test_arxivs_own_test_records_are_read_as_their_citations_say(real_data):
    with Dump.open(real_data("arxiv-browse-records.jsonl")) as dump:
        papers = list(dump)
    assert len(papers) > 1_000
    for paper in papers:
        assert read_page(draw_page(paper)) == expect_of_page(paper)
        assert import_rdf(write_rdf(paper).decode()) == [expect(paper)]
