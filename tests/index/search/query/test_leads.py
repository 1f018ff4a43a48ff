"""Leads: labels and signs beside ids hide no paper."""

import pytest

from index.search.query.parse import parse

ATTENTION = "1706.03762"


@pytest.mark.parametrize(
    "text",
    [
        "arxiv id: 1706.03762",
        "doi: 1706.03762",
        "abs: 1706.03762",
        "ID: arXiv:1706.03762v2",
        "id: https://arxiv.org/abs/1706.03762",
        "title: (1706.03762)",
        "arXiv:1706.03762v7[cs.CL]2Aug2023",
    ],
)
def test_a_label_before_an_id_leads_to_the_paper(text):
    query = parse(text)

    assert [known.id for known in query.ids] == [ATTENTION]
    assert not query.notices
    assert query.tree is None


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("arXiv: 1706 .03762", ATTENTION),
        ("1706. 03762", ATTENTION),
        ("1706 .03762v5", ATTENTION),
        ("1706 . 03762 v5", ATTENTION),
        ("see arXiv:1706. 03762 v5 [cs.CL]", ATTENTION),
        ("1406. 2661", "1406.2661"),
        ("hep - th/9711200", "hep-th/9711200"),
        ("hep- th / 9711200", "hep-th/9711200"),
        ("arXiv: hep -th/9711200 v3", "hep-th/9711200"),
        ("math / 0211159", "math/0211159"),
    ],
)
def test_blanks_that_a_scan_leaves_in_an_id_do_not_count(text, paper):
    assert [known.id for known in parse(text).ids] == [paper]


@pytest.mark.parametrize(
    "text",
    ["2012. 2013", "in 2012. 10000 people", "1706 03762", "x / 9711200", "hep - th"],
)
def test_other_numbers_with_blanks_are_no_ids(text):
    assert not parse(text).ids


@pytest.mark.parametrize(
    "text",
    [
        "Attention_Is_All_You_Need.pdf",
        "attention-is-all-you-need-v2.pdf",
        "attention is all you need (1).pdf",
        "Downloads/Attention%20Is%20All+You_Need.PDF",
        "https://papers.example.org/2017/attention-is-all-you-need.pdf",
    ],
)
def test_the_name_of_a_file_is_read_as_its_title(text):
    query = parse(text)

    assert query.title == "attention is all you need"
    assert [word.text.lower() for word in query.words] == [
        "attention",
        "all",
        "you",
        "need",
    ]
    assert not query.notices


@pytest.mark.parametrize("text", ["yolo-v2.pdf", "report.pdf", "what is a pdf"])
def test_short_names_of_files_keep_what_they_say(text):
    assert parse(text).title == text.removesuffix(".pdf").replace("-", " ")


def test_a_file_that_is_named_by_its_id_is_that_paper():
    assert [known.id for known in parse("some_title_1706.03762.pdf").ids] == [ATTENTION]


@pytest.mark.parametrize(
    "text",
    [
        *("1706.03762/1810.04805", "1706.03762|1810.04805", "1706.03762+1810.04805"),
        *("1706.03762 | 1810.04805", "1706.03762 OR 1810.04805", "1706.03762 + 1810.04805"),
        "doi: 1706.03762 | doi: 1810.04805",
    ],
)
def test_ids_joined_by_a_sign_are_all_found(text):
    query = parse(text)

    assert [known.id for known in query.ids] == [ATTENTION, "1810.04805"]
    assert not query.notices


def test_other_words_beside_a_labelled_id_are_searched():
    query = parse("abs: 1706.03762 attention")

    assert [known.id for known in query.ids] == [ATTENTION]
    assert [notice.code for notice in query.notices] == ["ids_first"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "abs:1706.03762",
            "id:1706.03762",
            "au:smith 1706.03762",
            "abs: attention 1706.03762",
        ),
        *("-abs: 1706.03762", "abs: 1234.5678", "attention OR graphene", "year: 2019"),
        "doi: 10.1103/PhysRevD.79.015021",
    ],
)
def test_fields_with_other_values_stay_fields(text):
    assert parse(text).ids == ()
