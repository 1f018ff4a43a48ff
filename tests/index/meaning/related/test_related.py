"""Related papers: what is near comes first, with its reasons, and each work once."""

import cmath
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Method, NoVectors, RelatedSort, Shelf, UnknownPaper, find_directions
from index.meaning.related.evidence import (
    COMPARED,
    FIRST_AUTHORS,
    Asked,
    Work,
    count_compared,
    estimate_chance,
)
from index.papers.paper import Author, Origin, Paper
from tests.topics import topic_of, topic_records


def ids(page):
    return [one.paper.id for one in page.papers]


@pytest.mark.parametrize("method", Method)
def test_related_papers_are_of_the_same_topic(topical, method):
    for paper_id in ("2401.00003", "2403.00007"):
        found = topical.relater.related([paper_id], method=method, limit=8)
        assert len(found.papers) == 8
        assert found.method is method
        assert {topic_of(one.paper) for one in found.papers} == {int(paper_id[2:4])}
        assert paper_id not in ids(found)


def test_the_most_alike_come_first_with_scores_up_to_one(topical):
    papers = topical.relater.related(["2402.00004"], limit=50).papers

    scores = [one.score for one in papers]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(-1.01 <= one.similarity <= 1.01 for one in papers)


def test_sorted_by_date_the_same_papers_come_newest_first(topical):
    by_likeness = topical.relater.related(["2402.00004"], limit=9)
    by_date = topical.relater.related(["2402.00004"], sort=RelatedSort.DATE, limit=9)

    days = [one.paper.submitted for one in by_date.papers]
    assert sorted(ids(by_likeness)) == sorted(ids(by_date))
    assert days == sorted(days, reverse=True)


def test_each_paper_has_its_reasons(topical):
    source = topical.catalog.by_id("2401.00001")
    found = topical.relater.related([source.id], limit=30).papers

    for one in found:
        assert set(one.reasons.categories) <= set(source.categories)
        shared = {a.name for a in source.authors} & {a.name for a in one.paper.authors}
        assert set(one.reasons.authors) == shared
        assert set(one.reasons.keywords) <= set(source.keywords)
    assert any(one.reasons.keywords for one in found)
    assert any(len(one.reasons.authors) == 2 for one in found)


def test_from_several_papers_both_topics_come(topical):
    both = ["2401.00001", "2404.00002"]
    found = topical.relater.related(both, limit=20)

    assert [paper.id for paper in found.like] == both
    assert {topic_of(one.paper) for one in found.papers} >= {1, 4}
    assert not set(both) & set(ids(found))


def test_what_is_not_liked_is_further_away(topical):
    both = ["2401.00001", "2404.00002"]
    rank = ids(topical.relater.related(both, limit=100))
    against = topical.relater.related(both, ["2404.00005"], limit=100)

    def share(found):
        return sum(paper_id.startswith("2404") for paper_id in found[:20])

    assert share(ids(against)) <= share(rank)
    assert "2404.00005" not in ids(against)
    assert [paper.id for paper in against.unlike] == ["2404.00005"]


def test_a_paper_named_twice_counts_once(topical):
    once = topical.relater.related(["2401.00001"], limit=5)
    assert ids(topical.relater.related(["2401.00001"] * 2, limit=5)) == ids(once)


def test_an_unknown_paper_is_named(topical):
    with pytest.raises(UnknownPaper, match=r"2401\.99999"):
        topical.relater.related(["2401.00001", "2401.99999"])


def test_one_work_under_two_ids_is_listed_once(build, record):
    same = {"title": "Spin glasses and their many ground states", "abstract": "Spin glass."}
    other = {"title": "Spin glasses in a field", "abstract": "Spin glass ground states."}
    data = build(
        [
            record("2401.00001", **other),
            record("2401.00002", **same),
            record("2401.00003", **same),
            record("2401.00004", **same, authors="Somebody Else"),
        ]
    )
    relater = Shelf(data).library().relater

    found = ids(relater.related(["2401.00001"], limit=9))
    assert len({"2401.00002", "2401.00003"} & set(found)) == 1
    assert "2401.00004" in found
    assert ids(relater.related(["2401.00002"], limit=9)).count("2401.00003") == 0


def test_without_vectors_words_have_to_do_and_that_is_said(build, record):
    relater = Shelf(build(topic_records(record))).library().relater

    found = relater.related(["2403.00001"], limit=5)
    assert found.method is Method.KEYWORDS
    assert [notice.code for notice in found.notices] == ["no_vectors"]
    assert {topic_of(one.paper) for one in found.papers} == {3}
    assert all(one.similarity is None for one in found.papers)
    with pytest.raises(NoVectors, match="method=keywords"):
        relater.related(["2403.00001"], method=Method.VECTORS)


def test_a_lonely_paper_has_no_relatives(build, record):
    relater = Shelf(build([record()])).library().relater

    assert relater.related(["2401.00001"]).papers == ()


def test_papers_of_one_topic_lie_in_one_direction(topical):
    keys = list(range(1, 121))
    directions = find_directions(topical.relater.vectors, keys)
    topics = {}
    for paper, angle in zip(topical.catalog.by_keys(keys), directions, strict=True):
        topics.setdefault(topic_of(paper), []).append(cmath.exp(1j * angle))

    assert all(abs(sum(points)) / len(points) > 0.7 for points in topics.values())
    assert find_directions(topical.relater.vectors, keys) == directions


@pytest.mark.parametrize("keys", [[], [3], [3, 4], [3, 3, 3]])
def test_a_map_of_few_papers_has_directions_too(topical, keys):
    assert len(find_directions(topical.relater.vectors, keys)) == len(keys)


NAMES = st.builds(
    Author,
    last=st.sampled_from("Gauss Euler Weyl".split()),
    first=st.sampled_from(("Ada", "A.", "Al", "", "Bo")),
)
CODES = st.lists(st.sampled_from(("math.NT", "hep-th", "cs.LG")), min_size=1, unique=True)
ORIGINS = st.builds(
    Origin, authors=st.lists(NAMES, max_size=3).map(tuple), categories=CODES.map(tuple)
)


def write(origin, number=1):
    return Paper(
        id=f"2401.{number:05}",
        title="Waves",
        abstract="Waves.",
        authors=origin.authors,
        categories=origin.categories,
        submitted=date(2024, 1, 1),
        updated=date(2024, 1, 1),
    )


@given(ORIGINS, st.lists(ORIGINS, min_size=1, max_size=5))
def test_of_several_papers_the_one_counts_that_says_the_most(origin, liked):
    papers = [write(one) for one in liked]
    alone = [estimate_chance(0.5, 0.5, origin, Asked.of([paper])) for paper in papers]
    assert estimate_chance(0.5, 0.5, origin, Asked.of(papers)) == max(alone)


def test_shared_authors_and_categories_count_of_the_paper_where_both_add_the_most():
    ada, emmy = Author(last="Weyl", first="Ada"), Author(last="Noether", first="Emmy")
    asked = Asked.of(
        [
            write(Origin(authors=(emmy,), categories=("hep-th",))),
            write(Origin(authors=(ada,), categories=("math.NT", "cs.LG"))),
        ]
    )
    origin = Origin(authors=(ada,), categories=("hep-th",))
    odds = -10.9 + 10 * 0.5 + 9 * 0.5 + 2  # an author, and no category of that paper
    chance = estimate_chance(0.5, 0.5, origin, asked)
    assert chance == pytest.approx(1 / (1 + math.exp(-odds)))


def test_what_a_member_wrote_alone_is_no_other_work_than_the_house_s():
    house = tuple(Author(last=f"Weyl{n}", first="Ada") for n in range(COMPARED))
    codes = ("hep-ex",)
    whole = write(Origin(authors=house, categories=codes))
    alone = write(Origin(authors=house[-1:], categories=codes), 2)
    stranger = write(Origin(authors=(Author(last="Else"),), categories=codes), 3)
    for work, other in ((whole, alone), (alone, whole)):
        asked = Work.of(work, count_compared(1))
        assert asked.is_same(other)
        assert not asked.is_same(stranger)
    assert not Work.of(whole).is_same(alone)  # of those that are found, the first count


def test_of_many_papers_by_many_the_first_authors_are_compared():
    everybody = tuple(Author(last=f"Weyl{n}", first="Ada") for n in range(2 * COMPARED))
    codes = ("hep-ex",)
    house = write(Origin(authors=everybody, categories=codes))
    last = Origin(authors=everybody[COMPARED - 1 : COMPARED], categories=codes)
    beyond = Origin(authors=everybody[COMPARED:], categories=codes)
    strange = Origin(authors=(), categories=codes)

    def chance(origin, papers):
        return estimate_chance(0.5, 0.5, origin, Asked.of(papers))

    assert chance(last, [house]) > chance(strange, [house])
    assert chance(beyond, [house]) == chance(strange, [house])
    for count in (2, 100):
        people = Asked.of([house] * count).people
        assert len(people.names) == max(FIRST_AUTHORS, COMPARED // count)
