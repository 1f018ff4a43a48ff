"""Attacks with papers: what hostile authors may have put into a dump."""

import time

from app.web.params import MAX_LIKED
from benchmarks.attack.case import Case, Wire
from benchmarks.attack.hostile import CROWD
from benchmarks.server import Client


def _related_ids(wire: Wire) -> str:
    """Ask what is related to each paper of a collaboration, for ids alone."""
    return _largest(wire, _related("&fields=id"))


def _related_twice(wire: Wire) -> str:
    """Ask for the same again: what was remembered of whole papers stays."""
    paths = _related("")
    _largest(wire, paths)
    return _largest(wire, paths)


def _related_to_all(wire: Wire) -> str:
    """Ask what is related to as many papers of collaborations as may be named."""
    ids = ",".join(f"2401.{number:05}" for number in range(1, MAX_LIKED + 1))
    paths = (f"/api/related?like={ids}&limit=100&fields=id", f"/related?like={ids}")
    return _largest(wire, [*paths, f"/related?like=2402.00001&unlike={ids}"])


def _monster(wire: Wire) -> str:
    """Search once for the paper whose abstract has 2.4 million characters."""
    return _largest(wire, ["/search?q=monster", "/api/search?q=monster&highlight=1"])


def _related(more: str) -> list[str]:
    ids = (f"2401.{number:05}" for number in range(1, CROWD + 1, 6))
    return [f"/api/papers/{one}/related?limit=100{more}" for one in ids]


def _largest(wire: Wire, paths: list[str]) -> str:
    client, sizes, slowest = Client(wire.port), [0], 0.0
    for path in paths:
        wire.sent += len(path)
        start = time.perf_counter()
        status, body = client.get(path)
        slowest = max(slowest, time.perf_counter() - start)
        sizes.append(len(body) if status == 200 else 0)
    return f"{max(sizes) / 1e6:.2f} MB at most, {slowest:.2f} s at most"


CASES = (
    Case(name="related of a collaboration, ids alone", attack=_related_ids),
    Case(name="related of a collaboration, twice", attack=_related_twice),
    Case(name=f"related to {MAX_LIKED} collaborations", attack=_related_to_all),
    Case(name="an abstract of 2.4 MB", attack=_monster),
)
