"""Feeds of every list: valid, whole, and the same after whatever becomes of a library."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from starlette.testclient import TestClient

from app.feeds.answer import count_fresh, count_seconds
from app.main import create_app
from app.settings import Settings
from app.state.connection import Database
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary
from index import Dump, rebuild, update
from tests.app.feeds.rfc4287 import find_faults
from tests.app.markup import Markup

LISTING = "/arxiv/cs.LG/feed"
ATOM = [
    LISTING,
    "/arxiv/cs.LG+stat.ML/feed?sort=graph,diffusion",
    "/search/feed?q=lattice",
    "/search/feed?q=au:%22Lovelace%2C+A%22&cat=cs",
    "/arxiv/search/feed?query=lattice",
    "/related/feed?like=2403.00001",
    "/atom/cs.LG",
    "/arxiv/math/feed",
]
HOSTILE = "On \x0b<script>alert(1)</script> & ]]> $x<y$ \ufffe graphs"


def make_records(record, numbers):
    for number in numbers:
        day = 1 + number // 2 % 6
        yield record(
            f"2403.{number:05}",
            title=HOSTILE if number == 2 else f"On the lattice $x_{number}$ of graphs",
            abstract=f"  We study a lattice of order ${number}$ & more.\n Second line. ",
            authors="Ada Lovelace, Émile Borel" if number % 2 else "Ada Lovelace",
            categories="cs.LG stat.ML" if number % 5 else "stat.ML cs.LG",
            license="http://creativecommons.org/licenses/by/4.0/",
            versions=[
                {"version": f"v{one}", "created": f"{day} Mar 2024 1{one}:00:00 GMT"}
                for one in range(1, 2 + number % 2)
            ],
        )


def write(path, records):
    path.write_text("".join(f"{json.dumps(r)}\n" for r in records))
    return path


@pytest.fixture(scope="module")
def data(record, tmp_path_factory):
    directory = tmp_path_factory.mktemp("feeds")
    with Dump.open(
        write(directory / "dump.jsonl", make_records(record, range(1, 41)))
    ) as d:
        rebuild(d, directory / "data", watch=lambda *_: None)
    return directory / "data"


@pytest.fixture(scope="module")
def feeds(data):
    settings = Settings(data_dir=data, public_url="https://papers.example.org/")
    with TestClient(create_app(settings)) as client:
        yield client


def ids(text):
    return [entry.id for entry in feedparser.parse(text).entries]


@pytest.mark.parametrize("address", ATOM)
def test_a_feed_is_valid_and_read_by_others(feeds, address):
    answer = feeds.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert find_faults(answer.text) == []
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.feed.links[0].href == f"https://papers.example.org{address}"
    for entry in read.entries:
        assert entry.link.startswith("https://papers.example.org/paper/2403.")
        assert {"lattice", "graphs"} & set(f"{entry.title} {entry.summary}".split())
        assert entry.authors[0].name == "Ada Lovelace"
        (pdf,) = [one for one in entry.links if one.type == "application/pdf"]
        assert pdf.href.startswith("https://arxiv.org/pdf/")
        assert "cs.LG" in [tag.term for tag in entry.tags]


def test_a_listing_tells_three_days_newest_first_and_a_search_its_newest(feeds):
    listed = feedparser.parse(feeds.get(LISTING).content).entries
    days = [entry.published[:10] for entry in listed]
    assert sorted(set(days)) == ["2024-03-04", "2024-03-05", "2024-03-06"]
    assert days == sorted(days, reverse=True)
    found = feedparser.parse(feeds.get("/search/feed?q=lattice").content).entries
    assert len(found) == 40
    assert [e.published for e in found] == sorted(
        (e.published for e in found), reverse=True
    )


def test_a_preference_orders_the_same_papers(feeds):
    ranked = feeds.get("/arxiv/cs.LG/feed?sort=alert")
    assert set(ids(ranked.content)) == set(ids(feeds.get(LISTING).content))


def test_formulas_and_hostile_texts_are_text(feeds):
    entries = feedparser.parse(feeds.get("/search/feed?q=alert").content).entries
    (entry,) = entries
    assert entry.title_detail.type == "text/plain"
    assert "alert(1)" in entry.title
    assert "$" not in entry.title
    assert "\x0b" not in feeds.get("/search/feed?q=alert").text


def test_authors_come_one_each_and_dates_are_of_versions(feeds):
    entries = {e.id: e for e in feedparser.parse(feeds.get(LISTING).content).entries}
    entry = entries["oai:arXiv.org:2403.00009"]
    assert [one.name for one in entry.authors] == ["Ada Lovelace", "Émile Borel"]
    assert (entry.published, entry.updated) == (
        "2024-03-05T11:00:00Z",
        "2024-03-05T12:00:00Z",
    )


def test_feeds_like_arxivs_have_versions_and_kinds(feeds):
    text = feeds.get("/atom/cs.LG").content
    entries = feedparser.parse(text).entries
    assert {e.published[:10] for e in entries} == {"2024-03-06"}
    assert all(e.id.startswith("oai:arXiv.org:2403.") and "v" in e.id for e in entries)
    kinds = {e.id: e.arxiv_announce_type for e in entries}
    assert set(kinds.values()) == {"new", "cross"}
    assert "Feed error for query" not in feedparser.parse(text).feed.title
    rss = feeds.get("/rss/cs.LG")
    assert rss.headers["content-type"].startswith("application/rss+xml")
    read = feedparser.parse(rss.content)
    assert not read.bozo
    assert [e.id for e in read.entries] == [e.id for e in entries]
    assert "<day>Saturday</day>" in rss.text


@pytest.mark.parametrize(
    "address", ["/arxiv/cs.LG/feed.json", "/search/feed.json?q=lattice"]
)
def test_json_feeds_have_the_same_papers(feeds, address):
    answer = feeds.get(address)
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    body = answer.json()
    assert body["version"] == "https://jsonfeed.org/version/1.1"
    assert body["feed_url"] == f"https://papers.example.org{address}"
    atom = feeds.get(address.replace(".json", ""))
    assert [item["id"] for item in body["items"]] == ids(atom.content)
    for item in body["items"]:
        assert item.get("content_text") or item.get("content_html")


def test_rsshub_reads_what_it_needs(feeds):
    for entry in feedparser.parse(
        feeds.get("/arxiv/search/feed?query=lattice").content
    ).entries:
        assert urlsplit(entry.link).path.rpartition("/")[2] == entry.id.rpartition(":")[2]
        assert entry.title
        assert entry.summary
        assert entry.published_parsed


def test_a_reader_who_has_it_gets_304(feeds):
    first = feeds.get(LISTING)
    for header in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = feeds.get(LISTING, headers=header)
        assert (again.status_code, again.content) == (304, b"")
    for header in (
        {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]},
        {"If-Modified-Since": "Mon, 04 Mar 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 +99999999999999"},
        {"If-Modified-Since": f"Mon, {'9' * 30} Jan 2024 00:00:00 GMT"},
    ):
        assert feeds.get(LISTING, headers=header).status_code == 200


def test_no_reader_sees_a_paper_twice_or_misses_one(record, tmp_path):
    """A reader's memory (ids, tag) across an update, a rebuild and another encoder."""
    data = tmp_path / "data"
    first = write(tmp_path / "first.jsonl", make_records(record, range(1, 30)))
    every = write(tmp_path / "every.jsonl", make_records(record, range(1, 41)))
    known, tags, seen = {}, [], []

    def look():
        with TestClient(create_app(Settings(data_dir=data))) as client:
            answer = client.get(LISTING)
        tags.append(answer.headers["etag"])
        new = [entry.id for entry in feedparser.parse(answer.content).entries]
        seen.extend(one for one in new if one not in known)
        known.update(dict.fromkeys(new))
        return new

    with Dump.open(first) as dump:
        rebuild(dump, data, watch=lambda *_: None)
    look()
    with Dump.open(every) as dump:
        update(dump, data, watch=lambda *_: None)
    updated = look()
    for encoder in ("none", "shipped"):
        with Dump.open(every) as dump:
            rebuild(dump, data, encoder=encoder, watch=lambda *_: None)
        assert look() == updated
    assert len(seen) == len(set(seen)) == len(updated)
    assert tags[0] != tags[1] == tags[2] == tags[3]


@pytest.fixture
def library(record, tmp_path):
    """A library that is built, then updated; returns what its feeds have by title."""
    data = tmp_path / "data"

    def write_paper(number, created, categories="cs.LG"):
        versions = [
            {"version": f"v{n}", "created": when}
            for n, when in enumerate(created.split("; "), start=1)
        ]
        return record(
            f"2403.{number:05}",
            title=f"Paper {number}",
            categories=categories,
            versions=versions,
            update_date="2024-03-20",
        )

    def change(command, *papers):
        dump = write(tmp_path / "some.jsonl", [write_paper(*paper) for paper in papers])
        with Dump.open(dump) as opened:
            command(opened, data, watch=lambda *_: None)

    def look(address, **headers):
        with TestClient(create_app(Settings(data_dir=data))) as client:
            return client.get(address, headers=headers)

    change.look = look
    return change


def titles(answer):
    return {entry.title for entry in feedparser.parse(answer.content).entries}


def test_an_announcement_has_all_that_came_with_it(library):
    """What arXiv announces on a morning was submitted on two days, or over a weekend."""
    library(rebuild, (1, "Thu, 7 Mar 2024 20:00:00 GMT"), (2, "8 Mar 2024 12:00:00 GMT"))
    weekend = [(3, "8 Mar 2024 21:00:00 GMT"), (4, "9 Mar 2024 12:00:00 GMT")]
    weekend += [(5, "10 Mar 2024 12:00:00 GMT"), (6, "11 Mar 2024 12:00:00 GMT")]
    library(update, *weekend)

    came = {f"Paper {number}" for number in (3, 4, 5, 6)}
    for address in ("/rss/cs.LG", "/atom/cs.LG", LISTING):
        assert came <= titles(library.look(address)), address


def test_what_comes_late_is_told_too(library):
    """A paper that was held back, one listed there later, a new version of the weekend."""
    days = [(n, f"{n} Mar 2024 12:00:00 GMT") for n in range(8, 13)]
    library(rebuild, *days, (1, "1 Feb 2024 12:00:00 GMT", "math.CO"))
    before = library.look(LISTING)
    assert not {"Paper 1", "Paper 2"} & titles(before)
    library(
        update,
        (1, "1 Feb 2024 12:00:00 GMT", "math.CO cs.LG"),
        (2, "25 Feb 2024 12:00:00 GMT"),
        (8, "8 Mar 2024 12:00:00 GMT; 9 Mar 2024 12:00:00 GMT"),
    )

    after = library.look(LISTING, **{"If-Modified-Since": before.headers["last-modified"]})
    assert after.status_code == 200, "though no entry has a later date"
    assert {"Paper 1", "Paper 2"} <= titles(after)
    told = {
        entry.title: entry.arxiv_announce_type
        for entry in feedparser.parse(library.look("/rss/cs.LG").content).entries
    }
    assert told["Paper 1"] == "cross"
    assert told["Paper 2"] == "new"
    assert told["Paper 8"] == "replace"


def test_a_day_that_is_yet_to_come_hides_no_other(library):
    ahead = datetime.now(UTC) + timedelta(days=200)
    library(
        rebuild,
        (1, "11 Mar 2024 12:00:00 GMT"),
        (2, "12 Mar 2024 12:00:00 GMT"),
        (3, f"{ahead:%d %b %Y} 12:00:00 GMT"),
    )

    for address in ("/rss/cs.LG", LISTING):
        answer = library.look(address)
        assert "Paper 2" in titles(answer)
        modified = parsedate_to_datetime(answer.headers["last-modified"])
        assert modified <= datetime.now(UTC)


def test_a_feed_is_asked_for_again_soon_while_the_library_is_behind():
    monday = datetime(2026, 11, 30, 1, tzinfo=UTC)
    later = monday + timedelta(hours=2)
    assert count_fresh(later, built=monday - timedelta(hours=1)) == 900
    assert count_fresh(later, built=monday + timedelta(hours=1)) == 22 * 3_600
    sunday = datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert count_fresh(sunday, built=datetime(2026, 11, 27, 4, tzinfo=UTC)) == 13 * 3_600


def test_a_new_summary_changes_the_tag_and_neither_id_nor_time(data, feeds):
    before = feeds.get(LISTING)
    SummaryStore(Database.beside(data, None)).put(
        [
            Summary(
                paper="2403.00009",
                language="en",
                author="a model",
                version=1,
                created="2024-03-07T00:00:00+00:00",
                markdown="## What is **new**?\n\nA <b>lattice</b> of order $3$.\n",
            )
        ]
    )
    after = feeds.get(LISTING)
    assert after.headers["etag"] != before.headers["etag"]
    assert after.headers["last-modified"] == before.headers["last-modified"]
    entries = {e.id: e for e in feedparser.parse(after.content).entries}
    assert ids(before.content) == list(entries)
    shown = entries["oai:arXiv.org:2403.00009"].content[0].value
    assert "What is new?" in shown
    assert "**" not in shown
    assert find_faults(after.text) == []


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/arxiv/cs.LG", "/arxiv/cs.LG/feed"),
        ("/search?q=lattice&cat=cs", "/search/feed?"),
        ("/related?like=2403.00001", "/related/feed?"),
    ],
)
def test_a_list_leads_to_its_feed(feeds, page, feed):
    markup = Markup(feeds.get(page).text)
    links = [link for link in markup.all("link") if link["type"] == "application/atom+xml"]
    assert links[0]["href"].startswith(feed)
    assert find_faults(feeds.get(links[0]["href"]).text) == []
    assert not [one for one in markup.all("link") if one["type"] == "application/json"]


def test_a_page_explains_feeds_and_each_example_answers(feeds):
    page = Markup(feeds.get("/about/feeds").text)
    examples = [a["href"] for a in page.all("a") if a.parent.tag == "dt"]
    assert len(examples) > 5
    for address in examples:
        if "1706" not in address:  # a paper that this library lacks
            assert feeds.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search/feed", 400),
        ("/related/feed", 400),
        ("/related/feed?like=2001.00001", 404),
        ("/arxiv/zz/feed", 404),
        ("/atom/cs.XX", 404),
        ("/rss/", 404),
        ("/arxiv/hep-th/feed", 200),
    ],
)
def test_what_is_no_list_gets_an_error_and_an_empty_one_an_empty_feed(
    feeds, address, status
):
    answer = feeds.get(address)
    assert answer.status_code == status, answer.text[:300]
    if status == 200:
        assert find_faults(answer.text) == []


def test_a_feed_stays_until_the_next_announcement():
    friday = datetime(2026, 11, 27, 2, tzinfo=UTC)
    assert count_seconds(friday) == 71 * 3_600  # Monday at one o'clock
    assert count_seconds(datetime(2026, 11, 30, 0, 59, 50, tzinfo=UTC)) == 300
    assert count_seconds(datetime(2026, 11, 30, 0, tzinfo=UTC)) == 3_600


@pytest.mark.parametrize(
    "text", ["papers.example.org", "ftp://x", "https://x/y", "https://"]
)
def test_a_public_address_is_checked(text):
    with pytest.raises(ValueError, match="write"):
        Settings(public_url=text)
