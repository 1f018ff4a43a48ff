import pytest

from index.search.highlights.marker import Marker
from index.search.query.tree import Field, Term
from index.search.terms.cjk import cut_for_index, cut_for_query
from index.search.terms.gibberish import is_gibberish
from index.search.terms.script_forms import fold_character, fold_forms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("機器學習", "机器学习"),
        ("機器学習", "机器学习"),
        ("量子力學與資訊", "量子力学与资讯"),
        ("頭髮 發展 後臺", "头发 发展 后台"),
        ("ｶﾞｳｽ", "ガウス"),
        ("ﾍﾟﾝ", "ペン"),
        ("ガウス過程", "ガウス过程"),
        ("양자역학", "양자역학"),
        ("lattice", "lattice"),
        ("naïve é", "naïve é"),
    ],
)
def test_forms_of_a_character_are_one(text, folded):
    assert fold_forms(text) == folded
    assert fold_forms(folded) == folded


def test_simplified_and_traditional_meet_at_both_ends():
    for one, other in (("機器學習", "机器学习"), ("ｶﾞｳｽ過程", "ガウス过程")):
        assert cut_for_query(one) == cut_for_query(other)
        assert cut_for_index(one) == cut_for_index(other)


def test_a_character_stays_one_character():
    for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)):
        assert len(fold_character(chr(code))) == 1


@pytest.mark.parametrize(("asked", "text"), [("学习", "深度學習"), ("學習", "深度学习")])
def test_the_other_form_is_marked(asked, text):
    marker = Marker([Term(Field.ANY, asked)], lambda form: [form])
    assert list(marker.ranges(text)) == [(2, 4)]


@pytest.mark.parametrize(
    "text", ["zzzz qqqq", "asdf qwer", "xxxxx", "zxcv", "hjkl wqwq", "AAAA", "qzqz"]
)
def test_what_fingers_write_is_gibberish(text):
    assert is_gibberish(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "quark", "qubit", "faq", "www", "III", "zz", "nmssm", "qwen", "iraq", "jazz"),
        *("zzzz quark", "tetraquark", "zooarchaeology", "机器学习", "H2O", "mRNA", "qcd"),
    ],
)
def test_words_are_no_gibberish(text):
    assert not is_gibberish(text)
