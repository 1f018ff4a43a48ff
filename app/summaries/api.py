"""The JSON routes for summaries: anyone reads, the operator's token is needed to write."""

import hashlib
import hmac
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from app.summaries.params import SummariesParams
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary, SummaryText
from app.web.contract import ErrorShape
from app.web.deps import LibraryDep, get_database
from app.web.params import NO_PARAMS, DescribedRoute, PaperId, Params
from app.web.responses import BAD, EVERYWHERE, SAME, UNKNOWN, answer, answer_unchanged
from index import ArxivId, Paper

_PATH = "/papers/{paper_id:path}/summaries"
_DENIED: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "The operator's token is missing or wrong"},
    403: {"model": ErrorShape, "description": "This server accepts no summaries over HTTP"},
}

router = APIRouter(
    prefix="/api", tags=["summaries"], responses=EVERYWHERE, route_class=DescribedRoute
)


class SummaryShape(BaseModel):
    """A Markdown document about a paper."""

    paper: str
    language: str
    author: str = Field(description="The person or model that wrote it.")
    version: str | None = Field(
        description="The version of the paper that it describes.", examples=["v2"]
    )
    outdated: bool = Field(description="Whether the paper has a newer version.")
    created: str = Field(description="UTC, ISO 8601.")
    markdown: str = Field(description="GitHub-flavoured Markdown with TeX formulas.")


class SummariesAnswer(BaseModel):
    """A paper's summaries, ordered by language and author."""

    data: list[SummaryShape]


class DeletedAnswer(BaseModel):
    """The number of summaries that were deleted."""

    deleted: int


def _require_operator(
    request: Request,
    given: Annotated[
        HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))
    ],
) -> None:
    """Require the operator's token. Raises HTTPException."""
    token: str | None = request.state.token
    if token is None:
        raise HTTPException(403, "nothing can be written here; WINNOW_TOKEN is not set")
    if given is None or not hmac.compare_digest(given.credentials.encode(), token.encode()):
        raise HTTPException(
            401,
            "send the operator's token as `Authorization: Bearer …`",
            {"WWW-Authenticate": "Bearer"},
        )


@router.get(
    _PATH,
    operation_id="getSummaries",
    responses={200: {"model": SummariesAnswer}, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def get_summaries(
    request: Request, paper_id: PaperId, asked: Params[SummariesParams], library: LibraryDep
) -> Response:
    """Return the summaries of a paper, as Markdown."""
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    found = [
        one
        for one in SummaryStore(get_database(request)).read(paper.id)
        if _is_wanted(one, asked)
    ]
    body = {"data": [shape_summary(one, paper) for one in found]}
    state = hashlib.blake2b(orjson.dumps(body), digest_size=8).hexdigest()
    return answer_unchanged(request, library, state) or answer(
        request, library, body, state
    )


@router.put(
    _PATH,
    operation_id="putSummary",
    responses={
        200: {"model": SummaryShape, "description": "The summary replaced another"},
        201: {"model": SummaryShape, "description": "The summary is new"},
        400: BAD,
        404: UNKNOWN,
        413: BAD,
        **_DENIED,
    },
    response_class=Response,
    dependencies=[Depends(_require_operator), NO_PARAMS],
)
def put_summary(
    request: Request, paper_id: PaperId, asked: SummaryText, library: LibraryDep
) -> Response:
    """Store a summary; it replaces one in the same language by the same author."""
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    summary = asked.make_summary(paper.id)
    is_new = SummaryStore(get_database(request)).put([summary])
    body = orjson.dumps(shape_summary(summary, paper))
    return Response(body, 201 if is_new else 200, media_type="application/json")


@router.delete(
    _PATH,
    operation_id="deleteSummaries",
    responses={200: {"model": DeletedAnswer}, 400: BAD, 404: UNKNOWN, **_DENIED},
    response_class=Response,
    dependencies=[Depends(_require_operator)],
)
def delete_summaries(
    request: Request, paper_id: PaperId, asked: Params[SummariesParams]
) -> Response:
    """Delete a paper's summaries; `language` and `author` narrow them down."""
    canonical = ArxivId.parse(paper_id).id
    deleted = SummaryStore(get_database(request)).delete(
        canonical, asked.language, asked.author
    )
    return Response(orjson.dumps({"deleted": deleted}), media_type="application/json")


def shape_summary(summary: Summary, paper: Paper) -> dict[str, Any]:
    """Return a summary of a paper as a SummaryShape."""
    return {
        "paper": summary.paper,
        "language": summary.language,
        "author": summary.author,
        "version": f"v{summary.version}" if summary.version else None,
        "outdated": summary.is_outdated(paper),
        "created": summary.created,
        "markdown": summary.markdown,
    }


def _is_wanted(summary: Summary, asked: SummariesParams) -> bool:
    return (asked.language or summary.language) == summary.language and (
        asked.author or summary.author
    ) == summary.author
