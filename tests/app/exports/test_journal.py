"""Journal references: what is read of them, and what is kept as it stands."""

import pytest

from app.exports.journal import read_journal
from tests.growth import cpu_s


@pytest.mark.parametrize(
    "text",
    [
        "Phys" + ", " * 5_000 + "x",
        "Phys" + "." * 10_000,
        "x" + "; " * 5_000,
        "Phys" + " (" * 5_000 + "x",
        "to appear in " * 800,
        "Phys Rev " + "1-" * 5_000,
    ],
)
def test_odd_references_of_full_length_are_read_at_once(text):
    assert cpu_s(read_journal, text) < 0.3
    for size in (290, 490):
        assert cpu_s(read_journal, text[:size]) < 0.3


def test_a_long_reference_is_printed_whole():
    text = "Proceedings of the meeting on lattices; erratum, " * 12 + "2007"

    journal = read_journal(text)

    assert journal is not None
    assert (journal.name, journal.year, journal.rest) == (text, 2007, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "Phys.Rev.D76:044016,2007; Erratum (see Phys.Rev.D77 (2008))",
            "Erratum (see Phys.Rev.D77 (2008))",
        ),
        ("Phys.Rev.D76:044016,2007 [Erratum-ibid.D77:1,2008]", "Erratum-ibid.D77:1,2008"),
        ("Phys.Rev.D76:1,2007 (Erratum (see D77 (2008))).", "Erratum (see D77 (2008))"),
        ("Phys.Rev.D76:1,2007; Erratum (a) [more (b)]", "Erratum (a) [more (b)]"),
        ("Phys.Rev.D76:1,2007 (Erratum-ibid. D77:1)", "Erratum-ibid. D77:1"),
        ("Phys.Rev.D76:1,2007. See D77 [2].", "See D77 [2]."),
    ],
)
def test_an_erratum_keeps_its_own_brackets(text, rest):
    journal = read_journal(text)

    assert journal is not None
    assert (journal.name, journal.volume, journal.rest) == ("Phys. Rev. D", "76", rest)


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1234.5678",
        "arXiv:1234.5678v2 [hep-th]",
        "arXiv:hep-th/0701001",
        "hep-th/0701001",
        "arXiv preprint arXiv:1706.03762 (2017)",
        "arXiv e-prints, 1706.03762 (2017)",
        "CoRR abs/1706.03762, 2017",
        "arXiv preprint",
        "arXiv e-prints, 2019",
        "CoRR",
    ],
)
def test_a_preprint_is_no_journal(text):
    assert read_journal(text) is None


def test_a_text_that_begins_with_an_id_is_kept_whole():
    for text in ("arXiv:1234.5678, J. Phys. A 3 (2007) 5", "arXiv 3 (2007) 5"):
        journal = read_journal(text)

        assert journal is not None
        assert (journal.name, journal.volume, journal.year) == (text, "", 2007)


@pytest.mark.parametrize(
    ("text", "volume", "pages", "year"),
    [
        ("PoS LAT2007:123,2007", "LAT2007", "123", 2007),
        ("PoSLAT2006:204,2006", "LAT2006", "204", 2006),
        ("PoS(LATTICE 2014)071", "LATTICE2014", "071", 2014),
        ("PoS EPS-HEP2009 (2010) 045", "EPS-HEP2009", "045", 2010),
        ("PoS Solvay:002,2006", "Solvay", "002", 2006),
        ("PoS CONFINEMENT8:123,2008", "CONFINEMENT8", "123", 2008),
    ],
)
def test_a_volume_of_pos_is_a_conference(text, volume, pages, year):
    journal = read_journal(text)

    assert journal is not None
    assert (journal.name, journal.volume) == ("PoS", volume)
    assert (journal.pages, journal.year) == (pages, year)


def test_journals_that_begin_like_pos_are_read_as_ever():
    journal = read_journal("Positivity 3 (2007) 5-9")

    assert journal is not None
    assert (journal.name, journal.volume, journal.pages) == ("Positivity", "3", "5–9")
