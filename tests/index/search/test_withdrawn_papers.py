"""Withdrawn papers come last, and fields that were not there before are searched."""

import json

import pytest

from index import Dump, Filters, Mode, Search, Shelf, Sort, Window, rebuild

GONE = "This paper has been withdrawn by the author"


@pytest.fixture(scope="module")
def made(record, tmp_path_factory):
    """A library of 60 papers about lattices; every sixth is withdrawn."""
    directory = tmp_path_factory.mktemp("withdrawn")
    records = [
        record(
            f"2401.{n:05}",
            title=f"Lattice Heat Study {'lattice heat ' * (n % 6 == 0)}{n}",
            abstract=f"Heat in a lattice of {n} sites.",
            comments=GONE if n % 6 == 0 else f"{n} pages",
            journal_ref=_REFERENCES.get(n),
            **{"report-no": _REPORTS.get(n)},
            license="http://creativecommons.org/licenses/by/4.0/",
            submitter="Ada Lovelace",
        )
        for n in range(1, 61)
    ]
    path = directory / "dump.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
    with Dump.open(path) as dump:
        rebuild(dump, directory / "data", encoder="shipped", watch=lambda *_: None)
    return Shelf(directory / "data").library()


_REFERENCES = {
    1: "Phys.Rev.D76:044016,2007",
    2: "Phys. Rev. D 76, 044016 (2007)",
    3: "Phys.Rev. D76 (2007) 044016",
    4: "Phys. Rev. Lett. 99, 1 (2007)",
    5: "Phys.Lett.B650:233-238,2007",
    7: "Phys. Lett. 45B (1973) 1",
    8: "JHEP0707:046,2007",
    9: "J. Stat. Mech. (2007) P07012",
    10: "Class.Quant.Grav.20:4423-4434,2003",
    11: "Classical and Quantum Gravity 24 (2007) 1",
    13: "Mon.Not.Roy.Astron.Soc.340:1, 2003",
    14: "MNRAS 341, 2 (2003)",
    15: "Monthly Notices of the Royal Astronomical Society, 342",
    16: "Astrophys.J.600:1-8,2004",
    17: "The Astrophysical Journal 601 (2004)",
    19: "ApJ, 602, 3",
    20: "Astron.J.127:1,2004",
    21: "Lect.NotesPhys.718:1,2007",
    22: "Physics Letters B 651, 2007",
    23: "Physica A 380 (2007) 1",
    25: "J.Phys.A 40 (2007) 1",
    26: "PNAS 104, 1 (2007)",
    27: "Proc. Natl. Acad. Sci. U.S.A. 105",
}
_REPORTS = {
    1: "CERN-PH-TH-2007-055",
    2: "FERMILAB-PUB-07-123-E, arXiv:0704.1",
    3: "LA-UR 07",
}


def ids(library, text, **fields):
    limit, offset = fields.pop("limit", 100), fields.pop("offset", 0)
    found = library.finder.find(Search(text, **fields), Window(limit=limit, offset=offset))
    return [int(paper.id[-5:]) for paper in found.papers], found.total


def test_withdrawn_papers_come_last_among_all_that_match(made):
    numbers, total = ids(made, "lattice heat")

    assert total == 60
    assert [n % 6 == 0 for n in numbers] == [False] * 50 + [True] * 10


@pytest.mark.parametrize("limit", [7, 20, 50, 55])
def test_the_pages_of_a_result_fit_together(made, limit):
    whole, _ = ids(made, "lattice heat")
    pages = []
    for offset in range(0, 60, limit):
        numbers, total = ids(made, "lattice heat", limit=limit, offset=offset)
        assert total == 60
        pages += numbers

    assert pages == whole


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.SEMANTIC])
def test_meaning_puts_them_last_too(made, mode):
    numbers, _ = ids(made, "lattice heat", mode=mode)
    gone = [n % 6 == 0 for n in numbers]

    assert gone == sorted(gone)
    assert len(numbers) > 20


def test_an_exact_title_or_an_id_asks_for_a_withdrawn_paper(made):
    assert ids(made, made.catalog.by_id("2401.00012").title)[0][0] == 12
    assert ids(made, "2401.00012")[0] == [12]


def test_by_day_they_keep_their_place(made):
    numbers, _ = ids(made, "lattice heat", sort=Sort.NEWEST)

    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("text", "gone", "total"),
    [
        ("lattice heat", None, 60),
        ("lattice heat", False, 50),
        ("lattice heat", True, 10),
        ("", True, 10),
        ("", False, 50),
    ],
)
def test_a_filter_leaves_them_out_or_shows_only_them(made, text, gone, total):
    numbers, found = ids(made, text, filters=Filters(withdrawn=gone, author="Turing"))

    assert found == total
    assert gone is None or all((n % 6 == 0) is gone for n in numbers)


def test_the_language_asks_for_them(made):
    assert ids(made, "withdrawn:*")[1] == 10
    assert ids(made, "heat -withdrawn:*")[1] == 50


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ('jr:"Phys. Rev. D"', {1, 2, 3}),
        ('jr:"Phys.Rev.D"', {1, 2, 3}),
        ('jr:"Phys.Rev.D76"', {1, 2, 3}),
        ('jr:"Phys. Rev. D 76"', {1, 2, 3}),
        ('jr:"Phys. Rev. D76, 044016"', {1, 2}),
        ('jr:"Phys. Rev. Lett."', {4}),
        ('jr:"Phys. Lett. B"', {5, 7, 22}),
        ('jr:"Physics Letters B"', {5, 7, 22}),
        ("jr:PLB", {5, 7, 22}),
        ('jr:"Class. Quantum Grav."', {10, 11}),
        ("jr:Class.Quant.Grav.", {10, 11}),
        ('jr:"Classical and Quantum Gravity"', {10, 11}),
        ('jr:"Classical & Quantum Gravity"', {10, 11}),
        ("jr:CQG", {10, 11}),
        ('jr:"Class. Quantum Grav. 20"', {10}),
        ('jr:"Mon. Not. R. Astron. Soc."', {13, 14, 15}),
        ("jr:MNRAS", {13, 14, 15}),
        ('jr:"Monthly Notices of the Royal Astronomical Society"', {13, 14, 15}),
        ('jr:"MNRAS 340"', {13}),
        ('jr:"Astrophys. J."', {16, 17, 19}),
        ("jr:ApJ", {16, 17, 19}),
        ('jr:"Astrophysical Journal"', {16, 17, 19}),
        ('jr:"ApJ 601"', {17}),
        ('jr:"Astron. J."', {20}),
        ("jr:AJ", {20}),
        ('jr:"Lecture Notes in Physics"', {21}),
        ('jr:"Physica A"', {23}),
        ('jr:"Journal of Physics A"', {25}),
        ('jr:"Journal of Statistical Mechanics"', {9}),
        ('jr:"Proceedings of the National Academy of Sciences"', {26, 27}),
        ("jr:PRL", {4}),
        ('jr:"Physical Review Letters"', {4}),
        ('jr:"Physical Review"', {1, 2, 3, 4}),
        ('jr:"Phys.Lett.B650"', {5}),
        ('jr:"Phys. Lett. 45B"', {7}),
        ("jr:JHEP", {8}),
        ("jr:JHEP0707", {8}),
        ("jr:P07012", {9}),
        ("jr:stat*", {9}),
        ("journal:*", {*range(1, 28)} - {6, 12, 18, 24}),
        ("rn:CERN-PH-TH-2007-055", {1}),
        ("rn:cern", {1}),
        ('rn:"PH TH"', {1}),
        ("report:FERMILAB-PUB-07-123-E", {2}),
        ("rn:fermi*", {2}),
        ("rn:*", {1, 2, 3}),
        ("rn:unknown", set()),
    ],
)
def test_journals_and_report_numbers_are_found(made, query, papers):
    assert set(ids(made, query)[0]) == papers


def test_licence_and_submitter_are_kept(made):
    paper = made.catalog.by_id("2401.00001")

    assert paper.license == "http://creativecommons.org/licenses/by/4.0/"
    assert paper.submitter == "Ada Lovelace"
    assert paper.report_no == "CERN-PH-TH-2007-055"
