"""Security headers, which every response carries, and HEAD for every GET route."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Allows nothing from other hosts and nothing inline."""

IS_HEAD = "winnow.is_head"
"""What stands in the scope of a GET of which the headers alone were asked for."""

_TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types default dompurify"


def make_page_policy(nonce: str, *, trusted_types: bool) -> str:
    """Return the policy of one page; the nonce allows the style sheet of its formulas.

    With Trusted Types, only DOMPurify may turn text into markup.
    """
    policy = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return policy + (_TRUSTED_TYPES if trusted_types else "")


_POLICY = (b"content-security-policy", CONTENT_SECURITY_POLICY.encode())
_SECURITY = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_OPEN = [*_SECURITY, (b"cross-origin-resource-policy", b"cross-origin")]
_CLOSED = [*_SECURITY, (b"cross-origin-resource-policy", b"same-origin")]


class SecurityHeaders:
    """Adds the security headers, and answers HEAD wherever GET is answered."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an HTTP request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = _OPEN if scope["path"].startswith("/api/") else _CLOSED

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *added]
                if not any(name == _POLICY[0] for name, _ in headers):
                    headers.append(_POLICY)
                message["headers"] = headers
            await send(message)

        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", IS_HEAD: True}  # the server drops the body
        await self._app(scope, receive, send_with_headers)
