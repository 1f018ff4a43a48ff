"""The route that exports papers by id."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.answers import BAD, EVERYWHERE, UNKNOWN
from app.asked import MAX_BATCH
from app.deps import live_library
from app.errors import BadParameter
from app.exports import MEDIA, Format, export
from app.params import described, read_ids, read_params
from index import UnknownPaper

router = APIRouter(prefix="/api", tags=["papers"], responses=EVERYWHERE)

_NAME = "winnow"
_MAX_LENGTH = 10_000  # characters of ids


class ExportParams(BaseModel):
    """Which papers are exported, and as what."""

    model_config = ConfigDict(extra="forbid")

    ids: str = Field(
        max_length=_MAX_LENGTH,
        description=f"Ids of papers, by commas; at most {MAX_BATCH}.",
        examples=["1706.03762,hep-th/9711200"],
    )
    format: Format = Format.BIBTEX


@router.get(
    "/export",
    responses={
        200: {"content": {MEDIA[f][0].partition(";")[0]: {} for f in Format}},
        400: BAD,
        404: UNKNOWN,
    },
    response_class=Response,
    openapi_extra=described(ExportParams),
)
def exported(request: Request) -> Response:
    """Return papers by id as BibTeX, RIS, CSL-JSON or Markdown, in the order asked for.

    Ids that are not here are left out, unless none is.
    """
    asked = read_params(request, ExportParams)
    ids = read_ids(asked.ids, "ids", MAX_BATCH)
    if not ids:
        raise BadParameter("no paper is named", param="ids", hint="give ids, by commas")
    library = live_library(request)
    found = library.catalog.by_ids(ids)
    papers = [found[paper_id] for paper_id in ids if paper_id in found]
    if not papers:
        raise UnknownPaper("none of these papers is in this library")
    media, ending = MEDIA[asked.format]
    name = papers[0].id.replace("/", "-") if len(papers) == 1 else _NAME
    return Response(
        export(papers, asked.format),
        media_type=media,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{ending}"',
            "Cache-Control": "no-cache",
        },
    )
