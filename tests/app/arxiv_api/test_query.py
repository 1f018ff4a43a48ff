"""Queries of arXiv's API: what is found, in which order, and to which end."""

import pytest

from tests.app.arxiv_api.feeds import entries, ids, total
from tests.app.arxiv_api.papers import MANY

LATTICES = [f"2403.{number:05}v2" for number in range(1, MANY + 1)]
ALL = 10 * MANY


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ti:attention", {"1706.03762v7"}),
        ('ti:"all you need"', {"1706.03762v7"}),
        ("au:vaswani", {"1706.03762v7"}),
        ('au:"Vaswani, Ashish"', {"1706.03762v7"}),
        ("au:maldacena_j", {"hep-th/9711200v1"}),
        ("au:Maldacena_J_M", {"hep-th/9711200v1"}),
        ("au:juan_maldacena", {"hep-th/9711200v1"}),
        ("au:maldacena_p", set()),
        ("cat:hep-th", {"hep-th/9711200v1"}),
        ("cat:econ.EM OR econ.TH", {"2402.00003v1"}),
        ("cat:cs.CL ANDNOT ti:lattice", {"1706.03762v7"}),
        ("co:harvmac", {"hep-th/9711200v1"}),
        ("all:harvmac", {"hep-th/9711200v1"}),
        ('all:"Phys. Rev."', {"hep-th/9711200v1"}),
        ('jr:"Phys. Rev. D"', {"hep-th/9711200v1"}),
        ("rn:HUTP-97/A097", {"hep-th/9711200v1"}),
        ("all:HUTP-97/A097", {"hep-th/9711200v1"}),
        ("doi:10.1023/A:1026654312961", {"hep-th/9711200v1"}),
        ("all:10.1023/A:1026654312961", {"hep-th/9711200v1"}),
        ("id:1706.03762", {"1706.03762v7"}),
        ("1706.03762", {"1706.03762v7"}),
        ("all:1706.03762", {"1706.03762v7"}),
        ("(ti:(attention) OR abs:(attention))", {"1706.03762v7"}),
        ("ti:attention+AND+au:vaswani", {"1706.03762v7"}),
        ("au:vaswani+ANDNOT+ti:lattice", {"1706.03762v7"}),
        ("cat:cs.CL+AND+submittedDate:[2017+TO+2018]", {"1706.03762v7"}),
        ("ti:%22all+you+need%22", {"1706.03762v7"}),
        ("submittedDate:[201706121757 TO 201706121757]", {"1706.03762v7"}),
        ("submittedDate:[20170612175734 TO 20170612175800]", {"1706.03762v7"}),
        ("submittedDate:[201706121700 TO 201706121756]", set()),
        ("submittedDate:[201706121758 TO 201706122400]", set()),
        ("lastUpdatedDate:[201706121700 TO 201706121800]", {"1706.03762v7"}),
        ("year:2017", {"1706.03762v7"}),
        ("electron proton", {"2402.00001v1", "2402.00002v1"}),
        ("all:electron proton", {"2402.00001v1", "2402.00002v1"}),
        ("all:electron AND all:proton", {"2402.00001v1"}),
        ("electron AND proton AND neutron", set()),
        ("ti:electron proton", {"2402.00001v1"}),
        ("ti:deconvolution", set()),
        ("all:atention AND cat:cs.CL", set()),
        ("atention", set()),
        ('"electrons of convolution"', set()),
        ("ti:lattice AND cat:hep-th", set()),
        (":", set()),
    ],
)
def test_a_query_finds_just_what_it_asks_for(ask, query, found):
    text = ask(search_query=query, max_results=100)

    assert set(ids(text)) == found
    assert total(text) == len(found)


def test_of_bare_words_those_papers_come_first_that_have_more_of_them(ask):
    text = ask(search_query="electron proton")

    assert ids(text) == ["2402.00001v1", "2402.00002v1"]


def test_a_paper_of_just_that_title_comes_first(ask):
    text = ask(search_query="all:attention is all you need lattice graphs")
    assert total(text) > MANY
    text = ask(search_query="all:attention is all you need")
    assert ids(text)[0] == "1706.03762v7"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"sortBy": "submittedDate"}, LATTICES[::-1]),
        ({"sortBy": "submittedDate", "sortOrder": "ascending"}, LATTICES),
        ({"sortBy": "lastUpdatedDate"}, LATTICES),
        ({"sortBy": "lastUpdatedDate", "sortOrder": "ascending"}, LATTICES[::-1]),
        ({"sortBy": "", "sortOrder": ""}, None),
        ({"sortBy": "relevance"}, None),
    ],
)
def test_pages_of_any_size_lead_to_the_end_in_every_order(ask, order, expected):
    if expected is None:
        expected = ids(ask(search_query="lattice", max_results=ALL, **order))
    assert sorted(expected) == LATTICES
    for size in (1, 7, MANY):
        found = []
        for start in range(0, MANY, size):
            text = ask(search_query="lattice", start=start, max_results=size, **order)
            assert total(text) == MANY
            found += ids(text)
        assert found == expected


def test_the_worst_come_first_in_the_ascending_order_of_relevance(ask):
    order = {"sortBy": "relevance", "sortOrder": "ascending"}
    best = ids(ask(search_query="lattice graphs 7", max_results=ALL))
    found = []
    for start in range(0, MANY, 7):
        text = ask(search_query="lattice graphs 7", start=start, max_results=7, **order)
        found += ids(text)

    assert found == best[::-1]


@pytest.mark.parametrize("start", [MANY, 10**6, 10**18])
def test_behind_the_end_there_is_nothing(ask, start):
    for sort in ("relevance", "submittedDate"):
        text = ask(search_query="lattice", start=start, sortBy=sort)

        assert ids(text) == []
        assert total(text) == MANY


def test_no_papers_may_be_asked_for(ask):
    text = ask(search_query="lattice", max_results=0)

    assert (ids(text), total(text)) == ([], MANY)


def test_ten_papers_are_usual_and_two_thousand_the_most(ask):
    assert len(entries(ask(search_query="lattice"))) == 10
    assert "<opensearch:itemsPerPage>2000<" in ask(
        search_query="lattice", max_results=30_000
    )


def test_an_id_list_is_answered_in_its_order_and_whole(ask):
    asked = ["2403.00002", "hep-th/9711200", *(f"2403.{n:05}" for n in range(5, 20))]

    text = ask(id_list=",".join(asked))

    assert [one.rpartition("v")[0] for one in ids(text)] == asked
    assert total(text) == len(asked)
    part = ask(id_list=",".join(asked), start=1, max_results=2)
    assert ids(part) == ["hep-th/9711200v1", "2403.00005v2"]
    assert total(part) == len(asked)


def test_versions_are_told_apart(ask):
    text = ask(id_list="1706.03762v1,1706.03762,1706.03762v5,1706.03762v3,1706.03762v8")

    assert ids(text) == ["1706.03762v1", "1706.03762v7", "1706.03762v5"]
    for day in ("2017-06-12T17:57:34Z", "2023-08-02T00:41:18Z", "2017-12-06T03:30:32Z"):
        assert f"<updated>{day}</updated>" in text
    assert text.count("<published>2017-06-12T17:57:34Z</published>") == 3


def test_unknown_ids_are_left_out(ask):
    text = ask(id_list="2401.99999,1706.03762,, 2402.00001 ,")

    assert ids(text) == ["1706.03762v7", "2402.00001v1"]
    assert total(text) == 2
    assert total(ask(id_list="2401.99999")) == 0


def test_ids_that_match_a_query_are_what_both_ask_for(ask):
    asked = {"id_list": "2402.00001,1706.03762v1,2403.00001", "search_query": "cat:cs*"}

    assert ids(ask(**asked)) == ["2402.00001v1", "1706.03762v1"]
    text = ask(**asked, sortBy="submittedDate", sortOrder="ascending")
    assert ids(text) == ["1706.03762v1", "2402.00001v1"]


def test_orders_hold_for_id_lists(ask):
    asked = "2403.00001,2403.00003,2403.00002"

    text = ask(id_list=asked, sortBy="lastUpdatedDate", sortOrder="descending")

    assert ids(text) == ["2403.00001v2", "2403.00002v2", "2403.00003v2"]
