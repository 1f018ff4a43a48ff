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
