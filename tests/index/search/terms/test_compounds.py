import pytest

from index.search.terms.compounds import is_language, join_compound, join_compounds


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("a non-invasive method", ["noninvasive"]),
        ("state-of-the-art", ["stateoftheart"]),
        ("non‐invasive, co‑operate", ["noninvasive", "cooperate"]),
        ("C++ and C#, not A+", ["Cplusplus", "Csharp"]),
        ("-x x- --y a--b", []),
        ("x" * 30 + "-" + "y" * 30, []),
    ],
)
def test_compounds_are_found_joined(text, forms):
    assert join_compounds(text) == forms


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("non-invasive", "noninvasive"),
        ("C++", "Cplusplus"),
        ("noninvasive", None),
        ("a non-invasive", None),
        ("++", None),
    ],
)
def test_only_a_whole_word_has_one_joined_form(word, form):
    assert join_compound(word) == form


@pytest.mark.parametrize(
    ("word", "known"), [("C++", True), ("F#", True), ("CC++", False), ("1++", False)]
)
def test_a_language_is_a_letter_with_its_sign(word, known):
    assert is_language(word) is known
