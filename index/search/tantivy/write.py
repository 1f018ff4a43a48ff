"""The writer: adds papers to a tantivy index and removes them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import orjson

from index.errors import BuildFailed
from index.papers.paper import Author, Paper
from index.papers.people.native import spread_native
from index.search.tantivy.schema import DAY, create_index, open_index
from index.search.terms.author_keys import make_author_keys
from index.search.terms.cjk import cut_for_index
from index.search.terms.compounds import join_compounds
from index.search.terms.journals import write_journal
from index.search.terms.spellings import fold_name, spell_name
from index.search.terms.title import title_key

THREADS = 2
HEAP_BYTES = 800_000_000
"""What tantivy may hold, all threads together, before it writes a segment."""


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
                self._writer.add_json(render_paper(key, paper))

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


def render_paper(key: int, paper: Paper) -> str:
    """Return a paper as tantivy reads it: JSON, which costs it least."""
    title, abstract = cut_for_index(paper.title), cut_for_index(paper.abstract)
    authors = [_write_author(author) for author in paper.authors]
    names = [author.name for author in authors]
    spelled = [word for author in authors for word in author.spelled]
    joined = join_compounds(paper.title) + join_compounds(paper.abstract)
    day = paper.submitted
    shape = {
        "all": [title, abstract, *names, *spelled, " ".join(joined), str(day.year)],
        "title": title,
        "abstract": abstract,
        "title_words": title,
        "abstract_words": abstract,
        "authors": names,
        "author": sorted({key for author in authors for key in author.keys}),
        "author_name": [name for author in authors for name in author.completions],
        "title_key": title_key(paper.title),
        "id": paper.id,
        "category": paper.categories,
        "has": _present(paper),
        "key": key,
        "order": day.toordinal() * DAY + key,
        "year": day.year,
        "submitted_at": int(paper.submitted_at.timestamp()),
        "updated_at": int(paper.updated_at.timestamp()),
    }
    if paper.doi:
        shape["doi"] = [doi.casefold() for doi in paper.dois or paper.doi.split()]
    if paper.comments:
        shape["comments"] = cut_for_index(paper.comments)
    if paper.journal_ref:
        shape["journal"] = cut_for_index(paper.journal_ref)
        parted = write_journal(paper.journal_ref)
        shape["journal_parts"] = [cut_for_index(part) for part in parted]
    if paper.report_no:
        shape["report"] = cut_for_index(paper.report_no)
    return orjson.dumps(shape).decode()


@dataclass(frozen=True, slots=True)
class _Written:
    """An author as the index has it: words, keys, and what completes a beginning."""

    name: str
    spelled: tuple[str, ...]
    keys: frozenset[str]
    completions: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _write_author(author: Author) -> _Written:
    name = author.name
    ways = spell_name(name)
    turned = (
        spell_name(f"{author.last} {author.first}") if author.first or author.suffix else ()
    )
    folded = sorted({*ways, *turned, fold_name(author.native)})
    return _Written(
        cut_for_index(_add_native(author)),
        _spell_otherwise(*ways),
        make_author_keys(author),
        tuple(f"{way}\t{name}" for way in folded if way),
    )


def _add_native(author: Author) -> str:
    """Return a name and the native one beside it, which is found in parts, too."""
    if author.name.isascii() and not author.native:
        return author.name
    if author.native:
        return f"{author.name} {spread_native(author.native)}"
    return spread_native(author.name) or author.name


def _spell_otherwise(plain: str, *others: str) -> tuple[str, ...]:
    """Return the words of a name's other spellings: obrien, mueller."""
    if not others:
        return ()
    known = set(plain.split())
    return tuple(word for name in others for word in name.split() if word not in known)


def _present(paper: Paper) -> list[str]:
    values = {
        "doi": paper.doi,
        "comments": paper.comments,
        "journal": paper.journal_ref,
        "report": paper.report_no,
        "withdrawn": paper.withdrawn,
    }
    return [name for name, value in values.items() if value]


@contextmanager
def _explained(directory: Path) -> Iterator[None]:
    """Turn what tantivy and the disk complain of into BuildFailed."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise BuildFailed(f"cannot write {directory}: {error}") from error
