from datetime import date

import pytest

from index import AnyOf, BadQuery, Days, Field, Filters, Prefix, Term


def test_no_filter_is_nothing():
    assert not Filters()
    assert Filters().nodes() == ()


@pytest.mark.parametrize(
    ("filters", "node"),
    [
        (Filters(cat="cs.lg"), Term(Field.CATEGORY, "cs.LG")),
        (Filters(cat="cs.*"), Term(Field.CATEGORY, "cs")),
        (Filters(cat="math.MP"), Term(Field.CATEGORY, "math-ph")),
        (
            Filters(cat="cs.LG, stat.ML"),
            AnyOf((Term(Field.CATEGORY, "cs.LG"), Term(Field.CATEGORY, "stat.ML"))),
        ),
        (Filters(cat="cs.LG,cs.LG"), Term(Field.CATEGORY, "cs.LG")),
        (Filters(year="2019"), Days(date(2019, 1, 1), date(2019, 12, 31))),
        (Filters(year="2015..2019"), Days(date(2015, 1, 1), date(2019, 12, 31))),
        (Filters(year="..1999"), Days(None, date(1999, 12, 31))),
        (Filters(after="2019-03"), Days(date(2019, 3, 1), None)),
        (Filters(before="2019-03-02"), Days(None, date(2019, 3, 1))),
        (Filters(author=' "Hawking,  S" '), Term(Field.AUTHOR, "Hawking, S")),
        (Filters(author="Erd\\H{o}s"), Term(Field.AUTHOR, "Erdős")),
        (Filters(has_doi=True), Prefix(Field.DOI, "")),
    ],
)
def test_each_filter_asks_for_what_it_says(filters, node):
    assert filters
    assert filters.nodes() == (node,)


def test_filters_all_hold_together():
    filters = Filters(cat="cs", year="2019", after="2019-03", before="2020", author="x")
    assert len(filters.nodes()) == 5


@pytest.mark.parametrize(
    ("filters", "param", "advice"),
    [
        (Filters(cat="nope"), "cat", "such as cs.LG"),
        (Filters(cat="cs.LG,"), "cat", "''"),
        (Filters(year="x"), "year", "write 2019 or 2019..2023"),
        (Filters(year="2020..2019"), "year", "ends before it begins"),
        (Filters(after="31.12.2019"), "after", "write a date as"),
        (Filters(before="2019-02-30"), "before", "write a date as"),
        (Filters(author="--"), "author", "no letter"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_with_what_to_write(filters, param, advice):
    with pytest.raises(BadQuery, match=advice) as refusal:
        filters.nodes()
    assert refusal.value.param == param
