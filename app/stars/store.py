"""The store of stars: the number of readers who starred each paper, nothing else."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.state.connection import Database, split_ids
from app.state.tables import MAX_ID, TABLES

_STAR = sa.Table(
    "star",
    TABLES,
    sa.Column("paper", sa.String(MAX_ID), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_STARRED = sa.select(_STAR).where(_STAR.c.paper.in_(_IDS), _STAR.c.count > 0)


class StarStore:
    """Reads and writes stars. Safe to share between threads. Raises StateError."""

    def __init__(self, database: Database) -> None:
        """Keep the database; nothing is opened yet."""
        self._database = database

    def add(self, paper_id: str, change: int) -> int:
        """Add 1 or -1 to a paper's stars and return the count, never below 0.

        The store keeps nothing else: not who, not when.
        """
        mine = _STAR.c.paper == paper_id
        with self._database.connect() as connection:
            changed = _STAR.update().where(mine, _STAR.c.count + change >= 0)
            written = connection.execute(changed.values(count=_STAR.c.count + change))
            if not written.rowcount and change > 0:
                connection.execute(_STAR.insert().values(paper=paper_id, count=change))
            count = connection.scalar(sa.select(_STAR.c.count).where(mine))
            return int(count or 0)

    def read(self, paper_ids: Sequence[str]) -> dict[str, int]:
        """Return the stars of the given papers that have any."""
        with self._database.connect() as connection:
            return count_stars(connection, paper_ids)


def count_stars(connection: sa.Connection, paper_ids: Sequence[str]) -> dict[str, int]:
    """Return the stars of the given papers that have any."""
    return {
        paper: stars
        for some in split_ids(paper_ids)
        for paper, stars in connection.execute(_STARRED, {"ids": some})
    }
