"""Withdrawn papers: what comments and abstracts say of this work, and what they do not."""

import orjson
import pytest

from index.papers.withdrawn import is_withdrawn
from index.sources.record import read_record
from tests.growth import cpu_s

LONG = "We study lattices with many sites and measure how heat moves through them. " * 6


@pytest.mark.parametrize(
    "comments",
    [
        "This paper has been withdrawn",
        "This paper has been withdrawn by the author due to a sign error in equation 1",
        "12 pages, 3 figures. This paper has been withdrawn by the authors.",
        "8 pages This article is withdrawn, as its content is in arXiv:1107.3834",
        "Withdrawn",
        "withdrawn due to a gap in the proof of Lemma 2",
        "14 pages; withdrawn because of general results in article 1007.0152",
        "17 pages (withdrawn as there is a much shorter proof)",
        "5 pages, related to arXiv:1504.02083, withdrawn due to a gap in the proof",
        "8 pages RevTeX, Temporarily withdrawn pending corrections",
        "Retracted due to an error in the construction",
        "The paper was retracted",
        "The author withdraws this paper",
        "We withdraw this paper, since a reference from 1981 solves the same problem",
        "I have withdrawn the manuscript until I can fix it",
        "The authors have withdrawn this submission [arXiv admin]",
        "arXiv admin note: This submission has been withdrawn by arXiv administrators",
        "Administratively withdrawn due to policy violations",
        "There is an error in Section 3, so I want to withdraw it",
        "It is therefore requested to be withdrawn to avoid duplication",
        "The paper, while correct, has been withdrawn, as the result is known",
        "Reason for withdrawal: an erroneous theorem",
        "v2: typos; v3: withdrawn",
        "This has been withdrawn by the author",
        "Withdrawing while fixing a flaw in the proof",
        "THIS PAPER HAS BEEN WITHDRAWN",
        "This paper has been wthdrawn by the author",
        "This paper is withdrwan due to duplication",
        "Witdrawn by author - Inappropriate format",
        "THIS PAPER HAS BEEN WITHDRAWNN",
        "12 pages. This paper has been withrawn because of a wrong density",
        "would like to widthdraw",
    ],
)
def test_a_paper_whose_comments_say_so_is_withdrawn(comments):
    assert is_withdrawn(comments, LONG)


@pytest.mark.parametrize(
    "comments",
    [
        None,
        "15 pages, 4 figures",
        "the curve is drawn within a window, with drawings",
        "Theorem 2 is withdrwan",
        "Proc. of a workshop on withdrawals; wildfires",
        "v3: Prop 3.1 is withdrawn, without affecting any other result in the paper",
        "14 pages; Theorem 2 and Lemma 1 withdrawn",
        "12 pages, the second assertion has been withdrawn due to a gap",
        "This paper supersedes withdrawn preprints math.RT/0610728 and math.RT/0612451",
        "replaces an earlier paper that was withdrawn (arXiv:1002.3451)",
        "(the preprint arXiv:1702.08815 has been withdrawn from the arXiv)",
        "a revised version of arXiv:1801.00539 (now withdrawn)",
        "This article supersedes arXiv:1310.1361, which has now been withdrawn",
        "v2: minor changes; v3: temporarily withdrawn; v4: total rewrite",
        "The first version of this paper has been withdrawn",
        "Accepted but withdrawn from the conference for want of funds",
        "Submitted to Physics of Fluids, withdrawn from that journal in April",
        "the data are published, so this paper is being unwithdrawn",
        "An earlier claim to an algebraic proof has been withdrawn",
        "keywords: buildings, retractions, flag varieties",
        "variable annuities, guaranteed minimum withdrawal benefit (29 pages)",
        "I have chosen to replace rather than withdraw the paper",
        "I am not formally withdrawing the paper",
        "We study bank withdrawal",
        "Withdrawal symptoms dataset",
        "Analysis of papers withdrawn from arXiv",
    ],
)
def test_other_comments_withdraw_nothing(comments):
    assert not is_withdrawn(comments, LONG)


@pytest.mark.parametrize(
    ("abstract", "gone"),
    [
        ("This paper has been withdrawn by the author due to an error.", True),
        ("This paper has been withdrawn.\nAbstract: " + LONG, True),
        (LONG + "This paper has been withdrawn by the authors.", True),
        ("withdrawn by author", True),
        ("The authors have withdrawn this submission.", True),
        ("A gap was found. The paper is withdrawn until further notice.", True),
        ("This submission has been withdrawn at the request of the author.", True),
        ("The hairs of a brush withdrawn from a liquid gather in clumps. " + LONG, False),
        ("We prove that every retract of a free group is closed. " + LONG, False),
        ("Guaranteed withdrawal benefits are priced by a tree. " + LONG, False),
        (LONG + "Retracted papers are cited as before.", False),
        ("Papers are cited for years after they have been retracted. " + LONG, False),
        ("", False),
    ],
)
def test_an_abstract_says_so_of_this_work(abstract, gone):
    assert is_withdrawn("10 pages", abstract) is gone


@pytest.mark.parametrize(
    ("kinds", "gone"),
    [
        (["", "I"], True),
        (["I"], True),
        (["I", "D"], False),
        (["D", None], False),
        ([], False),
    ],
)
def test_a_last_version_without_a_source_is_a_withdrawal(kinds, gone):
    versions = [
        {"version": f"v{n}", "created": "Mon, 3 Jun 2024 10:00:00 GMT", "source_type": kind}
        for n, kind in enumerate(kinds, 1)
    ]
    line = orjson.dumps(
        {"id": "2406.00001", "title": "A title", "versions": versions[::-1]}
    )

    assert read_record(line).withdrawn is gone


def test_long_comments_are_read_at_once():
    assert not is_withdrawn("this paper and the paper is a withdraw " * 250, "")


@pytest.mark.parametrize(
    "text",
    [
        "x withdrawn claim " + "the " * 2_500,
        "x withdrawn claim " + " " * 10_000,
        "withdrawn" + "\n" * 10_000,
        "withdrawn" + "!" * 10_000 + "x",
        "x withdrawn " + "a" * 10_000,
        "x withdrawn " + "has " * 2_500,
        "x withdrawn " + "paper ( " * 1_250,
        "x withdrawn " + "v1: withdraw " * 700,
    ],
)
def test_odd_texts_of_full_length_are_read_at_once(text):
    assert cpu_s(lambda said: is_withdrawn(said, said), text) < 0.3


def test_blanks_and_line_breaks_in_a_row_are_one():
    assert is_withdrawn("12 pages.\n\n  This   paper  has been \t withdrawn", "")


def test_the_beginning_of_a_comment_is_enough():
    assert is_withdrawn("Withdrawn. " + "More words on it. " * 500, "")


@pytest.mark.parametrize(
    "comments",
    [
        "This paper has been with-drawn by the author",
        "WITH- DRAWN",
        "arXiv admin note: removed by arXiv administrators",
        "This submission has been removed by arXiv administrators over a licence",
        "4 pages. This version has been removed, as it violates arXiv's copyright",
        "The author has pulled this paper",
        "12 pages; this preprint was taken down by its authors",
        "Recalled by the authors",
        "We have decided to remove this manuscript",
        "This article is hereby rescinded",
        "Removed because of an error in Lemma 3",
        "Please disregard this submission",
        "This paper is no longer available",
        "Retraction: the main claim is false",
        "Removed at the request of the first author",
    ],
)
def test_a_removal_in_other_words_is_a_withdrawal(comments):
    assert is_withdrawn(comments, LONG)


@pytest.mark.parametrize(
    "comments",
    [
        "31 pages; two typos have been removed",
        "The appendix by another author has been removed, as it is now a paper",
        "A part of the paper has been removed",
        "The last paragraph of this paper is deleted",
        "Overlap with companion paper removed",
        "Some concepts from these papers are recalled",
        "Some mistakes that got into the publication have been removed",
        "The previous version has been removed",
        "Figures removed due to their size",
        "Retractions of free groups, 12 pages",
        "Previously, this version was removed by arXiv administrators; it is complete now",
        "unpublished work, 12 pages",
        "Please ignore the earlier version of the figure",
        "Service is no longer available",
    ],
)
def test_a_removal_of_something_else_is_none(comments):
    assert not is_withdrawn(comments, LONG)


LENGTHY = "We study the growth of crystals (ver. 2 of our code, 3.5 times as fast). " * 6


@pytest.mark.parametrize(
    ("abstract", "gone"),
    [
        (f"This paper has been withdrawn. {LENGTHY}", True),
        (f"(Withdrawn). {LENGTHY}", True),
        (f"... This paper is withdrawn by the author! {LENGTHY}", True),
        (f"{LENGTHY}This paper has been withdrawn.", True),
        (f"{LENGTHY}\nThis paper has been withdrawn by its author. )", True),
        (f"{LENGTHY}(This paper is withdrawn.)", True),
        (f"{LENGTHY}This paper has been withdrawn", True),
        (f"{LENGTHY}This paper is withdrawn, see ver. 2 of it.", True),
        (f"{LENGTHY}This paper has been removed by arXiv. .", True),
        (f"{LENGTHY}This paper has been withdrawn. {LENGTHY}", False),
        (LENGTHY.replace(". ", " "), False),
    ],
)
def test_of_a_long_abstract_the_first_and_the_last_sentence_count(abstract, gone):
    assert is_withdrawn(None, abstract) is gone


def test_a_removal_is_told_by_the_abstract_too():
    assert is_withdrawn(None, "This paper has been removed by arXiv administrators.")
    assert not is_withdrawn(None, f"This noise is removed by filters. {LONG}")


@pytest.mark.parametrize(
    "part", ["this paper ", "removed ", "the author ", "ignore this ", "with-"]
)
def test_removals_are_looked_for_at_once(part):
    assert cpu_s(lambda text: is_withdrawn(text, text), part * 5_000) < 1
