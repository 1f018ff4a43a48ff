"""Peers of Winnow's engine, each with its own index of the same papers.

All look in title, abstract and authors. Words are joined by OR, as is the default of
each; what a peer cannot do raises NotImplementedError.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import bm25s
import lancedb
import numpy as np
import pyarrow as pa
import tantivy
from tantivy import Occur, Query

from index import Paper
from index.search.query.parse import parse
from index.search.query.tree import All, AnyOf, Node, Phrase, Term, Without

WORDS = "words"
"""The kind of a query that is nothing but words."""

_BATCH = 20_000
_TITLE_BOOST = 2.0
_FIELDS = ("title", "abstract", "authors")

Keyed = Iterator[tuple[int, Paper]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of a kind of kinds.KINDS, or of WORDS; filters where it has them."""

    kind: str
    text: str
    category: str = ""
    years: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, kind: str, query: str) -> "Asked":
        """Read what an address asks."""
        values = {name: found[0] for name, found in parse_qs(query).items()}
        text = values.get("q", "")
        if kind not in ("filtered", "phrase", "boolean", "prefix", "author"):
            return cls(WORDS, text)
        if kind != "filtered":
            return cls(kind, text)
        first, last = map(int, values["year"].split(".."))
        return cls(kind, text, values["cat"], (first, last))

    @property
    def words(self) -> list[str]:
        """The text's words, without signs."""
        return re.findall(r"\w+", self.text)


class Peer(ABC):
    """Something that finds papers, with an index in a directory."""

    name = ""
    note = ""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def made(self, papers: Keyed) -> "Peer":
        """Build the index if there is none, and open it."""
        done = self.directory / "done"
        if not done.exists():
            self.directory.mkdir(parents=True, exist_ok=True)
            self.build(papers)
            done.touch()
        self.open()
        return self

    @abstractmethod
    def build(self, papers: Keyed) -> None:
        """Index papers under their keys."""

    @abstractmethod
    def open(self) -> None:
        """Get ready to search."""

    @abstractmethod
    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the keys of the best papers."""


class BareTantivy(Peer):
    """tantivy-py as its documentation has it: parse_query over boosted fields."""

    name = "tantivy-py parse_query"
    note = "with exact total"

    def build(self, papers: Keyed) -> None:
        writer = self._index().writer(1_000_000_000, 2)
        for key, paper in papers:
            writer.add_document(
                tantivy.Document(
                    title=paper.title,
                    abstract=paper.abstract,
                    authors=_authors(paper),
                    category=list(paper.categories),
                    year=paper.submitted.year,
                    key=key,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def _index(self) -> tantivy.Index:
        schema = tantivy.SchemaBuilder()
        for field in _FIELDS:
            schema.add_text_field(field, tokenizer_name="en_stem")
        schema.add_text_field("category", tokenizer_name="raw")
        schema.add_integer_field("year", indexed=True, fast=True)
        schema.add_integer_field("key", fast=True)
        return tantivy.Index(schema.build(), path=str(self.directory), reuse=True)

    def open(self) -> None:
        self._opened = self._index()
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def search(self, asked: Asked, limit: int) -> list[int]:
        found = self._searcher.search(self._query(asked), limit, count=True)
        addresses = [address for _, address in found.hits]
        return list(self._searcher.fast_field_values("key", addresses)) if addresses else []

    def _query(self, asked: Asked) -> Query:
        match asked.kind:
            case "prefix":
                pattern = f"{asked.text.lower().rstrip('*')}.*"
                regex = Query.regex_query
                clauses = [
                    (Occur.Should, regex(self._opened.schema, field, pattern))
                    for field in _FIELDS
                ]
                return Query.boolean_query(clauses)
            case "author":
                text = f'authors:"{" ".join(asked.words[1:])}"'
            case "filtered":
                first, last = asked.years
                text = (
                    f'+({" ".join(asked.words)}) +category:"{asked.category}" '
                    f"+year:[{first} TO {last}]"
                )
            case "phrase" | "boolean":
                text = asked.text
            case _:
                text = " ".join(asked.words).lower()
        return self._opened.parse_query(
            text, list(_FIELDS), field_boosts={"title": _TITLE_BOOST}
        )


class Fts5(Peer):
    """SQLite's FTS5 with its own bm25(), and the total counted."""

    name = "SQLite FTS5"
    note = "with exact total"

    def build(self, papers: Keyed) -> None:
        base = sqlite3.connect(self.directory / "fts.db")
        base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE VIRTUAL TABLE fts USING fts5(title, abstract, authors, content='',"
            " tokenize='porter unicode61 remove_diacritics 2');"
            "CREATE TABLE paper(key INTEGER PRIMARY KEY, year INTEGER, category TEXT)"
        )
        with base:
            for key, paper in papers:
                texts = (key, paper.title, paper.abstract, _authors(paper))
                base.execute(
                    "INSERT INTO fts(rowid, title, abstract, authors) VALUES (?, ?, ?, ?)",
                    texts,
                )
                told = (key, paper.submitted.year, f" {' '.join(paper.categories)} ")
                base.execute("INSERT INTO paper VALUES (?, ?, ?)", told)
        base.execute("INSERT INTO fts(fts) VALUES ('optimize')")
        base.commit()
        base.close()

    def open(self) -> None:
        path = self.directory / "fts.db"
        self._base = sqlite3.connect(path, check_same_thread=False)
        self._base.execute("PRAGMA mmap_size = 8000000000")

    def search(self, asked: Asked, limit: int) -> list[int]:
        table, narrowed = "fts", ""
        parameters: list[object] = [self._match(asked)]
        if asked.category:
            table += " JOIN paper ON paper.key = fts.rowid"
            narrowed = " AND year BETWEEN ? AND ? AND category LIKE ?"
            parameters += [*asked.years, f"% {asked.category} %"]
        where = f"FROM {table} WHERE fts MATCH ?{narrowed}"
        order = f"ORDER BY bm25(fts, {_TITLE_BOOST}, 1, 1) LIMIT {limit}"
        rows = self._base.execute(f"SELECT fts.rowid {where} {order}", parameters)
        keys = [key for (key,) in rows]
        self._base.execute(f"SELECT count(*) {where}", parameters).fetchone()
        return keys

    def _match(self, asked: Asked) -> str:
        match asked.kind:
            case "prefix":
                return f"{asked.text.rstrip('*')}*"
            case "author":
                return f'authors : "{" ".join(asked.words[1:])}"'
            case "phrase" | "boolean":
                tree = parse(asked.text).tree
                return _fts(tree) if tree else '""'
            case _:
                return " OR ".join(f'"{word}"' for word in asked.words) or '""'


class Bm25s(Peer):
    """bm25s: NumPy over a sparse matrix of scores, held in memory."""

    name = "bm25s"
    note = "no total"

    def build(self, papers: Keyed) -> None:
        keys, texts = [], []
        for key, paper in papers:
            keys.append(key)
            texts.append(f"{paper.title} {paper.abstract} {_authors(paper)}")
        tokens = bm25s.tokenize(texts, stopwords="en", show_progress=False)
        engine = bm25s.BM25()
        engine.index(tokens, show_progress=False)
        engine.save(self.directory)
        np.save(self.directory / "keys.npy", np.array(keys))

    def open(self) -> None:
        self._engine = bm25s.BM25.load(self.directory)
        self._keys = np.load(self.directory / "keys.npy")

    def search(self, asked: Asked, limit: int) -> list[int]:
        if asked.kind != WORDS:
            raise NotImplementedError  # bm25s knows bags of words alone
        tokens = bm25s.tokenize([asked.text], stopwords="en", show_progress=False)
        if not tokens.vocab:
            return []
        found = self._engine.retrieve(
            tokens, corpus=self._keys, k=limit, show_progress=False, return_as="documents"
        )
        return [int(key) for key in found[0]]


class LanceDb(Peer):
    """LanceDB's full-text index of one column that holds all three."""

    name = "LanceDB"
    note = "no total"

    def build(self, papers: Keyed) -> None:
        table = lancedb.connect(self.directory).create_table(
            "papers", data=_batches(papers), schema=_LANCE
        )
        table.create_fts_index("text", stem=True, remove_stop_words=True)

    def open(self) -> None:
        self._table = lancedb.connect(self.directory).open_table("papers")

    def search(self, asked: Asked, limit: int) -> list[int]:
        if asked.kind not in (WORDS, "filtered"):
            raise NotImplementedError  # its one column has no fields to ask for
        text = " ".join(asked.words)
        query = (
            self._table.search(text, query_type="fts")
            .select(["key", "_score"])
            .limit(limit)
        )
        if asked.category:
            first, last = asked.years
            query = query.where(
                f"year BETWEEN {first} AND {last} AND "
                f"array_has(categories, '{asked.category}')"
            )
        return [int(key) for key in query.to_arrow()["key"].to_pylist()]


PEERS = (BareTantivy, Fts5, Bm25s, LanceDb)

_LANCE = pa.schema(
    [
        ("key", pa.int64()),
        ("text", pa.string()),
        ("year", pa.int32()),
        ("categories", pa.list_(pa.string())),
    ]
)


def _batches(papers: Keyed) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    for key, paper in papers:
        rows.append(
            {
                "key": key,
                "text": f"{paper.title} {paper.abstract} {_authors(paper)}",
                "year": paper.submitted.year,
                "categories": list(paper.categories),
            }
        )
        if len(rows) == _BATCH:
            yield pa.RecordBatch.from_pylist(rows, schema=_LANCE)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=_LANCE)


def _authors(paper: Paper) -> str:
    return ", ".join(author.name for author in paper.authors)


def _fts(node: Node) -> str:
    """Return a tree of words, phrases and operators in FTS5's language."""
    match node:
        case All(nodes=nodes):
            wanted = [_fts(n) for n in nodes if not isinstance(n, Without)]
            unwanted = [_fts(n.node) for n in nodes if isinstance(n, Without)]
            text = " AND ".join(wanted)
            return f"({text}) NOT ({' OR '.join(unwanted)})" if unwanted else f"({text})"
        case AnyOf(nodes=nodes):
            return f"({' OR '.join(map(_fts, nodes))})"
        case Term(text=text) | Phrase(text=text):
            return f'"{text}"'
    raise NotImplementedError  # our phrases and operators have no other node
