"""Notes on papers: their stars and the gists of their summaries, read together."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request

from app.stars.store import StarStore, count_stars
from app.state.connection import StateError
from app.summaries.gist import Gist
from app.summaries.store import find_gists
from app.web.deps import get_database
from app.web.languages import choose_language
from index import Paper

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The gists of papers that have summaries, and the stars of papers, by id."""

    gists: Mapping[str, Gist] = field(default_factory=dict)
    stars: Mapping[str, int] = field(default_factory=dict)


def read_notes(request: Request, papers: Sequence[Paper]) -> Notes:
    """Return the notes on papers; empty notes if the database cannot be read."""
    ids = [paper.id for paper in papers]
    try:
        with get_database(request).connect() as connection:
            gists = find_gists(connection, ids, choose_language(request).code)
            stars = count_stars(connection, ids)
    except StateError as error:
        _LOG.warning("%s", error)
        return Notes()
    return Notes(gists=gists, stars=stars)


def read_stars(request: Request, ids: Sequence[str]) -> Mapping[str, int]:
    """Return the stars of papers that have any; nothing if the database cannot be read."""
    try:
        return StarStore(get_database(request)).read(ids)
    except StateError as error:
        _LOG.warning("%s", error)
        return {}
