"""A probe of an open library: each part is asked for something that is known."""

import numpy as np

from index.errors import BrokenSnapshot, LibraryError
from index.papers.paper import Paper
from index.search.engine import Sort
from index.search.query.tree import Field, Query, Term
from index.snapshots.library import Library
from index.snapshots.soundness import check_sizes

_LENGTH_ERROR = 0.05  # of a vector of unit length, kept as int8


class WrongAnswer(BrokenSnapshot):
    """A part of an open library answers, but not what it must."""


def probe(library: Library) -> None:
    """Check that files, engine, catalog and vectors answer, in a few milliseconds.

    Raises WrongAnswer, or BrokenSnapshot where a part does not answer at all.
    """
    try:
        check_sizes(library.snapshot, library.manifest)
        if library.manifest.papers:
            key = _find_key(library)
            _check_found_again(library, key, _read_paper(library, key))
            _check_vector(library, key)
    except LibraryError:
        raise
    except Exception as error:  # of whichever part is damaged
        raise BrokenSnapshot(f"{library.snapshot} cannot be read: {error!r}") from error


def _find_key(library: Library) -> int:
    """Return the key of a paper of the largest category, all of whose papers are found.

    The engine may find more: a query for an archive finds its categories' papers too.
    """
    counts = library.manifest.categories
    if not counts:
        return 1
    code = next(iter(counts))
    query = Query(tree=Term(Field.CATEGORY, code))
    hits = library.engine.search(query, limit=1, offset=0, sort=Sort.RELEVANCE)
    if hits.total < counts[code]:
        raise WrongAnswer(
            f"a query found {hits.total:,} papers where there are {counts[code]:,}"
        )
    return hits.keys[0]


def _read_paper(library: Library, key: int) -> Paper:
    papers = library.catalog.by_keys([key])
    if not papers:
        raise WrongAnswer(f"the catalog does not have paper {key}, which was found")
    return papers[0]


def _check_found_again(library: Library, key: int, paper: Paper) -> None:
    query = Query(tree=Term(Field.ID, paper.id))
    hits = library.engine.search(query, limit=1, offset=0, sort=Sort.RELEVANCE)
    if hits.keys != (key,):
        raise WrongAnswer(f"{paper.id} is not found by its id")


def _check_vector(library: Library, key: int) -> None:
    if library.vectors is None:
        return
    length = float(np.linalg.norm(library.vectors.of([key])[0]))
    if length and abs(length - 1) > _LENGTH_ERROR:
        raise WrongAnswer(f"the vector of paper {key} has length {length:.2f}")
