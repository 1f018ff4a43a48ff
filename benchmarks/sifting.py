"""Sifting: the time for listings of any categories and days, and a day of 1,000 cards."""

import random
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.corpus import Corpus
from benchmarks.markdown import chromium
from benchmarks.server import Client, serving
from benchmarks.tables import spread, write
from index import (
    CATEGORIES,
    Expression,
    Library,
    Selection,
    Shelf,
    Sort,
    Span,
)
from index.papers.categories import list_archive_codes
from index.search.listings.lister import rank

SEED = 2026
ASKED = 300
CARDS = 1_000
RUNS = 3
PREFERENCE = "diffusion models,reinforcement learning,graph neural networks,protein folding"
_LAYS = {
    "cards come as they are scrolled to": False,
    "all cards at once, all formulas": True,
}


def run(corpus: Corpus) -> None:
    """Ask for listings in random order, in the library and over HTTP; then scroll one."""
    data = corpus.whole_library()
    library = Shelf(data).library()
    chance = random.Random(SEED)
    jobs = list(_jobs(library, chance))
    chance.shuffle(jobs)
    long = _longest(library)
    with serving(data) as first, serving(data) as second, _peer(corpus, library) as peer:
        pages, api = Client(first), Client(second)
        for kind in range(30):
            pages.timed(f"/arxiv/q-bio?date=200{kind % 10}-0{kind % 9 + 1}")
            api.timed(f"/api/listings/q-bio?date=200{kind % 10}-0{kind % 9 + 1}")
        times = _measured(library, peer, pages, api, jobs)
        by_liking = _ranked(library, pages, api, long)
    rows = [_row(kind, kept) for kind, kept in times.items()]
    rows.append(_row("all of them", _together(times)))
    rows.append(_row(f"by preference, {long[2]:,} papers", by_liking))
    write(
        "sifting",
        f"Listings among {library.manifest.papers:,} papers, first 25, milliseconds",
        rows,
        times=times | {"preference": by_liking},
    )
    with serving(data) as port, chromium() as browser:
        address = f"http://127.0.0.1:{port}/arxiv/{long[0]}?date={long[1]}"
        rows = [
            {"way": way}
            | _scrolled([_scroll(browser, address, whole) for _ in range(RUNS)])
            for way, whole in _LAYS.items()
        ]
    write("scrolling", f"{CARDS:,} cards, medians of {RUNS}", rows, by="sifting")


Job = tuple[str, str, str]
"""A kind, categories and days."""


def _jobs(library: Library, chance: random.Random) -> Iterator[Job]:
    """Yield listings that have papers: each category as often as it has some."""
    codes = _held(library, 50)
    for _ in range(ASKED):
        some = chance.choices(list(codes), list(codes.values()), k=3)
        day = _day(library, some[0], chance)
        one, joined, less = some[0], "+".join(some), f"{some[0]}-{some[1]}-{some[2]}"
        archive = some[0].partition(".")[0]
        week, month = Span.week_of(day), Span.month_of(day)
        yield "a category, a day", one, day.isoformat()
        yield "three joined, a day", joined, day.isoformat()
        yield "two left out, a week", less if len(set(some)) == 3 else one, str(week)
        yield "an archive, a month", archive, str(month)


def _held(library: Library, least: int) -> dict[str, int]:
    counts = library.manifest.categories
    return {c: n for c, n in counts.items() if c in CATEGORIES and n >= least}


def _day(library: Library, code: str, chance: random.Random):
    keys = range(1, library.manifest.papers)
    while True:
        paper = library.catalog.by_keys([chance.choice(keys)])[0]
        if code in paper.categories:
            return paper.submitted


def _longest(library: Library) -> tuple[str, str, int]:
    """Return categories and days with at least 1,000 papers, the fewest of such."""
    archives = "+".join(sorted({CATEGORIES[c].archive for c in _held(library, 1)}))
    expression = Expression.parse(archives)
    last = library.manifest.last_day
    spans = [Span.month_of(last), Span.week_of(last)]
    day = last
    for _ in range(60):
        day = library.lister.find_day_before(expression, day)
        spans += [Span(first=day, last=day), Span.week_of(day)]
    counted = [
        (sum(library.lister.count_days(expression, span).values()), str(span))
        for span in spans
    ]
    papers, span = min(pair for pair in counted if pair[0] >= CARDS)
    return str(expression), span, papers


class _peer:  # noqa: N801  used as a function
    """A plain table in SQLite, indexed by day, its categories matched by LIKE."""

    def __init__(self, corpus: Corpus, library: Library) -> None:
        file = corpus.scratch / "peer-days.db"
        is_new = not file.exists()
        self._db = sqlite3.connect(file)
        if is_new:
            self._db.execute("CREATE TABLE paper (key INTEGER PRIMARY KEY, day, codes)")
            rows = (
                (key, paper.submitted.isoformat(), f" {' '.join(paper.categories)} ")
                for start in range(1, library.manifest.papers + 1, 1_000)
                for key, paper in enumerate(
                    library.catalog.by_keys(range(start, start + 1_000)), start
                )
            )
            self._db.executemany("INSERT INTO paper VALUES (?, ?, ?)", rows)
            self._db.execute("CREATE INDEX by_day ON paper (day, key)")
            self._db.commit()

    def __enter__(self) -> "_peer":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def listing(self, expression: Expression, span: Span) -> tuple[int, list[int]]:
        wanted = " OR ".join(f"codes LIKE {p}" for p in _patterns(expression.include))
        left = "".join(f" AND codes NOT LIKE {p}" for p in _patterns(expression.exclude))
        where = f"day BETWEEN ? AND ? AND ({wanted}){left}"
        given = [str(span.first), str(span.last)]
        (total,) = self._db.execute(
            f"SELECT count(*) FROM paper WHERE {where}",  # noqa: S608  our own words
            given,
        ).fetchone()
        rows = self._db.execute(
            f"SELECT key FROM paper WHERE {where} ORDER BY day, key LIMIT 25",  # noqa: S608
            given,
        )
        return total, [key for (key,) in rows]


def _patterns(codes: Sequence[str]) -> Iterator[str]:
    """Yield patterns of codes, and of those of an archive, as SQL has them."""
    for code in codes:
        for each in list_archive_codes(code):
            yield f"'% {each} %'"


def _measured(
    library: Library, peer: _peer, pages: Client, api: Client, jobs: Sequence[Job]
) -> dict[str, dict[str, list[float]]]:
    times: dict[str, dict[str, list[float]]] = {}
    for kind, what, days in jobs:
        kept = times.setdefault(kind, {"SQLite": [], "library": [], "JSON": [], "page": []})
        expression, span = Expression.parse(what), Span.parse(days)
        selection = Selection(expression=expression, span=span)
        start = time.perf_counter()
        found = library.lister.list_by_day(selection, limit=25, sort=Sort.OLDEST)
        kept["library"].append(_ms(start))
        start = time.perf_counter()
        total, keys = peer.listing(expression, span)
        kept["SQLite"].append(_ms(start))
        assert (found.total, list(found.keys)) == (total, keys), (what, days)
        kept["JSON"].append(api.timed(f"/api/listings/{what}?date={days}")[0])
        kept["page"].append(pages.timed(f"/arxiv/{what}?date={days}")[0])
    return times


def _ranked(
    library: Library, pages: Client, api: Client, long: tuple[str, str, int]
) -> dict[str, list[float]]:
    what, days, _ = long
    kept: dict[str, list[float]] = {"SQLite": [], "library": [], "JSON": [], "page": []}
    selection = Selection(expression=Expression.parse(what), span=Span.parse(days))
    liked = ",".join(
        paper.id
        for paper in library.catalog.by_keys(
            range(library.manifest.papers - 40, library.manifest.papers, 4)
        )
    )
    words = PREFERENCE.split(",")
    for number in range(60):
        asked = [*words, f"word{number}"]
        start = time.perf_counter()
        keys = library.lister.list_keys(selection)
        worth = library.lister.rate(selection, keys, asked, liked.split(","))
        rank(keys, worth, limit=25)
        kept["library"].append(_ms(start))
        text = ",".join(asked).replace(" ", "+")
        kept["JSON"].append(
            api.timed(
                f"/api/listings/{what}?date={days}&order=preference&keywords={text}&like={liked}"
            )[0]
        )
        kept["page"].append(
            pages.timed(f"/arxiv/{what}?date={days}&sort={text}&like={liked}")[0]
        )
    return kept


def _ms(start: float) -> float:
    return (time.perf_counter() - start) * 1_000


def _together(times: dict[str, dict[str, list[float]]]) -> dict[str, list[float]]:
    names = next(iter(times.values()))
    return {name: [t for kept in times.values() for t in kept[name]] for name in names}


def _row(kind: str, kept: dict[str, list[float]]) -> dict[str, object]:
    row: dict[str, object] = {"listing": kind}
    for name, values in kept.items():
        found = spread(values) if values else None
        row[f"{name} p50"] = round(found["p50"], 2) if found else "—"
        row[f"{name} p99"] = round(found["p99"], 2) if found else "—"
    return row


_WATCH = """
  window.waits = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === "keydown") waits.push(duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  window.long = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) long.push(duration);
  }).observe({ type: "longtask", buffered: true });
"""
_PLAIN = ".papers > li { content-visibility: visible !important; }"


def _scroll(browser: Browser, address: str, whole: bool) -> dict[str, float]:  # noqa: FBT001
    """Open a listing, scroll until it has 1,000 cards, then walk on by keys."""
    with closing(browser.new_context(bypass_csp=True)) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        start = time.perf_counter()
        page.goto(f"{address}&show={CARDS}" if whole else address)
        page.locator(".paper").first.wait_for()
        if whole:
            page.add_style_tag(content=_PLAIN)
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
        paint = page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        )
        _until(page, CARDS)
        there = time.perf_counter() - start
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(1_000)
        for _ in range(60):
            page.keyboard.press("j")
            page.wait_for_timeout(60)
        waits = page.evaluate("waits")
        kept = _kept(context.new_cdp_session(page))
        long = page.evaluate("long")
        return {
            "readable, ms": paint,
            f"{CARDS:,} cards, s": there,
            "a key, median ms": statistics.median(waits) if waits else 16.0,
            "a key, worst ms": max(waits, default=16.0),
            "long tasks": len(long),
            "longest, ms": max(long, default=0.0),
            **kept,
        }


def _until(page: Page, count: int) -> None:
    """Scroll on until a page has so many cards.

    Locators of Playwright look at every element, which gives each an object in the heap
    that is measured.
    """
    while page.evaluate("document.querySelectorAll('.paper').length") < count:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(50)


def _kept(session: CDPSession) -> dict[str, float]:
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    found = {metric["name"]: metric["value"] for metric in metrics}
    return {
        "heap, MiB": found["JSHeapUsedSize"] / (1 << 20),
        "nodes": found["Nodes"],
    }


def _scrolled(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {
        name: round(statistics.median(run[name] for run in runs), 1) for name in runs[0]
    }
