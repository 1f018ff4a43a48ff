"""The contents of a day: its papers by primary category, and those only listed too."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.listings.found import read_codes
from app.listings.params import Kind
from app.listings.request import CROSS, OWN, ListingRequest
from index import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some papers of a day: which, how many, and the address of their listing."""

    code: str
    papers: int
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A day's papers: all, own and cross-listed; those replaced; then by primary category.

    `replaced` is None where the library does not know it.
    """

    kinds: tuple[Section, ...]
    replaced: Section | None
    primaries: tuple[Section, ...]


def read_contents(
    library: Library, wanted: ListingRequest | None, url: Callable[..., str]
) -> Contents | None:
    """Return the contents of a day; None for a longer span, which would take too long."""
    if wanted is None or not wanted.selection.span.is_day:
        return None
    new, replaced = (
        read_codes(library, replace(wanted.selection, revised=revised)).values()
        for revised in (False, True)
    )
    codes = new if wanted.kind is Kind.NEW else replaced
    own = sum(map(replace(wanted, primary=OWN).wants, new))

    def make(code: str, papers: int, kind: Kind = Kind.NEW) -> Section:
        return Section(
            code=code,
            papers=papers,
            url=url(primary=code or None, kind=None if kind is Kind.NEW else kind.value),
            is_shown=(wanted.primary, wanted.kind) == (code, kind),
        )

    kinds = {"": len(new), OWN: own, CROSS: len(new) - own}
    is_known = library.lister.knows_revisions
    return Contents(
        kinds=tuple(make(*one) for one in kinds.items()),
        replaced=make("", len(replaced), Kind.REPLACED) if is_known else None,
        primaries=tuple(make(*one, wanted.kind) for one in Counter(codes).most_common()),
    )
