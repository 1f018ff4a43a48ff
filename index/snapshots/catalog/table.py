"""The tables of the catalog, and the conversion between papers and rows.

Authors and versions are JSON in a column, for no SQL looks into them. Keywords have a
table of their own, for a build finds them after it has written all papers; they are
separated by line breaks.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from index.papers.paper import Author, Origin, Paper, Version

_METADATA = sa.MetaData()
PAPER = sa.Table(
    "paper",
    _METADATA,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("abstract", sa.Text, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("categories", sa.Text, nullable=False),
    sa.Column("submitted", sa.Text, nullable=False),
    sa.Column("updated", sa.Text, nullable=False),
    sa.Column("versions", sa.Text, nullable=False),
    sa.Column("doi", sa.Text),
    sa.Column("journal_ref", sa.Text),
    sa.Column("comments", sa.Text),
    sa.Column("report_no", sa.Text),
    sa.Column("license", sa.Text),
    sa.Column("submitter", sa.Text),
    sa.Column("withdrawn", sa.Integer, nullable=False, server_default="0"),
)
KEYWORD = sa.Table(
    "keyword",
    _METADATA,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("phrases", sa.Text, nullable=False),
)
LATER = ("report_no", "license", "submitter", "withdrawn")
"""The columns that catalogs of format 4 lack: what a paper there has not is absent."""

REVISED = "paper_by_revised"
"""The index of the days of last versions. Catalogs of before November 30, 2026 lack it."""

_LAST_DAY = "substr(json_extract(versions, '$[#-1][1]'), 1, 10)"
_IS_REVISED = "json_extract(versions, '$[#-1][0]') <> 'v1'"
INDEX_REVISED = (
    f"CREATE INDEX IF NOT EXISTS {REVISED} ON paper ({_LAST_DAY}) WHERE {_IS_REVISED}"
)
SELECT_REVISED = (
    f"SELECT key FROM paper WHERE {_LAST_DAY} BETWEEN ? AND ? AND {_IS_REVISED} "  # noqa: S608  our own names
    f"AND submitted <> {_LAST_DAY} ORDER BY key LIMIT ?"
)
"""The statement for the keys of papers whose last version came on some days.

A paper that came on the same day is new on that day, and left out.
"""

BY_ID = sa.Index("paper_by_id", PAPER.c.id, unique=True)
COLUMNS = (*tuple(PAPER.c)[1:], KEYWORD.c.phrases)
"""The columns of a paper without its key."""

WHOLE = PAPER.outerjoin(KEYWORD, KEYWORD.c.key == PAPER.c.key)
"""Each paper with its keywords, if it has any."""

SELECT_KEYS = sa.select(PAPER.c.id, PAPER.c.key).where(
    PAPER.c.id.in_(sa.bindparam("ids", expanding=True))
)
"""The statement for the ids and keys of papers by `ids`."""


@cache
def select_by_keys(count: int) -> str:
    """Return the statement for the key and COLUMNS of `count` papers."""
    return (
        f"SELECT {_name_columns(PAPER.c.key, *COLUMNS)} FROM paper "  # noqa: S608  our own names
        f"LEFT JOIN keyword ON keyword.key = paper.key WHERE {_match_keys(count)}"
    )


@cache
def select_texts(count: int) -> str:
    """Return the statement for the key, title and abstract of `count` papers."""
    columns = _name_columns(PAPER.c.key, PAPER.c.title, PAPER.c.abstract)
    return f"SELECT {columns} FROM paper WHERE {_match_keys(count)}"  # noqa: S608  our own names


@cache
def select_origins(count: int) -> str:
    """Return the statement for the key, authors and categories of `count` papers."""
    columns = _name_columns(PAPER.c.key, PAPER.c.authors, PAPER.c.categories)
    return f"SELECT {columns} FROM paper WHERE {_match_keys(count)}"  # noqa: S608  our own names


@cache
def select_categories(count: int) -> str:
    """Return the statement for the key and categories of `count` papers."""
    columns = _name_columns(PAPER.c.key, PAPER.c.categories)
    return f"SELECT {columns} FROM paper WHERE {_match_keys(count)}"  # noqa: S608  our own names


@cache
def select_ids(count: int) -> str:
    """Return the statement for the key and id of `count` papers."""
    columns = _name_columns(PAPER.c.key, PAPER.c.id)
    return f"SELECT {columns} FROM paper WHERE {_match_keys(count)}"  # noqa: S608  our own names


def _name_columns(*columns: sa.Column[Any]) -> str:
    return ", ".join(str(column) for column in columns)


def _match_keys(count: int) -> str:
    return f"paper.key IN ({', '.join('?' * count)})"


def make_row(key: int, paper: Paper) -> tuple[object, ...]:
    """Return a paper's row: a value for each column."""
    authors = [
        (a.last, a.first, a.suffix, a.native) if a.native else (a.last, a.first, a.suffix)
        for a in paper.authors
    ]
    versions = [(v.version, v.created) for v in paper.versions]
    return (
        key,
        paper.id,
        paper.title,
        paper.abstract,
        orjson.dumps(authors).decode(),
        " ".join(paper.categories),
        paper.submitted.isoformat(),
        paper.updated.isoformat(),
        orjson.dumps(versions).decode(),
        paper.doi,
        paper.journal_ref,
        paper.comments,
        paper.report_no,
        paper.license,
        paper.submitter,
        int(paper.withdrawn),
    )


def make_paper(row: Sequence[Any]) -> Paper:
    """Return the paper of a row, given the values of COLUMNS."""
    return Paper(
        id=row[0],
        title=row[1],
        abstract=row[2],
        authors=_read_authors(row[3]),
        categories=tuple(row[4].split()),
        submitted=date.fromisoformat(row[5]),
        updated=date.fromisoformat(row[6]),
        versions=tuple(
            Version(version=version, created=created)
            for version, created in orjson.loads(row[7])
        ),
        doi=row[8],
        journal_ref=row[9],
        comments=row[10],
        report_no=row[11],
        license=row[12],
        submitter=row[13],
        withdrawn=bool(row[14]),
        keywords=tuple(row[15].splitlines()) if row[15] else (),
    )


def make_origin(authors: str, categories: str) -> Origin:
    """Return a paper's authors and categories, from two columns."""
    return Origin(authors=_read_authors(authors), categories=tuple(categories.split()))


def _read_authors(text: str) -> tuple[Author, ...]:
    return tuple(
        Author(last=last, first=first, suffix=suffix, native=native[0] if native else "")
        for last, first, suffix, *native in orjson.loads(text)
    )
