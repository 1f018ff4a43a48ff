import pytest

from index import Author
from index.search.terms.asked_names import read_author
from index.search.terms.author_keys import make_author_keys
from index.search.terms.spellings import fold_name

HAWKING = Author(last="Hawking", first="Stephen W.")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Erdős", "erdos"),
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("Strauß", "strauss"),
        ("O'Neil-Smith", "o neil smith"),
        ("  M.  Ørsted ", "m orsted"),
        ("", ""),
    ],
)
def test_names_are_folded(name, folded):
    assert fold_name(name) == folded


def test_an_author_has_a_key_for_every_way_to_write_the_name():
    assert make_author_keys(HAWKING) == {
        "hawking",
        "hawking s",
        "hawking s w",
        "hawking stephen",
        "hawking stephen w",
    }


def test_a_particle_may_be_left_out():
    keys = make_author_keys(Author(last="van der Waals", first="J. D."))

    assert {"van der waals", "waals", "waals j", "waals j d"} <= keys


def test_a_collaboration_has_one_key():
    assert make_author_keys(Author(last="ATLAS Collaboration")) == {"atlas collaboration"}


def is_found(name, author):
    return any(make_author_keys(author) & asked for asked in read_author(name))


@pytest.mark.parametrize(
    "name",
    [
        "Hawking",
        "hawking_s",
        "hawking_stephen",
        "Hawking, S",
        "Hawking, S.",
        "Hawking, S. W.",
        "Hawking, Stephen",
        "Hawking, Stephen William",
        "S Hawking",
        "S. W. Hawking",
        "S.W. Hawking",
        "Stephen Hawking",
        "Stephen W. Hawking",
        "STEPHEN HAWKING",
        "Hawking Stephen",
    ],
)
def test_an_author_is_found_however_the_name_is_written(name):
    assert is_found(name, HAWKING)


@pytest.mark.parametrize(
    "name",
    ["Hawking, T", "Hawking, Steven", "Stephen", "S. X. Hawking", "Hawkins", "_", ""],
)
def test_another_author_is_not(name):
    assert not is_found(name, HAWKING)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("van der Berg", Author(last="van der Berg", first="Otto")),
        ("Otto van der Berg", Author(last="van der Berg", first="Otto")),
        ("Berg, Otto", Author(last="van der Berg", first="Otto")),
        ("de la Cruz, M", Author(last="de la Cruz", first="Maria")),
        ("Paul Erdos", Author(last="Erdős", first="P.")),
        ("Erdős, Paul", Author(last="Erdos", first="Paul")),
        ("Al-Rashid", Author(last="Al-Rashid", first="N.")),
    ],
)
def test_particles_accents_and_initials_do_not_matter(name, author):
    assert is_found(name, author)
