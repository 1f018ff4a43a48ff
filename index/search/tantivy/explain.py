"""The parts of a score, read from tantivy's explanation of it."""

import re
from collections.abc import Iterator
from typing import Any

from index.search.tantivy.schema import FIELDS

_FIELD_NUMBER = re.compile(r"field=(\d+)")


def sum_by_field(explained: dict[str, Any]) -> dict[str, float]:
    """Return the sums of an explanation's parts by field; `score` is their total."""
    sums: dict[str, float] = {"score": explained["value"]}
    for part in _parts(explained):
        name = _field_of(part) or "match"
        if part["value"]:
            sums[name] = sums.get(name, 0.0) + part["value"]
    return {name: round(value, 4) for name, value in sums.items()}


def _parts(explained: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if explained["description"].startswith("BooleanClause"):
        for part in explained.get("details", ()):
            yield from _parts(part)
    else:
        yield explained


def _field_of(part: dict[str, Any]) -> str | None:
    """Return the field that a part names, itself or in what it is made of."""
    for context in part.get("context", ()):
        if found := _FIELD_NUMBER.search(context):
            return FIELDS[int(found[1])]
    return next(filter(None, map(_field_of, part.get("details", ()))), None)
