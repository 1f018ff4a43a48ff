"""unAPI (https://unapi.info/specs): each paper of a list in the formats of citations."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from app.atom.xml import tag, wrap, write
from app.exports.formats import MEDIA, Format, export
from app.web.contract import write_errors_at
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import Params
from app.web.responses import answer_as, answer_unchanged
from app.zotero.plain import word_error
from app.zotero.rdf import TYPE, write_rdf
from index import ArxivId, Paper

PATH = "/unapi"

router = APIRouter(include_in_schema=False)

_RDF = "rdf_zotero"
_OTHERS = (Format.RIS, Format.BIBTEX, Format.BIBLATEX, Format.CSL, Format.MARKDOWN)
FORMATS = {_RDF: TYPE, **{one.value: MEDIA[one][0] for one in _OTHERS}}
"""The media type of each format, the one first that says most to a reference manager."""

_DAY_S = 86_400


class UnapiParams(BaseModel):
    """A paper and a format; formats are listed where either is missing."""

    id: str = Field(default="", max_length=300)
    format: str = Field(default="", max_length=40)


@router.get(PATH)
def answer_unapi(
    request: Request, asked: Params[UnapiParams], library: LibraryDep
) -> Response:
    """Answer with a paper in a format, or list formats. Raises BadId, UnknownPaper."""
    if asked.format and asked.format not in FORMATS:
        known = ", ".join(FORMATS)
        raise HTTPException(406, f"{asked.format!r} is no format; there are {known}")
    if not asked.id and asked.format:
        raise BadParameter("no paper is named", param="id", hint="give an arXiv id")
    if not asked.id:
        return _list_formats()
    paper = library.catalog.by_id(ArxivId.parse(asked.id).id)
    if not asked.format:
        return _list_formats(paper)
    if same := answer_unchanged(request, library):
        return same
    body = _write_paper(paper, asked.format)
    return answer_as(request, library, body, FORMATS[asked.format])


def _list_formats(paper: Paper | None = None) -> Response:
    """List the formats, of a paper too under 200: clients take 300 for a failure."""
    listed = (
        tag("format", name=name, type=media.partition(";")[0])
        for name, media in FORMATS.items()
    )
    named = {"id": paper.id} if paper else {}
    body = write(wrap("formats", *listed, **named))
    headers = {"Cache-Control": f"max-age={_DAY_S}"}
    return Response(body, media_type="application/xml", headers=headers)


def _write_paper(paper: Paper, wanted: str) -> bytes:
    if wanted == _RDF:
        return write_rdf(paper)
    return export([paper], Format(wanted)).encode()


write_errors_at(PATH, word_error)
