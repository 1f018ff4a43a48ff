"""The page of related papers, the panel on a paper's page, and their map."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from app.cards.card import Card, make_cards
from app.cards.notes import read_notes
from app.related.params import LikePageParams
from app.related.picture import MapPoint, draw_map
from app.web.addresses import bind_urls
from app.web.deps import LibraryDep, TemplatesDep
from app.web.params import MAX_LIKED, Params, read_ids
from index import (
    Library,
    Method,
    Paper,
    RelatedPage,
    RelatedPaper,
    RelatedSort,
    find_directions,
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

ON_PAGE, IN_PANEL, ON_MAP = 50, 10, 30
"""Related papers on a page of their own, beside a paper, and at most on a map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCard:
    """A related paper as a card, and the addresses that add it as liked or unliked."""

    card: Card
    found: RelatedPaper
    more: str | None
    less: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A paper that related papers are compared with, and the address without it."""

    paper: Paper
    url: str


@router.get("/related")
def show_related(
    request: Request,
    templates: TemplatesDep,
    asked: Params[LikePageParams],
    library: LibraryDep,
) -> Response:
    """Show papers like some and unlike others; without ids, show a form."""
    address = _Address(request, asked)
    context: dict[str, Any] = {
        "asked": asked,
        "address": address.make_url,
        "snapshot": library.manifest.name,
    }
    if not address.like:
        return templates.render(request, "related.html", found=None, **context)
    found = library.relater.related(
        address.like,
        address.unlike,
        method=asked.method,
        sort=asked.sort,
        limit=ON_PAGE,
    )
    return templates.render(
        request,
        "related.html",
        found=found,
        cards=_make_cards(request, found, address),
        has_vectors=library.relater.vectors is not None,
        like=[Chosen(paper=p, url=address.remove(p.id)) for p in found.like],
        unlike=[Chosen(paper=p, url=address.remove(p.id)) for p in found.unlike],
        related_map=draw_related_map(request, library, found)
        if len(found.like) == 1
        else None,
        **context,
    )


def make_panel(request: Request, library: Library, paper: Paper) -> dict[str, Any]:
    """Return the template context for the related papers on a paper's page."""
    found = library.relater.related([paper.id], limit=IN_PANEL)
    url = bind_urls(request)
    return {
        "related": found.papers,
        "related_url": url("/related", like=paper.id),
        "related_map": draw_related_map(request, library, found),
    }


def draw_related_map(
    request: Request, library: Library, found: RelatedPage
) -> Markup | None:
    """Draw the map around the first liked paper; None without vectors or neighbours."""
    vectors = library.relater.vectors
    numbered = enumerate(found.papers, 1)
    shown = sorted(numbered, key=lambda one: one[1].score, reverse=True)[:ON_MAP]
    if vectors is None or not shown:
        return None
    url = bind_urls(request)
    directions = find_directions(vectors, [one.key for _, one in shown])
    return draw_map(
        found.like[0].title,
        [
            MapPoint(
                title=one.paper.title,
                url=url(f"/paper/{one.paper.id}"),
                number=number,
                direction=direction,
            )
            for (number, one), direction in zip(shown, directions, strict=True)
        ],
    )


_PLACE = "~"  # of an id in an address that is written once for all; no id has it


class _Address:
    """The address of a page of related papers; makes the addresses that vary it."""

    def __init__(self, request: Request, asked: LikePageParams) -> None:
        self._url = bind_urls(request)
        self.like = read_ids(asked.like, "like")
        self.unlike = [i for i in read_ids(asked.unlike, "unlike") if i not in self.like]
        self._asked = asked
        self._more = self._write([*self.like, _PLACE], self.unlike)
        self._less = self._write(self.like, [*self.unlike, _PLACE])

    def make_url(self, **changes: str) -> str:
        """Return the address with a different method or order."""
        return self._write(self.like, self.unlike, **changes)

    def add_liked(self, paper_id: str) -> str:
        """Return the address with one more liked paper."""
        return self._more.replace(_PLACE, quote_plus(paper_id))

    def add_unliked(self, paper_id: str) -> str:
        """Return the address with one more unliked paper."""
        return self._less.replace(_PLACE, quote_plus(paper_id))

    def remove(self, paper_id: str) -> str:
        """Return the address without a paper."""
        like, unlike = (
            [i for i in ids if i != paper_id] for ids in (self.like, self.unlike)
        )
        return self._write(like, unlike)

    def _write(self, like: list[str], unlike: list[str], **changes: str) -> str:
        chosen = {"method": self._asked.method.value, "sort": self._asked.sort.value}
        usual = {"method": Method.HYBRID.value, "sort": RelatedSort.SIMILARITY.value}
        chosen = {n: v for n, v in (chosen | changes).items() if v != usual[n]}
        return self._url(
            "/related",
            like=",".join(like) or None,
            unlike=",".join(unlike) or None,
            **chosen,
        )


def _make_cards(
    request: Request, found: RelatedPage, address: _Address
) -> list[RelatedCard]:
    papers = [one.paper for one in found.papers]
    shown = make_cards(request, papers, None, 1, notes=read_notes(request, papers))
    more, less = len(address.like) < MAX_LIKED, len(address.unlike) < MAX_LIKED
    return [
        RelatedCard(
            card=card,
            found=one,
            more=address.add_liked(one.paper.id) if more else None,
            less=address.add_unliked(one.paper.id) if less else None,
        )
        for one, card in zip(found.papers, shown, strict=True)
    ]
