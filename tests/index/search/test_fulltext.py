import pytest

from index import BrokenSnapshot, Shelf, Sort
from index.search.engine import Engine
from index.search.fulltext import FulltextEngine
from index.search.query import parse


@pytest.fixture(scope="session")
def found(library):
    """Search the small dump; return the set of ids found, whatever their order."""

    def found(text):
        hits = library.engine.search(parse(text), limit=50, offset=0, sort=Sort.RELEVANCE)
        papers = library.catalog.by_keys(hits.keys)
        assert hits.total == len(papers)
        return {paper.id for paper in papers}

    return found


LATTICE = {"2001.00042", "2302.07002", "2403.12347", "2405.00500", "cs/9808001"}
LATTICE |= {"cond-mat/0612001"}


def test_the_embedded_engine_fulfils_the_protocol(library):
    engine: Engine = library.engine

    assert engine.count() == 26
    assert engine.counts_by_category()["cs.LG"] == 4


def test_a_word_is_found_in_titles_abstracts_and_names(found):
    assert found("lattice") == LATTICE
    assert found("multigrid") == {"2001.00042"}
    assert found("lindqvist") == {"2001.00042"}


def test_words_are_found_in_other_forms_and_cases(found):
    assert found("LATTICES") == LATTICE
    assert found("parsed") == found("parsing") == {"cmp-lg/9808001"}


def test_all_words_must_be_there(found):
    assert found("lattice spin glasses") == {"cond-mat/0612001", "2302.07002"}
    assert found("lattice zebra") == set()


def test_a_phrase_is_found_in_its_order(found):
    assert found('"spin glasses"') == {"cond-mat/0612001", "2302.07002"}
    assert found('"glasses spin"') == set()
    assert found('"state of the art"') == {"2403.12345"}
    assert "2403.12345" in found('"of the"')


def test_a_field_is_where_to_look(found):
    assert found("ti:lattice") == {"2001.00042", "cond-mat/0612001"}
    assert found("abs:lattice") == LATTICE
    assert found("ti:lindqvist") == set()
    assert found("au:lindqvist") == {"2001.00042"}
    assert found('ti:"rough lattices"') == {"2001.00042"}
    assert found("ti:(lattice OR towers)") == {
        "2001.00042",
        "cond-mat/0612001",
        "1803.09999",
    }


def test_a_minus_takes_papers_out(found):
    assert found("lattice -ti:lattice") == LATTICE - found("ti:lattice")
    assert found('lattice -"spin glasses"') == LATTICE - found('"spin glasses"')
    assert found("lattice -lattice") == set()
    assert found("lattice NOT (annealing OR attention)") == LATTICE - {
        "2302.07002",
        "2403.12347",
    }


def test_a_minus_alone_takes_papers_out_of_all(found, library):
    everything = {paper.id for paper in library.catalog.by_keys(range(1, 100))}

    assert len(everything) == 26
    assert found("-lattice") == everything - LATTICE
    assert found("-lattice -cat:cs") == everything - LATTICE - found("cat:cs")


def test_or_finds_either(found):
    assert found("multigrid OR towers") == {"2001.00042", "1803.09999"}
    assert found("multigrid OR (towers sway)") == {"2001.00042", "1803.09999"}
    assert found("multigrid | -the") == found("multigrid") | found("-the")


def test_an_excluded_title_is_not_known_after_all(build, record):
    data = build(
        [record("2401.00001", title="Gravity"), record("2401.00002", title="Levity")]
    )
    engine = Shelf(data).library().engine

    def total(text):
        query = parse(text)
        return engine.search(query, limit=9, offset=0, sort=Sort.RELEVANCE).total

    assert total("gravity") == 1
    assert total("-gravity") == 1
    assert total("paper -gravity") == 0


def test_a_category_is_found_by_either_of_its_names(found):
    assert found("cat:cs.NA") == found("cat:math.NA") == {"2001.00042"}
    assert found("cat:MATH.it") == found("cat:cs.IT") == {"2207.11111"}
    assert found("cat:q-fin.EC") == {"1901.05555"}


def test_an_archive_stands_for_its_categories(found):
    assert found("cat:cond-mat") == found("cat:cond-mat.*")
    assert found("cat:cond-mat") == {"cond-mat/0612001", "2302.07002", "1107.0521"}
    assert found("cat:physics") == {"2105.04322", "2403.12346"}
    assert "hep-th/9711200" not in found("cat:hep-ph")


def test_a_category_is_no_prefix(found):
    assert found("cat:cs.L") == set()
    assert found("cat:c") == set()


@pytest.mark.parametrize("name", ["Erdos", "erdős", "ERDŐS", "Erdo\u030bs"])
def test_accents_do_not_matter(found, name):
    assert found(name) == {"2405.00500", "1912.00101"}


def test_letters_without_a_mark_are_folded_too(found):
    assert found("au:lukasz") == found("au:Łukasz") >= {"1912.00101"}
    assert found("au:muller") == found("au:müller") == {"2403.12346", "2403.12347"}
    assert "1912.00101" in found("angstrom")


def test_a_name_is_found_whole(found):
    assert found('au:"Aisha Bello"') == {"2403.12345", "2403.12346", "2403.12347"}
    assert found('au:"van der Berg"') == {"cs/9808001"}
    assert found('au:"Lena Hahn"') == set()  # no phrase runs on into the next name
    assert found('au:"Berg Otto"') == set()
    assert found("au:Al-Rashid") == {"2403.12346"}
    assert found("au:O'Tables") == {"2302.07001"}


def test_names_are_not_stemmed(build, record):
    data = build(
        [
            record("2401.00001", authors="Jon Waters"),
            record("2401.00002", authors="Jon Water"),
        ]
    )
    engine = Shelf(data).library().engine

    hits = engine.search(parse("au:waters"), limit=9, offset=0, sort=Sort.RELEVANCE)
    assert hits.total == 1


def test_an_id_names_one_paper_of_its_archive(found):
    assert found("id:cs/9808001") == {"cs/9808001"}
    assert found("id:cmp-lg/9808001") == {"cmp-lg/9808001"}
    assert found("id:1706.03762v5") == {"1706.03762"}
    assert found("id:1706.0376") == set()


def test_signs_in_words_do_no_harm(found):
    assert "2403.12345" in found("C++")
    assert found("non-invasive") == {"2403.12345"}
    assert found(r"$\ell_1$") == {"2207.11111"}
    assert found("<script>") == {"2302.07001"}
    assert found("x" * 1_000) == set()
    assert found("lattice " + "x" * 100) == set()


def test_the_better_match_comes_first(library):
    hits = library.engine.search(
        parse("lattice spin"), limit=2, offset=0, sort=Sort.RELEVANCE
    )

    assert library.catalog.by_keys(hits.keys)[0].id == "cond-mat/0612001"


def test_a_directory_without_an_index_is_a_broken_snapshot(tmp_path):
    with pytest.raises(BrokenSnapshot, match="cannot open"):
        FulltextEngine.open(tmp_path)
    with pytest.raises(BrokenSnapshot, match="cannot open"):
        FulltextEngine.open(tmp_path / "missing")
