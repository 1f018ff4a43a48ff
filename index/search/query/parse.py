"""The parser: turns a query's text into a tree, with notices about what it changed.

Pure: it knows the language of queries, no engine. The grammar, in words of the text:

    query   = any
    any     = all { ("OR" | "|") all }
    all     = part { ["AND"] part }
    part    = ("NOT" | "ANDNOT" | "-") part | days | [FIELD ":"] ( "(" any ")" | leaf )
    leaf    = phrase ["~" PLACES] | WORD ["*" | "~" ["1" | "2"]] | formula | DOI
    phrase  = '"' … '"'
    days    = ("year" | "submittedDate" | "lastUpdatedDate")
              ":" ( DATE | range | "[" range "]" )
            | ("after" | "before") ":" DATE
    range   = [DATE] (".." | " TO ") [DATE]
    DATE    = YYYY | YYYY-MM | YYYY-MM-DD, hyphens optional | YYYYMMDDhhmm[ss];
              "*" for an open end
    FIELD   = ti title | au author | abs abstract | cat category | co comments
            | jr journal | rn report | id | doi | withdrawn | all

Operators are upper case only. A minus counts where white space, an opening
parenthesis or nothing stands before it and a word behind it; a hyphen inside a word
never does. Commas end a word as white space does. A word directly before a short
parenthesis is one with it: `SU(2)`. Nothing is an error but a text over MAX_LENGTH:
what cannot be read is taken literally, or left out, and a notice says so. Stop words
are left out where other words remain. A text of nothing but ids asks for just those
papers; so does one that mentions ids, and its other words count where none is there.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from index.errors import BadQuery
from index.papers.arxiv_id import read_ids
from index.papers.mentions import Mentions, find_mentions
from index.search.query.file_names import read_file_name
from index.search.query.joining import is_bare_word, join_all, join_any, join_words
from index.search.query.leads import drop_leads
from index.search.query.leaf import read_leaf
from index.search.query.lexer import Token, is_plain, make_plain, read_tokens
from index.search.query.pasted import read_pasted
from index.search.query.tree import (
    AnyOf,
    Days,
    Field,
    Leaf,
    Node,
    Notice,
    Query,
    Without,
)
from index.search.terms.asked_names import split_people
from index.search.terms.title import find_titles, title_key

MAX_LENGTH = 4_000
MAX_TERMS = 64
"""Words that count, those of phrases and compounds too."""
MAX_DEPTH = 16


def parse(text: str) -> Query:
    """Read a query. Raises BadQuery if it is over MAX_LENGTH characters."""
    _check_length(text)
    written, text = text, read_file_name(make_plain(read_pasted(text)))
    bare = drop_leads(text if _WORD.search(text) else written)  # `\cite{…}` has no words
    if ids := read_ids(bare):
        return Query(ids=tuple(ids))
    mentioned = find_mentions(bare) if is_plain(bare) else Mentions()
    query = _Parser(bare if mentioned.ids else text).query()
    if not mentioned.ids:
        return replace(query, titles=find_titles(text))
    if not mentioned.rest:
        return Query(ids=mentioned.ids)
    named = ", ".join(known.id for known in mentioned.ids)
    params: dict[str, str | int] = {"ids": named, "rest": mentioned.rest[:_REST]}
    return replace(
        query, ids=mentioned.ids, notices=(Notice(code="ids_first", params=params),)
    )


def parse_as_written(text: str) -> Query:
    """Read a query word by word, as arXiv's API does. Raises BadQuery as `parse` does.

    Of bare words side by side any will do; a paper of just that title comes first. No
    text is taken for ids or for the name of a file.
    """
    _check_length(text)
    text = make_plain(read_pasted(text))
    query = _Parser(text, join_words).query()
    is_bare = isinstance(query.tree, AnyOf) and all(map(is_bare_word, query.tree.nodes))
    return replace(query, title=title_key(_LEAD.sub("", text)) if is_bare else "")


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise BadQuery(
            f"the query has {len(text):,} characters; use at most {MAX_LENGTH:,}"
        )


_LEAD = re.compile(r"\s*all:", re.IGNORECASE)
_REST = 200  # characters of the words beside ids that a notice quotes
_WORD = re.compile(r"[^\W_]+")
_PASTED = 4  # words of a text with a minus that is a title all the same


class _Parser:
    """One parse of one text, by recursive descent."""

    def __init__(
        self, text: str, join: Callable[[list[Node]], list[Node]] = list[Node]
    ) -> None:
        self._text = text
        self._join = join
        self._notices: dict[tuple[str, str], Notice] = {}
        self._tokens = list(read_tokens(text, self._notice))
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
        tree = join_all(parts)
        if tree is None:
            self._notice("nothing_to_search")
        return Query(
            tree=tree,
            title=self._title(),
            notices=tuple(self._notices.values()),
        )

    def _title(self) -> str:
        """Return the text's title key, unless a minus makes it a query of few words."""
        title = title_key(self._text)
        has_minus = any(t.kind == "not" and t.text == "-" for t in self._tokens)
        return "" if has_minus and title.count(" ") < _PASTED - 1 else title

    def _notice(self, code: str, **params: str | int) -> None:
        self._notices.setdefault(
            (code, str(params)), Notice(code=code, params=dict(params))
        )

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
        return join_any(found)

    def _all(self, where: Field) -> Node | None:
        parts: list[Node] = []
        run: list[Node] = []  # what nothing but white space joins
        while self._peek() not in ("", "or", "close"):
            if self._peek() == "and":
                self._at += 1
                parts += self._join(run)
                run = []
            elif (part := self._part(where)) is not None:
                run.append(part)
        return join_all([*parts, *self._join(run)])

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

    def _without(self, token: Token, where: Field) -> Node | None:
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
            self._skip_group()
            return None
        self._depth += 1
        node = self._any(where)
        self._depth -= 1
        if self._peek() == "close":
            self._at += 1
        else:
            self._notice("unbalanced_parenthesis")
        return node

    def _skip_group(self) -> None:
        """Pass over an opened group, to behind its closing parenthesis."""
        inside = 1
        while inside and self._peek():
            inside += {"open": 1, "close": -1}.get(self._peek(), 0)
            self._at += 1

    def _leaf(self, token: Token, where: Field) -> Node | None:
        if where is Field.AUTHOR and len(people := split_people(token.text)) > 1:
            asked = (self._leaf(replace(token, text=name), where) for name in people)
            return join_all([person for person in asked if person is not None])
        leaf = read_leaf(token, where, self._notice)
        if leaf is None:
            return None
        left = MAX_TERMS - self._terms
        words = _words_of(leaf)
        self._terms += len(words) or 1
        if self._terms <= MAX_TERMS:
            return leaf
        self._notice("too_many_terms", limit=MAX_TERMS)
        if left <= 0 or not words or isinstance(leaf, Days):
            return None
        return replace(leaf, text=leaf.text[: words[left - 1].end()])


def _words_of(leaf: Leaf) -> list[re.Match[str]]:
    """Return the words that a leaf is made of, where it is not looked for whole."""
    if isinstance(leaf, Days) or leaf.field in (
        Field.CATEGORY,
        Field.ID,
        Field.DOI,
        Field.WITHDRAWN,
    ):
        return []
    return list(_WORD.finditer(leaf.text))
