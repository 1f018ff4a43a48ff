import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import MAX_LENGTH, ArxivId, BadQuery
from index.search.query.joining import STOP_WORDS
from index.search.query.parse import MAX_DEPTH, MAX_TERMS, parse, parse_as_written
from index.search.query.pasted import read_pasted
from index.search.query.tree import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Loose,
    Phrase,
    Prefix,
    Term,
    Without,
)
from tests.index.search.fragments import FRAGMENTS

MAY_BE_MISSING = (Field.COMMENTS, Field.JOURNAL, Field.DOI)


def word(text, field=Field.ANY):
    return Term(field, text)


def codes(text):
    return [notice.code for notice in parse(text).notices]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lattice", word("lattice")),
        ("spin glass", All((word("spin"), word("glass")))),
        ("spin AND glass", All((word("spin"), word("glass")))),
        ('"spin glass"', Phrase(Field.ANY, "spin glass")),
        ('"lattice"', Phrase(Field.ANY, "lattice")),
        ('"spin glass"~3', Phrase(Field.ANY, "spin glass", slop=3)),
        ("spin|glass", AnyOf((word("spin"), word("glass")))),
        ("latt*", Prefix(Field.ANY, "latt")),
        ("ti:latt*", Prefix(Field.TITLE, "latt")),
        ("lattice~", Fuzzy(Field.ANY, "lattice", 1)),
        ("lattice~2", Fuzzy(Field.ANY, "lattice", 2)),
        ("spin OR(glass)", AnyOf((word("spin"), word("glass")))),
        ("spin, glass; ice", All((word("spin"), word("glass"), word("ice")))),
        ("spin ~3", All((word("spin"), word("3")))),
        ("spin OR glass", AnyOf((word("spin"), word("glass")))),
        ("spin | glass", AnyOf((word("spin"), word("glass")))),
        ("spin -glass", All((word("spin"), Without(word("glass"))))),
        ("spin NOT glass", All((word("spin"), Without(word("glass"))))),
        ("spin ANDNOT glass", All((word("spin"), Without(word("glass"))))),
        ("spin AND NOT glass", All((word("spin"), Without(word("glass"))))),
        ("-glass", All((Without(word("glass")),))),
        ("NOT NOT glass", word("glass")),
        ('-"spin glass"', All((Without(Phrase(Field.ANY, "spin glass")),))),
        ("spin spin", word("spin")),
        ("spin OR spin", word("spin")),
    ],
)
def test_words_phrases_and_operators_make_a_tree(text, tree):
    assert parse(text).tree == tree
    assert parse(text).notices == ()


def test_and_binds_tighter_than_or():
    x, y, z = map(word, "xyz")

    assert parse("x y OR z").tree == AnyOf((All((x, y)), z))
    assert parse("x OR y AND z").tree == AnyOf((x, All((y, z))))
    assert parse("x (y OR z)").tree == All((x, AnyOf((y, z))))
    assert parse("x -(y OR z)").tree == All((x, Without(AnyOf((y, z)))))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("ti", Field.TITLE),
        ("title", Field.TITLE),
        ("au", Field.AUTHOR),
        ("author", Field.AUTHOR),
        ("abs", Field.ABSTRACT),
        ("abstract", Field.ABSTRACT),
        ("all", Field.ANY),
        ("co", Field.COMMENTS),
        ("comments", Field.COMMENTS),
        ("jr", Field.JOURNAL),
        ("journal", Field.JOURNAL),
        ("TI", Field.TITLE),
        ("Author", Field.AUTHOR),
    ],
)
def test_a_field_is_named_short_or_long_in_any_case(name, field):
    assert parse(f"{name}:word").tree == word("word", field)
    two_words = Term if field is Field.AUTHOR else Phrase
    assert parse(f'{name}:"two words"').tree == two_words(field, "two words")
    assert parse(f"{name}:(x y)").tree == All((word("x", field), word("y", field)))


def test_a_field_inside_a_group_counts_for_itself():
    tree = parse("ti:(spin OR au:maier)").tree

    assert tree == AnyOf((word("spin", Field.TITLE), word("maier", Field.AUTHOR)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cat:cs.LG", "cs.LG"),
        ("cat:CS.lg", "cs.LG"),
        ("cat:cs.NA", "math.NA"),
        ("category:math.MP", "math-ph"),
        ("cat:cs", "cs"),
        ("cat:cs.*", "cs"),
        ("cat:hep-th", "hep-th"),
    ],
)
def test_a_category_becomes_its_one_code(text, code):
    assert parse(text).tree == word(code, Field.CATEGORY)
    assert codes(text) == []


def test_an_unknown_category_is_kept_with_a_notice():
    query = parse("cat:cs.XX")

    assert query.tree == word("cs.XX", Field.CATEGORY)
    (notice,) = query.notices
    assert (notice.code, notice.params) == ("unknown_category", {"category": "cs.XX"})


def test_an_id_after_its_field_becomes_canonical():
    assert parse("id:arXiv:math.GT/0309136v2").tree == word("math/0309136", Field.ID)


@pytest.mark.parametrize(
    "text",
    ["2401.00001", " arXiv:2401.00001 ", "https://arxiv.org/abs/2401.00001v3"],
)
def test_a_text_of_nothing_but_an_id_asks_for_that_paper(text):
    query = parse(text)

    assert [known.id for known in query.ids] == ["2401.00001"]
    assert query.tree is None
    assert query.understood == "2401.00001"


def test_several_ids_ask_for_those_papers():
    assert parse("hep-th/9901001v2, 2401.00001").ids == (
        ArxivId(id="hep-th/9901001", version=2),
        ArxivId(id="2401.00001"),
    )


@pytest.mark.parametrize("text", ['"2401.00001"', "(2401.00001)", "<2401.00001>."])
def test_an_id_in_marks_is_just_that_id(text):
    assert parse(text).ids == (ArxivId(id="2401.00001"),)
    assert parse(text).tree is None


def test_an_id_among_words_is_asked_for_first_and_the_words_are_kept():
    query = parse("2401.00001 spin")

    assert query.ids == (ArxivId(id="2401.00001"),)
    assert Term(Field.ANY, "spin") in query.words
    assert query.notices[0].params == {"ids": "2401.00001", "rest": "spin"}


@pytest.mark.parametrize("text", ["au:x 2401.00001", "spin OR 2401.00001", "x -2401.00001"])
def test_an_id_in_the_query_language_is_a_word(text):
    assert parse(text).ids == ()
    assert parse(text).tree


@pytest.mark.parametrize(
    "text",
    [
        "non-invasive",
        "state-of-the-art",
        "C++",
        "a/b?c",
        "l_1",
        "ell_1",
        "SU(2)",
        "1,000",
        "C#",
        "ORACLE",
        "NOTHING",
        "3.14",
        "x_y",
        "http://example.org/a:b",
        "量子退火",
        "naïve",
        "p=0.05",
        "or",
        "not",
    ],
)
def test_a_word_with_signs_inside_is_one_word(text):
    assert parse(text).tree == word(text)
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("（spin　OR　glass）　－lattice", "(spin OR glass) -lattice"),
        ("ti：spin｜glass", "ti:spin|glass"),
        ("“spin glass” «two words»", '"spin glass" "two words"'),
        ("「量子退火 法」", '"量子退火 法"'),
        ("au：“Ada Lovelace”", 'au:"Ada Lovelace"'),
    ],
)
def test_full_width_and_typographic_marks_are_read_as_plain_ones(text, plain):
    assert parse(text).tree == parse(plain).tree


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("foo:bar", "unknown_field"),
        ('"spin glass', "unclosed_quote"),
        ("(spin", "unbalanced_parenthesis"),
        ("spin)", "unbalanced_parenthesis"),
        ("spin OR", "dangling_operator"),
        ("OR spin", "dangling_operator"),
        ("spin NOT", "dangling_operator"),
        ("+ - *", "nothing_to_search"),
        ("()", "nothing_to_search"),
        ('""', "nothing_to_search"),
        ("AND", "nothing_to_search"),
        ("(" * (MAX_DEPTH + 1) + "x" + ")" * (MAX_DEPTH + 1), "too_deep"),
        (" ".join(f"w{n}" for n in range(MAX_TERMS + 1)), "too_many_terms"),
    ],
)
def test_what_cannot_be_read_is_noticed_once_and_is_no_error(text, code):
    assert codes(text).count(code) == 1


def test_a_notice_says_what_it_is_about():
    (notice,) = parse("foo:bar").notices

    assert notice.params == {"field": "foo"}


@pytest.mark.parametrize("text", ["", " \n", "\x00"])
def test_an_empty_query_asks_for_nothing(text):
    query = parse(text)

    assert query.tree is None
    assert query.understood == ""


def test_an_unknown_field_is_literal_text():
    assert parse("foo:bar").tree == word("foo:bar")


def test_only_so_many_terms_count():
    tree = parse(" ".join(f"w{n}" for n in range(100))).tree

    assert tree == All(tuple(word(f"w{n}") for n in range(MAX_TERMS)))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a-" * 1_000, "-".join("a" * MAX_TERMS)),
        ('"' + "x " * 1_000 + '"', '"' + " ".join("x" * MAX_TERMS) + '"'),
        ("y " + "x-" * 100, "y " + "-".join("x" * (MAX_TERMS - 1))),
    ],
)
def test_the_words_of_a_phrase_or_a_compound_count_too(text, printed):
    assert parse(text).understood == printed
    assert codes(text) == ["too_many_terms"]
    assert parse(printed).tree == parse(text).tree


@pytest.mark.parametrize("text", ["(" * 3_000, "-" * 3_000, "(-" * 1_500, "NOT " * 900])
def test_deep_nesting_does_not_exhaust_the_stack(text):
    assert parse(text).tree is None
    parse(f"{text} x")


def test_stop_words_are_left_out_where_other_words_remain():
    assert parse("the theory of the lattice").tree == parse("theory lattice").tree
    assert parse("The Theory").tree == word("Theory")
    assert parse("ti:the ti:theory").tree == word("theory", Field.TITLE)
    assert parse("the OR lattice").tree == AnyOf((word("the"), word("lattice")))


def test_stop_words_alone_are_searched_for():
    assert parse("to be or not to be").tree == All(
        tuple(map(word, ["to", "be", "or", "not"]))
    )
    assert parse("the -lattice").tree == All((word("the"), Without(word("lattice"))))


def test_stop_words_stay_in_phrases_and_names():
    assert parse('"the lattice"').tree == Phrase(Field.ANY, "the lattice")
    assert parse("au:of lattice").tree == All((word("of", Field.AUTHOR), word("lattice")))
    assert "lattice" not in STOP_WORDS


def test_a_text_that_is_too_long_is_refused():
    parse("x" * MAX_LENGTH)

    with pytest.raises(BadQuery, match="4,001 characters") as refusal:
        parse("x" * (MAX_LENGTH + 1))
    assert refusal.value.param == "q"


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("--verbose", "verbose"),
        ("–dash", "dash"),
        ("'lattice'", "lattice"),
        ("[lattice]", "lattice"),
        ("lattice...", "lattice"),
        ("~1", "1"),
        (r"Erd\H{o}s", "Erdős"),
        ("Erdo\u030bs", "Erdős"),
        ("spin\u200b", "spin"),
        ("\u202espin\u202c", "spin"),
        ("spin\x07", "spin"),
    ],
)
def test_marks_around_a_word_are_no_part_of_it(text, plainly):
    assert parse(text).tree == word(plainly)
    assert codes(text) == []


def test_a_formula_is_a_phrase_of_its_tex():
    assert parse(r"$\ell_1$").tree == Phrase(Field.ANY, r"\ell_1")
    assert parse("$a b$-plane").tree == Phrase(Field.ANY, "a b-plane")


@pytest.mark.parametrize(
    ("text", "tree", "code"),
    [
        ("l*", word("l"), "short_prefix"),
        ("量*", word("量"), ""),
        ("lattice~9", Fuzzy(Field.ANY, "lattice", 2), "fuzzy_limit"),
        ("spin~2", Fuzzy(Field.ANY, "spin", 1), "fuzzy_short"),
        ("ab~1", word("ab"), "fuzzy_short"),
        ("l_1~1", word("l_1"), "fuzzy_word"),
        ("sp*in", word("sp*in"), "wildcard_inside"),
        ("ti: spin", All((word("ti"), word("spin"))), "field_without_value"),
    ],
)
def test_what_a_word_cannot_do_is_said(text, tree, code):
    assert parse(text).tree == tree
    assert codes(text)[-1:] == [code][: len(code)]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("doi:10.1000/ABC(3)", Term(Field.DOI, "10.1000/abc(3)")),
        ("(10.1000/xyz)", Term(Field.DOI, "10.1000/xyz")),
        ("https://doi.org/10.1000/xyz", Term(Field.DOI, "10.1000/xyz")),
        ("doi:2401.00001", Term(Field.ID, "2401.00001")),
        ("doi:10.1000/*", Prefix(Field.DOI, "10.1000/")),
        ("doi:*", Prefix(Field.DOI, "")),
        ("co:*", Prefix(Field.COMMENTS, "")),
        ("jr:*", Prefix(Field.JOURNAL, "")),
    ],
)
def test_a_doi_and_what_may_be_missing(text, tree):
    assert parse(text).tree == tree


def test_an_emoji_is_said_not_to_be_understood():
    assert codes("😀") == ["unreadable", "nothing_to_search"]
    assert codes("lattice 😀") == ["unreadable"]


@pytest.mark.parametrize("any_word", [False, True])
def test_a_query_is_loosened_in_its_plain_words_alone(any_word):
    query = parse('one two "three four" au:ada -six')
    loosened = query.loosened(any_word=any_word)

    assert loosened.tree == All(
        (Loose((word("one"), word("two")), any_word), *query.tree.nodes[2:])
    )
    assert parse("one two").loosened().tree == Loose((word("one"), word("two")))


@pytest.mark.parametrize("text", ["spin", '"spin glass"', "spin OR glass", "au:a au:b"])
def test_what_a_reader_insists_on_is_never_loosened(text):
    assert parse(text).loosened() is None


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("title:lattice AND (spin | glass)", "ti:lattice (spin OR glass)"),
        ("spin AND NOT glass", "spin -glass"),
        ("-spin OR glass lattice", "-spin OR glass lattice"),
        ('"lattice" cat:cs.na', '"lattice" cat:math.NA'),
        ("foo:bar", "all:foo:bar"),
        ("year:2019..2023", "year:2019..2023"),
        ("year:..2019", "year:..2019"),
        ("before:2020", "year:..2019"),
        ("after:2020-05", "submittedDate:[20200501 TO *]"),
        ("submittedDate:[202001010000 TO 202012312359]", "year:2020"),
        ("submittedDate:[202001010600 TO *]", "submittedDate:[202001010600 TO *]"),
        ('"spin glass"~3', '"spin glass"~3'),
        ("latt* spin~2", "latt* spin~1"),
        ("au:hawking_s", "au:hawking_s"),
        ('"2401.00001"', "2401.00001"),
        ("2401.00001 spin", "2401.00001"),
        ('"OR"', '"OR"'),
    ],
)
def test_a_query_is_printed_in_its_own_language(text, understood):
    assert parse(text).understood == understood


@given(FRAGMENTS | st.text(max_size=60))
@example("(2401.00001)")
@example("x OR x")
@example("ti:(//x)")
@example("-x OR y (-x OR y (" * 8)
@example("x ~1")
@example("spin* OR ~")
def test_the_printed_query_parses_back_to_the_same_tree(text):
    query = parse(text)
    again = parse(query.understood)

    assert query.ids or again.tree == query.tree
    assert again.understood == query.understood


@given(FRAGMENTS | st.text(max_size=MAX_LENGTH))
def test_any_text_is_a_query(text):
    query = parse(text)

    assert query.tree or query.ids or query.notices or not text.strip()
    assert not (query.tree and query.ids) or query.notices
    for any_word in (False, True):
        if weaker := query.loosened(any_word=any_word):
            assert weaker.understood


@given(FRAGMENTS | st.text(max_size=60))
def test_a_tree_is_in_its_normal_form(text):
    def check(node, parent=None):
        match node:
            case Term() | Phrase() | Fuzzy():
                assert node.text
            case Prefix():
                assert node.text or node.field in MAY_BE_MISSING
            case Days():
                assert node.first or node.last
            case Without():
                assert parent is All
                check(node.node, Without)
            case All() | AnyOf():
                assert parent is not type(node)
                assert len(set(node.nodes)) == len(node.nodes)
                is_exclusion = isinstance(node.nodes[0], Without)
                assert len(node.nodes) > 1 or (is_exclusion and isinstance(node, All))
                for part in node.nodes:
                    check(part, type(node))

    if (tree := parse(text).tree) is not None:
        check(tree)


@given(st.recursive(st.sampled_from("xyz"), lambda q: st.one_of(
    q.map("({})".format), q.map("-({})".format), st.tuples(q, q).map(" ".join),
    st.tuples(q, q).map(" OR ".join), q.map("au:({})".format),
), max_leaves=25))  # fmt: skip
def test_well_formed_queries_are_read_without_a_notice(text):
    query = parse(text)

    assert set(codes(text)) <= {"too_deep", "unbalanced_parenthesis", "dangling_operator"}
    if text.count("(") <= MAX_DEPTH:
        assert codes(text) == []
        assert parse(query.understood).tree == query.tree


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        (r"$\alpha$-stable processes", "alpha-stable processes"),
        (r"\(\beta\)-decay", "beta-decay"),
        ("$k$-means", "k-means"),
        ("$p$-adic $L$-functions", "p-adic L-functions"),
        (r"\textbf{Attention} is \emph{all} you need", "Attention is all you need"),
        (r"$\textbf{Mamba}$: linear", "Mamba: linear"),
        (r"Schr$\ddot{o}$dinger equation", "Schrödinger equation"),
        (r"{\em deep} learning \cite{kato1}", "deep learning"),
        ("100~GeV protons", "100 GeV protons"),
        (r"ti:\textbf{graph} OR \textit{tree}", "ti:graph OR tree"),
    ],
)
def test_pasted_tex_is_read_as_a_person_would_write_it(pasted, written):
    assert parse(pasted).tree == parse(written).tree
    assert parse(pasted).title == parse(written).title


def test_a_formula_that_is_more_than_a_symbol_is_a_phrase_still():
    assert parse("H$_2$O ice").tree.nodes[0] == Phrase(Field.ANY, "H_2O")
    assert parse(r"$\alpha^2$-norm").tree == Phrase(Field.ANY, r"\alpha^2-norm")


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("au:del_maestro+AND+ti:checkerboard", "au:del_maestro AND ti:checkerboard"),
        ("ti:%22quantum+criticality%22", 'ti:"quantum criticality"'),
        (
            "au:del_maestro+ANDNOT+%28ti:checkerboard+OR+ti:Pyrochlore%29",
            "au:del_maestro ANDNOT (ti:checkerboard OR ti:Pyrochlore)",
        ),
        ("cat:cs.LG+AND+submittedDate:[2019+TO+2020]", "cat:cs.LG year:2019..2020"),
        ("C%2B%2B+AND+templates", "C++ AND templates"),
    ],
)
def test_a_query_pasted_from_an_address_is_read_as_it_was_meant(pasted, meant):
    assert parse(pasted).tree == parse(meant).tree


@pytest.mark.parametrize("text", ["2+1 dimensions", "C++ AND Rust", "100% of x", "a+b"])
def test_pluses_and_percents_of_other_queries_stay(text):
    assert read_pasted(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("graph networks", "graph OR networks"),
        ("all:graph networks", "graph OR networks"),
        ("all:(graph networks) AND cat:cs.LG", "(graph OR networks) cat:cs.LG"),
        ("the graph of networks", "graph OR networks"),
        ("graph networks AND trees", "(graph OR networks) trees"),
        ("graph AND networks", "graph networks"),
        ("ti:graph networks", "networks ti:graph"),
        ("ti:(graph networks)", "ti:graph ti:networks"),
        ("graph networks ANDNOT trees", "(graph OR networks) -trees"),
        ('"graph networks" trees', 'trees "graph networks"'),
        ("graph networks OR trees forests", "graph OR networks OR trees OR forests"),
        ("1706.03762 attention", "all:1706.03762 OR attention"),
    ],
)
def test_read_as_written_bare_words_side_by_side_are_alternatives(text, printed):
    assert parse_as_written(text).understood == printed


def test_read_as_written_only_bare_words_may_be_a_title():
    assert parse_as_written("all:graph networks").title == "graph networks"
    assert parse_as_written("graph AND networks").title == ""
    assert parse_as_written("ti:graph networks").title == ""
