"""Relaxation: adds papers with some of the words behind those with all of them."""

from dataclasses import replace

from index.papers.records import Records
from index.search.engine import Hits
from index.search.matching.attempt import Attempt
from index.search.matching.match import Match
from index.search.matching.near_title import SHORTEST_TITLE, find_nearest_title
from index.search.query.tree import Query

ENOUGH = 20
"""Papers that are a page: with fewer, words are given up."""

WIDE = 300
"""Papers that the telling words must leave to choose from."""


def relax(attempt: Attempt, records: Records, hits: Hits, loose: Query) -> Match:
    """Return the papers of the step before, then those with less, best first.

    The step before found less than ENOUGH papers; `loose` asks for the telling words.
    """
    lead = hits.keys
    if len(lead) < hits.total:
        lead = attempt.engine.search(attempt.query, limit=ENOUGH).keys
    best = attempt.account("telling", loose, _find_others(attempt, loose, lead))
    any_word = attempt.query.loosened(any_word=True)
    if any_word and attempt.count_unnarrowed(loose, len(lead) + best.total) < WIDE:
        loose = any_word
        best = attempt.account("any", loose, _find_others(attempt, loose, lead))
    total = len(lead) + best.total
    if best.total:
        attempt.note_relaxed(len(lead))
    lead = _put_near_title_first(attempt.query, records, lead, best.keys[:ENOUGH])
    return Match(
        query=attempt.query,
        counted=replace(loose, title=attempt.query.title),
        total=total,
        keys=_take_part(attempt, loose, lead, best.keys),
        leading=hits.total,
        steps=tuple(attempt.steps),
    )


def _find_others(attempt: Attempt, loose: Query, lead: tuple[int, ...]) -> Hits:
    """Return the best of the papers that are not in the lead, at least ENOUGH."""
    wanted = ENOUGH if attempt.offset else max(attempt.limit - len(lead), ENOUGH)
    return _find_behind(attempt, loose, lead, wanted)


def _find_behind(
    attempt: Attempt, loose: Query, lead: tuple[int, ...], wanted: int
) -> Hits:
    """Return so many of the best papers that are not in the lead.

    To leave papers out makes tantivy look at every paper, so that is done only where
    they are not all among the best.
    """
    hits = attempt.engine.search(loose, limit=wanted + len(lead))
    if not set(lead).issubset(hits.keys):
        return attempt.engine.search(loose, limit=wanted, without=lead)
    keys = tuple(key for key in hits.keys if key not in lead)
    return replace(hits, keys=keys[:wanted], total=hits.total - len(lead))


def _take_part(
    attempt: Attempt, loose: Query, lead: tuple[int, ...], best: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the keys from the offset on of the lead and then all others."""
    keys = lead[attempt.offset : attempt.offset + attempt.limit]
    wanted = attempt.limit - len(keys)
    if wanted <= 0:
        return keys
    if not attempt.offset:
        rest = tuple(key for key in best if key not in lead)
        return keys + rest[:wanted]
    start = max(0, attempt.offset - len(lead))
    rest = attempt.engine.search(loose, limit=wanted, offset=start, without=lead).keys
    return keys + rest


def _put_near_title_first(
    query: Query, records: Records, lead: tuple[int, ...], others: tuple[int, ...]
) -> tuple[int, ...]:
    """Put the paper first, if there is one, whose title is nearly the query."""
    if len(query.title) < SHORTEST_TITLE:
        return lead
    for keys in (lead, others):
        place = find_nearest_title(records.by_keys(keys), query)
        if place is not None:
            key = keys[place]
            return (key, *(other for other in lead if other != key))
    return lead
