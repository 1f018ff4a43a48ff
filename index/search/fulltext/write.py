"""Writing papers into a tantivy index."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import orjson

from index.errors import BuildFailed
from index.papers.paper import Paper
from index.search.fulltext.schema import create_index, open_index
from index.search.title import title_key

THREADS = 2
HEAP_BYTES = 800_000_000
"""What tantivy may hold, all threads together, before it writes a segment."""

_DAY = 1 << 32


class FulltextWriter:
    """Fulfils EngineWriter with tantivy."""

    def __init__(self, directory: Path, *, create: bool) -> None:
        """Begin a new index in a new directory, or continue one. Raises BuildFailed."""
        with _explained(directory):
            if create:
                directory.mkdir()
            index = create_index(directory) if create else open_index(directory)
            self._writer = index.writer(heap_size=HEAP_BYTES, num_threads=THREADS)
        self._directory = directory

    @classmethod
    def create(cls, directory: Path) -> Self:
        """Begin a new index in a new directory."""
        return cls(directory, create=True)

    @classmethod
    def extend(cls, directory: Path) -> Self:
        """Continue an index that was committed before."""
        return cls(directory, create=False)

    def add(self, papers: Iterable[tuple[int, Paper]]) -> None:
        """Add papers under keys that are not in use. Raises BuildFailed."""
        with _explained(self._directory):
            for key, paper in papers:
                self._writer.add_json(document(key, paper))

    def remove(self, paper_id: str) -> None:
        """Take out the paper with that id, if it was added before."""
        self._writer.delete_documents_by_term("id", paper_id)

    def commit(self) -> None:
        """Write everything, merges included. Ends the writer. Raises BuildFailed."""
        with _explained(self._directory):
            self._writer.commit()
            self._writer.wait_merging_threads()

    def close(self) -> None:
        """End the writer and its threads; what is not committed is lost."""
        if hasattr(self, "_writer"):
            del self._writer  # tantivy waits for its threads as it drops a writer


def document(key: int, paper: Paper) -> str:
    """Return a paper as tantivy reads it: JSON, which costs it least."""
    names = [author.name for author in paper.authors]
    return orjson.dumps(
        {
            "all": [paper.title, paper.abstract, *names],
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": names,
            "title_key": title_key(paper.title),
            "id": paper.id,
            "category": paper.categories,
            "key": key,
            "order": paper.submitted.toordinal() * _DAY + key,
        }
    ).decode()


@contextmanager
def _explained(directory: Path) -> Iterator[None]:
    """Turn what tantivy and the disk complain of into BuildFailed."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise BuildFailed(f"cannot write {directory}: {error}") from error
