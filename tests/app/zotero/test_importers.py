"""Reference managers import our files rightly, by their importers' rules."""

import pytest

from tests.app.zotero import importers
from tests.app.zotero.records import IDS, expect


@pytest.fixture(params=range(len(IDS)), ids=IDS)
def paper(odd_papers, request):
    return odd_papers[request.param]


def pick(item, *names):
    return {name: item.get(name, "") for name in names}


def test_zotero_keeps_the_id_of_bibtex(paper):
    item, whole = importers.import_bibtex(paper), expect(paper)
    assert item["extra"] == f"arXiv: {paper.id}"
    assert item["DOI"] == whole["DOI"]
    assert item["url"] == paper.url
    assert item["date"] == whole["date"][:4]
    is_article = whole["itemType"] == "journalArticle"
    assert item["itemType"] == ("journalArticle" if is_article else "document")
    assert bool(item["publicationTitle"]) == is_article


def test_better_bibtex_and_jabref_find_id_and_subject(paper):
    line = f"arXiv: {paper.id} [{paper.primary_category}]"
    assert importers.import_better_bibtex(paper) == line
    assert importers.clean_up_eprint(paper) == paper.id


def test_zotero_files_ris_as_a_report_of_arxiv_or_as_an_article(paper):
    item, whole = importers.import_ris(paper), expect(paper)
    if whole["itemType"] == "journalArticle":
        shared = ("itemType", "DOI", "url", "date", "publicationTitle", "issue")
        assert pick(item, *shared) == pick(whole, *shared)
        assert not item["institution"]
    else:
        assert item["itemType"] == "report"
        assert item["institution"] == "arXiv"
        assert item["reportNumber"] == f"arXiv:{paper.id}"
        assert item["date"] == whole["date"].replace("-", "/")
    assert item["attachments"] == [(paper.id.split("/")[-1], f"{paper.pdf_url}.pdf")]


def test_zotero_reads_csl_as_it_reads_pages(paper):
    item, whole = importers.import_csl(paper), expect(paper)
    assert item == pick(whole, *item)
    place = "archiveID" if item["itemType"] == "preprint" else "archiveLocation"
    assert item[place] == f"arXiv:{paper.id}"
