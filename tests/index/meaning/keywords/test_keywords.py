"""Keywords: which phrases are found, in which form, and that no text is too odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.meaning.keywords.candidates import find_candidates
from index.meaning.keywords.extractor import KeywordExtractor, fold_word
from index.meaning.keywords.prose import strip_markup
from index.meaning.keywords.surface import find_capitalised, find_proper_words
from index.meaning.keywords.word_classes import WordClass, classify_word
from tests.growth import assert_grows_as


def nothing_known(_word):
    return (0, 0)


@pytest.fixture
def bare():
    """An extractor that knows no library."""
    return KeywordExtractor(nothing_known)


def texts(found):
    return [keyword.text for keyword in found]


def phrases(text):
    return [" ".join(candidate.words) for candidate in find_candidates(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We propose low-rank adaptation of large language models.",
         ["low-rank adaptation", "language models"]),
        ("The Schrödinger equation is solved numerically.", ["Schrödinger equation"]),
        ("a new method based on graph neural networks", ["graph neural networks"]),
        ("It is shown that this is so.", []),
        ("Bayes' rule and Fermat's last theorem", ["Bayes", "rule", "Fermat"]),
        ("the trained weighted graph", ["trained weighted graph"]),
        ("weights were trained in the graph", ["weights", "graph"]),
        ("We study dark matter halos", ["dark matter halos"]),
        ("We trained it. They based graphs on it", ["graphs"]),
        ("sets of 3D images from 12 scans", ["3D images", "scans"]),
        ("Unseen words gain three votes; the antenna gain drops",
         ["Unseen words", "votes", "antenna gain"]),
        ("", []),
        ("   \n\n ", []),
    ],
)  # fmt: skip
def test_phrases_are_runs_of_words_that_can_be_noun_phrases(text, found):
    assert phrases(text) == found


def test_a_formula_ends_a_phrase_and_is_in_none():
    assert phrases("the $SU(2)$ gauge theory on $\\mathbb{R}^4$ manifolds") == [
        "gauge theory",
        "manifolds",
    ]


def test_a_command_of_tex_an_address_and_a_citation_end_a_phrase():
    found = phrases(r"see \emph{spin glass} at https://example.org/x [1, 2] magnets")
    assert found == ["spin glass", "magnets"]


def test_keywords_have_one_to_four_words(bare):
    title = (
        "Deep convolutional recurrent hierarchical attention network architecture search"
    )
    found = texts(bare.extract(title, ""))
    assert found == ["hierarchical attention network architecture"] or all(
        1 <= len(keyword.split()) <= 4 for keyword in found
    )
    assert found


def test_what_is_in_the_title_comes_first(bare):
    found = texts(
        bare.extract(
            "Quantum error correction",
            "Devices are noisy. We protect logical qubits by surface codes.",
        )
    )
    assert found[0] == "quantum error correction"
    assert "surface codes" in found


def test_words_that_get_into_titles_count_more():
    known = {"lattice": (900, 1_000), "gauge": (900, 1_000), "careful": (1, 900)}
    extractor = KeywordExtractor(lambda word: known.get(word, (10, 1_000)))
    abstract = "The reader meets a quiet morning. The reader meets a lattice gauge."

    assert texts(extractor.extract("", abstract))[0] == "lattice gauge"


def test_a_phrase_and_its_plural_or_its_part_are_listed_once(bare):
    found = texts(
        bare.extract(
            "Graph neural networks",
            "A graph neural network reads a graph. Neural networks are trained.",
        )
    )
    assert [k for k in found if "neural" in k] == ["graph neural network"]


@pytest.mark.parametrize(
    ("title", "abstract", "keyword"),
    [
        ("Low-Rank Adaptation", "", "low-rank adaptation"),
        ("On DNA Sequencing", "", "DNA sequencing"),
        ("Limits of the Bayesian brain", "", "Bayesian brain"),
        ("Hidden Markov Models", "We use Markov chains.", "hidden Markov models"),
        ("Sparse Models", "We know sparse models.", "sparse models"),
        ("BERT", "BERT is a model.", "BERT"),
    ],
)
def test_a_keyword_is_written_as_a_reader_expects(bare, title, abstract, keyword):
    assert keyword in texts(bare.extract(title, abstract))


def test_a_library_knows_names_and_what_is_none():
    extractor = KeywordExtractor(lambda _: (50, 900), proper={"Gaussian"})

    found = texts(extractor.extract("Gaussian Processes", "We use Deep Learning."))
    assert found == ["Gaussian processes", "deep learning"]


def test_a_word_is_proper_that_mostly_has_a_capital():
    assert find_capitalised("We like Markov chains, Deep nets. Ising too.") == {
        "Markov",
        "Deep",
    }
    inside = {"Markov": 9, "Deep": 9, "Rare": 1}
    abstracts = {"markov": 10, "deep": 100, "rare": 1}
    assert list(find_proper_words(inside, abstracts.__getitem__, 2)) == ["Markov"]


@pytest.mark.parametrize(
    ("word", "singular"),
    [("networks", "network"), ("theories", "theory"), ("processes", "process"),
     ("gas", "gas"), ("analysis", "analysis"), ("class", "class"), ("radius", "radius")],
)  # fmt: skip
def test_plurals_are_folded(word, singular):
    assert fold_word(word) == singular


@pytest.mark.parametrize(
    ("word", "kind"),
    [("of", WordClass.BREAK), ("quickly", WordClass.BREAK), ("family", WordClass.NOUN),
     ("proposes", WordClass.BREAK), ("new", WordClass.FAINT), ("method", WordClass.GENERIC),
     ("spectral", WordClass.ADJECTIVE), ("signal", WordClass.NOUN),
     ("weighted", WordClass.PARTICIPLE), ("speed", WordClass.NOUN)],
)  # fmt: skip
def test_words_have_classes(word, kind):
    assert classify_word(word) is kind


MARKDOWN = """\
# Low-rank adaptation

We propose **LoRA**, see [the paper](https://example.org/a_b) and `rank decomposition`.

```python
forbidden_code = secret_function()
```

<script>alert("hidden thing")</script> <b>attention layers</b>

| model | score |
| --- | --- |
| language model | 12 |
"""


def test_markdown_and_html_are_read_as_prose(bare):
    found = texts(bare.extract_from_text(MARKDOWN))

    assert {"low-rank adaptation", "LoRA", "rank decomposition", "attention layers"} <= (
        set(found)
    )
    assert not any("secret" in k or "hidden" in k or "https" in k for k in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fe$_2$O$_3$ films of CO$_2$", ["Fe$_2$O$_3$ films", "CO$_2$"]),
        (
            "A*-search, **C*-algebras** and foo**bar** nets",
            ["A*-search", "C*-algebras", "foobar nets"],
        ),
        ("- graph kernels\n- tensor trains", ["graph kernels", "tensor trains"]),
        ("1. graph kernels\n2. tensor trains", ["graph kernels", "tensor trains"]),
        ("graph kernels\n\ntensor trains", ["graph kernels", "tensor trains"]),
        ("graph kernels<br>tensor trains", ["graph kernels", "tensor trains"]),
        (
            "H\\,II regions, \\textit{ab initio} methods",
            ["H II regions", "ab initio methods"],
        ),
    ],
)
def test_formulas_stars_and_blocks_of_any_text_are_kept(bare, text, found):
    assert sorted(texts(bare.extract_from_text(text))) == sorted(found)


def test_entities_are_read_as_what_they_stand_for(bare):
    found = texts(bare.extract_from_text("&lt;b&gt;quantum dots&lt;/b&gt; &amp; wells"))
    assert found == ["quantum dots", "wells"]


def test_what_is_too_long_for_a_word_is_none(bare):
    assert texts(bare.extract_from_text("b" * 61 + " quantum dots " + "c" * 90_000)) == [
        "quantum dots"
    ]


def test_a_cell_and_a_heading_end_a_phrase():
    prose = strip_markup("# Spin glass\nMagnets are\n\n| cold | atom |\n|---|---|\n")
    assert phrases(prose) == ["Spin glass", "Magnets", "atom"]


@pytest.mark.parametrize(
    "text",
    ["量子力学与深度学习", "квантовая механика", "🙂 🙃", "\x00\x01", "$" * 999,
     "a" * 99_999, "\\" * 5_000, "[" * 5_000, "<a " * 5_000, "`" * 5_000,
     "x-" * 20_000, "((((", "' ' '"],
)  # fmt: skip
def test_odd_texts_are_no_trouble(bare, text):
    assert isinstance(bare.extract_from_text(text, text[:100]), list)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_at_most_ten_keywords_without_debris(text, title):
    found = texts(KeywordExtractor(nothing_known).extract_from_text(text, title))

    assert len(found) <= 10
    assert len(found) == len(set(found))
    assert all(keyword.strip() and "$" not in keyword for keyword in found)


@pytest.mark.parametrize(
    "part",
    ["deep nets ", "$a$ b ", "```\nx\n", "<b>x ", "[a](b ", "| x ", "**a ", "<!-- ",
     "11111", "`````", "~~~~~", "[](aa", "1.1-1", "&amp;"],
)  # fmt: skip
def test_the_time_of_an_extraction_grows_no_faster_than_the_text(bare, part):
    assert_grows_as(lambda count: part * count, bare.extract_from_text, 2_000)
