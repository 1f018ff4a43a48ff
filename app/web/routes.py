"""Routes as errors tell of them: the methods of an address, the parameters of a route."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from starlette.routing import Match

_METHODS = ("GET", "POST", "PUT", "DELETE")


def list_methods(request: Request) -> list[str]:
    """Return the methods that a request's address takes: HEAD wherever there is GET.

    Of an address that is described, those of its description: a longer route might take
    the others for part of an id, and find nothing.
    """
    described = _find_described(request)
    found = [
        method
        for method in _METHODS
        if (method.lower() in described if described else _has_route(request, method))
    ]
    return [found[0], "HEAD", *found[1:]] if "GET" in found else found


def _has_route(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    routes = request.app.router.routes
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


def list_params(request: Request, place: str) -> Sequence[str]:
    """Return a route's parameters in "query" or "body", from its OpenAPI description."""
    operation = _find_described(request).get(request.method.lower(), {})
    if place == "body":
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        name = schema["$ref"].rpartition("/")[2]
        shapes = request.app.openapi()["components"]["schemas"]
        return list(shapes[name]["properties"])
    return [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]


def _find_described(request: Request) -> dict[str, Any]:
    """Return the operations of a request's route, by method; none of a page's."""
    path = getattr(request.scope.get("route"), "path_format", "").replace(":path", "")
    operations: dict[str, Any] = request.app.openapi()["paths"].get(path, {})
    return operations
