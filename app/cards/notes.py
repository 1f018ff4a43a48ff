"""What readers and operators have left with papers: stars, and which have summaries."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request

from app.state.connection import StateError
from app.web.deps import state_of
from index import Paper

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Which of some papers have summaries, and how many stars they have, by id."""

    summarized: frozenset[str] = frozenset()
    stars: Mapping[str, int] = field(default_factory=dict)


def noted(request: Request, papers: Sequence[Paper]) -> Noted:
    """Return what is noted of papers; a page does without where that cannot be read."""
    ids = [paper.id for paper in papers]
    try:
        summarized, stars = state_of(request).noted(ids)
        return Noted(summarized=frozenset(summarized), stars=stars)
    except StateError as error:
        _LOG.warning("%s", error)
        return Noted()


def stars_of(request: Request, ids: Sequence[str]) -> Mapping[str, int]:
    """Return the stars of those papers that have any; none where they cannot be read."""
    try:
        return state_of(request).stars(ids)
    except StateError as error:
        _LOG.warning("%s", error)
        return {}
