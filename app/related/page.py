"""The page of related papers, the panel on a paper's page, and their map."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from app.cards.card import Card, cards
from app.cards.notes import noted
from app.related.picture import Star, star_map
from app.search.params import MAX_LIKED, LikePageParams
from app.web.deps import TemplatesDep, live_library
from app.web.params import read_ids, read_params
from app.web.templates import urls
from index import (
    Library,
    Method,
    Paper,
    RelatedPage,
    RelatedPaper,
    RelatedSort,
    neighbourhood,
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

ON_PAGE, IN_PANEL, ON_MAP = 50, 8, 30
"""Related papers on a page of their own, beside a paper, and on its map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCard:
    """A related paper as a card, and the addresses with it liked, or not."""

    card: Card
    found: RelatedPaper
    more: str | None
    less: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A paper that was asked about, and the address without it."""

    paper: Paper
    url: str


@router.get("/related")
def related(request: Request, templates: TemplatesDep) -> Response:
    """Show papers like some and unlike others; without any, a form to name them."""
    asked = read_params(request, LikePageParams)
    library = live_library(request)
    address = _Address(request, asked)
    context: dict[str, Any] = {
        "asked": asked,
        "address": address.url,
        "snapshot": library.manifest.name,
    }
    if not address.like:
        return templates.page(request, "related.html", found=None, **context)
    found = library.relater.related(
        address.like,
        address.unlike,
        method=asked.method,
        sort=asked.sort,
        limit=ON_PAGE,
    )
    return templates.page(
        request,
        "related.html",
        found=found,
        cards=_cards(request, found, address),
        has_vectors=library.relater.vectors is not None,
        like=[Asked(paper=p, url=address.without(p.id)) for p in found.like],
        unlike=[Asked(paper=p, url=address.without(p.id)) for p in found.unlike],
        stars=stars(request, library, found) if len(found.like) == 1 else None,
        **context,
    )


def panel(request: Request, library: Library, paper: Paper) -> dict[str, Any]:
    """Return what a paper's page shows of its relatives."""
    found = library.relater.related([paper.id], limit=ON_MAP)
    url = urls(request)
    return {
        "related": found.papers[:IN_PANEL],
        "related_url": url("/related", like=paper.id),
        "stars": stars(request, library, found),
    }


def stars(request: Request, library: Library, found: RelatedPage) -> Markup | None:
    """Return the map around the one paper asked about; None without vectors."""
    vectors = library.relater.vectors
    nearest = sorted(found.papers, key=lambda one: one.score, reverse=True)
    shown = nearest[:ON_MAP]
    if vectors is None or not shown:
        return None
    url = urls(request)
    source = found.like[0]
    places = neighbourhood(vectors, [found.keys[0], *(one.key for one in shown)])
    papers = [source, *(one.paper for one in shown)]
    most = max(one.score for one in shown) or 1.0
    nearness = [1.0, *(one.score / most for one in shown)]
    return star_map(
        [
            Star(
                title=paper.title,
                url=url(f"/paper/{paper.id}"),
                x=place.x,
                y=place.y,
                nearness=near,
                is_source=paper is source,
            )
            for paper, place, near in zip(papers, places, nearness, strict=True)
        ]
    )


class _Address:
    """The address of related papers, from which those of others like it are made."""

    def __init__(self, request: Request, asked: LikePageParams) -> None:
        self._url = urls(request)
        self.like = read_ids(asked.like, "like")
        self.unlike = [i for i in read_ids(asked.unlike, "unlike") if i not in self.like]
        self._asked = asked

    def url(self, **changes: str) -> str:
        """Return the address with another method or order."""
        return self._made(self.like, self.unlike, **changes)

    def liking(self, paper_id: str) -> str:
        """Return the address with one more paper that is liked."""
        return self._made([*self.like, paper_id], self.unlike)

    def disliking(self, paper_id: str) -> str:
        """Return the address with one more paper that is not."""
        return self._made(self.like, [*self.unlike, paper_id])

    def without(self, paper_id: str) -> str:
        """Return the address without a paper."""
        like, unlike = (
            [i for i in ids if i != paper_id] for ids in (self.like, self.unlike)
        )
        return self._made(like, unlike)

    def _made(self, like: list[str], unlike: list[str], **changes: str) -> str:
        chosen = {"method": self._asked.method.value, "sort": self._asked.sort.value}
        usual = {"method": Method.HYBRID.value, "sort": RelatedSort.SIMILARITY.value}
        chosen = {n: v for n, v in (chosen | changes).items() if v != usual[n]}
        return self._url(
            "/related",
            like=",".join(like) or None,
            unlike=",".join(unlike) or None,
            **chosen,
        )


def _cards(request: Request, found: RelatedPage, address: _Address) -> list[RelatedCard]:
    papers = [one.paper for one in found.papers]
    shown = cards(request, papers, None, 1, noted=noted(request, papers))
    more, less = len(address.like) < MAX_LIKED, len(address.unlike) < MAX_LIKED
    return [
        RelatedCard(
            card=card,
            found=one,
            more=address.liking(one.paper.id) if more else None,
            less=address.disliking(one.paper.id) if less else None,
        )
        for one, card in zip(found.papers, shown, strict=True)
    ]
