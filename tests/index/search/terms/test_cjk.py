import pytest

from index.search.terms.cjk import cut_for_index, cut_for_query, has_cjk


@pytest.mark.parametrize(
    ("text", "indexed", "asked"),
    [
        ("量子力学", "量子 子力 力学 学", "量子 子力 力学"),
        ("量子", "量子 子", "量子"),
        ("量", "量", "量"),
        ("양자역학", "양자 자역 역학 학", "양자 자역 역학"),
        ("モデル", "モデ デル ル", "モデ デル"),
        ("BERTモデル2", "BERT モデ デル ル 2", "BERT モデ デル 2"),
        ("lattice", "lattice", "lattice"),
        ("naïve", "naïve", "naïve"),
        ("", "", ""),
    ],
)
def test_runs_become_bigrams_at_both_ends(text, indexed, asked):
    assert cut_for_index(text).split() == indexed.split()
    assert cut_for_query(text).split() == asked.split()


@pytest.mark.parametrize(
    ("text", "held"), [("量", True), ("a가", True), ("ã", False), ("x", False)]
)
def test_the_scripts_are_known(text, held):
    assert has_cjk(text) is held


def test_what_is_searched_is_always_indexed():
    text = "高次元の量子力学"
    parts = (text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1))

    indexed = f" {' '.join(cut_for_index(text).split())} "
    for part in parts:
        asked = " ".join(cut_for_query(part).split())
        if len(part) > 1:
            assert f" {asked} " in indexed
        else:
            assert any(word.startswith(asked) for word in indexed.split())
