import json
from collections import Counter
from dataclasses import replace

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import BrokenSnapshot, Dump, Shelf, Sort, find_live, rebuild
from index.search.engine import Counts, Engine, Place, Vocabulary
from index.search.query.parse import parse
from index.search.tantivy import Fulltext, FulltextWriter, leaves, ranking
from index.search.tantivy.terms import idf, stem_words
from tests.index.search.fragments import FRAGMENTS


@pytest.fixture(scope="session")
def found(library):
    """Search the small dump; return the set of ids found, whatever their order."""

    def found(text):
        hits = library.engine.search(parse(text), limit=50, offset=0, sort=Sort.RELEVANCE)
        papers = library.catalog.by_keys(hits.keys)
        assert hits.total == len(papers)
        return {paper.id for paper in papers}

    return found


def engine_total(library, text):
    """How many papers the engine finds for a text."""
    return library.engine.search(parse(text), limit=1).total


LATTICE = {"2001.00042", "2302.07002", "2403.12347", "2405.00500", "cs/9808001"}
LATTICE |= {"cond-mat/0612001"}


def test_the_embedded_engine_fulfils_the_protocol(library):
    engine: Engine = library.engine
    vocabulary: Vocabulary = library.vocabulary

    assert engine.search(parse("-zebra"), limit=1).total == 26
    assert vocabulary.frequency("lattice") > 0


def test_the_index_and_the_snapshot_count_alike(library, data):
    indexed: Counts = Fulltext.open(find_live(data) / "fulltext").counts
    counts: Counts = library.counts

    assert counts.papers == indexed.papers == 26
    assert counts.by_category == indexed.by_category
    assert counts.by_category["cs.LG"] == 4
    assert counts.by_year == indexed.by_year
    years = counts.by_year["cs.LG"]
    assert list(years) == sorted(years)
    assert sum(years.values()) == counts.by_category["cs.LG"]
    assert sum(counts.by_year["cs"].values()) == engine_total(library, "cat:cs")


def forget_years(data):
    """Make a snapshot like those of Winnow 0.1, whose manifest lists no such file."""
    path = find_live(data) / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["files"]["years.json"]
    path.write_text(json.dumps(manifest))
    return find_live(data) / "years.json"


def test_a_snapshot_without_a_file_of_years_is_counted_by_its_index(build, record):
    data = build([record("2401.00001"), record("2501.00002", categories="cs.CV cs.LG")])
    expected = Shelf(data).library().counts.by_year
    forget_years(data).unlink()

    assert Shelf(data).library().counts.by_year == expected
    assert sum(expected["cs"].values()) == 2


def test_a_damaged_file_of_years_is_named(build, record):
    data = build([record("2401.00001")])
    (find_live(data) / "years.json").write_text("[1")

    with pytest.raises(BrokenSnapshot, match=r"cannot open .*years\.json"):
        Shelf(data).library()


def test_a_file_of_years_that_cannot_be_read_is_named(build, record):
    data = build([record("2401.00001")])
    forget_years(data).write_text("[1")

    with pytest.raises(BrokenSnapshot, match=r"cannot read .*years\.json"):
        _ = Shelf(data).library().counts.by_year


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
    assert found("au:muller") == {"2403.12346", "2403.12347"}
    assert found("au:müller") == {"2403.12346", "2403.12347", "2105.04321"}  # Mueller
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
        Fulltext.open(tmp_path)
    with pytest.raises(BrokenSnapshot, match="cannot open"):
        Fulltext.open(tmp_path / "missing")


@pytest.fixture(scope="module")
def library_of(tmp_path_factory):
    """Build a library of records in a directory of its own; return it."""

    def make(*records):
        directory = tmp_path_factory.mktemp("built")
        dump = directory / "dump.jsonl"
        dump.write_text("".join(json.dumps(one) + "\n" for one in records))
        with Dump.open(dump) as opened:
            rebuild(opened, directory / "data", watch=lambda *_: None)
        return Shelf(directory / "data").library()

    return make


@pytest.fixture(scope="module")
def odd(library_of, record):
    """Find ids in a library of papers that are hard to find."""
    names = "Stephen W. Hawking", "S. Hawking", "Jane Hawking", "Otto van der Berg"
    library = library_of(
        *(
            record(f"2401.{n:05}", title=f"Paper {n}", authors=name)
            for n, name in enumerate(names, 1)
        ),
        record("2402.00001", title="高次元の量子力学", abstract="学 is its last character"),
        record("2402.00002", title="양자 역학", abstract="Noninvasive objectivity"),
        record("2402.00003", title="C++ for physicists", abstract="A non-invasive object."),
        record("2402.00004", title="C for physicists", abstract="An invasive thing, non!"),
        record("2402.00005", title="On a.*b", abstract="Signs: a(b, [c], x^2, d|e, #1"),
        record(
            "2402.00006", comments="12 pages", journal_ref="J. Odd 3, 4", doi="10.1/AB.c"
        ),
        record("2402.00007", title="Sparse neural pruning", abstract="We prune networks."),
        record("2402.00008", title="Pruning", abstract="Of neural and other networks"),
        record(
            "2402.00009", title="Coupling Erd\\H{o}s graphs", abstract="$\\ell_1$ norms"
        ),
    )

    def found(text):
        hits = library.engine.search(parse(text), limit=50)
        return {paper.id[-7:] for paper in library.catalog.by_keys(hits.keys)}

    found.engine = library.engine
    return found


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('au:"Stephen Hawking"', {"1.00001", "1.00002"}),
        ('au:"Hawking, S"', {"1.00001", "1.00002"}),
        ("au:hawking_s", {"1.00001", "1.00002"}),
        ('au:"S. W. Hawking"', {"1.00001", "1.00002"}),
        ("au:hawking", {"1.00001", "1.00002", "1.00003"}),
        ("au:hawk*", {"1.00001", "1.00002", "1.00003"}),
        ("au:hawkng~1", {"1.00001", "1.00002", "1.00003"}),
        ('au:"Berg, O"', {"1.00004"}),
        ('au:"Berg Hawking"', set()),
        ("量子", {"2.00001"}),
        ("量子力学", {"2.00001"}),
        ("量子力學", {"2.00001"}),
        ('ti:"量子力學"', {"2.00001"}),
        ("力學", {"2.00001"}),
        ('"の量"', {"2.00001"}),
        ("子", {"2.00001"}),
        ("学", {"2.00001"}),
        ("ti:学", {"2.00001"}),
        ("量力", set()),
        ("역학", {"2.00002"}),
        ("non-invasive", {"2.00002", "2.00003"}),
        ("noninvasive", {"2.00002", "2.00003"}),
        ("C++", {"2.00003"}),
        ("c++ physicists", {"2.00003"}),
        ("objects", {"2.00002", "2.00003"}),
        ('"objectivity"', {"2.00002"}),
        ('"object"', {"2.00003"}),
        ('"objects"', set()),
        ('"a.*b"', {"2.00005"}),
        ("co:pages", {"2.00006"}),
        ('jr:"j odd"', {"2.00006"}),
        ("jr:odd", {"2.00006"}),
        ("doi:10.1/ab.C", {"2.00006"}),
        ("doi:10.1*", {"2.00006"}),
        ("doi:*", {"2.00006"}),
        ("co:*", {"2.00006"}),
        ("prun*", {"2.00007", "2.00008"}),
        ("ti:prun*", {"2.00007", "2.00008"}),
        ("abs:prun*", {"2.00007"}),
        ("prunnig~1 sparse", {"2.00007"}),
        ('"sparse pruning"', set()),
        ('"sparse pruning"~1', {"2.00007"}),
        ('"neural networks"~2', {"2.00008"}),
        ('"neural networks"~1', set()),
        ("Erdos", {"2.00009"}),
        ("Erdős", {"2.00009"}),
        (r"Erd\H{o}s", {"2.00009"}),
        (r"$\ell_1$", {"2.00009"}),
        ("ell_1", {"2.00009"}),
        ("year:2023", set()),
        ("coupling year:2024", {"2.00009"}),
        ("coupling after:2024-01 before:2024-02", {"2.00009"}),
        ("coupling submittedDate:[20240102 TO 20240102]", {"2.00009"}),
        ("coupling -year:2024", set()),
    ],
)
def test_what_is_hard_to_find_is_found(odd, query, ids):
    assert odd(query) == ids


@pytest.mark.parametrize("sign", list("\\.+*?()|[]{}^$#&-~<>@!\"'/ %_"))
def test_no_sign_means_something_to_the_engine(odd, sign):
    for query in (f"ab{sign}*", f"doi:10{sign}*", f"ti:a{sign}b~1", f'"a{sign}b"~2', sign):
        odd(query)


def test_a_word_in_its_own_form_comes_before_its_other_forms(library_of, record):
    library = library_of(
        record("2401.00001", abstract="Coupled lattices are coupled here"),
        record("2401.00002", abstract="A coupling of a lattice is coupling"),
    )

    def first(text):
        hits = library.engine.search(parse(text), limit=1)
        return library.catalog.by_keys(hits.keys)[0].id

    assert first("coupled") == "2401.00001"
    assert first("coupling") == "2401.00002"


def test_a_paper_of_just_that_title_comes_first(library_of, record):
    library = library_of(
        record("2401.00001", title="A $q$-deformed Lattice!"),
        record("2401.00002", title="Lattice lattice", abstract="deformed lattice q " * 9),
    )

    hits = library.engine.search(parse("a q-deformed lattice"), limit=2)
    assert library.catalog.by_keys(hits.keys)[0].id == "2401.00001"


def test_equal_papers_come_newest_first_and_any_order_can_be_asked_for(library_of, record):
    ids = [f"24{month:02}.00001" for month in (3, 1, 4, 2)]
    fields = {"title": "Snow", "versions": [], "update_date": None}
    library = library_of(*(record(i, **fields) for i in ids))

    def order(sort):
        hits = library.engine.search(parse("snow"), limit=9, sort=sort)
        return [paper.id[:4] for paper in library.catalog.by_keys(hits.keys)]

    assert order(Sort.NEWEST) == ["2404", "2403", "2402", "2401"]
    assert order(Sort.OLDEST) == ["2401", "2402", "2403", "2404"]
    assert order(Sort.RELEVANCE) == order(Sort.NEWEST)


def test_papers_behind_a_place_follow_it(library):
    query = parse("lattice")
    for sort in (Sort.NEWEST, Sort.OLDEST):
        whole = library.engine.search(query, limit=50, sort=sort).keys
        last = library.catalog.by_keys(whole[:3])[-1]
        place = Place(last.submitted, whole[2])
        rest = library.engine.search(query, limit=50, sort=sort, behind=place)
        assert rest.keys == whole[3:]


def test_papers_can_be_left_out(library):
    query = parse("lattice")
    whole = library.engine.search(query, limit=50)
    rest = library.engine.search(query, limit=50, without=whole.keys[:2])

    assert rest.keys == whole.keys[2:]
    assert rest.total == whole.total - 2


def test_a_loose_query_finds_the_telling_words_and_names_them(library):
    loose = parse("lattice zebra multigrid").loosened()
    hits = library.engine.search(loose, limit=50)
    every = library.engine.search(
        parse("lattice multigrid").loosened(any_word=True), limit=50
    )

    assert "multigrid" in hits.telling
    assert "zebra" not in hits.telling
    assert set(hits.keys) <= set(every.keys)
    assert {p.id for p in library.catalog.by_keys(every.keys)} == LATTICE


def test_facets_count_all_that_a_query_matches(library):
    query = parse("lattice")
    papers = library.catalog.by_keys(library.engine.search(query, limit=50).keys)
    facets = library.engine.facets(query)

    assert facets.years == Counter(paper.submitted.year for paper in papers)
    assert facets.categories == Counter(c for paper in papers for c in paper.categories)
    assert library.engine.facets(parse("")).years == {}


@pytest.mark.parametrize("word", ["lattice", "multigrid", "spin"])
def test_a_word_is_as_rare_as_the_engine_says(data, word):
    engine = Fulltext.open(find_live(data) / "fulltext").engine
    index = engine._schema  # noqa: SLF001  no door leads to one term's idf
    searcher = engine._searcher  # noqa: SLF001
    (stem,) = stem_words(word)
    query = tantivy.Query.term_query(index, "all", stem, index_option="freq")
    _, address = searcher.search(query, 1).hits[0]
    explained = json.loads(query.explain(searcher, address).to_json())

    theirs = next(d["value"] for d in details(explained) if "idf" in d["description"])
    ours = idf(searcher.num_docs, searcher.doc_freq("all", stem))
    assert ours == pytest.approx(theirs, rel=1e-5)


def details(explained):
    for detail in explained.get("details", ()):
        yield detail
        yield from details(detail)


def test_scores_say_what_each_field_added(library):
    query = parse("lattice spin")
    key = library.engine.search(query, limit=1).keys[0]
    (scores,) = library.engine.scores(query, [key])

    parts = sum(value for name, value in scores.items() if name != "score")
    assert scores["score"] == pytest.approx(parts, rel=1e-3)
    assert {"all", "title"} <= set(scores)
    assert library.engine.scores(parse("zebra"), [key]) == ({},)
    assert library.engine.scores(query, [10**9, key]) == ({}, scores)


def test_a_phrase_of_common_words_is_looked_for_where_that_is_quick(odd, monkeypatch):
    monkeypatch.setattr(leaves, "COMMON", 1)

    hits = odd.engine.search(parse('"sparse neural pruning" -x'), limit=9)
    assert [n.code for n in hits.notices] == []  # sparse is rare enough
    hits = odd.engine.search(parse('"an abstract"'), limit=9)
    assert (hits.total, [n.code for n in hits.notices]) == (0, ["common_phrase_titles"])
    hits = odd.engine.search(parse('abs:"abstract an"'), limit=9)
    assert [n.code for n in hits.notices] == ["common_phrase_words"]
    assert hits.total > 1


@given(FRAGMENTS | st.text(max_size=200))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_can_be_asked(library, text):
    query = parse(text)
    for asked in (query, query.loosened(), query.loosened(any_word=True)):
        if asked and asked.tree:
            hits = library.engine.search(asked, limit=50)
            assert len(hits.keys) == min(hits.total, 50)
            assert sum(library.engine.facets(asked).years.values()) == hits.total
            for sort in (Sort.NEWEST, Sort.OLDEST):
                assert library.engine.search(asked, limit=5, sort=sort).total == hits.total


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("huge", [1 << 31, 1 << 39, (1 << 63) - 1, 1 << 80])
def test_no_page_takes_more_memory_than_there_are_papers(library, sort, huge):
    everything = parse("lattice")
    engine, most = library.engine, library.manifest.papers

    whole = engine.search(everything, limit=huge, sort=sort)
    beyond = engine.search(everything, limit=20, offset=huge, sort=sort)

    assert whole == engine.search(everything, limit=most, sort=sort)
    assert 0 < len(whole.keys) == whole.total < most
    assert (beyond.total, beyond.keys) == (whole.total, ())
    assert engine.scored(everything, limit=huge) == engine.scored(everything, limit=most)


def test_a_page_of_no_papers_still_has_the_exact_total(library):
    found = library.engine.search(parse("lattice"), limit=0)
    assert found.keys == ()
    assert found.total == library.engine.search(parse("lattice"), limit=50).total > 0


@pytest.fixture(scope="module")
def equals(library_of, record, tmp_path_factory):
    """40 papers of one score by turns in two segments, and 4 better ones; by key."""
    papers = [
        record(f"2401.{n:05}", title="Snow", update_date=f"2024-01-{n % 28 + 1:02}")
        for n in range(1, 41)
    ]
    better = [record(f"2402.{n:05}", title="Snow snow") for n in range(1, 5)]
    catalog = library_of(*papers, *better).catalog
    by_key = dict(enumerate(catalog.by_keys(range(1, 45)), 1))
    directory = tmp_path_factory.mktemp("equals") / "fulltext"
    for begin, turn in ((FulltextWriter.create, 0), (FulltextWriter.extend, 1)):
        writer = begin(directory)
        writer.add([(key, paper) for key, paper in by_key.items() if key % 2 == turn])
        writer.commit()
    return Fulltext.open(directory).engine, by_key


@pytest.mark.parametrize("most_equal", [200, 10])
def test_papers_of_one_score_keep_their_places_whatever_part_is_wanted(
    equals, monkeypatch, most_equal
):
    monkeypatch.setattr(ranking, "MOST_EQUAL", most_equal)
    engine, _ = equals
    query = replace(parse("snow"), title="")
    whole = engine.search(query, limit=50).keys

    assert len(set(whole)) == 44
    for start in range(45):
        for limit in (1, 2, 7, 44):
            part = engine.search(query, limit=limit, offset=start)
            assert part.keys == whole[start : start + limit]
            assert part.total == 44


def test_of_papers_of_one_score_the_newest_come_first(equals):
    engine, papers = equals
    whole = engine.search(replace(parse("snow"), title=""), limit=50).keys
    days = [papers[key].submitted for key in whole[4:]]

    assert days == sorted(days, reverse=True)
