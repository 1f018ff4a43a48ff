"""The guard of /mcp: which hosts it answers to, and which pages may ask it.

Without a check of Host, a page of a stranger could have its own name lead to this
machine and ask here as itself (DNS rebinding). Loopback is always answered;
WINNOW_PUBLIC_URL adds the one name that others know.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.errors import make_error_body

PATH = "/mcp"

_LOOPBACK = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?"
_PORTS = {"http": 80, "https": 443}


def refuse_stranger(request: Request) -> Response | None:
    """Return a refusal: 421 for another host, 403 for a page of another origin."""
    public: str | None = request.state.public_url
    host = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if not (_is_loopback(host) or _is_same_host(host, public)):
        body = make_error_body(
            "misdirected",
            "agents are answered at this machine's own address, and at the public one",
            hint="the operator sets WINNOW_PUBLIC_URL to the address that agents use",
        )
        return JSONResponse(body, 421)
    origin = request.headers.get("origin")
    if origin is None or re.fullmatch(_LOOPBACK, origin) or origin == public:
        return None
    message = "pages of other sites may not ask here"
    return JSONResponse(make_error_body("forbidden", message), 403)


class AgentCors:
    """Lets pages of this machine and of the public address send POST to /mcp."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        """Wrap an application."""
        self._app = app
        self._cors = CORSMiddleware(
            app,
            allow_origins=[public_url] if public_url else [],
            allow_origin_regex=_LOOPBACK,
            allow_methods=["POST"],
            allow_headers=["*"],
            expose_headers=["MCP-Protocol-Version", "X-Request-ID", "Retry-After"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer a browser that asks first whether it may."""
        is_ours = scope["type"] == "http" and scope["path"] == PATH
        await (self._cors if is_ours else self._app)(scope, receive, send)


def _is_loopback(url: str) -> bool:
    name = _read_host(url)[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_same_host(url: str, public: str | None) -> bool:
    """Tell whether two addresses name one host; a proxy may have changed the scheme."""
    if public is None:
        return False
    name, port = _read_host(url)
    known, known_port = _read_host(public)
    usual = _PORTS[urlsplit(public).scheme]
    return (name, port or usual) == (known, known_port or usual)


def _read_host(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", None
    return parts.hostname or "", port
