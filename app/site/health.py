"""The health checks, alive and ready, for load balancers and people on call.

Both are cheap and wait for nobody: what may take time is done in threads of their own.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.site.prober import NotReady, Prober
from app.state.connection import StateError
from app.web.contract import ErrorShape
from app.web.errors import SEE_LOG, make_error_body, word_plainly
from app.web.params import DescribedRoute
from index import BrokenSnapshot, Library, NoSnapshot, WrongAnswer

router = APIRouter(tags=["health"], route_class=DescribedRoute)

_ILL = {"model": ErrorShape, "description": "Queries are not answered"}
_KEEPS_OLD = (
    "the published snapshot cannot be opened, and an old one is served; run "
    f"`winnow rebuild DUMP`; {SEE_LOG}"
)
_FRESH = {"Cache-Control": "no-store"}
_CODES: dict[type[Exception], str] = {
    NoSnapshot: "no_snapshot",
    BrokenSnapshot: "broken_snapshot",
    WrongAnswer: "wrong_answer",
    StateError: "state_unavailable",
    NotReady: "not_ready",
}


async def _get_prober(request: Request) -> Prober:
    prober: Prober = request.state.prober
    return prober


ProberDep = Annotated[Prober, Depends(_get_prober)]


class HealthAnswer(BaseModel):
    """The state of a service that answers."""

    status: Literal["ok"]
    snapshot: str
    papers: int
    problem: str | None = Field(
        default=None, description="What does not work, and what the operator can do."
    )


@router.get(
    "/healthz",
    operation_id="checkHealth",
    responses={200: {"model": HealthAnswer}, 503: _ILL},
)
async def check_health(prober: ProberDep) -> Response:
    """Tell that the service is alive, and which snapshot it has open."""
    try:
        return _answer_well(await prober.library(), keeps_old=prober.keeps_old)
    except (NoSnapshot, BrokenSnapshot, NotReady) as error:
        return _answer_ill(error)


@router.get(
    "/readyz",
    operation_id="checkReadiness",
    responses={200: {"model": HealthAnswer}, 503: _ILL},
)
async def check_readiness(prober: ProberDep) -> Response:
    """Ask catalog, engine, vectors and state, and tell whether they answer as they must."""
    try:
        await prober.check()
        return _answer_well(await prober.library(), keeps_old=prober.keeps_old)
    except Exception as error:  # noqa: BLE001  whatever it is, the service is not ready
        return _answer_ill(error)


def _answer_well(library: Library, *, keeps_old: bool) -> Response:
    manifest = library.manifest
    answer = {"status": "ok", "snapshot": manifest.name, "papers": manifest.papers}
    problems = [_KEEPS_OLD] if keeps_old else []
    if library.problem:  # names no path
        problems.append(f"no search by meaning: {library.problem}")
    if problems:
        answer["problem"] = ". ".join(problems)
    return JSONResponse(answer, headers=_FRESH)


def _answer_ill(error: Exception) -> Response:
    code = _CODES.get(type(error), "internal_error")
    if code in _CODES.values():
        message = word_plainly(error, log=False)  # whoever found it has logged it
    else:
        message = f"something does not work; {SEE_LOG}"
    return JSONResponse(make_error_body(code, message), 503, headers=_FRESH)
