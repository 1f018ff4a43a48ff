"""The routes that export papers by id."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from app.exports.formats import MEDIA, Format, make_form
from app.exports.parts import answer_with_file, find_keys, read_papers
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import (
    MAX_BATCH,
    MAX_EXPORTED,
    NO_PARAMS,
    DescribedRoute,
    Params,
    canonicalize_ids,
    read_ids,
)
from app.web.responses import BAD, EVERYWHERE, UNKNOWN
from index import Library, UnknownPaper

router = APIRouter(
    prefix="/api", tags=["papers"], responses=EVERYWHERE, route_class=DescribedRoute
)

_NAME = "winnow"
_MAX_LENGTH = 10_000  # characters of ids
_PAPERS: dict[str, Any] = {
    "content": {MEDIA[f][0].partition(";")[0]: {} for f in Format},
}


class ExportParams(BaseModel):
    """The papers to export, and the format."""

    model_config = ConfigDict(extra="forbid")

    ids: str = Field(
        max_length=_MAX_LENGTH,
        description=f"Ids of papers, separated by commas; at most {MAX_BATCH}.",
        examples=["1706.03762,hep-th/9711200"],
    )
    format: Format = Format.BIBTEX


class ExportRequest(BaseModel):
    """The same for long lists, and for lists that should not appear in an address."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(
        max_length=MAX_EXPORTED, examples=[["1706.03762", "hep-th/9711200"]]
    )
    format: Format = Format.BIBTEX


@router.get(
    "/export",
    operation_id="exportCitations",
    responses={200: _PAPERS, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def export_papers(asked: Params[ExportParams], library: LibraryDep) -> Response:
    """Return papers by id as BibTeX, biblatex, RIS, CSL-JSON or Markdown, in their order.

    Unknown ids are left out; if all are unknown, the answer is 404.
    """
    return _make_file(library, read_ids(asked.ids, "ids", MAX_BATCH), asked.format)


@router.post(
    "/export",
    operation_id="exportList",
    responses={200: _PAPERS, 400: BAD, 404: UNKNOWN, 413: BAD},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def export_list(asked: ExportRequest, library: LibraryDep) -> Response:
    """Return up to 5,000 papers by id as one file; unknown ids are left out."""
    return _make_file(library, canonicalize_ids(asked.ids, "ids"), asked.format)


def _make_file(library: Library, ids: Sequence[str], wanted: Format) -> Response:
    if not ids:
        raise BadParameter("no paper is named", param="ids", hint="give ids of papers")
    keys = find_keys(library, ids)
    if not keys:
        raise UnknownPaper("none of these papers is in this library")
    media, ending = MEDIA[wanted]
    name = next(iter(keys)).replace("/", "-") if len(keys) == 1 else _NAME
    papers = read_papers(library, tuple(keys.values()))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Cache-Control": "no-cache",
    }
    return answer_with_file(papers, len(keys), make_form(wanted), media, headers)
