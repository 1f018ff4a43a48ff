"""The JSON API: found, empty, bad input, missing."""

import pytest

from app.cards.fields import PAPER_FIELDS
from app.cards.shape import PaperShape
from app.categories.api import CategoriesAnswer
from app.papers.answer import BatchAnswer
from app.search.answer import SearchAnswer, SearchMeta
from app.search.params import SearchParams
from index import ALIASES, CATEGORIES
from tests.app.conftest import CROWD

KNOWN = ", ".join(SearchParams.model_fields)
MALDACENA = "hep-th/9711200"


@pytest.fixture
def search(client):
    """Search the small dump; return the answer."""

    def ask(q, **params):
        response = client.get("/api/search", params={"q": q, **params})
        assert response.status_code == 200, response.text
        return response.json()

    return ask


@pytest.fixture
def batch(client):
    """Ask for papers by id; return the answer."""

    def ask(*ids):
        response = client.post("/api/papers/batch", json={"ids": ids})
        assert response.status_code == 200, response.text
        return response.json()["data"]

    return ask


def ids(answer):
    return [paper["id"] for paper in answer["data"]]


def test_a_search_answers_in_the_promised_shape(search):
    answer = search("lattice")
    assert set(answer) == {"total", "offset", "next", "data", "facets", "meta"}
    assert set(answer["meta"]) == set(SearchMeta.model_fields)
    assert answer["facets"] is answer["meta"]["explanation"] is None
    assert (answer["total"], answer["offset"], answer["next"]) == (6, 0, None)
    SearchAnswer.model_validate(answer, extra="forbid")


def test_a_paper_has_every_field_and_unknown_ones_are_null(client):
    paper = client.get("/api/papers/2010.10010").json()
    assert tuple(paper) == PAPER_FIELDS
    PaperShape.model_validate(paper, extra="forbid")
    assert paper["doi"] is paper["journal_ref"] is paper["comments"] is None
    assert paper["primary_category"] is None
    assert paper["authors"] == paper["categories"] == paper["versions"] == []


def test_a_paper_has_the_facts_of_the_dump(client):
    paper = client.get(f"/api/papers/{MALDACENA}").json()
    assert paper["title"].startswith("The Large N Limit")
    assert paper["authors"] == [
        {
            "name": "Juan M. Maldacena",
            "last": "Maldacena",
            "first": "Juan M.",
            "suffix": "",
        }
    ]
    assert paper["categories"] == ["hep-th"]
    assert paper["primary_category"] == "hep-th"
    assert paper["submitted"] == "1997-11-27"
    assert paper["versions"][0]["version"] == "v1"
    assert paper["versions"][0]["created"].startswith("1997-11-27T")
    assert paper["doi"] == "10.1023/A:1026654312961"
    assert paper["url"] == "https://arxiv.org/abs/hep-th/9711200"


def test_a_search_returns_the_very_paper_that_its_own_address_returns(client, search):
    (paper,) = search("maldacena")["data"]
    assert paper == client.get(f"/api/papers/{MALDACENA}").json()


def test_a_search_without_a_hit_is_empty_not_an_error(search):
    answer = search("zzzzzz")
    assert (answer["total"], answer["next"], answer["data"]) == (0, None, [])


@pytest.mark.parametrize("query", [MALDACENA, f"https://arxiv.org/abs/{MALDACENA}v2"])
def test_an_id_or_a_link_finds_just_that_paper(search, query):
    answer = search(query)
    assert (answer["total"], ids(answer)) == (1, [MALDACENA])


def test_several_ids_find_those_papers_in_their_order(search):
    answer = search(f"2403.12347, {MALDACENA} 1706.03762 1706.99999")
    assert ids(answer) == ["2403.12347", MALDACENA, "1706.03762"]
    assert answer["meta"]["notices"] == [
        {"code": "unknown_id", "params": {"id": "1706.99999"}}
    ]


def test_a_relaxed_query_says_so(search):
    answer = search("attention zzzzzz")
    assert answer["total"] == 2
    assert answer["meta"]["notices"] == [
        {"code": "relaxed", "params": {"found": 0, "of": 2, "words": "attention"}}
    ]
    assert answer["meta"]["query"] == "attention zzzzzz"


def test_the_understood_query_finds_the_same_again(search):
    first = search('ti:lattice OR ( au:"Aisha Bello" -compilers )')
    again = search(first["meta"]["query"])
    assert first["total"] > 1
    assert ids(first) == ids(again)


def test_cursors_lead_through_the_whole_result(crowded):
    seen, params = [], {"q": "common", "limit": 90}
    while True:
        answer = crowded.get("/api/search", params=params).json()
        assert answer["total"] == CROWD
        seen += ids(answer)
        if answer["meta"]["next_cursor"] is None:
            break
        params["cursor"] = answer["meta"]["next_cursor"]
    assert len(seen) == len(set(seen)) == CROWD


def test_facets_count_the_whole_result(search):
    facets = search("lattice", limit=1, facets=1)["facets"]
    assert sum(year["papers"] for year in facets["years"]) == 6
    assert facets["categories"][0]["papers"] >= facets["categories"][-1]["papers"] > 0
    assert all(category["name"] for category in facets["categories"])


def test_highlights_are_ranges_of_code_points(search):
    (paper,) = search("maldacena superconformal", highlight=1)["data"][:1]
    ranges = paper["highlights"]["abstract"] + paper["highlights"]["title"]
    start, end = paper["highlights"]["snippet"]
    assert 0 <= start < end <= len(paper["abstract"])
    texts = {paper["abstract"][a:b].lower() for a, b in paper["highlights"]["abstract"]}
    assert ranges
    assert texts <= {"superconformal"}


def test_highlights_can_be_had_without_the_texts(search):
    for paper in search("lattice", highlight=1, fields="id")["data"]:
        assert set(paper) == {"id", "highlights"}


def test_an_explanation_shows_the_tree_the_steps_and_the_scores(search):
    answer = search("attention zzzzzz", explain=1)
    explanation = answer["meta"]["explanation"]
    assert [step["step"] for step in explanation["steps"]] == ["all", "telling", "any"]
    assert explanation["tree"]["all"]
    assert all(paper["scores"]["score"] > 0 for paper in answer["data"])


def test_filters_narrow_and_stand_alone(search):
    everything = search("lattice")["total"]
    assert 0 < search("lattice", cat="cond-mat")["total"] < everything
    assert search("lattice", year="..1990")["total"] == 0
    alone = search("", cat="cs", author="Aisha Bello")
    assert alone["total"] > 0
    assert alone["meta"]["notices"] == []


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("limit", [1, 7, 50, 200])
def test_walking_by_next_visits_each_paper_once(crowded, sort, limit):
    seen, offset = [], 0
    while offset is not None:
        params = {"q": "common", "sort": sort, "limit": limit, "offset": offset}
        answer = crowded.get("/api/search", params=params).json()
        assert answer["total"] == CROWD
        assert answer["offset"] == offset
        assert 0 < len(answer["data"]) <= limit
        seen += ids(answer)
        offset = answer["next"]
    assert len(seen) == len(set(seen)) == CROWD


def test_next_is_null_on_a_last_page_that_is_full(crowded):
    params = {"q": "common", "limit": 1, "offset": CROWD - 1}
    assert crowded.get("/api/search", params=params).json()["next"] is None


def test_an_offset_beyond_the_last_paper_answers_with_none(crowded):
    params = {"q": "common", "offset": 5_000}
    answer = crowded.get("/api/search", params=params).json()
    assert (answer["total"], answer["next"], answer["data"]) == (CROWD, None, [])


@pytest.mark.parametrize(("sort", "step"), [("newest", -1), ("oldest", 1)])
def test_papers_come_in_the_order_of_their_days(crowded, sort, step):
    params = {"q": "common", "sort": sort, "limit": 200}
    days = [
        p["submitted"] for p in crowded.get("/api/search", params=params).json()["data"]
    ]
    assert days == sorted(days)[::step]
    assert len(set(days)) == CROWD


def test_only_the_fields_asked_for_are_sent_in_the_order_asked_for(search):
    answer = search("lattice", fields="title, id,title")
    assert all(list(paper) == ["title", "id"] for paper in answer["data"])


@pytest.mark.parametrize("field", PAPER_FIELDS)
def test_each_field_can_be_asked_for_alone(search, field):
    answer = search("lattice", fields=field)
    assert all(list(paper) == [field] for paper in answer["data"])


@pytest.mark.parametrize(
    ("params", "param", "words"),
    [
        ({}, "q", "nothing to search for"),
        ({"q": ""}, "q", "nothing to search for"),
        ({"cat": ""}, "q", "nothing to search for"),
        ({"q": "a" * 4_001}, "q", "4000"),
        ({"q": "a", "limit": 0}, "limit", "write 1 or more"),
        ({"q": "a", "limit": 201}, "limit", "write 200 or less"),
        ({"q": "a", "limit": "many"}, "limit", "whole number"),
        ({"q": "a", "limit": "1e9999"}, "limit", ""),
        ({"q": "a", "limit": "1_0"}, "limit", "whole number"),
        ({"q": "a", "cursor": "x"}, "cursor", "cannot be read"),
        ({"q": "a", "cursor": "x", "offset": 2}, "offset", "its own offset"),
        ({"q": "a", "cat": "cs.XX"}, "cat", "'cs.XX'"),
        ({"q": "a", "cat": "cs,"}, "cat", "''"),
        ({"q": "a", "year": "soon"}, "year", "write 2019 or 2019..2023"),
        ({"q": "a", "year": "2020..2019"}, "year", "ends before it begins"),
        ({"q": "a", "after": "2019-13"}, "after", "write a date as"),
        ({"q": "a", "before": "0001"}, "before", "write a date as"),
        ({"q": "a", "author": "?!"}, "author", "no letter"),
        ({"q": "a", "author": "x" * 201}, "author", "200"),
        ({"q": "a", "has": "pdf"}, "has", "'doi'"),
        ({"q": "a", "facets": "maybe"}, "facets", "true or false"),
        ({"q": "a", "offset": -1}, "offset", "write 0 or more"),
        ({"q": "a", "offset": 10_000}, "offset", "write a number below 10000"),
        ({"q": "a", "offset": "9" * 5_000}, "offset", ""),
        ({"q": "a", "sort": "best"}, "sort", "'relevance', 'newest' or 'oldest'"),
        ({"q": "a", "mode": "neural"}, "mode", "'lexical'"),
        ({"q": "a", "fields": "id,nme"}, "fields", "'nme'"),
        ({"q": "a", "fields": ""}, "fields", "''"),
    ],
)
def test_a_bad_value_is_refused_and_named(client, params, param, words):
    response = client.get("/api/search", params=params)
    assert response.status_code == 400
    error = response.json()
    assert (error["error"], error["param"]) == ("invalid_parameter", param)
    assert words in error["message"]


def test_an_unknown_field_is_answered_with_the_known_ones(client):
    error = client.get("/api/search?q=a&fields=nme").json()
    assert all(field in error["hint"] for field in PAPER_FIELDS)


@pytest.mark.parametrize(
    ("address", "param", "known"),
    [
        ("/api/search?q=a&page=2", "page", KNOWN),
        ("/api/papers/1706.03762?x=1", "x", "none"),
        ("/api/categories?x=1", "x", "none"),
    ],
)
def test_an_unknown_parameter_is_answered_with_the_known_ones(
    client, address, param, known
):
    response = client.get(address)
    assert response.status_code == 400
    error = response.json()
    assert (error["error"], error["param"]) == ("unknown_parameter", param)
    assert error["hint"] == f"parameters are {known}"


def test_an_id_that_no_encoding_can_write_is_unknown(client):
    body, headers = b'{"ids": ["\\ud800"]}', {"Content-Type": "application/json"}
    response = client.post("/api/papers/batch", content=body, headers=headers)
    assert response.json() == {"data": [None]}


@pytest.mark.parametrize(
    "form",
    [
        "hep-th/9711200",
        "hep-th%2F9711200",
        "hep-th/9711200v3",
        "arXiv:hep-th/9711200",
        "https://arxiv.org/abs/hep-th/9711200",
        "10.48550/arXiv.hep-th/9711200",
    ],
)
def test_a_paper_is_found_by_every_form_of_its_id(client, form):
    assert client.get(f"/api/papers/{form}").json()["id"] == MALDACENA


@pytest.mark.parametrize(
    ("paper_id", "code"),
    [
        ("1706.99999", "unknown_paper"),
        ("hep-th/9901999v2", "unknown_paper"),
        ("nonsense", "not_an_id"),
        ("1799.00001", "not_an_id"),
        ("", "not_an_id"),
    ],
)
def test_a_paper_that_is_not_here_is_a_404(client, paper_id, code):
    response = client.get(f"/api/papers/{paper_id}")
    assert response.status_code == 404
    assert response.json()["error"] == code


def test_a_batch_keeps_the_order_and_marks_unknown_ids_with_null(batch):
    papers = batch("2403.12347", "1706.99999", f"arXiv:{MALDACENA}v1", "nonsense", "")
    assert [p and p["id"] for p in papers] == [
        "2403.12347",
        None,
        MALDACENA,
        None,
        None,
    ]


def test_a_batch_answers_an_id_as_often_as_it_is_asked_for(batch):
    papers = batch("1706.03762", "1706.03762v1", "1706.03762")
    assert [p["id"] for p in papers] == ["1706.03762"] * 3


def test_a_batch_returns_the_papers_that_their_own_addresses_return(client, batch):
    (paper,) = batch(MALDACENA)
    assert paper == client.get(f"/api/papers/{MALDACENA}").json()
    BatchAnswer.model_validate({"data": [paper, None]}, extra="forbid")


def test_a_batch_may_ask_for_nothing(batch):
    assert batch() == []


def test_a_batch_may_ask_for_500_papers_and_no_more(crowded):
    wanted = [f"2401.{number:05}" for number in range(1, 502)]
    answer = crowded.post("/api/papers/batch", json={"ids": wanted[:500]})
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert [p and p["id"] for p in data] == wanted[:CROWD] + [None] * (500 - CROWD)
    refused = crowded.post("/api/papers/batch", json={"ids": wanted})
    assert refused.status_code == 400
    assert refused.json()["param"] == "ids"
    assert "500" in refused.json()["message"]


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        (b"{", "invalid_json", None),
        (b"", "invalid_json", None),
        (b"[]", "invalid_json", None),
        (b"null", "invalid_json", None),
        (b"\xff\xfe", "invalid_json", None),
        (b"[" * 100_000, "invalid_json", None),
        (b"{}", "invalid_parameter", "ids"),
        (b'{"ids": "1706.03762"}', "invalid_parameter", "ids"),
        (b'{"ids": [1706.03762]}', "invalid_parameter", "ids"),
        (b'{"ids": null}', "invalid_parameter", "ids"),
        (b'{"ids": [], "fields": "id"}', "unknown_parameter", "fields"),
    ],
)
def test_a_bad_batch_is_refused_and_explained(client, body, code, param):
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/papers/batch", content=body, headers=headers)
    assert response.status_code == 400
    error = response.json()
    assert set(error) == {"error", "message", "param", "hint"}
    assert (error["error"], error["param"]) == (code, param)


def test_a_batch_with_an_unknown_field_is_told_the_known_ones(client):
    response = client.post("/api/papers/batch", json={"ids": [], "id": 1})
    assert response.json()["hint"] == "parameters are ids"


def test_a_batch_that_is_not_sent_as_json_is_told_how_to(client):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    response = client.post("/api/papers/batch", content=b'{"ids": []}', headers=form)
    assert response.status_code == 400
    assert "application/json" in response.json()["hint"]


def test_categories_are_all_of_arxivs_with_counts(client):
    answer = client.get("/api/categories").json()
    CategoriesAnswer.model_validate(answer, extra="forbid")
    listed = {category["code"]: category for category in answer["data"]}
    assert list(listed) == [code for code in CATEGORIES if code not in ALIASES]
    assert listed["cs.LG"] == {
        "code": "cs.LG",
        "name": "Machine Learning",
        "archive": "cs",
        "successor": None,
        "group": "Computer Science",
        "papers": 4,
    }
    assert listed["math.AG"]["papers"] == 0


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/api/search?q=a"),
        ("GET", "/api/papers/1706.03762"),
        ("POST", "/api/papers/batch"),
        ("GET", "/api/categories"),
    ],
)
def test_without_a_snapshot_the_api_says_what_to_do(empty, method, address):
    body = {"ids": []} if method == "POST" else None
    response = empty.request(method, address, json=body)
    assert response.status_code == 503
    error = response.json()
    assert error["error"] == "no_snapshot"
    assert "winnow rebuild" in error["message"]
