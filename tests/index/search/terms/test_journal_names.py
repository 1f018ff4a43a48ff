"""Names of journals meet, written whole, abbreviated by a rule, or as an acronym."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.terms.journal_names import find_beginning, is_alike, list_ways, match_word
from index.search.terms.journals import write_journal
from tests.growth import assert_grows_as


def meet(asked, written):
    words = written.lower().replace(".", " ").split()
    return any(
        len(way) <= len(words)
        and all(re.fullmatch(w, word) for w, word in zip(way, words, strict=False))
        for way in list_ways(asked.lower().replace(".", " ").split())
    )


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Class. Quantum Grav.", "Classical Quantum Gravity"),
        ("Nucl. Instrum. Meth.", "Nuclear Instruments Methods"),
        ("Nuclear Instruments and Methods", "Nucl. Instrum. Meth."),
        ("Commun. Math. Phys.", "Comm. Math. Phys."),
        ("Comm. Math. Phys.", "Communications in Mathematical Physics"),
        ("Journal of Fluid Mechanics", "J. Fluid Mech."),
        ("J. Chem. Phys.", "Journal Chemical Physics"),
        ("Trans. Amer. Math. Soc.", "Transactions American Mathematical Society"),
        ("Acta Physica Polonica", "Acta Phys. Polon."),
        ("J. Phys. Soc. Jpn.", "Journal Physical Society Japan"),
        ("PRD", "Phys. Rev. D"),
        ("Physical Review D", "PRD"),
        ("Eur. Phys. J. C", "EPJC"),
        ("Ap. J.", "Astrophys. J."),
    ],
)
def test_writings_of_one_name_meet(asked, written):
    assert meet(asked, written)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Astron. J.", "Astrophys. J."),
        ("Phys. Rev. D", "Phys. Rev. B"),
        ("Phys. Lett. B", "Phys. Rev. Lett."),
        ("Physica A", "Phys. A"),
        ("Math. Ann.", "Mathematica Japonica"),
        ("Nature", "Natural Computing"),
        ("J. Algebra", "J. Algorithms"),
    ],
)
def test_other_names_do_not(asked, written):
    assert not meet(asked, written)


def test_a_word_abbreviates_another_if_it_ends_with_a_consonant():
    assert is_alike("phys", "physical")
    assert is_alike("review", "rev")
    assert not is_alike("physica", "physical")
    assert not is_alike("astron", "astrophysical")


def test_a_reference_is_indexed_without_small_words_and_with_glued_words_apart():
    assert write_journal("Nature 5") == ["Nature 5"]
    assert write_journal("Lect.NotesPhys.7") == ["Lect.NotesPhys.7", "Lect.Notes Phys.7"]
    assert "Classical Quantum Gravity 1" in write_journal("Classical and Quantum Gravity 1")


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_word_matches_itself_and_begins_as_told(word):
    assert re.fullmatch(match_word(word), word)
    assert word.startswith(find_beginning(match_word(word)))


def test_a_long_text_is_no_name():
    assert list_ways(["physical"] * 100) == ()
    assert match_word("x" * 200) == "x" * 200


def test_the_time_of_writing_a_reference_grows_no_faster_than_it():
    for part in ("and ", "aB", "Phys", "AAaaa", "and"):
        assert_grows_as(lambda count, part=part: part * count, write_journal, 2_000)
