import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import All, AnyOf, BrokenSnapshot, Field, Phrase, Term
from index.search.query.parse import parse
from index.search.spelling.correction import MOST, correct_query, print_verbatim
from index.search.spelling.speller import Speller
from index.search.spelling.words import write_words

WORDS = {
    "attention": 900,
    "lattice": 800,
    "latvian": 3,
    "neural": 5_000,
    "networks": 4_000,
    "network": 9_000,
    "spin": 700,
    "graph": 600,
    "grape": 2,
    "erdos": 60,
    "superconductivity": 50,
    "the": 99_999,
}


@pytest.fixture
def speller(tmp_path):
    write_words(WORDS.items(), tmp_path / "words.txt")
    return Speller.open(tmp_path / "words.txt")


def frequency(word):
    return WORDS.get(word, 0)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("atention", "attention"),
        ("attenttion", "attention"),
        ("attentoin", "attention"),
        ("latice", "lattice"),
        ("grapj", "graph"),
        ("superconductvty", "superconductivity"),
        ("neuralnetworks", "neural networks"),
    ],
)
def test_the_nearest_and_most_frequent_word_is_meant(speller, wrong, right):
    assert speller.correct(wrong) == right


@pytest.mark.parametrize(
    "word", ["", "spn", "zzzzzzzz", "h2o", "2019", "latixxe", "a" * 5_000, "量子力学", "🙂"]
)
def test_what_is_too_far_or_no_word_is_left_alone(speller, word):
    assert speller.correct(word) is None


@given(st.text(max_size=30))
def test_a_correction_is_made_of_known_words(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "known-words.txt"
    write_words(WORDS.items(), file)
    found = Speller.open(file).correct(text)
    assert found is None or set(found.split()) <= set(WORDS)


def test_words_are_read_once_by_many_threads(speller):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(speller.correct("latice")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["lattice"] * 8


def test_a_file_that_is_missing_or_damaged_is_named(tmp_path):
    with pytest.raises(BrokenSnapshot, match=r"words\.txt"):
        Speller.open(tmp_path / "words.txt")
    (tmp_path / "words.txt").write_text("a b c\n")
    with pytest.raises(BrokenSnapshot, match=r"cannot read .*words\.txt"):
        Speller.open(tmp_path / "words.txt").correct("latice")


def corrected(text, speller):
    found = correct_query(parse(text), speller, frequency)
    return found and (found[0].understood, found[1])


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("latice spin", "lattice spin"),
        ("ti:latice -grapj", "ti:lattice -grapj"),
        ("latice OR spin", "lattice OR spin"),
        ("latice lattice", "lattice"),
        ("au:Erdoz spin", "au:erdos spin"),
        ("neuralnetworks spin", "neural networks spin"),
        ("(neuralnetworks OR spin) graph", "((neural networks) OR spin) graph"),
        ("LATICE", "lattice"),
        ("grape spin", "graph spin"),
    ],
)
def test_unknown_words_are_corrected_where_they_stand(speller, text, understood):
    query, pairs = correct_query(parse(text), speller, frequency)
    assert parse(query.understood).tree == query.tree
    assert query.understood in (
        understood,
        understood.replace("((", "(").replace(") OR", " OR"),
    )
    assert all(right in understood for _, right in pairs)


@pytest.mark.parametrize(
    "text",
    [
        "lattice spin",
        '"latice"',
        '"latice spin"',
        "-latice spin",
        "latic*",
        "",
        "cat:latice",
    ],
)
def test_what_is_known_or_meant_literally_is_not_corrected(speller, text):
    assert correct_query(parse(text), speller, frequency) is None


def test_a_title_is_corrected_with_its_words(speller):
    query, pairs = correct_query(parse("Atention Networks"), speller, frequency)
    assert query.title == "attention networks"
    assert pairs == (("Atention", "attention"),)


@pytest.mark.parametrize(
    "text", ["latice spin", "latice OR (spin graph)", "ti:latice -x", "x*"]
)
def test_a_verbatim_query_parses_and_is_never_corrected(speller, text):
    literal = print_verbatim(parse(text))
    assert parse(literal).understood == literal
    assert correct_query(parse(literal), speller, frequency) is None


def test_verbatim_words_are_phrases():
    assert parse(print_verbatim(parse("latice OR ti:spin"))).tree == AnyOf(
        (Phrase(Field.ANY, "latice"), Phrase(Field.TITLE, "spin"))
    )


def test_a_split_word_becomes_two_words(speller):
    query, _ = correct_query(parse("neuralnetworks"), speller, frequency)
    assert query.tree == All((Term(Field.ANY, "neural"), Term(Field.ANY, "networks")))


def test_of_many_unknown_words_only_the_first_are_looked_up(speller):
    asked = []

    class Counted:
        def correct(self, word):
            asked.append(word)
            return speller.correct(word)

        def count(self, word):
            return speller.count(word)

    text = " ".join(["latice", *(f"unheard{chr(97 + n)}" for n in range(26)), "grapj"])
    query, pairs = correct_query(parse(text), Counted(), frequency)
    assert len(asked) == MOST
    assert pairs == (("latice", "lattice"),)
    assert "grapj" in query.understood
