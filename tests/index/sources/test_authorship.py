"""The authors of a record: people and groups, whichever way the record names them."""

import json

import pytest

from index import Manifest, find_live
from index.sources.record import read_record

KEPT = "Ada Lovelace"


@pytest.fixture
def read(record):
    """Read a record's authors; return the paper and the reasons of what is left out."""

    def make(**fields):
        left_out = []
        paper = read_record(json.dumps(record(**fields)).encode(), left_out.append)
        return [(a.last, a.first) for a in paper.authors], left_out

    return make


GROUPS = [
    ("the ALADiN2000 Collaboration", "ALADiN2000 Collaboration"),
    ("The BABAR Collaboration", "BABAR Collaboration"),
    ("LHCb Collaborations", "LHCb Collaborations"),
    ("the Suzaku Eta Carinae team", "Suzaku Eta Carinae team"),
    ("Shanghai AI Lab", "Shanghai AI Lab"),
    ("Black Forest Labs", "Black Forest Labs"),
    ("Mistral AI", "Mistral AI"),
    ("ARC Prize Foundation", "ARC Prize Foundation"),
    ("The Nuclear Physics Workshop", "Nuclear Physics Workshop"),
    ("Fokus Fraunhofer Institute", "Fokus Fraunhofer Institute"),
    ("The Institute of Cancer Research", "Institute of Cancer Research"),
    ("University of Bristol", "University of Bristol"),
    ("JET-EFDA contributors", "JET-EFDA contributors"),
    ("1000 Genomes Project", "1000 Genomes Project"),
    ("Xiaohongshu Inc", "Xiaohongshu Inc"),
    ("the ASAP Neuroimaging Initiative", "ASAP Neuroimaging Initiative"),
    ("Li Auto Inc", "Li Auto Inc"),
    ("Wendelstein 7-X Team", "Wendelstein 7-X Team"),
]


@pytest.mark.parametrize(("written", "name"), GROUPS)
def test_a_group_is_one_name_in_a_line_and_in_parts(read, written, name):
    first, _, last = written.rpartition(" ")

    assert read(authors=f"{KEPT}, {written}")[0] == [("Lovelace", "Ada"), (name, "")]
    assert read(authors_parsed=[[last, first, ""]])[0] == [(name, "")]
    assert read(authors_parsed=[[written, "", ""]])[0] == [(name, "")]


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        (f"{KEPT} (for the CDF Collaboration)", ["CDF Collaboration"]),
        (f"{KEPT} (CDF Collaboration)", ["CDF Collaboration"]),
        (f"{KEPT} (on behalf of the LHCb Collaboration)", ["LHCb Collaboration"]),
        (f"{KEPT} for the STAR Collaboration", ["STAR Collaboration"]),
        (f"{KEPT} (for the CDF and D0 Collaborations)", ["CDF and D0 Collaborations"]),
        (f"{KEPT}, for the CDF and D0 Collaborations", ["CDF and D0 Collaborations"]),
        (
            f"{KEPT} (LIGO Scientific Collaboration and Virgo Collaboration)",
            ["LIGO Scientific Collaboration", "Virgo Collaboration"],
        ),
        (f"{KEPT} (MIT; for the Milagro collaboration)", ["Milagro collaboration"]),
        (f"{KEPT} (the SOC2 consortium)", ["SOC2 consortium"]),
    ],
)
def test_a_group_that_authors_speak_for_comes_after_them(read, line, groups):
    assert read(authors=line)[0] == [("Lovelace", "Ada"), *((name, "") for name in groups)]


def test_a_group_in_many_affiliations_is_one_name(read):
    parsed = [
        ["Wissel", "Stephanie", "", "for the BEACON Collaboration"],
        ["Zeolla", "Andrew", "", "for the BEACON Collaboration", "Penn State"],
    ]

    authors, left_out = read(authors_parsed=parsed)

    assert authors == [
        ("Wissel", "Stephanie"),
        ("Zeolla", "Andrew"),
        ("BEACON Collaboration", ""),
    ]
    assert left_out == ["affiliation"]


def test_an_institute_in_an_affiliation_is_no_author(read):
    line = f"{KEPT} (Institute of Physics, Research Group for Geodesy)"

    assert read(authors=line) == ([("Lovelace", "Ada")], ["affiliation"])


LEFTOVERS = [
    (";", "mark"),
    (":", "mark"),
    ("*", "mark"),
    ("1", "mark"),
    ("†", "mark"),
    ("\\,", "mark"),
    ("al.", "et_al"),
    ("Ph.D.", "degree"),
    ("Ph. D", "degree"),
    ("PhD", "degree"),
    ("M.D.", "degree"),
    ("Author", "scrap"),
    ("others", "scrap"),
]


@pytest.mark.parametrize(("text", "reason"), LEFTOVERS)
def test_a_leftover_is_no_person_and_is_counted(read, text, reason):
    parsed = [["Lovelace", "Ada", ""], [text, "", ""]]

    assert read(authors_parsed=parsed) == ([("Lovelace", "Ada")], [reason])
    if text not in (";", ":", "\\,"):  # which separate names in a line
        assert read(authors=f"{KEPT}, {text}") == ([("Lovelace", "Ada")], [reason])


NAMES = [
    (["al.", "A. Abulencia et", ""], ("Abulencia", "A.")),
    (["Heath,", "", ""], ("Heath", "")),
    (["Manessis6", "Dionysios", ""], ("Manessis", "Dionysios")),
    (["Karimoddini1", "Ali", ""], ("Karimoddini", "Ali")),
    (["Curie*", "Marie", ""], ("Curie", "Marie")),
    (["Curie", "Author: Marie", ""], ("Curie", "Marie")),
    (["Ph.D.", "Marie Curie", ""], ("Curie", "Marie")),
    (["Fournet", "Ren{é}", ""], ("Fournet", "René")),
    (['B"ohm', "Gabriella", ""], ("Böhm", "Gabriella")),
    (["J.P.Hollow", "", ""], ("Hollow", "J.P.")),
    (["Charpentier", "Ph.", ""], ("Charpentier", "Ph.")),
    (["'t Hooft", "Gerard", ""], ("'t Hooft", "Gerard")),
    (["O'Brien", "Liam", ""], ("O'Brien", "Liam")),
    (["E", "Weinan", ""], ("E", "Weinan")),
    (["Ai", "Qingyao", ""], ("Ai", "Qingyao")),
    (["Phillips", "Philip", ""], ("Phillips", "Philip")),
    (["Al-Rashid", "N.", ""], ("Al-Rashid", "N.")),
]


@pytest.mark.parametrize(("parts", "author"), NAMES)
def test_a_name_is_clean_in_parts_and_in_a_line(read, parts, author):
    last, first, _ = parts

    assert read(authors_parsed=[parts])[0] == [author]
    assert read(authors=f"{first} {last}".strip())[0] == [author]


def test_a_suffix_of_its_own_belongs_to_the_name_before(record):
    parsed = [["Smith", "Harry F.", ""], ["Jr.", "\\,", ""]]
    paper = read_record(json.dumps(record(authors_parsed=parsed)).encode())

    assert [author.name for author in paper.authors] == ["Harry F. Smith Jr."]


@pytest.mark.parametrize(
    "authors",
    [
        ["Ada Lovelace", "Luc Van Gool"],
        [{"name": "Ada Lovelace"}, {"name": "Luc Van Gool", "affiliation": ["ETH"]}],
        [{"given": "Ada", "family": "Lovelace"}, {"first": "Luc Van", "last": "Gool"}],
        [{"forenames": "Ada", "keyname": "Lovelace"}, "Gool, Luc Van"],
        ["Lovelace, Ada", {"name": "Gool, Luc Van"}],
        [{"first_name": "Ada", "last_name": "Lovelace"}, {"full_name": "Luc Van Gool"}],
        [["Lovelace", "Ada", ""], ["Gool", "Luc Van"]],
        "['Ada Lovelace', 'Luc Van Gool']",
        '["Ada Lovelace", "Luc Van Gool"]',
        ["Ada Lovelace, Luc Van Gool"],
        ["Ada Lovelace and Luc Van Gool"],
    ],
)
def test_authors_may_be_a_list(read, authors):
    assert read(authors=authors) == ([("Lovelace", "Ada"), ("Gool", "Luc Van")], [])


@pytest.mark.parametrize(
    ("parsed", "names"),
    [
        ([["J", "Smith", ""], ["AB", "Doe", ""]], [("Smith", "J"), ("Doe", "AB")]),
        (
            [
                ["JA", "van der Berg", ""],
                ["AB", "Doe", ""],
                ["XENON Collaboration", "", ""],
            ],
            [("van der Berg", "JA"), ("Doe", "AB"), ("XENON Collaboration", "")],
        ),
        ([["XU", "Haihong", ""], ["LI", "Wei", ""]], [("XU", "Haihong"), ("LI", "Wei")]),
        ([["AB", "Doe", ""], ["Roe", "Jane", ""]], [("AB", "Doe"), ("Roe", "Jane")]),
        ([["AB", "Doe", ""]], [("AB", "Doe")]),
    ],
)
def test_initials_in_the_place_of_last_names_are_put_right(read, parsed, names):
    assert read(authors="", authors_parsed=parsed)[0] == names


def test_an_entry_that_holds_no_name_is_counted(read):
    authors, left_out = read(authors=["Ada Lovelace", None, 7, {"id": 3}, " "])

    assert authors == [("Lovelace", "Ada")]
    assert left_out == ["unreadable"] * 4
    assert read(authors="['Ada Lovelace'")[0]  # a list that does not end is a line


def test_a_list_beyond_the_limits_is_no_record(record):
    line = json.dumps(record(authors=["x" * 1_000] * 600)).encode()

    with pytest.raises(Exception, match="too_long"):
        read_record(line)


def test_a_build_tells_how_much_is_left_out(build, record):
    data = build([record(authors=f"{KEPT} (MIT), 1, et al."), record("2401.00002")])

    left_out = Manifest.read_from(find_live(data)).left_out
    assert left_out == {"affiliation": 1, "mark": 1, "et_al": 1}
