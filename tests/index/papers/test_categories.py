import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import CATEGORIES
from index.papers.categories import (
    ALIASES,
    ARCHIVES,
    canonicalize_code,
    find_near_codes,
    merge_aliases,
)

CODES = st.sampled_from([*CATEGORIES, *ALIASES])


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("cs.NA", "math.NA"),
        ("cs.SY", "eess.SY"),
        ("math.IT", "cs.IT"),
        ("math.MP", "math-ph"),
        ("q-fin.EC", "econ.GN"),
        ("stat.TH", "math.ST"),
    ],
)
def test_an_alias_stands_for_its_category(alias, code):
    assert canonicalize_code(alias) == code
    assert merge_aliases([alias]) == (code,)
    assert code in CATEGORIES


@given(CODES, st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
def test_a_code_is_known_in_any_case(code, change):
    assert canonicalize_code(change(code)) == canonicalize_code(code)


@given(CODES)
def test_a_canonical_code_is_its_own(code):
    canonical = canonicalize_code(code)

    assert canonicalize_code(canonical) == canonical
    assert canonical in CATEGORIES


@pytest.mark.parametrize("code", ["", "cs.XX", "cs.", "computer science", "cs.LG cs"])
def test_an_unknown_code_is_none(code):
    assert canonicalize_code(code) is None


@given(st.lists(CODES | st.sampled_from(["xx.NEW", "cs.ZZ"])))
def test_merging_keeps_the_order_and_drops_repetitions(codes):
    merged = merge_aliases(codes)

    firsts = [ALIASES.get(code, code) for code in codes]
    assert list(merged) == sorted(set(firsts), key=firsts.index)
    assert not set(merged) & set(ALIASES)


def test_the_primary_category_stays_first():
    assert merge_aliases(["cs.NA", "cs.LG", "math.NA"]) == ("math.NA", "cs.LG")


def test_a_code_newer_than_the_table_is_kept():
    assert merge_aliases(["cs.LG", "cs.QQ"]) == ("cs.LG", "cs.QQ")


def test_every_category_belongs_to_an_archive_and_a_group():
    for code, category in CATEGORIES.items():
        assert code == category.code
        assert category.name
        assert category.group
        assert category.archive == code.partition(".")[0]
        assert category.archive in ARCHIVES


def test_an_ended_archive_names_the_category_that_took_over():
    ended = {c.code: c.successor for c in CATEGORIES.values() if c.successor}

    assert ended["cmp-lg"] == "cs.CL"
    assert ended["alg-geom"] == "math.AG"
    assert set(ended.values()) <= set(CATEGORIES)
    assert not set(ended) & set(ended.values())


def test_the_table_agrees_with_arxivs_own(real_data):
    arxiv = json.loads(real_data("arxiv-categories.json").read_text())
    known = arxiv["archives"] | arxiv["categories"]
    names = {code: entry["name"] for code, entry in known.items()}

    assert arxiv["aliases"] == ALIASES
    assert arxiv["subsumed"].items() == {
        (c.code, c.successor) for c in CATEGORIES.values() if c.successor
    }
    assert {code: c.name for code, c in CATEGORIES.items()} == names
    assert {c.group for c in CATEGORIES.values()} == set(arxiv["groups"].values())
    assert set(arxiv["archives"]) == ARCHIVES


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("cs.XX", ("cs",)),
        ("cs.ZZ", ("cs",)),
        ("math.ZZ", ("math",)),
        ("stat.MLL", ("stat.ML", "stat")),
        ("csLG", ("cs.LG",)),
        ("cs.ML", None),
        ("hep-ht", ("hep-th",)),
        ("quant-hp", ("quant-ph",)),
        ("xx.XX", ()),
    ],
)
def test_only_codes_are_near_that_may_be_meant(code, near):
    found = find_near_codes(code)
    assert found == near if near is not None else "stat.ML" in found
    assert not any(each in ("cs.SY", "math.ST") for each in found)
