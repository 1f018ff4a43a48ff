import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.papers.accents import decode_tex
from index.papers.people.groups import is_group, may_be_person
from index.papers.people.names import read_authors, read_parsed
from tests.growth import cpu_s


def parts(line):
    return [(a.last, a.first, a.suffix) for a in read_authors(line)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("A. One, B. Two, and C. Three", ["A. One", "B. Two", "C. Three"]),
        ("A. One; B. Two & C. Three", ["A. One", "B. Two", "C. Three"]),
        ("A. One,\n  B. Two", ["A. One", "B. Two"]),
        ("Alexander Grothendieck and", ["Alexander Grothendieck"]),
        ("Sandy Anderson", ["Sandy Anderson"]),  # no "and" inside a word
        ("A. One, B. Two et al.", ["A. One", "B. Two"]),
        ("A. One, et al", ["A. One"]),
        ("李娜, 王伟", ["李娜", "王伟"]),
        ("", []),
        (" ,;and, ", []),
    ],
)
def test_a_line_is_split_into_authors(line, names):
    assert [author.name for author in read_authors(line)] == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Plato", ("Plato", "", "")),
        ("Jan van der Berg", ("van der Berg", "Jan", "")),
        ("Leonardo da Vinci", ("da Vinci", "Leonardo", "")),
        ("R. de la Cruz", ("de la Cruz", "R.", "")),
        ("Gerard 't Hooft", ("'t Hooft", "Gerard", "")),
        ("Adrian Del Maestro", ("Del Maestro", "Adrian", "")),
        ("Tu Van Nguyen", ("Nguyen", "Tu Van", "")),  # a middle name, no particle
        ("Bin Yu", ("Yu", "Bin", "")),
        ("Al Gore", ("Gore", "Al", "")),
        ("von Neumann", ("von Neumann", "", "")),
    ],
)
def test_particles_belong_to_the_last_name(line, expected):
    assert parts(line) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Harry F. Smith Jr.", ("Smith", "Harry F.", "Jr.")),
        ("Harry F. Smith, Jr", ("Smith", "Harry F.", "Jr")),
        ("John von Neumann III", ("von Neumann", "John", "III")),
        ("Sam Sr.", ("Sr.", "Sam", "")),  # a suffix follows two names
    ],
)
def test_suffixes_are_told_from_names(line, expected):
    assert parts(line) == [expected]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The ATLAS Collaboration", ["ATLAS Collaboration"]),
        ("ATLAS Collaboration", ["ATLAS Collaboration"]),
        (
            "Planck Collaboration: P. A. R. Ade, N. Aghanim",
            ["Planck Collaboration", "P. A. R. Ade", "N. Aghanim"],
        ),
        ("J. Smith for the STAR Collaboration", ["J. Smith", "STAR Collaboration"]),
        (
            "J. Smith (on behalf of the LHCb Collaboration)",
            ["J. Smith", "LHCb Collaboration"],
        ),
        (
            "J. Smith on behalf of the LHCb Collaboration",
            ["J. Smith", "LHCb Collaboration"],
        ),
        ("The Human Genome Consortium", ["Human Genome Consortium"]),
        ("J. Smith (XENON Collab.)", ["J. Smith", "XENON Collaboration"]),
        ("(XENON Collab.)", ["XENON Collaboration"]),
        ("J. Smith et al. (for the XENON Collab)", ["J. Smith", "XENON Collaboration"]),
        ("J. Smith for the XENON Collab.", ["J. Smith", "XENON Collaboration"]),
        ("J. Smith, XENON Collab.", ["J. Smith", "XENON Collaboration"]),
    ],
)
def test_a_collaboration_is_one_name(line, names):
    authors = read_authors(line)

    assert [author.name for author in authors] == names
    assert all(not a.first for a in authors if "Collab" in a.last)


@pytest.mark.parametrize(
    "name", ["Google DeepMind", "OpenAI", "Meta AI", "Microsoft Research", "Google Brain"]
)
def test_a_firm_is_a_group(name):
    assert is_group(name)
    assert not may_be_person(name)
    assert [a.last for a in read_authors(f"{name}, Ada Lovelace")] == [name, "Lovelace"]


@pytest.mark.parametrize("name", ["Huawei Shen", "Meta van Faassen", "Martin Brain"])
def test_a_person_called_like_a_firm_is_a_person(name):
    assert not is_group(name)


@pytest.mark.parametrize(
    "line",
    [
        "A. One (MIT), B. Two (CERN, Geneva)",
        "A. One (1), B. Two (2 and 3) ((1) MIT, (2) CERN (Geneva), (3) Oxford)",
        "A. One (Univ. (of (Deep)) Nesting), B. Two",
    ],
)
def test_affiliations_are_no_names(line):
    names = [author.name for author in read_authors(line)]

    assert names[:2] == ["A. One", "B. Two"]


def test_a_lone_parenthesis_loses_no_author():
    assert read_authors("A. One (MIT, B. Two")[-1].name == "B. Two"
    assert read_authors("A. One), B. Two")[0].name == "A. One"


def test_accents_are_read_before_names_are_split():
    line = r"Erwin Schr\"odinger, P\'al Erd\H os and {\L}ukasz Kaiser"

    assert parts(line) == [
        ("Schrödinger", "Erwin", ""),
        ("Erdős", "Pál", ""),
        ("Kaiser", "Łukasz", ""),
    ]


def test_sixty_authors_stay_sixty(library):
    paper = library.catalog.by_id("2105.04321")

    assert len(paper.authors) == 60
    assert paper.authors[-1].name == "A. Zhang"


NAMES = st.lists(
    st.sampled_from(
        [
            *("Ada", "B.", "van", "de la", "Lovelace", "Jr.", "and", "et al.", ",", ";"),
            *("(", ")", "the X Collaboration", "for", ":", "&", r"\'e", "{", "}", "李娜"),
            *("~", "\n", "$x$"),
        ]
    ),
    max_size=12,
).map(" ".join)


@given(NAMES | st.text())
def test_any_line_can_be_read(line):
    for author in read_authors(line):
        assert author.last.strip() == author.last != ""
        assert author.name.split()


@given(st.text(min_size=1))
def test_a_line_with_letters_outside_parentheses_has_an_author(text):
    line = decode_tex(text.replace("(", " ").replace(")", " "))
    if any(map(str.isalpha, line)) and "et" not in line:
        words = {"and", "for", "the", "on", "behalf", "of", "author", "authors"}
        assert read_authors(text) or words & set(re.findall(r"\w+", line.lower()))


WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).map(str.title)


@given(st.lists(st.tuples(WORDS, WORDS).map(" ".join), max_size=8))
def test_names_are_kept_letter_for_letter(names):
    kept = [author.name for author in read_authors(", ".join(names))]

    groups = {"Team", "Group", "Project", "Network", "Survey"}
    if not groups & set(" ".join(names).split()):
        assert kept == names


def test_names_read_from_text_agree_with_arxivs_own(real_data):
    lines = real_data("kaggle-format-sample.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]

    assert len(records) == 49
    for record in records:
        own = [tuple(map(decode_tex, p[:3])) for p in record["authors_parsed"]]
        assert parts(record["authors"]) == own


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The CMS and LHCb Collaborations: A. One", ["CMS and LHCb Collaborations", "One"]),
        ("H1 and ZEUS Collaborations: A. One", ["H1 and ZEUS Collaborations", "One"]),
        ("H1 & ZEUS Collaborations", ["H1 & ZEUS Collaborations"]),
        ("ATLAS, CMS and LHCb Collaborations", ["ATLAS, CMS and LHCb Collaborations"]),
        (
            "A. One representing the XENON Collaboration",
            ["One", "XENON Collaboration"],
        ),
        (
            "A. One, ATLAS, CMS and LHCb Collaborations",
            ["One", "ATLAS, CMS and LHCb Collaborations"],
        ),
        (
            "A. One, the Belle and BaBar Collaborations",
            ["One", "Belle and BaBar Collaborations"],
        ),
        (
            "CDF Collaboration and D0 Collaboration",
            ["CDF Collaboration", "D0 Collaboration"],
        ),
        ("Bob Li, Ann Yu and CMS Collaborations", ["Li", "Yu", "CMS Collaborations"]),
        ("F. R. Cohen and, S. Gitler", ["Cohen", "Gitler"]),
        ("A. One and and B. Two", ["One", "Two"]),
    ],
)
def test_joint_groups_are_one_and_and_is_nobody(line, names):
    assert [author.last for author in read_authors(line)] == names


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        (
            [("CMS", "The"), ("Collaborations", "LHCb"), (":", "")],
            ["CMS and LHCb Collaborations"],
        ),
        ([("H1", ""), ("ZEUS Collaborations", "")], ["H1 and ZEUS Collaborations"]),
        ([("Li", "Bob"), ("Collaborations", "CMS")], ["Li", "CMS Collaborations"]),
        ([("and", "F. R. Cohen"), ("Gitler", "S.")], ["Cohen", "Gitler"]),
        ([("Cohen and", "F. R.")], ["Cohen"]),
    ],
)
def test_joint_groups_are_put_together_again(entries, names):
    found = read_parsed((last, first, "", ()) for last, first in entries)

    assert [author.last for author in found] == names


def test_long_lists_of_capitals_are_read_at_once():
    for line in (
        "The Aa" * 3_000,
        "AB, " * 3_000,
        "AB Cd " * 3_000 + "teams",
        "A" * 20_000 + "teams",
    ):
        assert cpu_s(read_authors, line) < 0.5
