"""Budgets of requests: how much one may spend, and when its client is gone."""

from starlette.types import ASGIApp, Receive, Scope, Send

from index import Budget, Gate, spending

IS_GONE = "winnow.is_gone"
"""The extension of a scope by which a server tells that a client has gone."""


class Budgets:
    """Gives each request a budget. All requests of a process share one gate."""

    def __init__(self, app: ASGIApp, gate: Gate | None = None) -> None:
        """Wrap an application."""
        self._app = app
        self._gate = gate or Gate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; threads that answer it take the budget along."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = scope.get("extensions", {})
        known = {"is_abandoned": told[IS_GONE]} if IS_GONE in told else {}
        with spending(Budget(gate=self._gate, **known)):
            await self._app(scope, receive, send)
