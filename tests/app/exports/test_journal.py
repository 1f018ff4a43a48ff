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
