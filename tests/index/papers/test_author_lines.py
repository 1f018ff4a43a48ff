"""Author lines as people write them: with marks, addresses, roles, last names first."""

import pytest

from index.papers.people.names import read_authors, read_listed, read_parsed
from tests.growth import assert_grows_as

TWO = ["Ada Lovelace", "Alan Turing"]


def read(line):
    left_out = []
    return [author.name for author in read_authors(line, left_out.append)], left_out


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("Ada Lovelace (0000-0002-1825-0097), Alan Turing", ["orcid"]),
        ("Ada Lovelace 0000-0002-1825-009X and Alan Turing", ["orcid"]),
        ("Ada Lovelace [ORCID: 0000-0002-1825-0097], Alan Turing", ["orcid"]),
        ("Ada Lovelace https://orcid.org/0000-0002-1825-0097, Alan Turing", ["orcid"]),
        ("Ada Lovelace <ada@example.org>, Alan Turing", ["email"]),
        ("Ada Lovelace (e-mail: ada@example.org), Alan Turing", ["email"]),
        ("Ada Lovelace, Alan Turing {ada,alan}@cs.example.org", ["email"]),
        ("Ada Lovelace^1, Alan Turing^{1,2}", ["mark", "mark"]),
        ("Ada Lovelace$^{1,2}$, Alan Turing$^*$", ["mark", "mark"]),
        ("Ada Lovelace^1,2, Alan Turing^a,b", ["mark", "mark"]),
        ("Ada Lovelace¹, Alan Turing²,³", ["mark", "mark"]),
        ("Ada Lovelace<sup>1,2</sup>, Alan Turing", ["mark"]),
        ("Ada Lovelace*, Alan Turing", ["mark"]),
        ("Ada Lovelace, with an appendix by Alan Turing", ["role"]),
        ("Ada Lovelace (with an appendix by Alan Turing)", ["role"]),
        ("Ada Lovelace with two appendices by Alan Turing", ["role"]),
        ("Ada Lovelace, with contributions from Alan Turing", ["role"]),
        ("Edited by Ada Lovelace and Alan Turing", ["role"]),
        ("Ada Lovelace, Alan Turing (Eds.)", ["role"]),
        ("Ada Lovelace (editor), Alan Turing", ["role"]),
        ("Ada Lovelace, Alan Turing, eds.", ["role"]),
        ("Ada\x7f Lovelace, Al\x7fan\x7fTuring", []),
        ("Ada Lovelace [1], Alan Turing [2,3]", ["mark", "mark"]),
        ("1Ada Lovelace, 2Alan Turing", ["mark", "mark"]),
        ("Dr Ada Lovelace, Mr. Alan Turing", ["scrap", "scrap"]),
        ("Ada Lovelace Dr., Alan Turing", ["degree"]),
        ("Ada Lovelace, translated from the German by Alan Turing", ["role"]),
        ("Ada Lovelace、Alan Turing", []),
        ("Ada Lovelace，Alan Turing（MIT）", ["affiliation"]),
        ("Lovelace, Ada; Turing, Alan", []),
        ("Lovelace, Ada and Turing, Alan", []),
    ],
)
def test_what_is_no_name_is_left_out_and_told(line, reasons):
    assert read(line) == (TWO, reasons)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Smith, J., Doe, A. B.", ["J. Smith", "A. B. Doe"]),
        ("Smith, J., Doe, A. B., and Roe, C.", ["J. Smith", "A. B. Doe", "C. Roe"]),
        ("Smith, J. & Doe, A.-B.", ["J. Smith", "A.-B. Doe"]),
        ("Smith, J., Jr., Doe, A.", ["J. Smith Jr.", "A. Doe"]),
        ("van der Berg, J., Doe, A.", ["J. van der Berg", "A. Doe"]),
        ("Kingma, DP, Ba, J", ["DP Kingma", "J Ba"]),
        ("Smith, J., CMS Collaboration", ["J. Smith", "CMS Collaboration"]),
        ("Smith, J.", ["J. Smith"]),
        ("Smith, J., Doe, A. et al.", ["J. Smith", "A. Doe"]),
    ],
)
def test_a_list_with_last_names_first_is_read(line, names):
    assert read(line)[0] == names
    assert [author.name for author in read_listed([line])] == names


@pytest.mark.parametrize(
    "line",
    [
        "Plato, Aristotle",
        "A. One, B. Two",
        "Ada Lovelace, MIT; Alan Turing, NPL",
        "Weinan E, A. B",
    ],
)
def test_a_list_in_reading_order_stays_one(line):
    assert read(line)[0] == line.replace(";", ",").split(", ")


@pytest.mark.parametrize(
    "line",
    [
        "CDF, D0 Collaborations",
        "the CDF, D0 Collaborations",
        "A. One (CDF, D0 Collaborations)",
        "A. One, CDF, D0 Collaborations",
    ],
)
def test_listed_collaborations_are_several(line):
    names = read(line)[0]

    assert [n for n in names if "ollab" in n] == ["CDF Collaboration", "D0 Collaboration"]


def test_parts_of_names_are_cleaned_alike():
    left_out = []
    entries = [
        ("Doe", "with an appendix by Jane", "", ()),
        ("Lovelace^{1,2}", "Ada", "", ()),
        ("<alan@example.org>", "Alan Turing", "", ()),
        ("0000-0002-1825-0097", "Emmy Noether", "", ()),
    ]

    found = read_parsed(entries, left_out.append)

    assert [a.name for a in found] == [
        "Jane Doe",
        "Ada Lovelace",
        "Alan Turing",
        "Emmy Noether",
    ]
    assert left_out == ["role", "mark", "email", "orcid"]


@pytest.mark.parametrize(
    "part",
    [
        "a.b",
        "{a,",
        "^{1",
        "1234-",
        "A, ",
        "A., ",
        ", ,",
        " appendix by ",
        "AB, ",
        "a@b.",
        "(a ",
        "representing ",
        "[1,2",
    ],
)
def test_the_time_of_reading_a_line_grows_no_faster_than_it(part):
    assert_grows_as(lambda count: part * count, read_authors, 4_000)
