"""The contents of a day: its papers by primary category, and those only listed too."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.listings.found import FoundListing, read_codes
from app.listings.params import Kind
from app.listings.request import CROSS, OWN


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


def read_contents(found: FoundListing, url: Callable[..., str]) -> Contents | None:
    """Return the contents of a day; None for a longer span, which would take too long."""
    wanted = found.request
    if wanted is None or not wanted.selection.span.is_day:
        return None
    selection = wanted.selection
    shown = found.primaries.values()
    others = read_codes(
        found.library, replace(selection, revised=not selection.revised)
    ).values()
    new, replaced = (others, shown) if selection.revised else (shown, others)
    own = sum(map(replace(wanted, primary=OWN).wants, new))

    def make(code: str, papers: int, kind: Kind = Kind.NEW) -> Section:
        return Section(
            code=code,
            papers=papers,
            url=url(primary=code or None, kind=None if kind is Kind.NEW else kind.value),
            is_shown=(wanted.primary, wanted.kind) == (code, kind),
        )

    kinds = {"": len(new), OWN: own, CROSS: len(new) - own}
    is_known = found.library.lister.knows_revisions
    return Contents(
        kinds=tuple(make(*one) for one in kinds.items()),
        replaced=make("", len(replaced), Kind.REPLACED) if is_known else None,
        primaries=tuple(make(*one, wanted.kind) for one in Counter(shown).most_common()),
    )
