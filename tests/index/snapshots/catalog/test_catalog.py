from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from index import Author, BrokenSnapshot, Paper, UnknownPaper, Version
from index.snapshots.catalog import Catalog, CatalogWriter


def paper(number, **fields):
    return Paper(
        **{
            "id": f"2401.{number:05}",
            "title": f"Title {number}",
            "abstract": "An abstract.",
            "authors": (),
            "categories": (),
            "submitted": date(2024, 1, 1),
            "updated": date(2024, 1, 1),
        }
        | fields
    )


def write(file, papers):
    writer = CatalogWriter(file)
    writer.add(list(enumerate(papers, start=1)))
    writer.finish()
    return Catalog.open(file)


@pytest.fixture
def catalog(tmp_path):
    """A catalog of 1,200 papers, more than one statement asks for at once."""
    catalog = write(tmp_path / "catalog.db", [paper(n) for n in range(1, 1_201)])
    yield catalog
    catalog.close()


def test_a_paper_comes_back_as_it_went_in(tmp_path):
    original = paper(
        1,
        title="量子 $\\ell_1$ <b>&amp; \u2028 😀",
        abstract="One.\nTwo.",
        authors=(
            Author(last="Erdős", first="Pál"),
            Author(last="X", suffix="Jr"),
            Author(last="Wang", first="Wei", native="王伟"),
        ),
        categories=("cs.LG", "math-ph"),
        submitted=date(1991, 8, 1),
        versions=(Version(version="v1", created=None),),
        doi="10.1/x",
        journal_ref="J. 1",
        comments='a "quoted" one',
    )
    catalog = write(tmp_path / "catalog.db", [original, paper(2)])

    assert catalog.by_id("2401.00001") == original
    assert catalog.by_keys([2, 1]) == [paper(2), original]
    assert catalog.primaries([1, 2, 3]) == {1: "cs.LG", 2: ""}
    catalog.close()


def test_papers_come_in_the_order_of_their_keys_asked_for(catalog):
    keys = [*range(1_200, 0, -3), 7, 7, 5_000]

    found = catalog.by_keys(keys)
    assert [p.id for p in found] == [f"2401.{key:05}" for key in keys[:-1]]
    assert catalog.by_keys([]) == []


def test_many_papers_are_found_by_id_at_once(catalog):
    ids = [f"2401.{number:05}" for number in range(1_000, 2_000)]

    assert catalog.by_ids(ids).keys() == set(ids[:201])
    assert catalog.by_ids([]) == {}


def test_an_unknown_id_is_an_error_that_names_it(catalog):
    with pytest.raises(UnknownPaper, match=r"2401\.99999"):
        catalog.by_id("2401.99999")


def test_a_sample_is_spread_over_the_catalog(catalog):
    sample = catalog.sample(100)

    keys = [key for key, _ in sample]
    assert len(keys) == 100
    assert keys[0] <= 12
    assert keys[-1] >= 1_188
    assert all(paper.id == f"2401.{key:05}" for key, paper in sample)


def test_the_first_and_last_day_are_known(tmp_path):
    days = [date(2001, 5, 5), date(1999, 1, 1), date(2020, 2, 2)]
    papers = [paper(n, submitted=day) for n, day in enumerate(days, start=1)]
    catalog = write(tmp_path / "catalog.db", papers)
    empty = write(tmp_path / "empty.db", [])

    assert catalog.find_first_and_last_day() == (date(1999, 1, 1), date(2020, 2, 2))
    assert empty.find_first_and_last_day() is None
    assert (catalog.count(), empty.count()) == (3, 0)
    assert empty.sample(10) == []
    catalog.close()
    empty.close()


def test_a_paper_under_a_key_in_use_replaces_the_other(tmp_path):
    file = tmp_path / "catalog.db"
    write(file, [paper(1), paper(2)]).close()
    writer = CatalogWriter(file)

    assert writer.find_next_key() == 3
    assert writer.keys(["2401.00002", "2401.00009"]) == {"2401.00002": 2}
    writer.add([(2, paper(2, title="New"))])
    writer.finish()
    catalog = Catalog.open(file)
    assert catalog.by_id("2401.00002").title == "New"
    assert catalog.count() == 2
    catalog.close()


def test_the_first_key_of_an_empty_catalog_is_one(tmp_path):
    writer = CatalogWriter(tmp_path / "catalog.db")

    assert writer.find_next_key() == 1
    writer.close()


def test_many_threads_may_read_at_once(catalog):
    def read(number):
        return catalog.by_keys(range(number, number + 20))[0].id

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(read, range(1, 400)))
    assert ids == [f"2401.{number:05}" for number in range(1, 400)]


def test_opening_a_catalog_changes_nothing_beside_it(catalog, tmp_path):
    catalog.count()

    assert [path.name for path in tmp_path.iterdir()] == ["catalog.db"]


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 100])
def test_what_is_no_catalog_is_a_broken_snapshot(tmp_path, content):
    file = tmp_path / "catalog.db"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BrokenSnapshot, match="cannot open"):
        Catalog.open(file)


def test_damage_inside_is_noticed_by_sqlites_own_check(tmp_path):
    file = tmp_path / "catalog.db"
    write(file, [paper(n, abstract="word " * 200) for n in range(1, 200)]).close()
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = b"\xff" * 40_000
    file.write_bytes(content)

    catalog = Catalog.open(file)
    assert not catalog.is_intact()
    catalog.close()


def test_a_whole_catalog_passes_the_check(catalog):
    assert catalog.is_intact()


def test_keywords_come_with_their_papers_best_first(tmp_path):
    file = tmp_path / "catalog.db"
    writer = CatalogWriter(file)
    writer.add([(1, paper(1)), (2, paper(2))])
    writer.add_keywords([(2, ["dark matter", "halo mass function"])])
    writer.add_keywords([])
    assert [p.keywords for _, p in sorted(writer.by_keys([1, 2]))] == [
        (),
        ("dark matter", "halo mass function"),
    ]
    writer.finish()

    catalog = Catalog.open(file)
    assert [p.keywords for p in catalog.by_keys([1, 2])] == [
        (),
        ("dark matter", "halo mass function"),
    ]
    assert catalog.by_id("2401.00002").keywords == ("dark matter", "halo mass function")
    catalog.close()


def test_new_keywords_replace_old_ones(tmp_path):
    file = tmp_path / "catalog.db"
    for phrases in (["old"], ["new", "newer"]):
        writer = CatalogWriter(file)
        writer.add([(1, paper(1))])
        writer.add_keywords([(1, phrases)])
        writer.finish()

    catalog = Catalog.open(file)
    assert catalog.by_id("2401.00001").keywords == ("new", "newer")
    catalog.close()


def test_all_papers_are_read_in_batches(catalog):
    batches = list(catalog.read_batches(500))

    assert [len(batch) for batch in batches] == [500, 500, 200]
    assert [p.id for batch in batches for p in batch] == [
        f"2401.{key:05}" for key in range(1, 1_201)
    ]


def test_keys_are_found_by_id(catalog):
    assert catalog.keys(["2401.00007", "2401.99999"]) == {"2401.00007": 7}
    assert catalog.keys([]) == {}


@pytest.mark.parametrize(
    "read",
    [
        lambda catalog: catalog.by_keys(range(1, 1_201)),
        lambda catalog: catalog.by_ids([f"2401.{n:05}" for n in range(1, 1_201)]),
        lambda catalog: catalog.by_id("2401.00600"),
        lambda catalog: catalog.ids(range(1, 1_201)),
        lambda catalog: catalog.origins(range(1, 1_201)),
    ],
    ids=["by_keys", "by_ids", "by_id", "ids", "origins"],
)
@pytest.mark.parametrize("is_cut", [True, False])
def test_bytes_that_change_while_it_is_open_are_an_error(catalog, tmp_path, read, is_cut):
    path = tmp_path / "catalog.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(4_096)
        if not is_cut:
            file.truncate(size)  # with zeros
    with pytest.raises(BrokenSnapshot, match="the catalog is damaged"):
        read(catalog)
