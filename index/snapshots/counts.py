"""The counts of a snapshot, from its manifest and from a file of years."""

from collections.abc import Mapping
from pathlib import Path

import orjson

from index.errors import BrokenSnapshot
from index.lazy import lazy_property
from index.papers.categories import ALIASES, CATEGORIES
from index.search.engine import Counts
from index.snapshots.layout import YEARS
from index.snapshots.manifest import Manifest

ByYear = Mapping[str, Mapping[int, int]]


class SnapshotCounts:
    """Fulfils Counts, free of any engine where the snapshot has the file of years."""

    def __init__(self, snapshot: Path, manifest: Manifest, counted: Counts) -> None:
        """Take the snapshot, and what counts years where there is no file of them."""
        self._file = snapshot / YEARS
        self._manifest = manifest
        self._counted = counted

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return self._manifest.papers

    @property
    def by_category(self) -> Mapping[str, int]:
        """How many papers each category has, most first."""
        return self._manifest.categories

    @lazy_property
    def by_year(self) -> ByYear:
        """How many papers each category and archive has in each year, read once.

        Raises BrokenSnapshot if the file cannot be read.
        """
        if not self._file.exists():
            return self._counted.by_year
        years = read_years(self._file)
        return {c: years.get(c, {}) for c in CATEGORIES if c not in ALIASES}


def write_years(years: ByYear, snapshot: Path) -> None:
    """Write the counts of years into a snapshot's directory."""
    shape = {code: years[code] for code in sorted(years) if years[code]}
    (snapshot / YEARS).write_bytes(orjson.dumps(shape, option=orjson.OPT_NON_STR_KEYS))


def read_years(file: Path) -> ByYear:
    """Return what `write_years` wrote. Raises BrokenSnapshot."""
    try:
        shape = orjson.loads(file.read_bytes())
        return {
            code: {int(year): int(papers) for year, papers in years.items()}
            for code, years in shape.items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BrokenSnapshot(f"cannot read {file}: {error}") from error
