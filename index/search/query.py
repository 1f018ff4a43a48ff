"""What a reader asks for: the text in the box made a tree, with an account of it.

Pure: it knows the language of queries, no engine. The grammar, in words of the text:

    query   = any
    any     = all { ("OR" | "|") all }
    all     = part { ["AND"] part }
    part    = ("NOT" | "ANDNOT" | "-") part | [FIELD ":"] ( "(" any ")" | phrase | word )
    phrase  = '"' … '"'
    FIELD   = ti title | au author | abs abstract | cat category | id | all

Operators are upper case only. A minus counts where white space, an opening
parenthesis or nothing stands before it and a word behind it; a hyphen inside a word
never does. Nothing is an error but a text over MAX_LENGTH: what cannot be read is
taken literally, or left out, and a notice says so. Stop words are left out where
other words remain. A text of nothing but ids asks for just those papers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from index.errors import BadQuery
from index.papers.arxiv_id import ArxivId, BadId, read_ids
from index.papers.categories import CATEGORIES, canonical_code
from index.search.title import title_key

MAX_LENGTH = 4_000
MAX_TERMS = 64
MAX_DEPTH = 16

STOP_WORDS = frozenset(
    "a an and are as at be but by for from if in into is it no not of on or such that "
    "the their then there these they this to was will with".split()
)
"""English words too common to search for, where other words remain."""


class Field(StrEnum):
    """Where to look; the value is the short name of the query language."""

    ANY = "all"
    TITLE = "ti"
    ABSTRACT = "abs"
    AUTHOR = "au"
    CATEGORY = "cat"
    ID = "id"


FIELD_NAMES = {
    **{str(known): known for known in Field},
    "title": Field.TITLE,
    "abstract": Field.ABSTRACT,
    "author": Field.AUTHOR,
    "category": Field.CATEGORY,
}
"""Every field name of the query language, short and long."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, category or id to be found in a field."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to be found in a field one after the other."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that do not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Papers that match every part. At least two parts, or one Without."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Papers that match at least `minimum` of two or more parts."""

    nodes: tuple["Node", ...]
    minimum: int = 1


Node: TypeAlias = Term | Phrase | Without | All | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader should know, as a code with parameters; pages phrase it."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query. `tree` is None where nothing in the text can be searched for.

    `ids` are set instead of a tree where the text is nothing but ids. `title` is the
    text's title key: a paper of that very title is what the reader means.
    """

    tree: Node | None = None
    ids: tuple[ArxivId, ...] = ()
    title: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def understood(self) -> str:
        """The query printed in its own language; it parses back to the same tree."""
        if self.ids:
            return " ".join(known.id for known in self.ids)
        return _print(self.tree, top=True) if self.tree else ""

    def relaxations(self) -> Iterator["Query"]:
        """Yield ever weaker queries: most of the plain words, then any of them.

        Phrases, fields and exclusions are never given up. Each has a notice `relaxed`.
        """
        if not isinstance(self.tree, All):
            return
        words = tuple(n for n in self.tree.nodes if _is_plain(n))
        rest = tuple(n for n in self.tree.nodes if not _is_plain(n))
        count = len(words)
        for minimum in dict.fromkeys((-(-count * 2 // 3), 1)):
            if not 0 < minimum < count:
                continue
            weak = AnyOf(words, minimum)
            notice = Notice(code="relaxed", params={"matched": minimum, "of": count})
            yield replace(
                self,
                tree=All((weak, *rest)) if rest else weak,
                notices=(*self.notices, notice),
            )


def parse(text: str) -> Query:
    """Read a query. Raises BadQuery if it is over MAX_LENGTH characters."""
    if len(text) > MAX_LENGTH:
        raise BadQuery(
            f"the query has {len(text):,} characters; use at most {MAX_LENGTH:,}"
        )
    text = text.translate(_FULL_WIDTH)
    if ids := read_ids(text):
        return Query(ids=tuple(ids))
    return _Parser(text).query()


_FULL_WIDTH = str.maketrans(
    {
        "（": "(",  # noqa: RUF001  full-width marks are meant
        "）": ")",  # noqa: RUF001
        "：": ":",  # noqa: RUF001
        "｜": "|",  # noqa: RUF001
        "－": "-",  # noqa: RUF001
        "＂": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "「": '"',
        "」": '"',
        "\u3000": " ",
        "\x00": " ",
    }
)

_TOKEN = re.compile(
    r"""\s+
    | (?P<open>\() | (?P<close>\))
    | "(?P<phrase>[^"]*)(?P<end>"|$)
    | (?P<minus>(?<![^\s(])-(?=[^\s\-]))
    | (?P<word>[^\s"()]+)""",
    re.VERBOSE,
)
_FIELD = re.compile(r"([A-Za-z]{1,12}):(?!//)(.*)", re.DOTALL)
_OPERATORS = {"AND": "and", "OR": "or", "|": "or", "NOT": "not", "ANDNOT": "not"}
_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # open close phrase word and or not
    text: str
    field: Field | None = None


class _Parser:
    """One parse of one text, by recursive descent."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._notices: dict[tuple[str, str], Notice] = {}
        self._tokens = list(self._lex(text))
        self._at = 0
        self._depth = 0
        self._terms = 0

    def query(self) -> Query:
        parts = []
        while self._at < len(self._tokens):
            if (node := self._any(Field.ANY)) is not None:
                parts.append(node)
            if self._peek() == "close":
                self._notice("unbalanced_parenthesis")
                self._at += 1
        tree = _all(parts)
        if tree is None and self._text.strip():
            self._notice("nothing_to_search")
        return Query(
            tree=tree,
            title=title_key(self._text),
            notices=tuple(self._notices.values()),
        )

    def _notice(self, code: str, **params: str | int) -> None:
        self._notices.setdefault(
            (code, str(params)), Notice(code=code, params=dict(params))
        )

    def _lex(self, text: str) -> Iterator[_Token]:
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup
            if kind == "end":
                if not match["end"]:
                    self._notice("unclosed_quote")
                yield _Token("phrase", match["phrase"])
            elif kind == "word":
                yield from self._word(match["word"], text[match.end() :][:1])
            elif kind == "minus":
                yield _Token("not", "-")
            elif kind:
                yield _Token(kind, match[0])

    def _word(self, word: str, following: str) -> Iterator[_Token]:
        if operator := _OPERATORS.get(word):
            yield _Token(operator, word)
            return
        if match := _FIELD.fullmatch(word):
            known = FIELD_NAMES.get(match[1].lower())
            if known and (match[2] or following in ('"', "(")):
                yield _Token("field", word, known)
                if match[2]:
                    yield _Token("word", match[2])
                return
            if not known and match[2]:
                self._notice("unknown_field", field=match[1])
        yield _Token("word", word)

    def _peek(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _any(self, where: Field) -> Node | None:
        parts = [self._all(where)]
        while self._peek() == "or":
            self._at += 1
            parts.append(self._all(where))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) and len(parts) > 1:
            self._notice("dangling_operator", operator="OR")
        nodes = _flat(AnyOf, found)
        return AnyOf(nodes) if len(nodes) > 1 else next(iter(nodes), None)

    def _all(self, where: Field) -> Node | None:
        parts: list[Node] = []
        while self._peek() not in ("", "or", "close"):
            if self._peek() == "and":
                self._at += 1
            elif (part := self._part(where)) is not None:
                parts.append(part)
        return _all(parts)

    def _part(self, where: Field) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "not":
            return self._without(token, where)
        if token.kind == "field":
            return self._part(token.field or where)
        if token.kind == "open":
            return self._group(where)
        return self._leaf(token, where)

    def _without(self, token: _Token, where: Field) -> Node | None:
        negations = 1
        while self._peek() == "not":
            self._at += 1
            negations += 1
        if self._peek() in ("", "or", "and", "close"):
            self._notice("dangling_operator", operator=token.text)
            return None
        node = self._part(where)
        return Without(node) if node is not None and negations % 2 else node

    def _group(self, where: Field) -> Node | None:
        if self._depth >= MAX_DEPTH:
            self._notice("too_deep", limit=MAX_DEPTH)
            return None
        self._depth += 1
        node = self._any(where)
        self._depth -= 1
        if self._peek() == "close":
            self._at += 1
        else:
            self._notice("unbalanced_parenthesis")
        return node

    def _leaf(self, token: _Token, where: Field) -> Node | None:
        text = " ".join(token.text.split())
        if not _HAS_WORD.search(text):
            return None
        self._terms += 1
        if self._terms > MAX_TERMS:
            self._notice("too_many_terms", limit=MAX_TERMS)
            return None
        if where is Field.CATEGORY:
            return self._category(text)
        if where is Field.ID:
            return Term(where, _canonical_id(text))
        if token.kind == "phrase" and " " in text:
            return Phrase(where, text)
        return Term(where, text)

    def _category(self, text: str) -> Node:
        code = canonical_code(text.removesuffix(".*"))
        if code is None:
            self._notice("unknown_category", category=text)
        return Term(Field.CATEGORY, code or text)


def _all(parts: list[Node]) -> Node | None:
    """Join parts that must all match, without stop words where other words remain."""
    nodes = _flat(All, parts)
    telling = tuple(n for n in nodes if not _is_stop_word(n))
    if any(not isinstance(n, Without) for n in telling):
        nodes = telling
    if len(nodes) > 1 or (nodes and isinstance(nodes[0], Without)):
        return All(nodes)
    return nodes[0] if nodes else None


def _flat(kind: type[All] | type[AnyOf], nodes: list[Node]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return tuple(dict.fromkeys(flat))


def _is_plain(node: Node) -> bool:
    return isinstance(node, Term) and node.field is Field.ANY


def _is_stop_word(node: Node) -> bool:
    return (
        isinstance(node, Term)
        and node.field in (Field.ANY, Field.TITLE, Field.ABSTRACT)
        and node.text.lower() in STOP_WORDS
    )


def _canonical_id(text: str) -> str:
    try:
        return ArxivId.parse(text).id
    except BadId:
        return text


def _print(node: Node, *, top: bool = False) -> str:
    if isinstance(node, Term | Phrase):
        prefix = "" if node.field is Field.ANY else f"{node.field}:"
        return f"{prefix}{_quoted(node)}"
    if isinstance(node, Without):
        return f"-{_print(node.node)}"
    joint = " " if isinstance(node, All) else " OR "
    text = joint.join(map(_print, node.nodes))
    return text if top else f"({text})"


def _quoted(node: Term | Phrase) -> str:
    if isinstance(node, Phrase) or not _is_one_word(node.text):
        return f'"{node.text}"'
    if node.field is Field.ANY and read_ids(node.text):
        return f'"{node.text}"'  # a word here, though it would be an id alone
    return node.text


def _is_one_word(text: str) -> bool:
    """Tell whether a term would be read as itself if it stood bare."""
    return (
        text not in _OPERATORS
        and not text.startswith(("-", "//"))
        and not re.search(r'[\s"()]', text)
        and not _FIELD.fullmatch(text)
    )


ARCHIVE_CODES = {
    archive: tuple(c.code for c in CATEGORIES.values() if c.archive == archive)
    for archive in {category.archive for category in CATEGORIES.values()}
}
"""The categories that `cat:` with an archive's code stands for, itself included."""
