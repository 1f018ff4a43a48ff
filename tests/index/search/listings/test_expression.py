"""Category expressions: what they mean, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import CATEGORIES, BadQuery, Expression
from index.search.query.tree import AnyOf, Field, Term, Without


@pytest.mark.parametrize(
    ("text", "include", "exclude"),
    [
        ("cs.LG", ["cs.LG"], []),
        ("cs.AI+cs.LG-cs.CY", ["cs.AI", "cs.LG"], ["cs.CY"]),
        ("cs.AI,cs.CL; stat.ML", ["cs.AI", "cs.CL", "stat.ML"], []),
        ("hep-th-hep-ph", ["hep-th"], ["hep-ph"]),
        ("cond-mat.dis-nn-cond-mat", ["cond-mat.dis-nn"], ["cond-mat"]),
        ("-cs.CY+cs.AI", ["cs.AI"], ["cs.CY"]),
        ("cs-cs.LG", ["cs"], ["cs.LG"]),
        ("cs-math.CO", ["cs"], ["math.CO"]),
        ("cs.AI-cs-LG", ["cs.AI"], ["cs.LG"]),
        ("cs-LG", ["cs.LG"], []),
        ("arXiv:cs.LG", ["cs.LG"], []),
        ("CS.lg", ["cs.LG"], []),
        ("cs.*", ["cs"], []),
        ("math.MP+cs.NA", ["math-ph", "math.NA"], []),
        ("cs.AI+cs.AI-cs.CY-cs.CY", ["cs.AI"], ["cs.CY"]),
    ],
)
def test_an_expression_joins_and_leaves_out(text, include, exclude):
    found = Expression.parse(text)
    assert (list(found.include), list(found.exclude)) == (include, exclude)
    assert Expression.parse(str(found)) == found


@pytest.mark.parametrize(
    "text", ["", "+", "-cs.AI", "foo", "cs.AIx", "cs.AI+foo", "a" * 501]
)
def test_what_is_no_expression_says_what_to_write(text):
    with pytest.raises(BadQuery) as caught:
        Expression.parse(text)
    assert caught.value.param == "categories"


def test_an_expression_is_what_a_paper_must_fulfil():
    ai, cy = Term(Field.CATEGORY, "cs.AI"), Term(Field.CATEGORY, "cs.CY")
    lg = Term(Field.CATEGORY, "cs.LG")
    assert Expression.parse("cs.AI").nodes() == (ai,)
    assert Expression.parse("cs.AI+cs.LG-cs.CY").nodes() == (AnyOf((ai, lg)), Without(cy))


@given(
    st.lists(
        st.tuples(st.sampled_from("+,-"), st.sampled_from(sorted(CATEGORIES))), max_size=9
    )
)
def test_every_code_is_read_wherever_it_stands(parts):
    text = "cs.LG" + "".join(f"{sign}{code}" for sign, code in parts)
    found = Expression.parse(text)
    assert len(found.exclude) <= sum(sign == "-" for sign, _ in parts)
    assert Expression.parse(str(found)) == found
