import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import CATEGORIES, ArxivId, Version
from index.sources.record import REASONS, BadRecord, read_record


@pytest.fixture
def read(record):
    """Read one record made of the fields that matter."""

    def read(paper_id="2401.00001", **fields):
        return read_record(json.dumps(record(paper_id, **fields)).encode())

    return read


def refused(line):
    with pytest.raises(BadRecord) as refusal:
        read_record(line)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not_json"),
        (b'{"id": "2401.00001", "title": "Cut', "not_json"),
        (b'{"id": "2401.00001", "title": "T"} {}', "not_json"),
        (b'{"id": "2401.00001", "title": NaN}', "not_json"),
        (b'{"id": "2401.00001", "title": "\xff"}', "not_utf8"),
        (b'"2401.00001"', "not_an_object"),
        (b"null", "not_an_object"),
        (b"[]", "not_an_object"),
        (b"17", "not_an_object"),
        (b'{"title": "T"}', "no_id"),
        (b'{"id": null, "title": "T"}', "no_id"),
        (b'{"id": 2401.00001, "title": "T"}', "numeric_id"),
        (b'{"id": " ", "title": "T"}', "no_id"),
        (b'{"id": "2413.00001", "title": "T"}', "bad_id"),
        (b'{"id": "2401.00001"}', "no_title"),
        (b'{"id": "2401.00001", "title": null}', "no_title"),
        (b'{"id": "2401.00001", "title": " \\n "}', "no_title"),
        (b'{"id": "2401.00001", "title": ["T"]}', "no_title"),
        (b'{"id": "2401.00001", "title": "\\u0000\\ufeff"}', "no_title"),
        (b'{"id": "2401.00001", "title": "\\ud800"}', "lone_surrogate"),
        (b"[" * 100_000, "not_json"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_reason(line, reason):
    assert reason in REASONS
    assert refused(line) == reason


def test_an_id_and_a_title_are_enough():
    paper = read_record(b'{"id": "1107.0521", "title": "Alone"}')

    assert paper.title == "Alone"
    assert paper.abstract == ""
    assert paper.authors == paper.categories == paper.versions == ()
    assert paper.primary_category is None
    assert paper.doi is paper.journal_ref is paper.comments is None
    assert paper.submitted == paper.updated == date(2011, 7, 1)


@pytest.mark.parametrize(
    "field",
    [
        *("authors", "abstract", "categories", "versions", "update_date", "authors_parsed"),
        *("doi", "journal_ref", "comments", "license", "submitter"),
    ],
)
@pytest.mark.parametrize("value", [None, "", 17, True, [], {}, [None], [[]], {"a": 1}])
def test_a_field_of_a_wrong_type_is_as_good_as_missing(read, field, value):
    paper = read(**{field: value})

    assert paper.id == "2401.00001"


def test_the_id_of_a_record_becomes_canonical(read):
    assert read("math.GT/0309136v2").id == "math/0309136"
    assert read(" arXiv:2401.00001 ").id == "2401.00001"


def test_hard_line_breaks_are_undone(read):
    paper = read(title="A Title\n  on Two Lines", abstract="  One\ntwo\nthree.\n")

    assert paper.title == "A Title on Two Lines"
    assert paper.abstract == "One two three."


@pytest.mark.parametrize("gap", ["\n\n", "\n  ", "\n \n", "\n\n\n  ", "\n\t"])
def test_a_new_paragraph_of_an_abstract_is_a_line_break(read, gap):
    assert read(abstract=f"  One\none.{gap}Two\ntwo.\n").abstract == "One one.\nTwo two."


def test_control_characters_and_byte_order_marks_are_dropped(read):
    paper = read(title="\ufeffA\x00 B\x1f\x7f\u0085C", abstract="a\x0bb\x08c")

    assert paper.title == "A B C"
    assert paper.abstract == "a bc"


def test_markup_stays_text(library):
    paper = library.catalog.by_id("2302.07001")

    assert paper.title.startswith("<script>alert(1)</script> and")
    assert "<img src=x onerror=alert(2)>" in paper.abstract
    assert paper.authors[1].name == "Anne-Marie <b>Bold</b>"


def test_prose_is_unicode_and_formulas_are_tex(library):
    paper = library.catalog.by_id("1912.00101")

    assert paper.title == "Entangled Cats and the Ångström Scale"
    assert "Poincaré" in paper.abstract
    assert "naïve" in paper.abstract
    assert "12% of runs" in paper.abstract
    assert r"$\Delta x \leq \hbar/2\Delta p$" in paper.abstract


def test_authors_come_parsed_where_the_dump_has_them_parsed(read):
    paper = read(
        authors="A. Wrong",
        authors_parsed=[["Erd\\H{o}s", "P\\'al", ""], ["Doe", "J", "Jr"]],
    )

    assert [author.name for author in paper.authors] == ["Pál Erdős", "J Doe Jr"]


@pytest.mark.parametrize("parsed", [None, [], "x", [None], [[""]], [[None, 3]], [{}]])
def test_authors_are_read_from_the_text_where_they_are_not_parsed(read, parsed):
    paper = read(authors="Ada Lovelace and Alan Turing", authors_parsed=parsed)

    assert [author.last for author in paper.authors] == ["Lovelace", "Turing"]


def test_an_affiliation_behind_a_parsed_name_is_dropped(read):
    paper = read(authors_parsed=[["Doe", "Jane", "", "MIT"], ["Roe"]])

    assert [author.name for author in paper.authors] == ["Jane Doe", "Roe"]


def test_alias_categories_are_merged(library):
    assert library.catalog.by_id("2001.00042").categories == ("math.NA", "cs.CE")
    assert library.catalog.by_id("1803.09999").categories == ("eess.SY", "math.DS")
    assert library.catalog.by_id("2207.11111").primary_category == "cs.IT"


def test_categories_may_come_as_a_list(read):
    assert read(categories=["cs.LG", None, "cs.NA"]).categories == ("cs.LG", "math.NA")


VERSIONS = [
    {"version": "v1", "created": "Mon, 31 Dec 2018 23:30:00 -0500"},
    {"version": "v2", "created": "Thu, 10 Jan 2019 12:00:00 GMT"},
]


def test_the_day_of_a_paper_is_the_utc_date_of_its_first_version(read):
    paper = read("1901.00001", versions=VERSIONS, update_date="2020-05-05")

    assert paper.submitted == date(2019, 1, 1)
    assert paper.updated == date(2019, 1, 10)
    assert paper.versions == (
        Version(version="v1", created="2019-01-01T04:30:00Z"),
        Version(version="v2", created="2019-01-10T12:00:00Z"),
    )


def test_without_versions_the_day_is_that_of_the_update(read):
    paper = read(versions=None, update_date="2024-02-29")

    assert paper.submitted == paper.updated == date(2024, 2, 29)


def test_without_any_date_the_day_is_the_first_of_the_ids_month(read):
    assert read("hep-th/9901001", update_date=None).submitted == date(1999, 1, 1)


@pytest.mark.parametrize(
    "created",
    ["2019-01-01T04:30:00Z", "2019-01-01 04:30:00", "Tue, 1 Jan 2019 04:30:00 GMT"],
)
def test_dates_are_read_in_either_notation(read, created):
    (version,) = read(versions=[{"version": "v1", "created": created}]).versions

    assert version.created == "2019-01-01T04:30:00Z"


@pytest.mark.parametrize(
    "created",
    [
        "2024-06-03",
        "3 Jun 2024",
        "Mon, 3 Jun 2024",
        "03 June 2024",
        "June 3, 2024",
        "2024/06/03",
        "03-Jun-2024",
    ],
)
def test_a_date_without_a_time_is_the_beginning_of_its_day(read, created):
    paper = read(versions=[{"version": "v1", "created": created}])

    assert paper.versions == (Version(version="v1", created="2024-06-03T00:00:00Z"),)
    assert paper.submitted == date(2024, 6, 3)
    assert read(versions=None, update_date=created).submitted == date(2024, 6, 3)


@pytest.mark.parametrize("order", [(1, 0), (0, 1)])
def test_versions_are_in_order_whatever_theirs_in_the_dump(read, order):
    paper = read("1901.00001", versions=[VERSIONS[at] for at in order], update_date=None)

    assert [version.version for version in paper.versions] == ["v1", "v2"]
    assert (paper.submitted, paper.updated) == (date(2019, 1, 1), date(2019, 1, 10))


@pytest.mark.parametrize(
    "created",
    [
        *(
            None,
            "",
            "yesterday",
            "Mon, 99 Foo 2019",
            "0001-01-01T00:00:00+23:00",
            "2019-13-01",
        ),
        *("1970-01-01", 17, "9999-12-31T23:59:59-23:00", "Tue, 1 Jan 20190 04:30:00 GMT"),
    ],
)
def test_a_date_that_cannot_be_read_is_unknown(read, created):
    paper = read(versions=[{"version": "v1", "created": created}])

    assert paper.versions == (Version(version="v1", created=None),)
    assert paper.submitted == date(2024, 1, 2)


def test_a_paper_is_never_updated_before_it_was_submitted(read):
    paper = read(versions=[VERSIONS[1]], update_date="2001-01-01")

    assert paper.updated == paper.submitted


def test_the_addresses_of_a_paper_are_arxivs(read):
    paper = read("math/0309136")

    assert paper.url == "https://arxiv.org/abs/math/0309136"
    assert paper.pdf_url == "https://arxiv.org/pdf/math/0309136"


def test_every_field_of_arxivs_snapshot_is_read(real_data):
    lines = real_data("kaggle-format-sample.jsonl").read_bytes().splitlines()

    papers = [read_record(line) for line in lines]

    assert len({paper.id for paper in papers}) == 49
    for paper in papers:
        assert paper.authors
        assert paper.abstract
        assert set(paper.categories) <= set(CATEGORIES)
        assert paper.versions[0].version == "v1"
        assert paper.updated >= paper.submitted
        dates = [version.created for version in paper.versions]
        assert all(a <= b for a, b in pairwise(dates))
    assert any(paper.doi for paper in papers)
    assert any(paper.journal_ref for paper in papers)
    assert any(paper.comments for paper in papers)


STRINGS = st.text(max_size=20) | st.sampled_from(
    [
        *(
            "2401.00001",
            "hep-th/9901001v3",
            "cs.NA",
            "v1",
            "$x$",
            "Mon, 1 Jan 2018 00:00:00 GMT",
        ),
        *(
            "2018-01-01",
            "0001-01-01",
            "9999-12-31T23:59:59-12:00",
            "\\'e",
            "A and B",
            "\x00",
        ),
        *(
            "Mon, 1 Jan 10000 00:00:00 +9999",
            "1 Jan 99999",
            "Thu, 0",
            "00:00",
            "\u2028\u0661",
        ),
    ]
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | STRINGS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["version", "created"]), inner, max_size=2)
    ),
    max_leaves=8,
)
FIELDS = ["id", "title", "authors", "abstract", "categories", "versions", "update_date"]
FIELDS += ["authors_parsed", "doi", "journal-ref", "comments"]
RECORDS = st.dictionaries(st.sampled_from(FIELDS), JSON)


@given(RECORDS | JSON)
def test_any_json_is_a_paper_or_a_bad_record(value):
    check(json.dumps(value, default=str).encode())


@given(RECORDS)
def test_any_json_beside_an_id_and_a_title_is_a_paper(fields):
    fields |= {"id": "2401.00001", "title": "T"}

    assert check(json.dumps(fields).encode())


@given(st.binary(max_size=60) | st.text().map(str.encode))
def test_any_bytes_are_a_paper_or_a_bad_record(line):
    check(line)


def check(line):
    """Read a line; what comes of it can be written again as JSON."""
    paper = outcome(line)
    if isinstance(paper, str):
        assert paper in REASONS
        return False
    assert ArxivId.parse(paper.id).id == paper.id
    assert paper.title == " ".join(paper.title.split()) != ""
    assert paper.submitted <= paper.updated
    assert all(author.name for author in paper.authors)
    orjson.dumps(paper)
    return True


def outcome(line):
    """The paper of a line, or the reason why there is none."""
    try:
        return read_record(line)
    except BadRecord as bad:
        return bad.reason


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("title", "t" * 10_000),
        ("abstract", "a" * 50_000),
        ("authors", ", ".join(["Ada Lovelace"] * 10_000)),
        ("authors_parsed", [["Lovelace", "A", ""]] * 10_000),
        ("categories", ("cs.LG " * 834)[:5_000]),
        ("categories", ["c" * 4_000]),
        ("comments", "c" * 10_000),
        ("journal_ref", "j" * 10_000),
        ("doi", "d" * 2_000),
        ("versions", [{"version": "v1", "created": "2024-01-02"}] * 1_000),
    ],
)
def test_every_field_is_read_up_to_a_length_and_beyond_it_no_paper(record, field, most):
    fits = record(**{field: most})
    read_record(json.dumps(fits).encode())
    twice = record(**{field: most + most})
    assert refused(json.dumps(twice).encode()) == "too_long"


@pytest.mark.parametrize(
    "names",
    [
        {"authors": "L" * 3_000},
        {"authors_parsed": [["L" * 3_000, "", ""]]},
        {"authors_parsed": [["L" * 900, "F" * 900, "S" * 900]]},
    ],
)
def test_a_name_longer_than_any_is_no_paper(record, names):
    assert refused(json.dumps(record(**names)).encode()) == "too_long"


@pytest.mark.parametrize(
    "written",
    ["cs.LG, cs.CL", "cs.LG,cs.CL", "cs.LG; cs.CL;", ["cs.LG, cs.CL"], " cs.LG  cs.CL"],
)
def test_commas_and_semicolons_part_codes_too(read, written):
    assert read(categories=written).categories == ("cs.LG", "cs.CL")


def test_lists_of_texts_are_joined_by_a_blank(read):
    fields = {"report-no": ["CERN-1", None, "DESY-2"], "journal-ref": ["J. X 1", "(2007)"]}
    paper = read(doi=["10.1000/1", "10.1000/2"], comments=["9 pages;", "talk"], **fields)

    assert paper.doi == "10.1000/1 10.1000/2"
    assert paper.dois == ("10.1000/1", "10.1000/2")
    assert paper.report_no == "CERN-1 DESY-2"
    assert (paper.journal_ref, paper.comments) == ("J. X 1 (2007)", "9 pages; talk")
    assert read(doi=[]).doi is read(doi=[3, {}]).doi is None


def test_a_list_has_no_more_characters_than_a_text(record):
    line = json.dumps(record("2401.00001", doi=["d" * 1_000] * 2)).encode()

    assert refused(line) == "too_long"


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%a, %d %b %Y %H:%M:%S GMT"])
def test_a_day_more_than_a_year_ahead_is_none(read, form):
    today = datetime.now(UTC)
    later = [(today + timedelta(days=days)).strftime(form) for days in (300, 400)]
    near, far = (
        read(update_date=day, versions=[{"version": "v1", "created": day}]) for day in later
    )

    assert near.submitted == (today + timedelta(days=300)).date()
    assert near.versions[0].created
    assert far.submitted == far.updated == date(2024, 1, 1)
    assert far.versions[0].created is None
