"""A service whose places for dear requests are all taken, as long as a test wants it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import anyio.to_thread
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from index import spending_anew
from index.search.cost.gate import AT_ONCE, WAITING, Gate
from index.search.cost.price import LIMIT_MS, Cost
from tests.app.service import eventually

MOST = AT_ONCE + WAITING
"""Dear requests that work or wait at once."""


@contextmanager
def crowding(data):
    """Yield a client, the requests that hold all places, what lets them go, the threads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.web.limits.Gate", partial(Gate, wait_s=60))
        app, over = create_app(Settings(data_dir=data)), threading.Event()

        @app.get("/api/dear")
        def work():
            with spending_anew() as budget:
                budget.pay(Cost(ms=LIMIT_MS))
                over.wait(60)

        with TestClient(app) as client, ThreadPoolExecutor(MOST) as others:
            held = [others.submit(client.get, "/api/dear") for _ in range(MOST)]
            pool = client.portal.call(anyio.to_thread.current_default_thread_limiter)
            try:
                assert eventually(lambda: pool.borrowed_tokens == MOST)
                yield client, held, over, pool
            finally:
                over.set()
