"""How far harvests came that found nothing to publish.

A snapshot never changes, so that its manifest cannot say it. The note holds as long as that
snapshot is live.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import orjson


def note_reached(file: Path, live: Path, reached: Mapping[str, date]) -> None:
    """Note how far each set is known beside what a snapshot says. Raises OSError."""
    draft = file.with_suffix(".new")
    draft.write_bytes(orjson.dumps({"snapshot": live.name, "harvested": dict(reached)}))
    draft.replace(file)


def read_reached(file: Path, live: Path) -> dict[str, date] | None:
    """Return what is noted about a snapshot; None if there is nothing legible."""
    try:
        noted = orjson.loads(file.read_bytes())
        if noted["snapshot"] != live.name:
            return None
        return {str(n): date.fromisoformat(day) for n, day in noted["harvested"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
