"""The papers that arXiv's API is asked for, each in a version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.arxiv_api.asked import Asked
from app.arxiv_api.reading import read_query
from index import ArxivId, Library, Moment, Order, Paper, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A paper in one of its versions; None is the last, of a paper that names none."""

    paper: Paper
    version: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Some of the papers that were found, in order; `total` counts all of them."""

    total: int
    papers: tuple[Dated, ...]


def find_asked(library: Library, asked: Asked) -> Result:
    """Return the wanted part of what is asked for. Raises BadRequest, BadQuery, TooDear."""
    if asked.ids or asked.id_list:
        return _cut(_find_named(library, asked), asked)
    query, order = read_query(asked.text), asked.order or Order()
    found = library.exact.find(query, order, limit=asked.limit or 0, start=asked.start)
    papers = tuple(_date(paper) for paper in found.papers)
    return Result(total=found.total, papers=papers)


def _find_named(library: Library, asked: Asked) -> list[Dated]:
    """Return the papers of an id list; those that match, where there is a query."""
    ids = list(dict.fromkeys(known.id for known in asked.ids))
    papers = library.catalog.by_ids(ids)
    if asked.text:
        matching = library.exact.narrow(read_query(asked.text), list(papers))
        papers = {known: paper for known, paper in papers.items() if known in matching}
    found = [
        dated for known in asked.ids for dated in _find_version(papers.get(known.id), known)
    ]
    return _put_in_order(found, asked.order)


def _find_version(paper: Paper | None, asked: ArxivId) -> Iterator[Dated]:
    """Yield a paper in the version that is asked for, if there is such a one."""
    if paper is None:
        return
    if asked.version is None or (not paper.versions and asked.version == 1):
        yield _date(paper)
        return
    for version in paper.versions:
        if version.number == asked.version:
            yield Dated(paper=paper, version=version)
            return


def _date(paper: Paper) -> Dated:
    return Dated(paper=paper, version=paper.versions[-1] if paper.versions else None)


def _put_in_order(found: Sequence[Dated], order: Order | None) -> list[Dated]:
    if order is None or order.moment is None:
        return list(found)
    is_first = order.moment is Moment.SUBMITTED

    def when(dated: Dated) -> float:
        paper = dated.paper
        moment = paper.submitted_at if is_first else paper.updated_at
        return moment.timestamp()

    return sorted(found, key=when, reverse=not order.backward)


def _cut(found: Sequence[Dated], asked: Asked) -> Result:
    end = None if asked.limit is None else asked.start + asked.limit
    return Result(total=len(found), papers=tuple(found[asked.start : end]))
