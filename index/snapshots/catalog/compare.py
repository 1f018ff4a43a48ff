"""The comparison of two catalogs, which SQLite makes without reading papers one by one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import BrokenSnapshot
from index.snapshots.catalog.table import PAPER

_READ_ONLY = "?mode=ro&immutable=1"


def find_differences(old: Path, new: Path, most: int) -> tuple[list[int], list[str]]:
    """Return the new catalog's keys of papers that are new or differ, and the ids gone.

    At most `most` of either. Keywords are not compared, nor what the old catalog has no
    column for. Raises BrokenSnapshot.
    """
    try:
        with closing(
            sqlite3.connect(f"{_locate(new)}{_READ_ONLY}", uri=True)
        ) as connection:
            connection.execute("ATTACH ? AS old", (f"{_locate(old)}{_READ_ONLY}",))
            rows = connection.execute("PRAGMA old.table_info(paper)")
            known = {row[1] for row in rows}
            names = [c.name for c in PAPER.c if c.name in known and c.name != "key"]
            differs = " OR ".join(f"n.{name} IS NOT o.{name}" for name in names)
            changed = connection.execute(
                "SELECT n.key FROM main.paper n LEFT JOIN old.paper o ON o.id = n.id "  # noqa: S608  our own names
                f"WHERE o.key IS NULL OR {differs} LIMIT ?",
                (most,),
            )
            keys = [row[0] for row in changed]
            gone = connection.execute(
                "SELECT o.id FROM old.paper o "
                "WHERE NOT EXISTS (SELECT 1 FROM main.paper n WHERE n.id = o.id) LIMIT ?",
                (most,),
            )
            return keys, [row[0] for row in gone]
    except sqlite3.DatabaseError as error:
        raise BrokenSnapshot(f"cannot compare {old} with {new}: {error}") from error


def _locate(file: Path) -> str:
    return file.absolute().as_uri()
