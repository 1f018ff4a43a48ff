"""How damage under an open engine shows."""

import shutil

import pytest

from index import BrokenSnapshot, Field, Library, Query, Term, find_live
from index.snapshots.guarded import guard


@pytest.fixture
def snapshot(data, tmp_path):
    """A copy of the small dump's snapshot, to be damaged."""
    return shutil.copytree(find_live(data), tmp_path / "snapshot")


def test_a_panic_of_the_engine_is_an_error_that_visitors_can_be_told(snapshot):
    library = Library.open(snapshot)
    for path in (snapshot / "fulltext").glob("*.fast"):
        path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(BrokenSnapshot, match="the full-text index is damaged"):
        library.engine.facets(Query(tree=Term(Field.CATEGORY, "cs.CL")))


class _Part:
    papers = 3

    def answer(self, value, *, sign=1):
        return value * sign

    def fail(self, error):
        raise error


def test_a_guarded_part_answers_as_it_did():
    part = guard(_Part())
    assert (part.papers, part.answer(2, sign=-1), part.answer(2)) == (3, -2, 2)
    with pytest.raises(AttributeError):
        part.nothing()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_is_no_panic_passes_a_guard(error):
    with pytest.raises(error):
        guard(_Part()).fail(error())
