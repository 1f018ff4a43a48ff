"""Answers of arXiv's API: statuses, errors, methods, and what a cache may keep."""

import pytest

from tests.app.arxiv_api.feeds import NAMES, entries, ids, read, total
from tests.app.arxiv_api.papers import serve

NEITHER = "Either a search_query or id_list must be specified for the classic API."


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, NEITHER),
        ({"search_query": "", "id_list": ""}, NEITHER),
        ({"id_list": "abc"}, "incorrect id format for abc"),
        ({"id_list": "1706.03762,<b>"}, "incorrect id format for <b>"),
        ({"search_query": "x", "start": "one"}, "start must be an integer"),
        ({"search_query": "x", "start": "1_0"}, "start must be an integer"),
        ({"search_query": "x", "start": "9" * 5_000}, "start must be an integer"),
        ({"search_query": "x", "start": "-1"}, "start must be non-negative"),
        ({"search_query": "x", "max_results": "1.5"}, "max_results must be an integer"),
        ({"search_query": "x", "max_results": "-1"}, "max_results must be non-negative"),
        (
            {"search_query": "x", "sortBy": "date"},
            "sortBy must be in: relevance, lastUpdatedDate, submittedDate",
        ),
        (
            {"search_query": "x", "sortOrder": "up"},
            "sortOrder must be in: ascending, descending",
        ),
        ({"id_list": "1706.03762," * 2_001}, "id_list must have at most 2000 ids"),
    ],
)
def test_a_bad_request_is_answered_in_the_words_of_arxiv(ask, params, message):
    text = ask(400, **params)

    (entry,) = entries(text)
    assert total(text) == 1
    assert entry.findtext("summary", "", NAMES) == message
    assert entry.findtext("title", "", NAMES) == "Error"
    assert entry.findtext("author/name", "", NAMES) == "arXiv api core"
    assert entry.findtext("id", "", NAMES).startswith("http://arxiv.org/api/errors#")
    assert entry.find("published", NAMES) is None
    assert entry.find("updated", NAMES) is not None


def test_the_id_of_an_error_says_what_is_wrong(ask):
    (entry,) = entries(ask(400, id_list="abc"))

    address = "http://arxiv.org/api/errors#incorrect_id_format_for_abc"
    assert entry.findtext("id", "", NAMES) == address


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("submittedDate:[2017x TO 2018]", "no date for submitteddate"),
        ("cat:cs.LG AND submittedDate:[20171301 TO 2018]", "no date for"),
        (" ".join(f"word{n}" for n in range(70)), "more than 64 words"),
        ("(" * 20 + "x" + ")" * 20, "more than 16 parentheses"),
        ("x" * 4_001, "the query has 4,001 characters"),
    ],
)
def test_what_cannot_be_read_as_it_stands_is_refused(ask, query, said):
    (entry,) = entries(ask(400, search_query=query))

    assert said in entry.findtext("summary", "", NAMES)


def test_unknown_parameters_are_ignored_and_the_first_of_two_counts(api):
    answer = api.get("/api/query?id_list=1706.03762&id_list=2402.00001&verbose=1")

    assert ids(answer.text) == ["1706.03762v7"]


@pytest.mark.parametrize("path", ["/api/query", "/api/query/"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", None])
def test_a_form_may_be_posted_with_or_without_its_type(api, path, kind):
    headers = {"content-type": kind} if kind else {}
    body = b"search_query=ti%3Aattention+AND+au%3Avaswani&max_results=5"

    answer = api.post(path, content=body, headers=headers)

    assert answer.status_code == 200
    assert ids(answer.text) == ["1706.03762v7"]


def test_a_posted_form_comes_before_the_address(api):
    answer = api.post("/api/query?id_list=2402.00001", content=b"id_list=1706.03762")

    assert ids(answer.text) == ["1706.03762v7"]


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"&" * 200, b'{"a": 1}', b""])
def test_any_other_body_is_an_error_and_no_fault(api, body):
    answer = api.post("/api/query", content=body)

    assert answer.status_code == 400
    assert entries(answer.text)


def test_no_path_leads_elsewhere(api):
    for path in ("/api/query", "/api/query/"):
        assert api.get(path, params={"id_list": "1706.03762"}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/api/query", 405),
        ("DELETE", "/api/query/", 405),
        ("GET", "/api/query/more", 404),
        ("POST", "/api/query", 413),
    ],
)
def test_every_error_below_the_path_is_a_feed(api, method, path, status):
    content = b"search_query=" + b"x" * (1 << 20) if status == 413 else None

    answer = api.request(method, path, content=content)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert len(entries(answer.text)) == 1


@pytest.mark.parametrize("path", ["/api/query", "/api/query/"])
def test_who_asks_in_another_way_is_told_both_ways_there_are(api, path):
    assert set(api.options(path).headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_without_a_library_the_error_is_a_feed(tmp_path):
    with serve(tmp_path / "data") as client:
        answer = client.get("/api/query", params={"search_query": "x"})

    assert answer.status_code == 503
    assert "nothing has been indexed" in answer.text
    assert len(entries(answer.text)) == 1


def test_who_asks_too_often_is_told_so_as_at_arxiv(api_data):
    with serve(api_data, rate_limit=1) as client:
        answers = [client.get("/api/query?id_list=1706.03762") for _ in range(4)]

    refused = answers[-1]
    assert refused.status_code == 429
    assert refused.text == "Rate exceeded."
    assert refused.headers["content-type"].startswith("text/plain")
    assert int(refused.headers["retry-after"]) > 0


def test_a_client_that_has_the_answer_gets_304(api):
    address = "/api/query?search_query=lattice"
    first = api.get(address)

    tag = first.headers["etag"]
    assert api.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert api.get(address).content == first.content
    assert api.get(f"{address}&start=1").headers["etag"] != tag


def test_head_and_other_origins_are_answered(api):
    address = "/api/query?id_list=1706.03762"

    assert api.head(address).status_code == 200
    answer = api.get(address, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_feed_names_its_own_address_and_repeats_the_request(ask):
    text = ask(search_query="ti:a&b <c>", start=2, max_results=3)

    root = read(text)
    link = root.find("link[@rel='self']", NAMES).attrib
    assert link["href"] == (
        "https://papers.example.org/api/query"
        "?search_query=ti%3Aa%26b+%3Cc%3E&start=2&max_results=3"
    )
    title = "arXiv Query: search_query=ti:a&b <c>&id_list=&start=2&max_results=3"
    assert root.findtext("title", "", NAMES) == title
    assert root.findtext("id", "", NAMES).startswith("https://arxiv.org/api/")
