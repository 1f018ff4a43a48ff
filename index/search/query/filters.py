"""Filters, which narrow a result and do not rank it: category, days, author, a DOI."""

from dataclasses import dataclass

from index.errors import BadQuery
from index.papers.categories import canonicalize_code
from index.search.query.days import read_days
from index.search.query.lexer import make_plain
from index.search.query.tree import All, AnyOf, Field, Node, Prefix, Term, Without
from index.search.terms.asked_names import split_people

_DATE_HINT = "write a date as 2019, 2019-03 or 2019-03-21"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of a search as a reader writes them; None is not set.

    `cat` is a category or an archive with all of its categories; several, by commas,
    mean any of them. `year` is a year or a range of them, `2019..2023`; `after` has its
    day in it, `before` has not. `author` is a name in any form, `has_doi` asks for
    papers with one. `withdrawn` asks for the papers that are withdrawn, or are not.
    """

    cat: str | None = None
    year: str | None = None
    after: str | None = None
    before: str | None = None
    author: str | None = None
    has_doi: bool = False
    withdrawn: bool | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is narrowed."""
        return self != _NONE

    def nodes(self) -> tuple[Node, ...]:
        """Return what each filter asks for. Raises BadQuery, naming the parameter."""
        found: list[Node] = []
        if self.cat is not None:
            found.append(_categories(self.cat))
        dates = {"year": self.year, "after": self.after, "before": self.before}
        found.extend(
            _days(name, value) for name, value in dates.items() if value is not None
        )
        if self.author is not None:
            found.append(_author(self.author))
        if self.has_doi:
            found.append(Prefix(Field.DOI, ""))
        if self.withdrawn is not None:
            gone = Prefix(Field.WITHDRAWN, "")
            found.append(gone if self.withdrawn else Without(gone))
        return tuple(found)


_NONE = Filters()


def _categories(text: str) -> Node:
    codes = dict.fromkeys(_code(code.strip()) for code in text.split(","))
    terms = tuple(Term(Field.CATEGORY, code) for code in codes)
    return terms[0] if len(terms) == 1 else AnyOf(terms)


def _code(text: str) -> str:
    code = canonicalize_code(text.removesuffix("*").removesuffix("."))
    if code is None:
        raise BadQuery(
            f"{text[:40]!r} is not a category of arXiv; "
            "write a code such as cs.LG or an archive such as cs",
            param="cat",
        )
    return code


def _days(name: str, text: str) -> Node:
    days = read_days(name, text.strip())
    if days is None:
        hint = "write 2019 or 2019..2023" if name == "year" else _DATE_HINT
        raise BadQuery(f"{text[:40]!r} cannot be read as {name}; {hint}", param=name)
    if days.is_empty:
        raise BadQuery(f"{text[:40]!r} ends before it begins", param=name)
    return days


def _author(text: str) -> Node:
    name = " ".join(make_plain(text).replace('"', " ").split())
    if not any(map(str.isalnum, name)):
        raise BadQuery("the author's name has no letter in it", param="author")
    people = [Term(Field.AUTHOR, person) for person in split_people(name)]
    return All(tuple(people)) if len(people) > 1 else people[0]
