"""Exports keep a particle with the family name where it belongs to it."""

from datetime import date

import orjson
import pytest

from app.exports.formats import Format, export
from index import Author, Paper, keep_particles


@pytest.mark.parametrize(
    ("first", "last", "family"),
    [
        ("Luc Van", "Gool", "Van Gool"),
        ("L. Van", "Gool", "Van Gool"),
        ("Benjamin Van", "Roy", "Van Roy"),
        ("Marco La", "Rocca", "La Rocca"),
        ("Ismail Ben", "Ayed", "Ben Ayed"),
        ("Abdulmotaleb El", "Saddik", "El Saddik"),
        ("Anna Dal", "Santo", "Dal Santo"),
        ("S. Das", "Gupta", "Das Gupta"),
        ("Jean-Marc Le", "Goff", "Le Goff"),
        ("E. P. J. van den", "Heuvel", "van den Heuvel"),
        ("Frank C. van den", "Bosch", "van den Bosch"),
        ("H. J. Van", "Langevelde", "Van Langevelde"),
        ("Daniel von dem", "Bussche", "von dem Bussche"),
        ("Tu Van", "Nguyen", "Nguyen"),
        ("Marie Van", "Nguyen", "Nguyen"),
        ("Fam Le", "Kien", "Kien"),
        ("Quoc Van", "Tran", "Tran"),
        ("Bin", "Yu", "Yu"),
        ("Ben", "Glocker", "Glocker"),
        ("Kevin E.", "Cahill", "Cahill"),
        ("Stephen W.", "Hawking", "Hawking"),
    ],
)
def test_a_particle_is_kept_with_the_family_name(first, last, family):
    author = Author(last=last, first=first)

    kept = keep_particles(author)

    assert kept.last == family
    assert kept.name == author.name


def test_every_format_says_so():
    paper = Paper(
        id="2401.00001",
        title="A title",
        abstract="",
        authors=(Author(last="Gool", first="Luc Van"), Author(last="CDF Collaboration")),
        categories=("cs.CV",),
        submitted=date(2024, 1, 1),
        updated=date(2024, 1, 1),
    )

    assert "Van Gool, Luc and {CDF Collaboration}" in export([paper], Format.BIBTEX)
    assert "AU  - Van Gool, Luc\r\n" in export([paper], Format.RIS)
    people = orjson.loads(export([paper], Format.CSL))[0]["author"]
    assert people[0] == {"family": "Van Gool", "given": "Luc"}
    assert people[1] == {"literal": "CDF Collaboration"}
