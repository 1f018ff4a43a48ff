"""Ids are found in a text, whatever stands around them."""

import pytest

from index.papers.mentions import find_mentions

ATTENTION = "1706.03762"
PAIR = ["1706.03762", "1810.04805"]


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1706.03762v7 [cs.CL] 2 Aug 2023",
        "arXiv:1706.03762v7  [cs.CL]  2 Aug 2023",
        "arXiv preprint arXiv:1706.03762",
        "arXiv preprint arXiv:1706.03762v5.",
        "[1706.03762]",
        "[arXiv:1706.03762]",
        "(1706.03762)",
        "(arXiv: 1706.03762)",
        "1706.03762.",
        "1706.03762...",
        "1706.03762v7,",
        '"1706.03762"',
        "“arXiv:1706.03762”",
        "«1706.03762»",
        "<https://arxiv.org/abs/1706.03762>",
        "https://arxiv.org/pdf/1706.03762v7.pdf#page=3",
        "arXiv.1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762.",
        "1706.03762.pdf",
        "1706.03762v7.pdf",
        "https://www.semanticscholar.org/arxiv/1706.03762",
        "https://api.semanticscholar.org/graph/v1/paper/arXiv:1706.03762",
        "https://scirate.com/arxiv/1706.03762",
        "scirate.com/arxiv/1706.03762",
        "https://huggingface.co/papers/1706.03762",
        "https://www.alphaxiv.org/abs/1706.03762v2",
        "https://papers.cool/arxiv/1706.03762",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
        "abs/1706.03762",
        "arXiv:1706.03762v7[cs.CL]2Aug2023",
        "arXiv:1706.03762v7 [cs.CL] 2Aug 2023",
        "arxiv_1706.03762",
        "arXiv_1706.03762v7.pdf",
        "1706.03762/",
        "https://www.alphaxiv.org/abs/1706.03762/overview",
        "https://arxiv.org/html/1706.03762v7/x1.png",
        "2017arXiv170603762V",
        "https://ui.adsabs.harvard.edu/abs/2017arXiv170603762V/abstract",
        "DBLP:journals/corr/abs-1706-03762",
        "https://dblp.org/rec/journals/corr/abs-1706-03762.html",
        "\\cite{1706.03762}",
        "paper: 1706.03762",
        "arXiv identifier: 1706.03762",
        "see 1706.03762, arXiv:1706.03762 and https://arxiv.org/abs/1706.03762",
    ],
)
def test_an_id_is_found_alone_in_what_surrounds_it(text):
    found = find_mentions(text)

    assert [known.id for known in found.ids] == [ATTENTION]
    assert not found.rest


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("1706.03762, 1810.04805 and 1810.04805v2", PAIR),
        ("1706.03762 & 1810.04805", PAIR),
        ("[1706.03762], (1810.04805)", PAIR),
        ("arXiv:hep-th/9711200v3 22 Jan 1998", ["hep-th/9711200"]),
        ("arXiv:hep-th/9711200v3[hep-th]22Jan1998", ["hep-th/9711200"]),
        ("1706.03762/1810.04805", PAIR),
        ("1706.03762|1810.04805", PAIR),
        ("1706.03762v2+arXiv:1810.04805&hep-th/9711200", [*PAIR, "hep-th/9711200"]),
        ("hep-th/9711200/1706.03762", ["hep-th/9711200", "1706.03762"]),
        ("1706.03762/hep-th/9711200", ["1706.03762", "hep-th/9711200"]),
        ("1706.03762-1810.04805", PAIR),
        ("(1706.03762)+(1810.04805)", PAIR),
        ("https://arxiv.org/abs/1706.03762|https://arxiv.org/abs/1810.04805", PAIR),
        ("[hep-th/9711200]", ["hep-th/9711200"]),
        ("(math.GT/0309136)", ["math/0309136"]),
    ],
)
def test_all_ids_of_a_text_are_found_in_order(text, ids):
    found = find_mentions(text)

    assert [known.id for known in found.ids] == ids
    assert not found.rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("transformers 1706.03762 attention", "transformers attention"),
        ("attention is all you need (arXiv:1706.03762)", "attention is all you need ( )"),
    ],
)
def test_the_other_words_are_told(text, rest):
    assert find_mentions(text).rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "pi 3.14159",
        "1234.5678",
        "room 1706.0376212",
        "10.1103/PhysRevD.79.015021",
        "version 1706.03762.4",
        "1706-03762",
        "the years 1990/2020",
        "graphene",
        "",
    ],
)
def test_other_numbers_are_no_ids(text):
    assert find_mentions(text).ids == ()
