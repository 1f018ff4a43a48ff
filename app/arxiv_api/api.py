"""The route of arXiv's API, and its errors."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response

from app.arxiv_api.asked import BadRequest, read_asked
from app.arxiv_api.finding import find_asked
from app.arxiv_api.writing import write_error, write_result
from app.atom.elements import TYPE
from app.web.addresses import find_home
from app.web.contract import write_errors_at
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.limits import MAX_PARAMETERS
from app.web.responses import answer_as, answer_unchanged

PATH = "/api/query"

router = APIRouter(include_in_schema=False)

_MEDIA_TYPE = f"{TYPE}; charset=utf-8"
_TOO_MANY = 429


async def _read_given(request: Request) -> Mapping[str, str]:
    """Return the parameters of an address, or of a form in the body. Raises BadParameter.

    Of a repeated one the first counts, as at arXiv. A form may come without its type.
    """
    pairs = request.query_params.multi_items()
    if request.method == "POST":
        body = (await request.body()).decode(errors="replace")
        try:
            pairs = parse_qsl(body, max_num_fields=MAX_PARAMETERS) + pairs
        except ValueError:
            raise BadParameter("there are too many parameters", param="body") from None
    return dict(reversed(pairs))


@router.api_route(PATH, methods=["GET", "POST"])
@router.api_route(f"{PATH}/", methods=["GET", "POST"])
def query(
    request: Request,
    given: Annotated[Mapping[str, str], Depends(_read_given)],
    library: LibraryDep,
) -> Response:
    """Answer with papers of a query or an id list, as Atom. Raises BadQuery, TooDear."""
    is_kept = request.method == "GET"  # a tag is made of the address alone
    if is_kept and (unchanged := answer_unchanged(request, library)):
        return unchanged
    try:
        asked = read_asked(given)
        result = find_asked(library, asked)
    except BadRequest as error:
        return _answer(400, str(error))
    asked_for = f"?{request.url.query}" if request.url.query else ""
    address = f"{find_home(request)}{PATH}{asked_for}"
    body = write_result(asked, result, address, library.manifest.created)
    if is_kept:
        return answer_as(request, library, body, _MEDIA_TYPE)
    return Response(body, media_type=_MEDIA_TYPE)


def _answer_error(
    status: int, body: Mapping[str, str | None], headers: Mapping[str, str] | None
) -> Response:
    """Return any error below the path as arXiv's API words it."""
    if status == _TOO_MANY:
        return PlainTextResponse("Rate exceeded.", status, headers)
    said = [part for part in (body["message"], body["hint"]) if part]
    return _answer(status, "; ".join(said), headers)


def _answer(
    status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    body = write_error(message, datetime.now(UTC))
    return Response(body, status, headers, _MEDIA_TYPE)


write_errors_at(PATH, _answer_error)
