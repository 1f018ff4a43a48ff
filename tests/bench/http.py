"""What HTTP, catalog and JSON add to a search, and how many requests are served."""

import random
import re
import shutil
import subprocess
import tempfile
import time
from urllib.parse import quote

import orjson

from index import Library, Paper, Shelf, Sort
from index.search.query import STOP_WORDS, parse
from tests.bench.corpus import Corpus
from tests.bench.server import Client, serving
from tests.bench.tables import spread, write

SEED = 2026
QUERIES = 1_000
LIMIT = 20
CONNECTIONS = 8
_LOAD_S = 10


def run(corpus: Corpus) -> None:
    """Measure every query once over HTTP and once in the engine, in random order."""
    data = corpus.library()
    library = Shelf(data).library()
    chance = random.Random(SEED)
    queries = _queries(library, chance)
    with serving(data) as port:
        client = Client(port)
        client.timed("/api/search?q=warm")
        jobs = [(kind, query) for kind, texts in queries.items() for query in texts] + [
            ("empty route", "")
        ] * QUERIES
        chance.shuffle(jobs)
        times = _measure(client, library, jobs, chance)
        rates = {kind: _rate(port, texts) for kind, texts in queries.items()} | {
            "empty route": _rate(port, [])
        }
    rows = [_row(name, times, rates) for name in (*queries, "empty route")]
    write("http", "GET /api/search, one worker, milliseconds", rows)


def _queries(library: Library, chance: random.Random) -> dict[str, list[str]]:
    """Draw texts from titles that nothing has asked for yet."""
    count = library.catalog.count()
    keys = chance.sample(range(1, count + 1), min(count, 6 * QUERIES))
    papers = library.catalog.by_keys(keys)
    words = filter(None, (_two_words(paper, chance) for paper in papers))
    full = [paper.title for paper in papers[-QUERIES:]]
    two = [text for text, _ in zip(words, range(QUERIES), strict=False)]
    return {"two words of a title": two, "full title": full}


def _two_words(paper: Paper, chance: random.Random) -> str | None:
    words = re.findall(r"[A-Za-z]{4,}", paper.title)
    words = sorted({w for w in words if w.lower() not in STOP_WORDS})
    return " ".join(chance.sample(words, 2)) if len(words) > 1 else None


def _measure(
    client: Client,
    library: Library,
    jobs: list[tuple[str, str]],
    chance: random.Random,
) -> dict[str, dict[str, list[float]]]:
    times: dict[str, dict[str, list[float]]] = {}
    for kind, text in jobs:
        kept = times.setdefault(kind, {"http": [], "engine": [], "added": []})
        if kind == "empty route":
            kept["http"].append(client.timed("/robots.txt")[0])
            continue
        path = f"/api/search?limit={LIMIT}&q={quote(text, safe='')}"
        if chance.random() < 0.5:  # who comes second finds warm caches
            engine = _engine_ms(library, text)
            elapsed, body = client.timed(path)
        else:
            elapsed, body = client.timed(path)
            engine = _engine_ms(library, text)
        kept["http"].append(elapsed)
        kept["engine"].append(engine)
        if len(orjson.loads(body)["data"]) == LIMIT:
            kept["added"].append(elapsed - engine)
    return times


def _engine_ms(library: Library, text: str) -> float:
    query = parse(text)
    start = time.perf_counter()
    library.engine.search(query, limit=LIMIT, offset=0, sort=Sort.RELEVANCE)
    return (time.perf_counter() - start) * 1_000


def _row(
    name: str,
    times: dict[str, dict[str, list[float]]],
    rates: dict[str, float | str],
) -> dict[str, object]:
    http, engine = times[name]["http"], times[name]["engine"]
    added = times[name]["added"]
    return {
        "query": name,
        "engine p50": spread(engine)["p50"] if engine else "—",
        "engine p99": spread(engine)["p99"] if engine else "—",
        "HTTP p50": spread(http)["p50"],
        "HTTP p99": spread(http)["p99"],
        f"added where {LIMIT} records, p50": spread(added)["p50"] if added else "—",
        "answers with so many": len(added),
        f"requests/s, {CONNECTIONS} connections": rates[name],
    }


def _rate(port: int, texts: list[str]) -> float | str:
    """Return the requests a second that wrk gets through, over all the queries."""
    if not shutil.which("wrk"):
        return "wrk is not installed"
    paths = [f"/api/search?q={quote(text, safe='')}" for text in texts]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ",".join(f'"{path}"' for path in paths or ["/robots.txt"]))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{_LOAD_S}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"],
            capture_output=True,
            text=True,
            check=True,
        )
    if "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else done.stdout


_LUA = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""
