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
        ("Ada Lovelace, Alan Turing and 120 additional authors not shown", ["et_al"]),
        ("Ada Lovelace, Alan Turing (120 additional authors not shown)", ["et_al"]),
        ("Ada Lovelace, Alan Turing, and 35 others", ["et_al"]),
        ("Ada Lovelace, Alan Turing et al. (120 authors)", ["et_al"]),
        ("Ada Lovelace, Alan Turing, et al. (1,234 authors in total)", ["et_al"]),
        ("Ada Lovelace, Alan Turing, +120 more", ["et_al"]),
        ("Ada Lovelace, Alan Turing and many other authors", ["et_al"]),
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
        ("Smith J, Doe AB", ["J Smith", "AB Doe"]),
        ("Smith J, van der Berg JA and Doe AB.", ["J Smith", "JA van der Berg", "AB Doe"]),
        ("Smith J; García López MC", ["J Smith", "MC García López"]),
        ("Smith-Jones AB, O'Brien J Jr, et al.", ["AB Smith-Jones", "J O'Brien Jr"]),
        (
            "Smith J, Doe AB, XENON Collaboration",
            ["J Smith", "AB Doe", "XENON Collaboration"],
        ),
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


@pytest.mark.parametrize(
    "line",
    [
        "Haihong XU, Wei LI",
        "Andrew NG, Jun MA",
        "Weinan E, Ada Lovelace",
        "Smith J",
        "Plato J, Ada Lovelace",
    ],
)
def test_capitals_behind_a_name_are_no_initials_everywhere(line):
    assert [author.name for author in read_authors(line)] == line.split(", ")


def test_a_list_of_names_with_initials_behind_them_is_read_as_one():
    authors = read_listed(["Smith J", "Doe AB", "CMS Collaboration"])

    assert [author.last for author in authors] == ["Smith", "Doe", "CMS Collaboration"]


def test_those_who_are_not_named_are_nobody_in_any_form():
    parsed = [("Lovelace", "Ada", "", ()), ("shown", "and 12 more authors not", "", ())]
    left_out = []

    assert [a.name for a in read_parsed(parsed, left_out.append)] == ["Ada Lovelace"]
    assert [a.name for a in read_listed(["Ada Lovelace", "and 12 others"])] == [
        "Ada Lovelace"
    ]
    assert left_out == ["et_al"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Wei Wang (王伟), Ada Lovelace", [("Wei Wang", "王伟"), ("Ada Lovelace", "")]),
        ("Wei Wang（王伟）", [("Wei Wang", "王伟")]),
        ("Wei Wang 王伟", [("Wei Wang", "王伟")]),
        ("王伟 Wei Wang", [("Wei Wang", "王伟")]),
        ("Wei Wang (王 小明)", [("Wei Wang", "王小明")]),
        ("Minsu Kim (김민수)", [("Minsu Kim", "김민수")]),
        ("Wei Wang (清华大学)", [("Wei Wang", "")]),
        ("王 小明, 李 雷", [("王小明", ""), ("李雷", "")]),
        ("山田 太郎", [("山田太郎", "")]),
    ],
)
def test_names_in_their_own_script_are_kept_whole(line, names):
    assert [(a.name, a.native) for a in read_authors(line)] == names
    assert [(a.name, a.native) for a in read_listed(line.split(", "))] == names


def test_parts_of_names_keep_their_own_script():
    parsed = [
        ("Wang", "Wei", "", ("王伟",)),
        ("Wang", "Wei (王伟)", "", ()),
        ("小明", "王", "", ()),
        ("王", "小明", "", ()),
    ]
    left_out = []
    authors = read_parsed(parsed, left_out.append)

    assert [(a.name, a.native) for a in authors] == [
        ("Wei Wang", "王伟"),
        ("Wei Wang", "王伟"),
        ("王小明", ""),
        ("王小明", ""),
    ]
    assert not left_out


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
    assert_grows_as(lambda count: part * count, read_authors, 2_000)
