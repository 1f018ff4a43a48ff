"""The contents of a day: its papers by primary category, and those only listed too."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.listings.found import FoundListing
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
    """A day's papers: all, own and cross-listed; then by primary category, most first."""

    kinds: tuple[Section, ...]
    primaries: tuple[Section, ...]


def read_contents(found: FoundListing, url: Callable[..., str]) -> Contents | None:
    """Return the contents of a day; None for a longer span, which would take too long."""
    wanted = found.request
    if wanted is None or not wanted.selection.span.is_day:
        return None
    codes = found.primaries.values()
    own = sum(map(replace(wanted, primary=OWN).wants, codes))

    def make(code: str, papers: int) -> Section:
        return Section(
            code=code,
            papers=papers,
            url=url(primary=code or None),
            is_shown=wanted.primary == code,
        )

    kinds = {"": len(codes), OWN: own, CROSS: len(codes) - own}
    return Contents(
        kinds=tuple(make(*kind) for kind in kinds.items()),
        primaries=tuple(make(*one) for one in Counter(codes).most_common()),
    )
