"""The tools as a model uses them, without the SDK: what they answer and how they refuse."""

import orjson
import pytest

from app.mcp.params import read_day_after, read_first_day
from app.mcp.reading import MOST_TEXT, read_resource
from app.mcp.shape import MOST_SNIPPET, NOTE, Desk, cut
from app.mcp.tools import INSTRUCTIONS, TOOLS, BadArguments
from app.state.connection import Database
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary
from app.web.errors import BadParameter
from index import BadId, BadQuery, UnknownCategory, UnknownPaper

HOME = "https://papers.example.org"
EVERY_CALL = {
    "search": {"query": "lattice"},
    "fetch": {"id": "1706.03762"},
    "search_papers": {"query": "lattice", "max_results": 2},
    "get_papers": {"ids": ["1706.03762", "hep-th/9711200"]},
    "related_papers": {"like": ["1706.03762"]},
    "list_papers": {"categories": ["cs.LG"]},
    "export_citations": {"ids": ["1706.03762"]},
}


@pytest.fixture(scope="module")
def desk(library, data):
    return Desk(library=library, database=Database.beside(data, None), home=HOME)


@pytest.fixture(scope="module")
def call(desk):
    def answer(name, **given):
        tool = TOOLS[name]
        return tool.answer(desk, tool.read(given))

    return answer


def test_there_are_the_seven_tools_and_each_says_what_it_is_for():
    assert list(TOOLS) == list(EVERY_CALL)
    for tool in TOOLS.values():
        assert len(tool.description) > 60
        schema = tool.arguments.model_json_schema()
        assert schema["additionalProperties"] is False
        assert all(field.get("description") for field in schema["properties"].values())
    assert "next_start" in INSTRUCTIONS


@pytest.mark.parametrize("name", EVERY_CALL)
def test_every_tool_answers_with_a_small_json_object(call, name):
    text = orjson.dumps(call(name, **EVERY_CALL[name]))
    assert isinstance(orjson.loads(text), dict)
    assert len(text) < 12_000
    assert b"null" not in text.replace(b'"next_start":null', b"")


def test_search_and_fetch_have_the_shapes_that_openai_asks_for(call):
    found = call("search", query="attention is all you need")
    assert list(found) == ["results"]
    first = found["results"][0]
    assert first == {
        "id": "1706.03762",
        "title": "Attention Is All You Need",
        "url": f"{HOME}/paper/1706.03762",
    }
    read = call("fetch", id=first["id"])
    assert list(read) == ["id", "title", "text", "url", "metadata"]
    assert read["url"] == first["url"]
    assert read["text"].startswith("# Attention Is All You Need\n")
    assert read["metadata"]["published"] == "2017-06-12"
    assert read["metadata"]["note"] == NOTE


@pytest.mark.parametrize(
    "written",
    [
        "hep-th/9711200",
        "arXiv:hep-th/9711200v2",
        "paper://hep-th%2F9711200",
        "https://arxiv.org/abs/hep-th/9711200",
        f"{HOME}/paper/hep-th/9711200",
    ],
)
def test_an_id_may_have_any_form_that_a_model_has_seen(call, desk, written):
    assert call("fetch", id=written)["id"] == "hep-th/9711200"
    assert read_resource(desk, written).startswith("# The Large N Limit")


def test_pages_of_a_result_lead_on_to_its_exact_end(call):
    seen, start = [], 0
    while start is not None:
        page = call("search_papers", query="lattice", start=start, max_results=4)
        assert page["returned"] == len(page["papers"])
        assert page["has_more"] == (page["next_start"] is not None)
        seen += [paper["id"] for paper in page["papers"]]
        start = page["next_start"]
    assert len(seen) == len(set(seen)) == page["total"] > 4


def test_filters_narrow_and_days_are_included(call):
    def ids(**given):
        return {p["id"] for p in call("search_papers", max_results=50, **given)["papers"]}

    by_category = ids(categories="cs.CL, stat.ML")
    assert by_category == ids(categories=["cs.CL", "stat.ML"])
    assert "1706.03762" in by_category
    assert "1706.03762" in ids(date_from="2017-06-12", date_to="2017-06-12")
    assert "1706.03762" in ids(date_from="2017", date_to="2017-06")
    assert "1706.03762" not in ids(date_to="2017-05")
    assert ids(author="Vaswani") == {"1706.03762"}


def test_dates_end_where_the_calendar_does():
    assert read_day_after("2024-02", "date_to") == "2024-03-01"
    assert read_day_after("2024", "date_to") == "2025-01-01"
    assert read_day_after("9999-12-31", "date_to") is None
    assert read_first_day("2024", "date_from") == "2024-01-01"
    assert read_first_day("", "date_from") is None


def test_snippets_are_short_and_whole_abstracts_are_asked_for(call):
    found = call("search_papers", query="attention", max_results=50)["papers"]
    assert all(len(p["snippet"]) <= MOST_SNIPPET + 2 for p in found)
    assert not any("abstract" in p for p in found)
    whole = call("search_papers", query="attention", abstract="full", max_results=50)
    assert all(p["abstract"] for p in whole["papers"])
    none = call("search_papers", query="attention", abstract="none")["papers"]
    assert not any("abstract" in p or "snippet" in p for p in none)
    assert cut("word " * 100).endswith("word…")
    assert len(cut("x" * 1_000)) == MOST_SNIPPET


def test_what_was_changed_is_said_in_words(call):
    told = call("search_papers", query="atention transformer zzzzqq")["notices"]
    assert told
    assert all(" " in sentence for sentence in told)
    assert call("search_papers", query="ti:attention").get("notices") is None


def test_the_note_on_text_by_others_is_said_once(call):
    for name in ("search_papers", "get_papers", "related_papers", "list_papers"):
        answer = orjson.dumps(call(name, **EVERY_CALL[name])).decode()
        assert answer.count(NOTE) == 1


def test_a_day_leads_to_the_days_around_it(call):
    latest = call("list_papers", categories=["cs.LG"])
    assert latest["date"] == "2024-03-19"
    assert "later_day" not in latest
    earlier = call("list_papers", categories=["cs.LG"], date=latest["earlier_day"])
    assert earlier["date"] == latest["earlier_day"]
    assert earlier["later_day"] == latest["date"]
    assert earlier["total"] == len(earlier["papers"]) > 0
    assert call("list_papers", categories=["nlin"])["total"] == 0


def test_related_papers_say_what_they_share(call):
    found = call("related_papers", like="1706.03762", max_results=3)
    assert found["returned"] == len(found["papers"]) == 3
    assert any(p.get("shared_keywords") for p in found["papers"])
    assert "1706.03762" not in [p["id"] for p in found["papers"]]


def test_ids_that_are_not_here_are_named(call):
    got = call("get_papers", ids=["1706.03762", "2401.99999", "no id"])
    assert [p["id"] for p in got["papers"]] == ["1706.03762"]
    assert got["missing"] == ["2401.99999", "no id"]
    cited = call("export_citations", ids="1706.03762,2401.99999", format="ris")
    assert cited["citations"].startswith("TY  - ")
    assert cited["missing"] == ["2401.99999"]


@pytest.mark.parametrize("wanted", ["bibtex", "biblatex", "ris", "csl", "markdown"])
def test_citations_come_in_every_format(call, wanted):
    cited = call("export_citations", ids=["1706.03762"], format=wanted)
    assert cited["format"] == wanted
    assert "Attention" in cited["citations"]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("search_papers", {"q": "x"}, "has no argument 'q'. Its arguments are query, "),
        ("fetch", {}, "needs the argument 'id'"),
        ("search_papers", {"max_results": 51}, "max_results: write 50 or less"),
        ("search_papers", {"start": -1}, "start: write 0 or more"),
        ("search_papers", {"mode": "vector"}, "'auto', 'words', 'meaning' or 'both'"),
        ("list_papers", {"categories": []}, "categories: give at least 1"),
        ("export_citations", {"ids": ["1"], "format": "x"}, "'bibtex', 'biblatex'"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused_with_what_can(call, name, given, said):
    with pytest.raises(BadArguments) as refused:
        call(name, **given)
    assert said in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "given", "kind", "said"),
    [
        ("search", {"query": " "}, BadParameter, "the query is empty"),
        ("search_papers", {}, BadParameter, "nothing to search for"),
        ("search_papers", {"date_from": "soon"}, BadParameter, "'soon' is no date"),
        ("search_papers", {"categories": ["cs.XX"]}, BadQuery, "not a category"),
        ("list_papers", {"categories": ["cs.XX"]}, UnknownCategory, "cs.XX"),
        ("list_papers", {"categories": ["cs"], "date": "x"}, BadParameter, "no day, week"),
        ("fetch", {"id": "nonsense"}, BadId, "is not an arXiv id"),
        ("fetch", {"id": "2401.99999"}, UnknownPaper, "2401.99999"),
        ("get_papers", {"ids": ["2401.99999"]}, UnknownPaper, "none of these papers"),
        ("get_papers", {"ids": ["1"] * 21}, BadParameter, "21 ids are given"),
        ("related_papers", {"like": ["2401.99999"]}, UnknownPaper, "2401.99999"),
        ("related_papers", {"like": ["x"]}, BadParameter, "not an arXiv id"),
    ],
)
def test_what_cannot_be_answered_is_told(call, name, given, kind, said):
    with pytest.raises(kind) as refused:
        call(name, **given)
    assert said in str(refused.value)


def test_a_long_summary_is_cut_and_that_is_said(library, tmp_path):
    database = Database.beside(tmp_path, None)
    SummaryStore(database).put(
        [
            Summary(
                paper="1706.03762",
                language="en",
                author="test",
                markdown="word " * MOST_TEXT,
                version=None,
                created="2026-01-01T00:00:00Z",
            )
        ]
    )
    tool = TOOLS["fetch"]
    desk = Desk(library=library, database=database, home=None)
    read = tool.answer(desk, tool.read({"id": "1706.03762"}))
    assert len(read["text"]) == MOST_TEXT
    assert "characters at the end" in read["metadata"]["left_out"]
    assert read["url"] == "https://arxiv.org/abs/1706.03762"
    database.close()
